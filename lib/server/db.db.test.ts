import { describe, expect, test } from "vitest";
import { AppError } from "../domain/errors";
import { database, databaseFault, transaction } from "./db";

const refusalOf = (work: Promise<unknown>) => work.catch((error: unknown) => databaseFault(error));

describe("a transaction that gets into another's way", () => {
  const conflict = `DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = 'serialization_failure'; END $$`;

  test("is tried again", async () => {
    let tries = 0;
    const answer = await transaction(async (db) => {
      tries += 1;
      if (tries < 3) await db.$executeRawUnsafe(conflict);
      return "written";
    });
    expect([answer, tries]).toEqual(["written", 3]);
  });

  test("again and again is told to come back, and is no bug", async () => {
    const refusal = await refusalOf(transaction((db) => db.$executeRawUnsafe(conflict)));
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: "unavailable", details: { retryAfter: 1 } });
  });
});

test("a database without room is told as that, and is asked again later", async () => {
  const full = `DO $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$`;
  expect(await refusalOf(transaction((db) => db.$executeRawUnsafe(full)))).toMatchObject({
    ...{ code: "unavailable", details: { retryAfter: 30 } },
    message: expect.stringContaining("no room left"),
  });
});

describe("a value that PostgreSQL refuses is invalid, and its own words stay here", () => {
  const statements = {
    "no date": "SELECT '2026-13-01'::text::date",
    "no text": "SELECT convert_from('\\x00'::bytea, 'UTF8')",
    "a broken rule": "UPDATE newsroom SET id = 2",
  };
  test.each(Object.entries(statements))("%s", async (_, sql) => {
    await database().$executeRaw`INSERT INTO newsroom (id, name) VALUES (1, 'The Desk') ON CONFLICT DO NOTHING`;
    const refusal = await refusalOf(transaction((db) => db.$executeRawUnsafe(sql)));
    expect(refusal).toMatchObject({ code: "invalid" });
    expect((refusal as AppError).message).not.toMatch(/violates|byte sequence|out of range/);
  });
});

test("what is a bug stays one", async () => {
  expect(await refusalOf(transaction((db) => db.$executeRawUnsafe("SELECT nothing")))).not.toBeInstanceOf(AppError);
});
