/** `npm run db:migrate`: brings the database up to this version, as each start does, and leaves it. */
import { openDatabase } from "./database";
import { loadSettings } from "./project";
import { runCommand, say } from "./terminal";

await runCommand(async () => {
  loadSettings();
  const database = await openDatabase();
  await database.close();
  say("The database is up to date");
});
