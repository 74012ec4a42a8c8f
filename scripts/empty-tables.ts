/** Empties every table of the database in DATABASE_URL but Prisma's own: for a test that begins with nothing. */
import { Client } from "pg";

export async function emptyTables(): Promise<void> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
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
