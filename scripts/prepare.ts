/** What must stand before the app can serve: a migrated database, a secret, and a newsroom to sign in to. */
import { createHmac, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { demoPassword, demoPeople } from "../prisma/demo/people";
import { inTurnForDemo, isDemo, isEmpty, isHalfMadeDemo, type OpenDatabase, openDatabase } from "./database";
import { emptyTables } from "./empty-tables";
import { dataDirectory } from "./project";
import type { Address } from "./serve";
import { Fault, say } from "./terminal";

export type Preparation = {
  database: OpenDatabase;
  /** The address that people use, without a path. */
  url: string;
  /** The settings that the server's code reads. */
  settings: Record<string, string>;
  /** Who can sign in, or where the first admin is made: one line for the terminal. */
  signIn: string;
};

const shortestSecret = 32;

/** Signs sessions and share links. Made once and kept, so that both outlive a restart. */
async function findSecret(): Promise<string> {
  const given = process.env.CLAIMDESK_SECRET;
  if (given) {
    if (given.length >= shortestSecret) return given;
    throw new Fault(`CLAIMDESK_SECRET needs at least ${shortestSecret} characters`);
  }
  const file = path.join(dataDirectory(), "secret");
  if (existsSync(file)) return readFile(file, "utf8");
  await mkdir(dataDirectory(), { recursive: true, mode: 0o711 });
  // Of two that start at once, the first to link its own wins, and both read a whole one.
  const made = `${file}.${process.pid}`;
  await writeFile(made, randomBytes(48).toString("base64url"), { mode: 0o600 });
  await link(made, file).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(made);
  return readFile(file, "utf8");
}

/** Derived, so that every instance of a newsroom prints and takes the same. Of no use once there is a first admin. */
const setUpToken = (secret: string): string =>
  createHmac("sha256", secret).update("claimdesk set-up").digest("base64url");

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
}

function findUrl(port: number): string {
  const given = process.env.CLAIMDESK_URL;
  if (!given) return `http://localhost:${port}`;
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) {
    throw new Fault("CLAIMDESK_URL is not an address like https://desk.example.org");
  }
  return new URL(given).origin;
}

/** The embedded database gets the demo newsroom when it is empty; a server of one's own only when it is asked for. */
function mayHaveDemo({ embedded }: OpenDatabase): boolean {
  const asked = process.env.CLAIMDESK_DEMO;
  return asked === "1" || (embedded && asked !== "0");
}

/** Begins with nothing, whatever is there. */
export async function makeDemo(databaseUrl: string, settings: Record<string, string>): Promise<void> {
  say("Making the demo newsroom");
  await emptyTables(databaseUrl);
  // The use cases read their settings from the environment.
  Object.assign(process.env, settings, { DATABASE_URL: databaseUrl });
  const { loadDemo } = await import("../prisma/demo/load");
  await loadDemo();
  await (await import("../lib/server/db")).database().$disconnect();
}

async function warnPublic({ url, embedded }: OpenDatabase): Promise<void> {
  if (embedded)
    say("Open to other machines: the embedded database is for trying out, a server belongs in DATABASE_URL");
  if (await isDemo(url)) say("Open to other machines: anybody can sign in to the demo, its password is no secret");
}

async function describeSignIn(databaseUrl: string, setUpUrl: string): Promise<string> {
  if (await isEmpty(databaseUrl)) return `Nobody has an account yet. Make the first admin: ${setUpUrl}`;
  if (!(await isDemo(databaseUrl))) return "Ctrl-C stops it";
  const people = Object.values(demoPeople).map(({ email, role }) => `${email} (${role})`);
  return `A demo newsroom. Sign in as ${people.join(", ")} with the password: ${demoPassword}`;
}

/** The settings but the database's; `port` is the one that the app will listen on. */
export async function readSettings(
  port: number,
): Promise<{ url: string; settings: { CLAIMDESK_SECRET: string; CLAIMDESK_URL: string } }> {
  const url = findUrl(port);
  return { url, settings: { CLAIMDESK_SECRET: await findSecret(), CLAIMDESK_URL: url } };
}

export async function prepare({ port, host }: Address): Promise<Preparation> {
  const { url, settings: given } = await readSettings(port);
  const database = await openDatabase();
  try {
    const setupToken = setUpToken(given.CLAIMDESK_SECRET);
    const settings = { ...given, DATABASE_URL: database.url, CLAIMDESK_SETUP_TOKEN: setupToken };
    if (mayHaveDemo(database)) {
      await inTurnForDemo(database.url, async () => {
        const wanted = (await isEmpty(database.url)) || (await isHalfMadeDemo(database.url));
        if (wanted) await makeDemo(database.url, settings);
      });
    }
    if (!isLoopback(host) || !isLoopback(new URL(url).hostname)) await warnPublic(database);
    const signIn = await describeSignIn(database.url, `${url}/set-up?token=${setupToken}`);
    return { database, url, settings, signIn };
  } catch (error) {
    await database.close();
    throw error;
  }
}
