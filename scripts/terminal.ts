/** What the commands say on the terminal: one line for what they do, one line for what went wrong. */

/** A failure that can be expected, told in one line without a stack. */
export class Fault extends Error {
  override readonly name = "Fault";
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const codes: Record<string, string> = {
  ENOSPC: "The disk is full",
  EDQUOT: "The disk quota is used up",
  EROFS: "The disk is read-only",
  EMFILE: "Too many files are open on this machine",
};

/** The one line for an error: its own words when it was expected, the file when the system refused one, else null. */
export function explain(error: unknown): string | null {
  if (error instanceof Fault) return error.message;
  if (!(error instanceof Error)) return null;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code?.startsWith("ERR_PARSE_ARGS")) return error.message;
  const where = path ? `: ${path}` : "";
  if (code === "EACCES" || code === "EPERM") return `No permission to write here${where}`;
  if (code && codes[code]) return `${codes[code]}${where}`;
  return null;
}

/** Runs a command to its end; an expected failure becomes its one line and exit code 1, a stop that was asked for is none. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return;
    say(explain(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    process.exitCode = 1;
  }
}
