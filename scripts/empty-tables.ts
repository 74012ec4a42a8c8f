/** Empties every table of a database but Prisma's own: for a test that begins with nothing, and for a demo made anew. */
import { Client } from "pg";

/** Without an address, of the one in DATABASE_URL. */
export async function emptyTables(databaseUrl = process.env.DATABASE_URL): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ names: string | null }>(
      `SELECT string_agg(format('%I', tablename), ', ') AS names FROM pg_tables
       WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    );
    if (rows[0]?.names) await client.query(`TRUNCATE ${rows[0].names} RESTART IDENTITY`);
  } finally {
    await client.end();
  }
}
