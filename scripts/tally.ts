/** What came of the tests, from the reports of the tools that ran them. */
import { readFile } from "node:fs/promises";
import path from "node:path";

export type Tally = {
  passed: number;
  failed: number;
  skipped: number /** What failed, by name. */;
  failures: string[];
};

export function add(...tallies: Tally[]): Tally {
  return tallies.reduce((sum, { passed, failed, skipped, failures }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
    failures: [...sum.failures, ...failures],
  }));
}

/** What failed, once more: a run prints thousands of lines after the first of them. */
export function failureLines({ failures }: Tally): string {
  return failures.map((name) => `✗ ${name}\n`).join("");
}

/** The line that closes a run; continuous integration reads it. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A tool that failed without a failed test, such as one that could not load a file, counts as one failure. */
function withExitCode(tool: string, tally: Tally, exitCode: number | null): Tally {
  if (exitCode === 0 || tally.failed > 0) return tally;
  return { ...tally, failed: 1, failures: [`${tool} ended with ${exitCode ?? "a signal"}`] };
}

async function readReport<Report>(file: string): Promise<Report | null> {
  return readFile(file, "utf8").then(JSON.parse, () => null);
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
};

/** `root` is the folder that the names of files are told from. */
export async function readVitest(file: string, exitCode: number | null, root: string): Promise<Tally> {
  const report = await readReport<VitestReport>(file);
  const tally = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    failures: (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName }) => `${path.relative(root, name)} › ${fullName}`),
    ),
  };
  return withExitCode("Vitest", tally, exitCode);
}

type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: { title: string; file: string; line: number; tests: { status: string }[] }[];
};

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
};

/** One that passes only now and then does not pass. */
const isFailure = ({ status }: { status: string }) => status === "unexpected" || status === "flaky";

function failuresIn({ suites = [], specs }: PlaywrightSuite): string[] {
  const own = specs.filter(({ tests }) => tests.some(isFailure));
  return [...own.map(({ title, file, line }) => `${file}:${line} › ${title}`), ...suites.flatMap(failuresIn)];
}

export async function readPlaywright(file: string, exitCode: number | null): Promise<Tally> {
  const report = await readReport<PlaywrightReport>(file);
  const stats = report?.stats;
  const tally = {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
    failures: (report?.suites ?? []).flatMap(failuresIn),
  };
  return withExitCode("Playwright", tally, exitCode);
}
