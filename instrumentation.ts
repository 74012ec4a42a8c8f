/** What the server's process does besides answering. Next.js reads this file for its other runtime too, which has no processes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  (await import("@/lib/server/process-end")).followTheEnd();
  (await import("@/lib/server/client-address")).distrustForwarded();
}
