/**
 * Who asks. `getActor` is the one place that turns a cookie into a person: the cookie carries a random session id, the
 * `Session` row says whose it is and whether it still holds, and it is read anew at every request, so that a changed role, a
 * disabled person or a sign-out everywhere holds at the next one. Never trusts anything else that a cookie says.
 */
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { decode, encode } from "next-auth/jwt";
import { cache } from "react";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { type Database, database } from "./db";
import { environment } from "./env";
import { pathHeader } from "./page-path";

/** Seconds from sign-in until a session ends by itself. */
export const sessionSeconds = 30 * 24 * 60 * 60;
/** `lastSeenAt` is for people to read; once in so many milliseconds is close enough. */
const seenEvery = 60_000;

/** `__Host-` binds the cookie to this host and to https; a browser refuses it over plain http. */
export function sessionCookie(): { name: string; secure: boolean } {
  const secure = environment().CLAIMDESK_URL.startsWith("https://");
  return { name: secure ? "__Host-claimdesk-session" : "claimdesk-session", secure };
}

/** A session's row is found by this; the id itself is only in the cookie. */
const sessionRow = (sessionId: string) => createHash("sha256").update(sessionId).digest("hex");

/** Makes a session for a person who has just proved who they are. The id that it returns is kept nowhere else. */
export async function startSession(db: Database, userId: string): Promise<string> {
  const sessionId = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + sessionSeconds * 1000);
  await db.session.create({ data: { id: sessionRow(sessionId), userId, expiresAt } });
  await db.user.update({ where: { id: userId }, data: { lastSeenAt: new Date() }, select: { id: true } });
  await db.session.deleteMany({ where: { userId, expiresAt: { lt: new Date() } } });
  return sessionId;
}

export async function endSession(db: Database, sessionId: string): Promise<void> {
  await db.session.deleteMany({ where: { id: sessionRow(sessionId) } });
}

/** The person behind a session id, if it still stands for one. */
export async function findActor(db: Database, sessionId: string, now = new Date()): Promise<Actor | null> {
  const session = await db.session.findUnique({
    where: { id: sessionRow(sessionId) },
    select: {
      id: true,
      expiresAt: true,
      lastSeenAt: true,
      user: { select: { id: true, name: true, role: true, disabledAt: true } },
    },
  });
  if (!session || session.expiresAt <= now || session.user.disabledAt) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > seenEvery) {
    await db.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
    await db.user.update({ where: { id: session.user.id }, data: { lastSeenAt: now }, select: { id: true } });
  }
  const { id, name, role } = session.user;
  return { id, name, role, sessionId: session.id };
}

/** Which of these sessions, by the ids of their rows, still stand for somebody: for streams that outlive a request. */
export async function findLiveSessions(db: Database, ids: string[], now = new Date()): Promise<Set<string>> {
  const rows = await db.session.findMany({
    where: { id: { in: ids }, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** The cookie's value for a session id, as next-auth writes it: for whoever acts as a browser that is signed in. */
export const sealSessionId = (sessionId: string): Promise<string> =>
  encode({ token: { sessionId }, secret: environment().CLAIMDESK_SECRET });

type Cookies = { get(name: string): { value: string } | undefined };

/** The session id in a browser's cookie, if this server wrote it. Whether the session holds is another question. */
export async function sessionIdIn(cookies: Cookies): Promise<string | null> {
  const cookie = cookies.get(sessionCookie().name)?.value;
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret: environment().CLAIMDESK_SECRET }).catch(() => null);
  return typeof token?.sessionId === "string" ? token.sessionId : null;
}

/** Whoever is signed in, or nobody. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const sessionId = await sessionIdIn(await cookies());
  return sessionId === null ? null : findActor(database(), sessionId);
});

/** For routes. @throws AppError `unauthenticated` */
export async function requireActor(): Promise<Actor> {
  const actor = await getActor();
  if (!actor) throw new AppError("unauthenticated", "You are signed out. Sign in again; what you typed is kept.");
  return actor;
}

/** For pages: whoever is signed in, or off to the sign-in page and back here afterwards. */
export async function requirePage(): Promise<Actor> {
  const actor = await getActor();
  if (actor) return actor;
  const query = new URLSearchParams({ next: (await headers()).get(pathHeader) ?? "/" });
  if ((await cookies()).has(sessionCookie().name)) query.set("error", "SessionEnded");
  redirect(`/sign-in?${query}`);
}
