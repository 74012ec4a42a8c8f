/** `npm start`: everything that a fresh clone needs to serve the desk, and a clean end. */
import { once } from "node:events";
import { access, constants } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buildWhenStale } from "./build";
import { prepare } from "./prepare";
import { loadSettings, projectDirectory } from "./project";
import { claimPort, readAddress, serve } from "./serve";
import { stopSignal } from "./stop-signal";
import { Fault, runCommand, say } from "./terminal";

const distribution = process.env.CLAIMDESK_DIST || ".next";

await runCommand(async () => {
  const { values } = parseArgs({ options: { port: { type: "string", short: "p" } } });
  loadSettings();
  const address = readAddress(values.port);
  address.port = await claimPort(address);
  await access(projectDirectory, constants.W_OK);

  const stop = stopSignal();
  const { database, url, settings, signIn } = await prepare(address);
  try {
    await buildWhenStale(distribution, stop);
    stop.throwIfAborted();
    const server = await serve(address, { ...settings, CLAIMDESK_DIST: distribution });
    say(`Claimdesk is at ${url}`);
    say(signIn);
    await Promise.race([stop.aborted || once(stop, "abort"), server.ended]);
    if (!stop.aborted) throw new Fault("The app ended by itself; its own words, if any, stand above");
    say("Stopping");
    await server.stop();
  } finally {
    await database.close();
  }
});
