/**
 * Brings a database up to the migrations of this version, as `prisma migrate deploy` does and in the same table, but in
 * plain SQL: Prisma's command needs a downloaded engine (docs/decisions/0001). Each migration is one transaction, so one that
 * fails leaves nothing behind. Never changes what an applied migration says.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";

export type Migration = { name: string; sql: string };

/** A database that cannot be migrated, in words for whoever runs it. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

export const migrationsDirectory = path.join(import.meta.dirname, "migrations");

/** Any number that nothing else in the database uses: two instances that start at once take turns. */
const migrationLock = 6_201_873;

/** The migrations of this version, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(path.join(migrationsDirectory, name, "migration.sql"), "utf8"),
    })),
  );
}

/** Prisma's own definition of its table. */
const migrationTable = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"            VARCHAR(64) NOT NULL,
    "finished_at"         TIMESTAMPTZ,
    "migration_name"      VARCHAR(255) NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      TIMESTAMPTZ,
    "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

type AppliedMigration = { migration_name: string; checksum: string; finished_at: Date | null };

/**
 * Applies what is missing, one instance at a time, and returns the names of what it applied.
 * @throws MigrationError when the database is ahead of this version, when an applied migration was changed, or when one fails.
 */
export async function migrate(databaseUrl: string, migrations?: Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations());
  const client = new Client({ connectionString: databaseUrl, application_name: "claimdesk migrate" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(migrationTable);
    const { rows } = await client.query<AppliedMigration>(
      `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    const known = new Set(wanted.map(({ name }) => name));
    const ahead = rows.find((row) => !known.has(row.migration_name));
    if (ahead) {
      throw new MigrationError(
        `The database was made by a newer Claimdesk (it has the migration ${ahead.migration_name})`,
      );
    }

    const done: string[] = [];
    for (const { name, sql } of wanted) {
      const checksum = createHash("sha256").update(sql).digest("hex");
      const before = applied.get(name);
      if (before?.finished_at === null) throw new MigrationError(`The migration ${name} was begun and not finished`);
      if (before && before.checksum !== checksum) {
        throw new MigrationError(`The migration ${name} has changed since it was applied`);
      }
      if (before) continue;
      await apply(client, name, sql, checksum);
      done.push(name);
    }
    return done;
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    // Of the table of migrations and the lock: a role that may make nothing here, a server that stopped.
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`The database cannot be prepared: ${reason}`, { cause: error });
  } finally {
    await client.end();
  }
}

async function apply(client: Client, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`The migration ${name} failed: ${reason}`, { cause: error });
  }
}
