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

async function isAbandoned(file: string): Promise<boolean> {
  try {
    const [pid, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    // A file that is still empty was made this instant.
    if (pid !== "" && !isAlive(Number(pid))) return true;
    return Date.now() - mtimeMs > silence;
  } catch {
    return false;
  }
}

async function acquire(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  if (await isAbandoned(file)) {
    // Of two that find the same dead holder, only one can move its file away.
    const aside = `${file}.${process.pid}`;
    await rename(file, aside).catch(() => {});
    await rm(aside, { force: true });
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
