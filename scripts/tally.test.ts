import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, closingLine, readPlaywright, readVitest } from "./tally";

let folder = "";
const report = (name: string, content: object) =>
  writeFile(path.join(folder, name), JSON.stringify(content)).then(() => path.join(folder, name));

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "claimdesk-tally-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the tally", () => {
  test("closes with the line that is counted", () => {
    const sum = add({ passed: 4, failed: 0, skipped: 0 }, { passed: 10, failed: 1, skipped: 2 });
    expect(closingLine(sum)).toBe("14 passed, 1 failed, 2 skipped");
  });

  test("reads Vitest's report", async () => {
    const file = await report("v", { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
    expect(await readVitest(file, 1)).toEqual({ passed: 7, failed: 1, skipped: 3 });
  });

  test("reads Playwright's report, and does not let a flaky test pass", async () => {
    const file = await report("p", { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(await readPlaywright(file, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  test("counts a tool that fell over, with a report or without one, as a failure", async () => {
    const file = await report("f", { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 });
    expect(await readVitest(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(await readPlaywright(path.join(folder, "nothing"), null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
