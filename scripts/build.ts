/** The production build, made when a source has changed since the last one, by one command at a time. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { withLockFile } from "./lock-file";
import { dataDirectory, projectDirectory } from "./project";
import { Fault, say } from "./terminal";

/** Everything that `next build` reads of ours. */
const sources = [
  ...["app", "components", "lib", "messages", "public", "prisma/schema.prisma", "prisma/demo"],
  ...["instrumentation.ts", "proxy.ts", "next.config.js", "postcss.config.mjs", "tsconfig.json", "package-lock.json"],
];
const isTest = /\.test\.tsx?$/;

async function listFiles(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === "ENOTDIR") return null;
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (!entries) return [place];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function digestSources(): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources) {
    const files = await listFiles(path.join(projectDirectory, source));
    for (const file of files.filter((name) => !isTest.test(name)).sort()) {
      hash
        .update(path.relative(projectDirectory, file))
        .update("\0")
        .update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

async function runBuild(distribution: string, stop: AbortSignal): Promise<void> {
  await mkdir(dataDirectory(), { recursive: true, mode: 0o711 });
  const logFile = path.join(dataDirectory(), "build.log");
  const log = createWriteStream(logFile);
  const next = path.join(projectDirectory, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: projectDirectory,
    stdio: ["ignore", "pipe", "pipe"],
    signal: stop,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CLAIMDESK_DIST: distribution },
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const [code] = await once(child, "close");
  log.end();
  await once(log, "close");
  stop.throwIfAborted();
  if (code !== 0) {
    const lines = (await readFile(logFile, "utf8")).trimEnd().split("\n");
    throw new Fault(`${lines.slice(-40).join("\n")}\nThe app could not be built; the whole story is in ${logFile}`);
  }
}

/** `distribution` is the folder of the build, relative to the project. */
export async function buildWhenStale(distribution: string, stop: AbortSignal): Promise<void> {
  const folder = path.join(projectDirectory, distribution);
  const stampFile = path.join(folder, "made-from");
  const isFresh = async (digest: string) => existsSync(stampFile) && (await readFile(stampFile, "utf8")) === digest;
  if (await isFresh(await digestSources())) return;

  const lock = path.join(projectDirectory, `${distribution}.lock`);
  const onWait = () => say("Waiting for another command that is building the app");
  await withLockFile(
    lock,
    async () => {
      const digest = await digestSources();
      if (await isFresh(digest)) return;
      say("Building the app (a minute or two, only after a change)");
      await runBuild(distribution, stop);
      await writeFile(stampFile, digest);
    },
    onWait,
  );
}
