import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { isDemo, isEmpty, isHalfMadeDemo, openDatabase } from "./database";
import { emptyTables } from "./empty-tables";
import { withDatabase } from "./throw-away-database";

const server = inject("testServer").url;

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function rowsOf<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return (await client.query<Row>(sql).finally(() => client.end())).rows;
}

let url = "";

beforeEach(async () => {
  const name = `given_${randomUUID().replaceAll("-", "")}`;
  await run(server, `CREATE DATABASE ${name}`);
  url = withDatabase(server, name);
});

afterEach(() => vi.unstubAllEnvs());

const personSql = `INSERT INTO "user" (id, email, name, role) VALUES (gen_random_uuid(), 'a@b.example', 'A', 'admin')`;

describe("a given database", () => {
  test("is migrated, and empty at first", async () => {
    vi.stubEnv("DATABASE_URL", url);
    const database = await openDatabase();
    expect(database).toMatchObject({ url, embedded: false });
    expect(await isEmpty(url)).toBe(true);
    await run(url, personSql);
    expect(await isEmpty(url)).toBe(false);
  });

  test("is a demo, half made until its share link is there", async () => {
    vi.stubEnv("DATABASE_URL", url);
    await openDatabase();
    expect([await isDemo(url), await isHalfMadeDemo(url)]).toEqual([false, false]);
    await run(url, "INSERT INTO newsroom (id, name, is_demo) VALUES (1, 'Demo', true)");
    expect([await isDemo(url), await isHalfMadeDemo(url)]).toEqual([true, true]);
  });

  test.each([
    ["mysql://localhost/claimdesk", /not an address like postgresql/],
    ["claimdesk", /not an address like postgresql/],
    ["postgresql://a:secret@127.0.0.1:1/claimdesk", /127\.0\.0\.1:1\/claimdesk cannot be used: .*ECONNREFUSED/],
    ["postgresql://a:secret@localhost:1/claimdesk", /localhost:1\/claimdesk cannot be used: .*ECONNREFUSED/],
  ])("%s is refused in one line without the password", async (given, words) => {
    vi.stubEnv("DATABASE_URL", given);
    const error = await openDatabase().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "Fault", message: expect.stringMatching(words) });
    expect(String(error)).not.toContain("secret");
  });

  test("keeps what somebody else has in it when ours is emptied, and nothing of ours", async () => {
    vi.stubEnv("DATABASE_URL", url);
    await openDatabase();
    await run(url, `${personSql}; INSERT INTO newsroom (id, name) VALUES (1, 'Ours')`);
    await run(url, "CREATE TABLE theirs AS SELECT 1 AS one");
    await emptyTables(url);
    expect(await rowsOf(url, "SELECT one FROM theirs")).toEqual([{ one: 1 }]);
    const tables = await rowsOf<{ name: string }>(
      url,
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('theirs', '_prisma_migrations')",
    );
    for (const { name } of tables) expect(await rowsOf(url, `SELECT * FROM "${name}"`), name).toEqual([]);
    await openDatabase();
  });

  test("in which nothing may be made is refused in one line", async () => {
    const role = `r${randomUUID().replaceAll("-", "")}`;
    await run(url, `CREATE ROLE ${role} LOGIN PASSWORD 'secret'; REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
    const poor = new URL(url);
    Object.assign(poor, { username: role, password: "secret" });
    vi.stubEnv("DATABASE_URL", poor.href);
    const error = await openDatabase().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: "Fault",
      message: expect.stringMatching(/^The database cannot be prepared: permission denied for schema public$/),
    });
  });

  test("that refuses the password says so", async () => {
    const wrong = new URL(url);
    wrong.password = "wrong";
    vi.stubEnv("DATABASE_URL", wrong.href);
    await expect(openDatabase()).rejects.toThrow(/cannot be used: password authentication failed/);
  });

  test("that a newer version has made is left alone", async () => {
    vi.stubEnv("DATABASE_URL", url);
    await openDatabase();
    await run(
      url,
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('1', 'x', '9999_later', now())`,
    );
    await expect(openDatabase()).rejects.toThrow("made by a newer Claimdesk (it has the migration 9999_later)");
  });
});
