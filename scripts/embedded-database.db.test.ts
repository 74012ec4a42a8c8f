import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EmbeddedDatabase, openEmbeddedDatabase } from "./embedded-database";

let parent = "";
let directory = "";
const opened: EmbeddedDatabase[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), "claimdesk-embedded-"));
  await chmod(parent, 0o711);
  directory = path.join(parent, "postgres");
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(opened.splice(0).map((database) => database.close()));
  // A server whose command was killed is still there when no test has taken it over.
  const last = await openEmbeddedDatabase({ directory, durable: false });
  await last.close();
  await rm(parent, { recursive: true, force: true });
});

async function open({ durable = false } = {}): Promise<EmbeddedDatabase> {
  const database = await openEmbeddedDatabase({ directory, durable });
  opened.push(database);
  return database;
}

async function close(database: EmbeddedDatabase): Promise<void> {
  opened.splice(opened.indexOf(database), 1);
  await database.close();
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmaster(): Promise<number> {
  return Number.parseInt(await readFile(path.join(directory, "postmaster.pid"), "utf8"), 10);
}

/** A command that opens the database, tells its address, and stays. */
async function openInProcess({ durable = false } = {}): Promise<{ child: ChildProcess; url: string }> {
  const code = `
    import { openEmbeddedDatabase } from ${JSON.stringify(path.join(import.meta.dirname, "embedded-database.ts"))};
    const { url } = await openEmbeddedDatabase({ directory: ${JSON.stringify(directory)}, durable: ${durable} });
    console.log(url);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = await once(child.stdout, "data");
  return { child, url: String(line).trim() };
}

describe("the embedded database", () => {
  test("keeps what was written, behind a password that only its owner can read", async () => {
    const first = await open();
    await query(first.url, "CREATE TABLE kept AS SELECT 'Łódź' AS place");
    await close(first);
    const again = await open();
    expect(await query(again.url, "SELECT lower(place) AS place FROM kept")).toEqual([{ place: "łódź" }]);
    expect((await stat(`${directory}.password`)).mode & 0o777).toBe(0o600);
    const guessed = new URL(again.url);
    guessed.password = "guess";
    await expect(query(guessed.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("listens on loopback only", async () => {
    const { url } = await open();
    const [row] = await query<{ addresses: string; sockets: string }>(
      url,
      "SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets",
    );
    expect(row).toEqual({ addresses: "127.0.0.1", sockets: "" });
  });

  test("is shared by two commands, and stopped by the last that leaves", async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.url).toBe(other.url);
    await close(one);
    expect(await query(other.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await close(other);
    await expect(query(other.url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
  });

  test("is made once by two processes that start at the same moment", async () => {
    const [one, other] = await Promise.all([openInProcess(), openInProcess()]);
    expect(one.url).toBe(other.url);
  });

  test("outlives a command that is killed, and is taken over by the next", async () => {
    const { child, url } = await openInProcess();
    await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
    child.kill("SIGKILL");
    await once(child, "exit");
    const next = await open();
    expect(next.url).toBe(url);
    expect(await query(next.url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await close(next);
    await expect(query(url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
  });

  test("recovers when command and server were both killed", async () => {
    const { child, url } = await openInProcess({ durable: true });
    await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
    child.kill("SIGKILL");
    process.kill(await postmaster(), "SIGKILL");
    await once(child, "exit");
    const next = await open();
    expect(await query(next.url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
  });

  test("comes back where it was when its server dies under a running command", async () => {
    const { url } = await open({ durable: true });
    await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
    const before = await postmaster();
    process.kill(before, "SIGKILL");
    let rows: object[] = [];
    for (let tries = 0; rows.length === 0 && tries < 100; tries++) {
      await wait(100);
      rows = await query(url, "SELECT one FROM kept").catch(() => []);
    }
    expect(rows).toEqual([{ one: 1 }]);
    expect(await postmaster()).not.toBe(before);
  });

  test("comes back as soon as it can, when it could not at first, and each time that it dies", async () => {
    const { url } = await open();
    const password = await readFile(`${directory}.password`);
    for (let death = 1; death <= 2; death++) {
      await rm(`${directory}.password`);
      process.kill(await postmaster(), "SIGKILL");
      await wait(300);
      await writeFile(`${directory}.password`, password, { mode: 0o600 });
      await expect.poll(() => query(url, "SELECT 1 AS one").catch(() => []), { timeout: 20_000 }).toEqual([{ one: 1 }]);
    }
  }, 60_000);

  test("does not mistake a process that has the old number for its server", async () => {
    await close(await open());
    await writeFile(
      path.join(directory, "postmaster.pid"),
      `${process.pid}\n${directory}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const { url } = await open();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("is made anew when the making was interrupted", async () => {
    await mkdir(`${directory}.new`);
    await writeFile(path.join(`${directory}.new`, "PG_VERSION"), "18");
    const { url } = await open();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("stands in a folder that nobody else may enter", async () => {
    await chmod(parent, 0o700);
    const { url } = await open();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("says which file is missing when its password is gone", async () => {
    await close(await open());
    const password = await readFile(`${directory}.password`);
    await rm(`${directory}.password`);
    await expect(open()).rejects.toThrow(`cannot be read: ${directory}.password`);
    await writeFile(`${directory}.password`, password);
  });
});
