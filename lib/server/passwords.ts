/**
 * Passwords: argon2id, and a limit on how many are worked on at once, because each takes 19 MiB and some 60 ms of a
 * processor. Never logs or returns a password or a hash; never answers faster for a person who does not exist.
 */
import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "../domain/errors";

/** OWASP's first choice for argon2id; algorithm 2 is argon2id (the package's enum is a const enum, unusable here). */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const atOnce = 2;
const waitingAtMost = 40;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= waitingAtMost) {
      throw new AppError("unavailable", "Too many people are signing in at this moment. Try again in a few seconds.", {
        retryAfter: 5,
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    // The place passes to the next in line; it is given back only when nobody waits.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** NFKC, so that the same password typed on another keyboard is the same (NIST SP 800-63B, 3.1.1.2). */
const normal = (password: string) => password.normalize("NFKC");

/** @throws AppError `unavailable` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), cost));
}

/** A hash that no password has: what is compared with when there is no account or no password. */
let nobody: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash the same work is done, and the answer is no.
 * @throws AppError `unavailable` when too many wait.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hash(crypto.randomUUID(), cost);
  const against = passwordHash ?? (await nobody);
  const matches = await inTurn(() => verify(against, normal(password)));
  return matches && passwordHash !== null;
}
