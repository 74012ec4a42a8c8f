/**
 * Links from an admin: one makes an account, another lets a person choose a new password. Each works once, for a week, and
 * only while the admin who made it is one. The token is derived from the row's id under the server's secret, so a repeated
 * request gives the same link; only its hash is kept, so a stolen database opens nothing.
 */
import "server-only";
import { createHash, createHmac } from "node:crypto";
import type { z } from "zod";
import { AppError } from "../domain/errors";
import type { Actor, InvitationView, invitationAccept, invitationCreate, passwordRenew, Role } from "../domain/people";
import { authorize } from "../domain/policy";
import { recordEvent } from "./audit";
import { type Database, database, type Prisma, transaction } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import { hashPassword } from "./passwords";
import { createPerson, refuseWeak, setPassword } from "./people";

const done = { done: true } as const;
/** Milliseconds from making a link until it is too old. */
export const invitationLasts = 7 * 24 * 60 * 60 * 1000;

const tokenOf = (invitationId: string) =>
  createHmac("sha256", environment().CLAIMDESK_SECRET).update(`invitation\n${invitationId}`).digest("base64url");
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const select = {
  id: true,
  role: true,
  email: true,
  createdAt: true,
  expiresAt: true,
  usedAt: true,
  createdBy: { select: { id: true, name: true } },
  person: { select: { id: true, name: true } },
} as const;

type InvitationRow = Prisma.InvitationGetPayload<{ select: typeof select }>;

function toInvitationView(row: InvitationRow, url: string | null): InvitationView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    usedAt: row.usedAt?.toISOString() ?? null,
    url,
  };
}

/** The newest first. Links are not among what is shown. @throws AppError `forbidden` */
export async function listInvitations(actor: Actor): Promise<InvitationView[]> {
  authorize(actor, "people.manage");
  const rows = await database().invitation.findMany({ select, orderBy: { id: "desc" }, take: 200 });
  return rows.map((row) => toInvitationView(row, null));
}

/** @throws AppError `forbidden`, `duplicate` when the address has an account */
export async function createInvitation(actor: Actor, input: z.infer<typeof invitationCreate>): Promise<InvitationView> {
  authorize(actor, "people.manage");
  return transaction(async (db) => {
    if (input.email && (await db.user.findUnique({ where: { email: input.email }, select: { id: true } }))) {
      const message = "There is an account with this e-mail address already.";
      throw new AppError("duplicate", message, { fields: [{ path: "email", message }] });
    }
    return makeLink(db, actor, { ...input, personId: null });
  });
}

/** For somebody who forgot their password, or has none yet. @throws AppError `forbidden`, `not_found`, `invalid` */
export async function createPasswordLink(actor: Actor, personId: string): Promise<InvitationView> {
  authorize(actor, "people.manage");
  return transaction(async (db) => {
    const person = await db.user.findUnique({ where: { id: personId }, select: { role: true, disabledAt: true } });
    if (!person) throw new AppError("not_found", "This person is not here.");
    if (person.disabledAt) throw new AppError("invalid", "This account is disabled. Enable it first.");
    return makeLink(db, actor, { id: newId(), role: person.role, email: null, personId });
  });
}

type NewLink = { id: string; role: Role; email: string | null; personId: string | null };

async function makeLink(db: Prisma.TransactionClient, actor: Actor, link: NewLink): Promise<InvitationView> {
  const token = tokenOf(link.id);
  const expiresAt = new Date(Date.now() + invitationLasts);
  const { count } = await db.invitation.createMany({
    data: { ...link, tokenHash: hashOf(token), createdById: actor.id, expiresAt },
    skipDuplicates: true,
  });
  const row = await db.invitation.findUniqueOrThrow({ where: { id: link.id }, select });
  if (count === 0 && row.createdBy.id !== actor.id)
    throw new AppError("duplicate", "This invitation is another admin's.");
  const { id, role, personId } = link;
  if (count > 0) {
    const action = personId ? "person.password_link_created" : "invitation.created";
    await recordEvent(db, { actor, action, data: personId ? { id, personId } : { id, role } });
  }
  const prefix = personId ? "new-password" : "join";
  return toInvitationView(row, `${environment().CLAIMDESK_URL}/${prefix}/${token}`);
}

