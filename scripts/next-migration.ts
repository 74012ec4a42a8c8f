/** `npm run db:migration -- name`: writes what schema.prisma says and the migrations do not yet, as the next migration. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { migrate, migrationsDirectory } from "../prisma/migrate";
import { diffSchema } from "../prisma/schema-diff";
import { Fault, runCommand, say } from "./terminal";
import { openThrowAwayDatabase } from "./throw-away-database";

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [name] = positionals;
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Fault("Give the migration a name of small letters, digits and underscores: npm run db:migration -- name");
  }
  const database = await openThrowAwayDatabase();
  try {
    await migrate(database.url);
    const sql = await diffSchema(database.url);
    if (!sql) return say("The migrations already make what schema.prisma says");
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const directory = path.join(migrationsDirectory, `${stamp}_${name}`);
    await mkdir(directory);
    await writeFile(path.join(directory, "migration.sql"), sql);
    say(
      `Wrote ${path.relative(process.cwd(), directory)}/migration.sql: read it, and add by hand what only SQL can say`,
    );
  } finally {
    await database.close();
  }
});
