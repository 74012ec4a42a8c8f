/** What must stand before the app can serve: a migrated database, a secret, and a newsroom to sign in to. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { demoPassword, demoPeople } from "../prisma/demo/people";
import { isDemo, type OpenDatabase, openDatabase } from "./database";
import { dataDirectory } from "./project";
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
  await mkdir(dataDirectory(), { recursive: true, mode: 0o711 });
  // Of two that start at once, one makes it and both read it.
  await writeFile(file, randomBytes(48).toString("base64url"), { flag: "wx", mode: 0o600 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  return readFile(file, "utf8");
}

function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

function findUrl(port: number): string {
  const given = process.env.CLAIMDESK_URL;
  if (!given) return `http://localhost:${port}`;
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) {
    throw new Fault("CLAIMDESK_URL is not an address like https://desk.example.org");
  }
  return new URL(given).origin;
}

/** An empty embedded database gets the demo newsroom; a server of one's own only when it is asked for. */
function wantsDemo({ empty, embedded }: OpenDatabase): boolean {
  const asked = process.env.CLAIMDESK_DEMO;
  return empty && asked !== "0" && (embedded || asked === "1");
}

async function makeDemo(settings: Record<string, string>): Promise<void> {
  say("Making the demo newsroom");
  // The use cases read their settings from the environment.
  Object.assign(process.env, settings);
  const { loadDemo } = await import("../prisma/demo/load");
  await loadDemo();
  await (await import("../lib/server/db")).database().$disconnect();
}

async function describeSignIn({ url: databaseUrl, empty }: OpenDatabase, setUpUrl: string): Promise<string> {
  if (empty) return `Nobody has an account yet. Make the first admin: ${setUpUrl}`;
  if (!(await isDemo(databaseUrl))) return "Ctrl-C stops it";
  const people = Object.values(demoPeople).map(({ email, role }) => `${email} (${role})`);
  return `A demo newsroom. Sign in as ${people.join(", ")} with the password: ${demoPassword}`;
}

/** `port` is the one that the app will listen on. */
export async function prepare(port: number): Promise<Preparation> {
  const url = findUrl(port);
  const secret = await findSecret();
  const database = await openDatabase();
  try {
    const setupToken = randomBytes(24).toString("base64url");
    const settings = {
      DATABASE_URL: database.url,
      CLAIMDESK_SECRET: secret,
      CLAIMDESK_URL: url,
      CLAIMDESK_SETUP_TOKEN: setupToken,
    };
    if (database.embedded && !isLoopback(url)) {
      say(`The embedded database is for trying out, and ${url} is public: give a PostgreSQL server in DATABASE_URL`);
    }
    if (wantsDemo(database)) {
      await makeDemo(settings);
      database.empty = false;
    }
    return { database, url, settings, signIn: await describeSignIn(database, `${url}/set-up?token=${setupToken}`) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
