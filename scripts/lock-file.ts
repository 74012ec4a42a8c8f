/** One process at a time for what two commands in the same clone must not do together, such as a build. */
import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

const heartbeat = 2_000;
/** A holder whose process is gone is found at once; this is for a process id that something else has taken since. */
const silence = 30_000;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What a holder wrote who cannot let go any more: one that is gone, or silent for long; else null. */
async function findAbandoned(file: string): Promise<string | null> {
  try {
    const [holder, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    const silent = Date.now() - mtimeMs > silence;
    // A file that is still empty was made this instant.
    return silent || (holder !== "" && !isAlive(Number(holder))) ? holder : null;
  } catch {
    return null;
  }
}

async function acquire(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const abandoned = await findAbandoned(file);
  if (abandoned === null) return false;
  // Of two that find the same dead holder, one moves its file away; the other may have caught the next holder's, and puts it back.
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, "utf8")) === abandoned) await rm(aside);
    else await rename(aside, file);
  } catch {
    // Somebody else was faster; the next try will tell.
  }
  return false;
}

/** Runs `work` while this process alone holds `file`; `onWait` is called once when another holds it. */
export async function withLockFile<T>(file: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  for (let tries = 0; !(await acquire(file)); tries++) {
    if (tries === 3) onWait?.();
    await wait(100);
  }
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}