/** Doing it twice is no error. @throws AppError `forbidden`, `invalid` when it has been used */
export async function revokeInvitation(actor: Actor, invitationId: string): Promise<typeof done> {
  authorize(actor, "people.manage");
  return transaction(async (db) => {
    const { count } = await db.invitation.deleteMany({ where: { id: invitationId, usedAt: null } });
    if (count > 0) await recordEvent(db, { actor, action: "invitation.revoked", data: { id: invitationId } });
    else if (await db.invitation.findUnique({ where: { id: invitationId }, select: { id: true } })) {
      throw new AppError("invalid", "This link has been used. To shut the person out, disable the account.");
    }
    return done;
  });
}

const openSelect = {
  id: true,
  role: true,
  email: true,
  expiresAt: true,
  usedAt: true,
  createdBy: { select: { role: true, disabledAt: true } },
  person: { select: { id: true, name: true, email: true, disabledAt: true } },
} as const;

type OpenInvitation = Prisma.InvitationGetPayload<{ select: typeof openSelect }>;

const isOpen = (row: OpenInvitation | null): row is OpenInvitation =>
  row !== null &&
  row.usedAt === null &&
  row.expiresAt > new Date() &&
  row.createdBy.role === "admin" &&
  row.createdBy.disabledAt === null;

/** The invitation that a token opens, or null. */
export async function findInvitation(token: string, db: Database = database()): Promise<OpenInvitation | null> {
  const row = await db.invitation.findUnique({ where: { tokenHash: hashOf(token) }, select: openSelect });
  return isOpen(row) ? row : null;
}

/** The open invitation of an address, for who proves to own it in another way than by the link. */
export async function findInvitationFor(email: string, db: Database): Promise<OpenInvitation | null> {
  const rows = await db.invitation.findMany({
    where: { email, usedAt: null },
    select: openSelect,
    orderBy: { id: "desc" },
  });
  return rows.find(isOpen) ?? null;
}

const usedUp = () =>
  new AppError("not_found", "This link has been used, taken back, or is too old. Ask an admin for a new one.");

/** Marks the invitation used. Of two at the same moment one succeeds. @throws AppError `not_found` */
export async function spendInvitation(db: Database, invitationId: string): Promise<void> {
  const { count } = await db.invitation.updateMany({
    where: { id: invitationId, usedAt: null },
    data: { usedAt: new Date() },
  });
  if (count === 0) throw usedUp();
}

/** @throws AppError `not_found` for a link that no longer works, `invalid`, `duplicate` */
export async function acceptInvitation(input: z.infer<typeof invitationAccept>): Promise<typeof done> {
  const invitation = await findInvitation(input.token);
  if (!invitation || invitation.person) throw usedUp();
  if (invitation.email && invitation.email !== input.email) {
    const message = "This invitation is for another e-mail address.";
    throw new AppError("invalid", message, { fields: [{ path: "email", message }] });
  }
  await refuseWeak(input, input.password, "password");
  const passwordHash = await hashPassword(input.password);
  return transaction(async (db) => {
    await spendInvitation(db, invitation.id);
    const { name, email } = input;
    const person = await createPerson(db, { name, email, role: invitation.role, passwordHash });
    const data = { id: invitation.id, personId: person.id, role: invitation.role };
    await recordEvent(db, { actor: person, action: "invitation.accepted", data });
    return done;
  });
}

/** @throws AppError `not_found` for a link that no longer works, `invalid` */
export async function renewPassword(input: z.infer<typeof passwordRenew>): Promise<typeof done> {
  const link = await findInvitation(input.token);
  if (!link?.person || link.person.disabledAt) throw usedUp();
  const { person } = link;
  await refuseWeak(person, input.password, "password");
  const passwordHash = await hashPassword(input.password);
  return transaction(async (db) => {
    await spendInvitation(db, link.id);
    await setPassword(db, person.id, passwordHash);
    await recordEvent(db, { actor: person, action: "person.password_renewed", data: { personId: person.id } });
    return done;
  });
}
