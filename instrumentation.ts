/** What the server's process does besides answering: it ends its event streams when it is told to stop, and itself with its parent. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { closeEventStreams } = await import("@/lib/server/events");
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, closeEventStreams);
  // `npm start` was killed without a chance to say so: an orphan would hold the port and the database.
  process.once("disconnect", () => process.exit(1));
}
