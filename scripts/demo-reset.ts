/** `npm run demo:reset`: the demo newsroom as it was on its first day. Never touches a newsroom that is not a demo. */
import { parseArgs } from "node:util";
import { inTurnForDemo, isDemo, isEmpty, openDatabase } from "./database";
import { makeDemo, readSettings } from "./prepare";
import { loadSettings } from "./project";
import { readAddress } from "./serve";
import { Fault, runCommand, say } from "./terminal";

await runCommand(async () => {
  parseArgs();
  loadSettings();
  const { settings } = await readSettings(readAddress(undefined).port);
  const database = await openDatabase();
  try {
    await inTurnForDemo(database.url, async () => {
      if (!(await isEmpty(database.url)) && !(await isDemo(database.url))) {
        throw new Fault("This newsroom is not a demo; nothing was changed");
      }
      await makeDemo(database.url, settings);
    });
    say("The demo newsroom is as it was on its first day; everybody is signed out");
  } finally {
    await database.close();
  }
});
