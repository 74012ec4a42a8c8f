/** What came of the tests, from the reports of the tools that ran them. */
import { readFile } from "node:fs/promises";

export type Tally = { passed: number; failed: number; skipped: number };

export function add(...tallies: Tally[]): Tally {
  return tallies.reduce((sum, { passed, failed, skipped }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
  }));
}

/** The line that closes a run; continuous integration reads it. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A tool that failed without a failed test, such as one that could not load a file, counts as one failure. */
function withExitCode(tally: Tally, exitCode: number | null): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function readReport<Report>(file: string): Promise<Report | null> {
  return readFile(file, "utf8").then(JSON.parse, () => null);
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };

export async function readVitest(file: string, exitCode: number | null): Promise<Tally> {
  const report = await readReport<VitestReport>(file);
  const tally = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  return withExitCode(tally, exitCode);
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

export async function readPlaywright(file: string, exitCode: number | null): Promise<Tally> {
  const stats = (await readReport<PlaywrightReport>(file))?.stats;
  const tally = {
    passed: stats?.expected ?? 0,
    // One that passes only now and then does not pass.
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  };
  return withExitCode(tally, exitCode);
}
