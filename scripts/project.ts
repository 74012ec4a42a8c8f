/** Where this clone is, where it keeps what it makes, and its settings from `.env`. */
import { existsSync } from "node:fs";
import path from "node:path";

export const projectDirectory = path.dirname(import.meta.dirname);

/** Settings of the process win over those in the file. */
export function loadSettings(): void {
  const file = path.join(projectDirectory, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** The embedded database, the secret: everything that a clone keeps. */
export function dataDirectory(): string {
  return path.resolve(projectDirectory, process.env.CLAIMDESK_DATA || ".data");
}
