/**
 * The people of the newsroom: the first admin, roles, disabling, passwords. At least one admin who can sign in is always
 * left. Nothing here ever puts an e-mail address, a password or a token into the audit record.
 */
import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { AppError } from "../domain/errors";
import type { Actor, PersonPatch, PersonView, passwordChange, Role, setUp } from "../domain/people";
import { authorize } from "../domain/policy";
import { recordEvent } from "./audit";
import { type Database, database, type Prisma, transaction } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import { ensureNewsroom, findNewsroom } from "./newsroom";
import { hashPassword, refuseGuessable, verifyPassword } from "./passwords";
import { definedOnly } from "./patch";
import { countOwnPassword } from "./throttle";

const done = { done: true } as const;

/** Everything that counts or makes people takes its turn, so that two at once cannot each leave the other as the last. */
async function lockPeople(db: Database): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('claimdesk.people'))`;
}

const personSelect = {
  id: true,
  name: true,
  email: true,
  role: true,
  disabledAt: true,
  createdAt: true,
  lastSeenAt: true,
  version: true,
} as const;

const withSessions = () =>
  ({ ...personSelect, _count: { select: { sessions: { where: { expiresAt: { gt: new Date() } } } } } }) as const;

type PersonRow = Prisma.UserGetPayload<{ select: ReturnType<typeof withSessions> }>;

function toPersonView({ _count, ...row }: PersonRow): PersonView {
  return {
    ...row,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    sessions: _count.sessions,
  };
}

async function getPersonRow(db: Database, personId: string): Promise<PersonView> {
  const row = await db.user.findUnique({ where: { id: personId }, select: withSessions() });
  if (!row) throw new AppError("not_found", "This person is not here.");
  return toPersonView(row);
}

/** Everybody, the disabled last. @throws AppError `forbidden` */
export async function listPeople(actor: Actor): Promise<PersonView[]> {
  authorize(actor, "people.manage");
  const rows = await database().user.findMany({
    select: withSessions(),
    orderBy: [{ disabledAt: { sort: "asc", nulls: "first" } }, { name: "asc" }, { id: "asc" }],
  });
  return rows.map(toPersonView);
}

/** One's own account, or as an admin anybody's. @throws AppError `forbidden`, `not_found` */
export async function getPerson(actor: Actor, personId: string): Promise<PersonView> {
  authorize(actor, "account.manage", { personId });
  return getPersonRow(database(), personId);
}

/**
 * Role and disabling are an admin's to change; a name also its owner's. Takes effect at the person's next request.
 * @throws AppError `forbidden`, `not_found`, `conflict`; `invalid` when nobody could manage people afterwards
 */
export async function updatePerson(
  actor: Actor,
  personId: string,
  version: number,
  patch: PersonPatch,
): Promise<PersonView> {
  const onlyName = Object.keys(patch).every((field) => field === "name");
  if (onlyName) authorize(actor, "account.manage", { personId });
  else authorize(actor, "people.manage");
  const { disabled, ...plain } = patch;
  if (disabled && personId === actor.id) {
    throw new AppError("invalid", "You cannot disable your own account. Another admin can do it.");
  }
  return transaction(async (db) => {
    await lockPeople(db);
    const before = await getPersonRow(db, personId);
    if (before.version !== version) {
      throw new AppError("conflict", "Somebody changed this person in the meantime.", { current: before });
    }
    const disabledAt = disabled ? (before.disabledAt ?? new Date()) : null;
    await db.user.update({
      where: { id: personId },
      data: { ...definedOnly(plain), ...(disabled !== undefined && { disabledAt }), version: { increment: 1 } },
    });
    await refuseWithoutAdmin(db);
    if (disabled) await endAccess(db, personId);
    const changed: Record<string, unknown> = { personId, fields: Object.keys(patch) };
    if (patch.role) changed.role = [before.role, patch.role];
    if (disabled !== undefined) changed.disabled = disabled;
    await recordEvent(db, { actor, action: "person.updated", data: changed });
    return getPersonRow(db, personId);
  });
}

async function refuseWithoutAdmin(db: Database): Promise<void> {
  if ((await db.user.count({ where: { role: "admin", disabledAt: null } })) > 0) return;
  throw new AppError(
    "invalid",
    "This is the last admin. Make somebody else an admin first, or nobody can manage people and settings.",
  );
}

/** Ends every session of a person: one's own, or as an admin anybody's. @throws AppError `forbidden`, `not_found` */
export async function signOutPerson(actor: Actor, personId: string): Promise<typeof done> {
  authorize(actor, "account.manage", { personId });
  return transaction(async (db) => {
    await getPersonRow(db, personId);
    const { count } = await db.session.deleteMany({ where: { userId: personId } });
    await recordEvent(db, { actor, action: "person.signed_out", data: { personId, sessions: count } });
    return done;
  });
}

/** One's own password. Every other session ends; this one goes on. @throws AppError `invalid`, `rate_limited` */
export async function changePassword(actor: Actor, input: z.infer<typeof passwordChange>): Promise<typeof done> {
  authorize(actor, "account.manage", { personId: actor.id });
  await countOwnPassword(actor);
  const user = await database().user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { passwordHash: true, email: true, name: true },
  });
  if (!(await verifyPassword(user.passwordHash, input.current))) {
    const message = user.passwordHash
      ? "This is not your present password."
      : "Your account has no password yet. An admin can give you a link to choose one.";
    throw new AppError("invalid", message, { fields: [{ path: "current", message }] });
  }
  await refuseWeak(user, input.next, "next");
  const passwordHash = await hashPassword(input.next);
  return transaction(async (db) => {
    await setPassword(db, actor.id, passwordHash, actor.sessionId);
    await recordEvent(db, { actor, action: "person.password_changed", data: { personId: actor.id } });
    return done;
  });
}

/** Writes the hash and ends every other way into the account that was open, but for the session to keep. */
export async function setPassword(db: Database, personId: string, passwordHash: string, keep?: string): Promise<void> {
  await db.user.update({ where: { id: personId }, data: { passwordHash, version: { increment: 1 } } });
  await endAccess(db, personId, keep);
}

/** The account's sessions end, and the links to a new password that nobody has used. */
async function endAccess(db: Database, personId: string, keep?: string): Promise<void> {
  await db.session.deleteMany({ where: { userId: personId, ...(keep && { id: { not: keep } }) } });
  await db.invitation.deleteMany({ where: { personId, usedAt: null } });
}

/** @throws AppError `invalid`, naming `field` */
export async function refuseWeak(
  person: { name: string; email: string },
  password: string,
  field: string,
): Promise<void> {
  const newsroom = await findNewsroom();
  refuseGuessable(password, [person.name, person.email, newsroom?.name ?? ""], field);
}

type NewPerson = { name: string; email: string; role: Role; passwordHash: string | null };

/** @throws AppError `duplicate` when the address has an account */
export async function createPerson(db: Database, person: NewPerson): Promise<Actor> {
  const id = newId();
  const { count } = await db.user.createMany({ data: { id, ...person }, skipDuplicates: true });
  if (count === 0) {
    const message = "There is an account with this e-mail address already. Sign in with it.";
    throw new AppError("duplicate", message, { fields: [{ path: "email", message }] });
  }
  return { id, name: person.name, role: person.role, sessionId: "" };
}

/** Whether the newsroom waits for its first admin. */
export async function isUnclaimed(db: Database = database()): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) === null;
}

/**
 * Makes the first admin, once. Of two that try at the same moment one succeeds, and the other finds nothing here.
 * @throws AppError `not_found` when there is somebody already, `forbidden` for a wrong token, `invalid`
 */
export async function setUpNewsroom(input: z.infer<typeof setUp>): Promise<typeof done> {
  if (!(await isUnclaimed())) throw alreadySetUp();
  if (!isSetupToken(input.token)) {
    const message = "This is not the set-up token. The server prints it on its terminal when it starts.";
    throw new AppError("forbidden", message, { fields: [{ path: "token", message }] });
  }
  refuseGuessable(input.password, [input.name, input.email, input.newsroom], "password");
  const passwordHash = await hashPassword(input.password);
  return transaction(async (db) => {
    await lockPeople(db);
    if (!(await isUnclaimed(db))) throw alreadySetUp();
    await ensureNewsroom(db, { name: input.newsroom });
    await db.newsroom.update({ where: { id: 1 }, data: { name: input.newsroom } });
    const { name, email } = input;
    const admin = await createPerson(db, { name, email, role: "admin", passwordHash });
    await recordEvent(db, { actor: admin, action: "newsroom.set_up", data: { personId: admin.id } });
    return done;
  });
}

const alreadySetUp = () => new AppError("not_found", "This newsroom has been set up.");

/** Compared as hashes, so that neither length nor content shows in the time it takes. */
export function isSetupToken(given: string): boolean {
  const expected = environment().CLAIMDESK_SETUP_TOKEN;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected ?? "")) && expected !== undefined;
}
