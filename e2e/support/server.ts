/** Playwright's set-up: `npm start` itself, with the demo newsroom, on a free port and a database that nobody else uses. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { claimPort } from "../../scripts/serve";
import { openThrowAwayDatabase, withDatabase } from "../../scripts/throw-away-database";

const project = path.resolve(import.meta.dirname, "../..");

export default async function setUp(): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const cluster = given ? { url: given, close: async () => {} } : await openThrowAwayDatabase();
  const name = `claimdesk_e2e_${process.pid}`;
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);

  const free = () => claimPort({ port: 0, host: "127.0.0.1" });
  const [port, ...sitePorts] = await Promise.all([free(), free(), free()]);
  // The places on this machine that pages may be fetched from: sites that tests stand up, those of intake and of sources.
  const [site = "", sourceSite = ""] = sitePorts.map((sitePort) => `127.0.0.1:${sitePort}`);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ["scripts/bootstrap.mjs", "start", "--port", String(port)], {
    cwd: project,
    stdio: ["ignore", "inherit", "pipe"],
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      DATABASE_URL: withDatabase(cluster.url, name),
      CLAIMDESK_URL: url,
      CLAIMDESK_DEMO: "1",
      CLAIMDESK_FETCH_ALLOW: `${site},${sourceSite}`,
      CLAIMDESK_DIST: ".next-test",
    },
  });
  const ended = once(child, "exit");

  async function tearDown() {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.end();
    await cluster.close();
  }

  const lines = createInterface({ input: child.stderr });
  let up = false;
  for await (const line of lines) {
    process.stderr.write(`${line}\n`);
    if (!line.startsWith("Claimdesk is at ")) continue;
    up = true;
    break;
  }
  if (!up) {
    await tearDown();
    throw new Error("The server for the journeys did not come up");
  }
  child.stderr.pipe(process.stderr, { end: false });
  process.env.CLAIMDESK_E2E_URL = url;
  process.env.CLAIMDESK_E2E_SITE = site;
  process.env.CLAIMDESK_E2E_SOURCE_SITE = sourceSite;
  return tearDown;
}
