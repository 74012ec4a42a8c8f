/**
 * Who somebody is when another party vouches for them: an OAuth or OpenID Connect provider, or the owner of a mailbox. Such an
 * identity lets in a person of the newsroom or somebody who was invited, and nobody else: it never makes an account by itself.
 */
import "server-only";
import type { Adapter } from "next-auth/adapters";
import frame from "@/messages/en/frame.json";
import { email as emailSchema } from "../domain/people";
import { recordEvent } from "./audit";
import { database, type Prisma, transaction } from "./db";
import { findInvitationFor, spendInvitation } from "./invitations";
import { createPerson } from "./people";

export type Identity = {
  provider: string;
  accountId: string;
  name: string | null;
  /** Only when the provider says that it belongs to the person. */
  verifiedEmail: string | null;
};

/**
 * The person behind an outside identity: by the link kept from an earlier sign-in, else by the verified address, which then
 * makes the link. Null when there is nobody, or the account is disabled.
 */
export async function admitIdentity({ provider, accountId, name, verifiedEmail }: Identity): Promise<string | null> {
  return transaction(async (db) => {
    const linked = await db.externalAccount.findUnique({
      where: { provider_accountId: { provider, accountId } },
      select: { user: { select: { id: true, disabledAt: true } } },
    });
    if (linked) return linked.user.disabledAt ? null : linked.user.id;
    const personId = await admitAddress(db, verifiedEmail, name);
    if (!personId) return null;
    await db.externalAccount.create({ data: { provider, accountId, userId: personId } });
    await recordEvent(db, { actor: { id: personId }, action: "person.identity_linked", data: { personId, provider } });
    return personId;
  });
}

/** The person whom an identity was linked to. */
export async function findLinked(provider: string, accountId: string): Promise<string | null> {
  const linked = await database().externalAccount.findUnique({
    where: { provider_accountId: { provider, accountId } },
    select: { userId: true },
  });
  return linked?.userId ?? null;
}

/** The person with a proven address: one who has an account, or one who was invited under it and gets it now. */
export async function admitAddress(
  db: Prisma.TransactionClient,
  address: string | null,
  name: string | null,
): Promise<string | null> {
  const parsed = emailSchema.safeParse(address);
  if (!parsed.success) return null;
  const email = parsed.data;
  const user = await db.user.findUnique({ where: { email }, select: { id: true, disabledAt: true } });
  if (user) return user.disabledAt ? null : user.id;
  const invitation = await findInvitationFor(email, db);
  if (!invitation) return null;
  await spendInvitation(db, invitation.id);
  // A name stands on public pages, and an address is nobody's to publish: until the person gives one, it is what they are here.
  const called = name?.trim() || frame.roles[invitation.role];
  const person = await createPerson(db, { name: called, email, role: invitation.role, passwordHash: null });
  const data = { id: invitation.id, personId: person.id, role: invitation.role };
  await recordEvent(db, { actor: person, action: "invitation.accepted", data });
  return person.id;
}

/** Whether a sign-in link may go to an address. Says nothing about why not. */
export async function mayReceiveLink(email: string): Promise<boolean> {
  const user = await database().user.findUnique({ where: { email }, select: { disabledAt: true } });
  return user ? user.disabledAt === null : (await findInvitationFor(email, database())) !== null;
}

/**
 * What next-auth asks of a database for sign-in links, and no more: tokens that are kept as hashes and work once. People are
 * found, never made or changed.
 */
export const signInTokens: Adapter = {
  async createVerificationToken({ identifier, token, expires }) {
    await database().signInToken.deleteMany({ where: { expiresAt: { lt: new Date() } } });
    await database().signInToken.create({ data: { tokenHash: token, email: identifier, expiresAt: expires } });
    return { identifier, token, expires };
  },
  async useVerificationToken({ token }) {
    const [row] = await database().$queryRaw<{ email: string; expiresAt: Date }[]>`
      DELETE FROM sign_in_token WHERE token_hash = ${token} RETURNING email, expires_at AS "expiresAt"`;
    return row ? { identifier: row.email, token, expires: row.expiresAt } : null;
  },
  getUserByEmail: (email) => asNextAuth({ email }),
  getUser: (id) => asNextAuth({ id }),
  updateUser: async ({ id }) => {
    const user = await asNextAuth({ id });
    if (!user) throw new Error("The person is gone");
    return user;
  },
};

async function asNextAuth(where: { email: string } | { id: string }) {
  const user = await database().user.findUnique({ where, select: { id: true, email: true } });
  return user && { ...user, emailVerified: null };
}
