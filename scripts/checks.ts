/** The one check: types, formatting and lint, who may import whom, and what nobody uses. Nothing only warns. */
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { projectDirectory } from "./project";
import type { Tally } from "./tally";
import { say } from "./terminal";

type Verdict = { passed: boolean; output: string };

type Check = { name: string; run(stop: AbortSignal): Promise<Verdict> };

/** A tool by its package and file, so that nothing depends on a shell or a PATH. */
async function tool(file: string, args: string[], stop: AbortSignal): Promise<Verdict & { stdout: string }> {
  const child = spawn(process.execPath, [path.join(projectDirectory, "node_modules", file), ...args], {
    cwd: projectDirectory,
    stdio: ["ignore", "pipe", "pipe"],
    signal: stop,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { passed: code === 0, output: stdout + stderr, stdout };
}

const codeFolders = ["app", "bench", "components", "e2e", "lib", "prisma", "scripts"];

async function listCode(): Promise<string[]> {
  const lists = await Promise.all(
    codeFolders.map(async (folder) => {
      const entries = await readdir(path.join(projectDirectory, folder), { recursive: true });
      return entries.map((entry) => `${folder}/${entry.split(path.sep).join("/")}`);
    }),
  );
  const root = await readdir(projectDirectory);
  return [...root, ...lists.flat()].filter(
    (file) => /\.tsx?$/.test(file) && !/\.d\.ts$|^prisma\/generated\/|\/\.next/.test(file),
  );
}

const checks: Check[] = [
  {
    name: "types",
    async run(stop) {
      // Routes have types of their own, which Next.js writes.
      const routes = await tool("next/dist/bin/next", ["typegen"], stop);
      return routes.passed ? tool("typescript/bin/tsc", ["--project", "tsconfig.check.json"], stop) : routes;
    },
  },
  {
    name: "format and lint",
    run: (stop) => tool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "--colors=off", "."], stop),
  },
  {
    name: "imports",
    async run(stop) {
      const code = await listCode();
      const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...codeFolders, ...rootFiles(code)];
      const { stdout, output } = await tool("dependency-cruiser/bin/dependency-cruise.mjs", args, stop);
      if (!stdout.startsWith("{")) return { passed: false, output };
      const { modules, summary } = JSON.parse(stdout) as Cruise;
      const seen = new Set(modules.map(({ source }) => source));
      // With a compiler that it does not know, dependency-cruiser finds nothing and is content.
      const unseen = code.filter((file) => !seen.has(file)).map((file) => `not seen: ${file}`);
      const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
      return { passed: unseen.length + broken.length === 0, output: [...unseen, ...broken].join("\n") };
    },
  },
  { name: "unused code", run: (stop) => tool("knip/bin/knip.js", ["--treat-config-hints-as-errors"], stop) },
];

type Cruise = {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};

function rootFiles(code: string[]): string[] {
  return code.filter((file) => !file.includes("/"));
}

/** Runs those whose name holds `filter`; each counts as one test. */
export async function runChecks(stop: AbortSignal, filter = ""): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await Promise.all(
    checks
      .filter(({ name }) => name.includes(filter))
      .map(async ({ name, run }) => {
        const { passed, output } = await run(stop);
        if (passed) tally.passed++;
        else {
          tally.failed++;
          tally.failures.push(`check › ${name}`);
        }
        say(passed ? `✓ ${name}` : `✗ ${name}\n${output.trimEnd()}`);
      }),
  );
  return tally;
}
