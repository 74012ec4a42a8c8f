import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { beforeEach, describe, expect, inject, test } from "vitest";
import { withDatabase } from "../scripts/throw-away-database";
import { type Migration, MigrationError, migrate } from "./migrate";
import { diffSchema } from "./schema-diff";

let url = "";

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  const server = inject("testServer");
  url = server.url;
  await query(`CREATE DATABASE ${name}`);
  url = withDatabase(server.url, name);
});

const table: Migration = { name: "1_table", sql: "CREATE TABLE colour (name text);" };
const twoSteps: Migration = {
  name: "2_steps",
  sql: `CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$;
        INSERT INTO colour VALUES ('red; green');`,
};

test("the migrations of this version make exactly what schema.prisma says", async () => {
  await migrate(url);
  expect(await diffSchema(url)).toBeNull();
});

describe("migrate", () => {
  test("applies what is missing, in order, and nothing twice", async () => {
    expect(await migrate(url, [table])).toEqual(["1_table"]);
    expect(await migrate(url, [table, twoSteps])).toEqual(["2_steps"]);
    expect(await migrate(url, [table, twoSteps])).toEqual([]);
    expect(await query("SELECT name, two() FROM colour")).toEqual([{ name: "red; green", two: 2 }]);
  });

  test("records each as Prisma does", async () => {
    await migrate(url, [table]);
    const [row] = await query<Record<string, unknown>>(`SELECT * FROM "_prisma_migrations"`);
    expect(row).toMatchObject({
      migration_name: "1_table",
      checksum: "2b88726eb0a1d1171c1ad42a2fae5572f35bc610de2ba55cec90879ed95178f4",
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
    });
    expect(row?.finished_at).toBeInstanceOf(Date);
  });

  test("two instances at once apply each migration once", async () => {
    const slow = { name: "2_slow", sql: "SELECT pg_sleep(0.3); INSERT INTO colour VALUES ('red')" };
    const done = await Promise.all([1, 2, 3].map(() => migrate(url, [table, slow])));
    expect(done.flat().sort()).toEqual(["1_table", "2_slow"]);
    expect(await query("SELECT name FROM colour")).toHaveLength(1);
  });

  test("one that fails leaves nothing behind and can be mended", async () => {
    const broken = { name: "2_steps", sql: `${twoSteps.sql} INSERT INTO nowhere VALUES (1);` };
    await expect(migrate(url, [table, broken])).rejects.toThrow(/2_steps failed: relation "nowhere" does not exist/);
    expect(await query("SELECT FROM colour")).toHaveLength(0);
    expect(await migrate(url, [table, twoSteps])).toEqual(["2_steps"]);
  });

  test("one that was changed after it was applied is refused", async () => {
    await migrate(url, [table]);
    const changed = { ...table, sql: "CREATE TABLE colour (name text, code int);" };
    await expect(migrate(url, [changed])).rejects.toThrow(MigrationError);
  });

  test("a database of a newer version is refused", async () => {
    await migrate(url, [table, twoSteps]);
    await expect(migrate(url, [table])).rejects.toThrow(/newer Claimdesk.*2_steps/);
  });
});
