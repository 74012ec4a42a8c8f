/**
 * How the server's process ends: its event streams with the signal to stop, since an open one would hold the end up for as long as
 * a browser listens, and itself with the command that started it. Never ends it by itself otherwise.
 */
import "server-only";
import { closeEventStreams } from "./events";

export function followTheEnd(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, closeEventStreams);
  // `npm start` was killed without a chance to say so: an orphan would hold the port.
  process.once("disconnect", () => process.exit(1));
}
