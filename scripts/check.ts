/** `npm run check`: the quick part of `npm test`. */
import { runChecks } from "./checks";
import { stopSignal } from "./stop-signal";
import { closingLine } from "./tally";
import { runCommand, say } from "./terminal";

await runCommand(async () => {
  const tally = await runChecks(stopSignal());
  say(closingLine(tally));
  if (tally.failed > 0) process.exitCode = 1;
});
