/** Before each file of database tests: a fresh copy of the migrated template, named in DATABASE_URL before the server's code reads it. */
import { Client } from "pg";
import { inject } from "vitest";
import { withDatabase } from "./throw-away-database";

const { url, template } = inject("testServer");
// The place in the pool alone is not enough: with several projects in one run, two files may hold the same one.
const name = `${template}_${process.env.VITEST_POOL_ID}_${process.pid}`;
const client = new Client({ connectionString: url });
await client.connect();
await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
await client.end();

process.env.DATABASE_URL = withDatabase(url, name);
process.env.CLAIMDESK_SECRET ??= "a secret that only the tests know, and nothing else";
