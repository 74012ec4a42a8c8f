/** A PostgreSQL for tests: made in a moment, gone afterwards, with what killed runs left behind. */
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type EmbeddedDatabase, openEmbeddedDatabase } from "./embedded-database";
import { isAlive } from "./lock-file";
import { dataDirectory } from "./project";

const prefix = "test-";

/** Whoever made a directory wrote its own process id into the name. */
async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = Number(name.match(/^test-(\d+)/)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const directory = path.join(parent, name);
    // Joining it and leaving it stops a server that may still run.
    await openEmbeddedDatabase({ directory: path.join(directory, "postgres"), durable: false })
      .then((database) => database.close())
      .catch(() => {});
    await rm(directory, { recursive: true, force: true });
  }
}

export async function openThrowAwayDatabase(): Promise<EmbeddedDatabase> {
  const parent = dataDirectory();
  await removeLeftovers(parent);
  const directory = path.join(parent, `${prefix}${process.pid}`);
  const database = await openEmbeddedDatabase({ directory: path.join(directory, "postgres"), durable: false });
  return {
    url: database.url,
    async close() {
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The same server's address with another database. */
export function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
