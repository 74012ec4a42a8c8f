import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withLockFile } from "./lock-file";

let folder = "";
let file = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "claimdesk-lock-"));
  file = path.join(folder, "lock");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("withLockFile", () => {
  test("lets one in at a time, and tells those who wait", async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} in`);
      await wait(600);
      events.push(`${name} out`);
    };
    const onWait = vi.fn();
    await Promise.all([withLockFile(file, work("one"), onWait), withLockFile(file, work("two"), onWait)]);
    const [first] = events[0]?.split(" ") ?? [];
    const second = first === "one" ? "two" : "one";
    expect(events).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`]);
    expect(onWait).toHaveBeenCalledOnce();
    expect(existsSync(file)).toBe(false);
  });

  test("is left when the work fails", async () => {
    await expect(withLockFile(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withLockFile(file, async () => "next")).toBe("next");
  });

  test("is taken from a process that is gone", async () => {
    const gone = spawn(process.execPath, ["--eval", ""]);
    await once(gone, "exit");
    await writeFile(file, String(gone.pid));
    expect(await withLockFile(file, async () => "mine")).toBe("mine");
  });

  test("is taken from a holder that has been silent for long, whose number another process may have", async () => {
    await writeFile(file, String(process.pid));
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    expect(await withLockFile(file, async () => "mine")).toBe("mine");
  });
});
