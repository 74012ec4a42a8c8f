/** The database that a command works on: the server in DATABASE_URL, or the embedded one of this clone. Migrated either way. */
import path from "node:path";
import { Client } from "pg";
import { MigrationError, migrate } from "../prisma/migrate";
import { type EmbeddedDatabase, openEmbeddedDatabase } from "./embedded-database";
import { dataDirectory } from "./project";
import { Fault, say } from "./terminal";

export type OpenDatabase = EmbeddedDatabase & { embedded: boolean };

const oldestServer = 14;
const connectLimit = 10_000;

/** Where a database is, without its password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}

function parse(url: string): string {
  const protocols = ["postgresql:", "postgres:"];
  if (!URL.canParse(url) || !protocols.includes(new URL(url).protocol)) {
    throw new Fault("DATABASE_URL is not an address like postgresql://user:password@host:5432/database");
  }
  return url;
}

/** @throws Fault when the server cannot be reached, refuses, or is too old. */
async function checkServer(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectLimit });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    if (version < oldestServer) {
      throw new Fault(
        `The database at ${placeOf(url)} is PostgreSQL ${version}; Claimdesk needs ${oldestServer} or later`,
      );
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    // A host with several addresses fails with one error for each, and no words of its own.
    const { message, code, errors } = error as AggregateError & NodeJS.ErrnoException;
    const reason = message || errors?.map((each) => each.message).join(", ") || code;
    throw new Fault(`The database at ${placeOf(url)} cannot be used: ${reason}`);
  } finally {
    await client.end().catch(() => {});
  }
}

export async function openDatabase(): Promise<OpenDatabase> {
  const given = process.env.DATABASE_URL;
  let database: EmbeddedDatabase;
  if (given) {
    await checkServer(parse(given));
    database = { url: given, close: async () => {} };
  } else {
    database = await openEmbeddedDatabase({ directory: path.join(dataDirectory(), "postgres") });
  }
  try {
    await bringUp(database.url);
    return { ...database, embedded: !given };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function bringUp(url: string): Promise<void> {
  try {
    const applied = await migrate(url);
    if (applied.length > 0) say(`Prepared the database: ${applied.length} migrations`);
  } catch (error) {
    if (error instanceof MigrationError) throw new Fault(error.message);
    throw error;
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function isTrue(url: string, condition: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ holds: boolean }>(`SELECT ${condition} AS holds`);
    return rows[0]?.holds ?? false;
  });
}

/** Nobody has an account yet. */
export function isEmpty(url: string): Promise<boolean> {
  return isTrue(url, `NOT EXISTS (SELECT FROM "user")`);
}

export function isDemo(url: string): Promise<boolean> {
  return isTrue(url, "EXISTS (SELECT FROM newsroom WHERE is_demo)");
}

/** The making of the demo was killed: its share link comes last, and no row of a share link ever goes. */
export function isHalfMadeDemo(url: string): Promise<boolean> {
  return isTrue(url, "EXISTS (SELECT FROM newsroom WHERE is_demo) AND NOT EXISTS (SELECT FROM share_link)");
}

/** Any number that nothing else in the database uses. */
const demoLock = 6_201_875;

/** Of several instances that start at once, one at a time. */
export function inTurnForDemo(url: string, work: () => Promise<void>): Promise<void> {
  return withClient(url, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [demoLock]);
    await work();
  });
}
