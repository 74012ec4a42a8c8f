/**
 * How often somebody may ask, and how often a password may be tried (docs/decisions/0020-sign-in.md). Never decides who
 * somebody is, and never shuts a person out of their own account because of what others do. Keeps no address and no e-mail
 * address: keys are hashes under the server's secret.
 */
import "server-only";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { addressGroup, clientAddress } from "./client-address";
import { database } from "./db";
import { environment } from "./env";

const minute = 60;
/** Requests a minute, each server for itself: a bound against runaway programs that costs no query. */
const perPerson = new RateLimiterMemory({ keyPrefix: "person", points: 1_200, duration: minute });
const perAddress = new RateLimiterMemory({ keyPrefix: "address", points: 300, duration: minute });

/** @throws AppError `rate_limited` */
export async function limitRate(request: Request, actor: Actor | null): Promise<void> {
  const busy = "Too many requests in a short time. Wait a moment and try again.";
  if (actor) await take(perPerson, actor.id, busy);
  else await take(perAddress, addressGroup(clientAddress(request.headers)), busy);
}

/** Limits of tries, shared by all servers; `points` tries in `duration` seconds, counted in memory while the database is away. */
const tries = {
  /** A browser that this person signed in with before. */
  device: { points: 20, duration: 15 * minute },
  /** One account from one address; one address, whatever the account; one account, from wherever. Beyond these a try waits. */
  pair: { points: 8, duration: 15 * minute },
  address: { points: 40, duration: 15 * minute },
  account: { points: 30, duration: 60 * minute },
  /** A signed-in person's own password, asked again before it is changed. */
  ownPassword: { points: 10, duration: 15 * minute },
  /** Mails with a sign-in link to one address, and asked for from one address. */
  mailTo: { points: 4, duration: 15 * minute },
  mailFrom: { points: 20, duration: 15 * minute },
} as const;
type Kind = keyof typeof tries;

/** Milliseconds that a try waits when there have been too many. */
export const slowedBy = 3_000;

const limiters = new Map<Kind, RateLimiterPostgres>();

function limiter(kind: Kind): RateLimiterPostgres {
  let one = limiters.get(kind);
  if (!one) {
    const settings: IRateLimiterOptions = { keyPrefix: kind, ...tries[kind] };
    one = new RateLimiterPostgres({
      ...settings,
      storeClient,
      storeType: "client",
      tableName: "throttle",
      tableCreated: true,
      // All kinds share the table; one of them sweeps it.
      clearExpiredByTimeout: kind === "address",
      insuranceLimiter: new RateLimiterMemory(settings),
    });
    limiters.set(kind, one);
  }
  return one;
}

/**
 * What rate-limiter-flexible knows of `pg`, over the one pool there is. The text is always the library's own, with the table and kinds named
 * above; whatever comes from outside is a hash, and one of its values.
 */
const storeClient = {
  async query({ text, values = [] }: { text: string; values?: unknown[] }) {
    const rows = await database().$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(text, ...values);
    return { rows: rows.map((row) => ({ ...row, expire: row.expire && Number(row.expire) })), rowCount: rows.length };
  },
};

const keyed = (...parts: string[]) =>
  createHmac("sha256", environment().CLAIMDESK_SECRET)
    .update(`throttle\n${parts.join("\n")}`)
    .digest("base64url");

async function take(from: RateLimiterMemory | RateLimiterPostgres, key: string, message: string): Promise<void> {
  const refusal = await from.consume(key).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (refusal === null) return;
  if (!(refusal instanceof RateLimiterRes)) throw refusal;
  throw new AppError("rate_limited", message, { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) });
}

export type Attempt = { email: string; headers: Headers; device: string | undefined };

/**
 * Counts a try at a password before the password is looked at, so that many at once count as many. Returns what takes the
 * count back when the password was right. Too many only make a try slow: whoever shares an address with a stranger, a whole office
 * or everybody behind a proxy that is not trusted, is not shut out by them.
 * @throws AppError `rate_limited` (a browser that is known, by its own tries)
 */
export async function countAttempt({ email, headers, device }: Attempt): Promise<() => Promise<void>> {
  const message = "Too many tries in a short time. Wait a few minutes and try again.";
  const known = device && knownDevice(device, email);
  if (known) {
    const key = keyed(known);
    await take(limiter("device"), key, message);
    return async () => void (await limiter("device").delete(key));
  }
  const group = addressGroup(clientAddress(headers));
  const [pair, address, account] = [keyed(email, group), keyed(group), keyed(email)];
  const counts = [
    ["pair", pair],
    ["address", address],
    ["account", account],
  ] as const;
  let suspicious = false;
  for (const [kind, key] of counts)
    if ((await limiter(kind).penalty(key)).consumedPoints > tries[kind].points) suspicious = true;
  if (suspicious) await wait(slowedBy);
  return async () => {
    await limiter("pair").delete(pair);
    await limiter("address").reward(address);
    await limiter("account").reward(account);
  };
}

/** @throws AppError `rate_limited` */
export async function countOwnPassword(actor: Actor): Promise<void> {
  await take(limiter("ownPassword"), keyed(actor.id), "Too many tries. Wait a few minutes and try again.");
}

/**
 * Counts a request for a sign-in link. False when enough went to that address already: then none is sent, and nobody is told.
 * @throws AppError `rate_limited` when one address asks for too many
 */
export async function countMail(email: string, headers: Headers): Promise<boolean> {
  const group = addressGroup(clientAddress(headers));
  await take(limiter("mailFrom"), keyed(group), "Too many tries in a short time. Wait a few minutes and try again.");
  return (await limiter("mailTo").penalty(keyed(email))).consumedPoints <= tries.mailTo.points;
}

/**
 * What a browser keeps after somebody signed in with it: for this account its tries are counted apart from everybody else's,
 * so a stranger who uses the tries up cannot keep the person out (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
 */
export function deviceToken(email: string): string {
  const name = randomBytes(16).toString("base64url");
  return `${name}.${deviceSeal(name, email)}`;
}

function knownDevice(token: string, email: string): string | null {
  const [name = "", seal = ""] = token.split(".");
  const [given, right] = [Buffer.from(seal), Buffer.from(deviceSeal(name, email))];
  return given.length === right.length && timingSafeEqual(given, right) ? name : null;
}

const deviceSeal = (name: string, email: string) =>
  createHmac("sha256", environment().CLAIMDESK_SECRET).update(`device\n${name}\n${email}`).digest("base64url");
