import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, closingLine, failureLines, readPlaywright, readVitest } from "./tally";

let folder = "";
const report = (name: string, content: object) =>
  writeFile(path.join(folder, name), JSON.stringify(content)).then(() => path.join(folder, name));

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "claimdesk-tally-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the tally", () => {
  test("closes with the line that is counted", () => {
    const good = { passed: 4, failed: 0, skipped: 0, failures: [] };
    const sum = add(good, { passed: 10, failed: 1, skipped: 2, failures: ["a.test.ts › adds"] });
    expect(closingLine(sum)).toBe("14 passed, 1 failed, 2 skipped");
    expect(failureLines(sum)).toBe("✗ a.test.ts › adds\n");
    expect(failureLines(good)).toBe("");
  });

  test("reads Vitest's report", async () => {
    const assertionResults = [
      { fullName: "sums adds", status: "failed" },
      { fullName: "sums subtracts", status: "passed" },
    ];
    const file = await report("v", {
      ...{ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 },
      testResults: [{ name: path.join(folder, "lib", "a.test.ts"), assertionResults }],
    });
    expect(await readVitest(file, 1, folder)).toEqual({
      ...{ passed: 7, failed: 1, skipped: 3, failures: ["lib/a.test.ts › sums adds"] },
    });
  });

  test("reads Playwright's report, and does not let a flaky test pass", async () => {
    const spec = (title: string, status: string) => ({ title, file: "a.spec.ts", line: 3, tests: [{ status }] });
    const file = await report("p", {
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
      suites: [
        { specs: [spec("opens", "unexpected")], suites: [{ specs: [spec("shuts", "flaky"), spec("is", "expected")] }] },
      ],
    });
    expect(await readPlaywright(file, 1)).toEqual({
      ...{ passed: 5, failed: 2, skipped: 2, failures: ["a.spec.ts:3 › opens", "a.spec.ts:3 › shuts"] },
    });
  });

  test("counts a tool that fell over, with a report or without one, as a failure", async () => {
    const file = await report("f", {
      ...{ numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] },
    });
    expect(await readVitest(file, 1, folder)).toMatchObject({
      passed: 3,
      failed: 1,
      failures: ["Vitest ended with 1"],
    });
    expect(await readPlaywright(path.join(folder, "nothing"), null)).toMatchObject({
      ...{ passed: 0, failed: 1, failures: ["Playwright ended with a signal"] },
    });
  });
});
