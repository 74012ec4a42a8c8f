/** `npm run dev`: the same database, secret and newsroom as `npm start`, under Next.js's development server. */
import { once } from "node:events";
import { prepare } from "./prepare";
import { loadSettings } from "./project";
import { claimPort, readAddress, runNext, stopProcess } from "./serve";
import { stopSignal } from "./stop-signal";
import { runCommand, say } from "./terminal";

await runCommand(async () => {
  loadSettings();
  const address = readAddress(undefined);
  address.port = await claimPort(address);
  const stop = stopSignal();
  const { database, settings, signIn } = await prepare(address);
  try {
    say(signIn);
    const next = runNext("dev", address, settings, "inherit");
    await Promise.race([stop.aborted || once(stop, "abort"), once(next, "exit")]);
    await stopProcess(next);
  } finally {
    await database.close();
  }
});
