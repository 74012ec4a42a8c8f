/**
 * Vitest's set-up for `*.db.test.ts`: a throw-away PostgreSQL (or the server in TEST_DATABASE_URL) and in it a migrated
 * template that each test file copies.
 */
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../prisma/migrate";
import { generatePrismaClient } from "./prisma-client";
import { openThrowAwayDatabase, withDatabase } from "./throw-away-database";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server's address with a database to connect to, and the name of the migrated template. */
    testServer: { url: string; template: string };
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await generatePrismaClient();
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, close: async () => {} } : await openThrowAwayDatabase();
  const template = `claimdesk_template_${process.pid}`;
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${template}`);
  await client.query(`CREATE DATABASE ${template}`);
  await migrate(withDatabase(server.url, template));
  project.provide("testServer", { url: server.url, template });

  return async () => {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
      [template],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
    await client.end();
    await server.close();
  };
}
