/**
 * Passwords: argon2id, a limit on how many are worked on at once (each takes 19 MiB and some 60 ms of a processor), and the
 * rules for a new one. Never logs or returns a password or a hash; never answers faster for a person who does not exist.
 */
import "server-only";
import { randomUUID } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import { AppError } from "../domain/errors";

/** OWASP's first choice of cost for argon2id, which is number 2 (the package's enum is `const`, so out of reach here). */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const atOnce = 2;
const waitingAtMost = 40;
let running = 0;
const waiting: (() => void)[] = [];

/** @throws AppError `unavailable` when too many wait. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnce) {
    running++;
  } else if (waiting.length < waitingAtMost) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    throw new AppError("unavailable", "Too many people are signing in at this moment. Try again in a few seconds.", {
      retryAfter: 5,
    });
  }
  try {
    return await work();
  } finally {
    // The place passes to the next in line, and is given back only when nobody waits.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** NFKC, so that the same password typed on another keyboard is the same (NIST SP 800-63B-4, 3.1.1.2). */
const normal = (password: string) => password.normalize("NFKC");

/** @throws AppError `unavailable` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), cost));
}

/** A hash that no password has: what is compared with when there is no account, or no password on it. */
let nobodys: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash the same work is done, and the answer is no.
 * @throws AppError `unavailable` when too many wait.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodys ??= hash(randomUUID(), cost);
  const against = passwordHash ?? (await nobodys);
  const matches = await inTurn(() => verify(against, normal(password)));
  return matches && passwordHash !== null;
}

/** 49,000 passwords seen most often in published breaches; kept by the zxcvbn-ts project (MIT). */
let common: ReadonlySet<string> | undefined;

/** Characters that must remain of a new password besides what anybody would guess first. */
const ownCharacters = 8;

/**
 * Length is the schema's; here a password is refused that stands on every guesser's first page: a common one, also with
 * digits or signs around it; one unit repeated; a run along the alphabet; or little more than the person's own words.
 * @param guessable the person's name and e-mail address, the newsroom's name
 * @param field where to show the refusal
 * @throws AppError `invalid`, naming the field
 */
export function refuseGuessable(password: string, guessable: readonly string[], field: string): void {
  const reason = guessableBecause(normal(password).toLowerCase(), guessable);
  if (reason) throw new AppError("invalid", reason, { fields: [{ path: field, message: reason }] });
}

function guessableBecause(password: string, guessable: readonly string[]): string | null {
  common ??= new Set(dictionary["passwords-common"]);
  const bare = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  if (common.has(password) || (common.has(bare) && password.length - bare.length < ownCharacters)) {
    return "This is one of the passwords that are tried first. A few unrelated words make a better one.";
  }
  if (/^(.{1,6})\1+.{0,5}$/su.test(password) || new Set(password).size < 5) {
    return "This repeats itself, so it is quickly guessed. A few unrelated words make a better one.";
  }
  if (isRun(password)) return "This follows the alphabet or the digits, so it is quickly guessed.";
  const words = guessable
    .flatMap((text) =>
      text
        .normalize("NFKC")
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .concat("claimdesk")
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
  const rest = words.reduce((text, word) => text.replaceAll(word, ""), password);
  if (rest !== password && rest.length < ownCharacters) {
    return "This is little more than your name, your address or the newsroom's name. Choose words that are not about you.";
  }
  return null;
}

/** Each character next to the one before it, as in `abcdefghijkl`, `987654321098`. */
function isRun(password: string): boolean {
  const codes = Array.from(password, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  return [1, -1].some((step) => steps.filter((one) => one === step || one === step * -9).length >= steps.length - 1);
}
