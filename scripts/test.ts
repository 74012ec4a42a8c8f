/**
 * `npm test`: the checks, the unit and database tests, and the journeys in a browser; `npm test -- PART [FILTER]` runs one of
 * check, unit, db and e2e. The last line says how many passed, failed and were skipped.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { runChecks } from "./checks";
import { loadSettings, projectDirectory } from "./project";
import { stopSignal } from "./stop-signal";
import { add, closingLine, failureLines, readPlaywright, readVitest, type Tally } from "./tally";
import { Fault, runCommand, say } from "./terminal";
import { openThrowAwayDatabase } from "./throw-away-database";

const parts = ["check", "unit", "db", "e2e"] as const;
type Part = (typeof parts)[number];

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [asked, ...filter] = positionals;
  if (asked && !parts.includes(asked as Part)) throw new Fault(`There is no part "${asked}": ${parts.join(", ")}`);
  const wants = (part: Part) => !asked || asked === part;
  loadSettings();

  const stop = stopSignal();
  const reports = await mkdtemp(path.join(os.tmpdir(), "claimdesk-reports-"));
  const database = wants("db") || wants("e2e") ? await openThrowAwayDatabase() : null;

  /** Ends only when the tool has ended: Ctrl-C reaches it too, and it has things of its own to put away. */
  async function run(tool: string, args: string[], settings: Record<string, string>): Promise<number | null> {
    stop.throwIfAborted();
    const child = spawn(process.execPath, [path.join(projectDirectory, "node_modules", tool), ...args], {
      cwd: projectDirectory,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...(database && { TEST_DATABASE_URL: database.url }), ...settings },
    });
    const forward = () => child.kill("SIGTERM");
    stop.addEventListener("abort", forward);
    const [code] = await once(child, "exit");
    stop.removeEventListener("abort", forward);
    stop.throwIfAborted();
    return code;
  }

  try {
    const tallies: Tally[] = [];
    if (wants("check")) tallies.push(await runChecks(stop, filter.join(" ")));
    const projects = (["unit", "db"] as const).filter(wants);
    if (projects.length > 0) {
      const report = path.join(reports, "vitest.json");
      const args = projects.flatMap((project) => ["--project", project]);
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const code = await run("vitest/vitest.mjs", ["run", ...args, ...reporters, ...filter], { NODE_ENV: "test" });
      tallies.push(await readVitest(report, code, projectDirectory));
    }
    if (wants("e2e")) {
      const report = path.join(reports, "playwright.json");
      const settings = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
      const code = await run("@playwright/test/cli.js", ["test", "--reporter=list,json", ...filter], settings);
      tallies.push(await readPlaywright(report, code));
    }
    const tally = add(...tallies);
    process.stdout.write(`${failureLines(tally)}${closingLine(tally)}\n`);
    if (tally.failed > 0) process.exitCode = 1;
  } catch (error) {
    if (stop.aborted) say("Stopped");
    process.exitCode = 1;
    throw error;
  } finally {
    await database?.close();
    await rm(reports, { recursive: true, force: true });
  }
});
