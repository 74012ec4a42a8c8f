/**
 * Empties every table of the schema and no other: for a test that begins with nothing, and for a demo made anew. A database may
 * hold what somebody else keeps there.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";

async function tableNames(): Promise<string[]> {
  const schema = await readFile(path.join(import.meta.dirname, "../prisma/schema.prisma"), "utf8");
  return Array.from(schema.matchAll(/@@map\("(\w+)"\)/g), ([, name = ""]) => `"${name}"`);
}

/** Without an address, of the one in DATABASE_URL. */
export async function emptyTables(databaseUrl = process.env.DATABASE_URL): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`TRUNCATE ${(await tableNames()).join(", ")} RESTART IDENTITY`);
  } finally {
    await client.end();
  }
}
