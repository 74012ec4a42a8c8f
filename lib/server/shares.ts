/**
 * Share links: made, listed, revoked and opened. A link leads to the newest publication of its article. Whether it still
 * opens is asked of the database at every single reading; never shows a token to anybody who may not share.
 */
import "server-only";
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import type { PublicationView, ShareLinkView, SharingView, shareLinkCreate } from "../domain/publication";
import { recordEvent } from "./audit";
import { coverageOfArticles } from "./coverage";
import { type Database, database, type Prisma, transaction } from "./db";
import { environment } from "./env";
import { isTokenOf, linkIdOf, shareToken } from "./share-token";

const person = { select: { id: true, name: true } } as const;
const linkSelect = {
  id: true,
  nonce: true,
  label: true,
  createdBy: person,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  reads: true,
  lastReadAt: true,
} satisfies Prisma.ShareLinkSelect;
type LinkRow = Prisma.ShareLinkGetPayload<{ select: typeof linkSelect }>;

/** The address of the public page behind a token. */
export const shareUrl = (token: string): string => new URL(`/f/${token}`, environment().CLAIMDESK_URL).href;

function toShareLinkView({ nonce, ...row }: LinkRow): ShareLinkView {
  return {
    ...row,
    url: shareUrl(shareToken(environment().CLAIMDESK_SECRET, { id: row.id, nonce })),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
  };
}

/** @throws AppError `forbidden`, `not_found` */
export async function getSharing(actor: Actor, articleId: string, db: Database = database()): Promise<SharingView> {
  authorize(actor, "share.manage");
  const article = await db.article.findUnique({ where: { id: articleId }, select: { id: true } });
  if (!article) throw new AppError("not_found", "This article is not here.");
  const publications = await listPublications(db, articleId);
  const coverage = (await coverageOfArticles(db, [articleId])).get(articleId);
  const links = await db.shareLink.findMany({ where: { articleId }, select: linkSelect, orderBy: { id: "desc" } });
  return {
    publications,
    links: links.map(toShareLinkView),
    ...(await countClaims(db, articleId)),
    unaccounted: coverage ? coverage.sentences - coverage.accounted : 0,
    abilities: { share: can(actor, "share.manage"), publish: can(actor, "publication.create") },
  };
}

/** The newest first; of each only how many claims it holds is read from the frozen copy. */
async function listPublications(db: Database, articleId: string): Promise<PublicationView[]> {
  const rows = await db.$queryRaw<(Omit<PublicationView, "createdAt" | "createdBy"> & PublicationPerson)[]>`
    SELECT p.id, p.number, p.note, p.created_at AS "createdAt", jsonb_array_length(p.snapshot->'claims') AS claims,
      u.id AS "personId", u.name AS "personName"
    FROM publication p JOIN "user" u ON u.id = p.created_by_id
    WHERE p.article_id = ${articleId}::uuid ORDER BY p.number DESC`;
  return rows.map(({ personId, personName, createdAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    createdBy: { id: personId, name: personName },
  }));
}
type PublicationPerson = { createdAt: Date; personId: string; personName: string };

/** What a publication made now would hold, and what it would leave out. */
async function countClaims(db: Database, articleId: string): Promise<{ approved: number; unfinished: number }> {
  const live = { articleId, trashedAt: null } as const;
  const approved = await db.claim.count({ where: { ...live, state: "approved" } });
  const unfinished = await db.claim.count({ where: { ...live, state: { notIn: ["approved", "set_aside"] } } });
  return { approved, unfinished };
}

/**
 * A link to an article that has been published. A retry with the same id finds the link made.
 * @throws AppError `forbidden`, `not_found`, `invalid` (nothing published, in the trash, an end in the past), `duplicate`
 */
export async function createShareLink(
  actor: Actor,
  articleId: string,
  input: z.infer<typeof shareLinkCreate>,
): Promise<SharingView> {
  authorize(actor, "share.manage");
  return transaction(async (db) => {
    await lockSharedArticle(db, articleId);
    const made = await db.shareLink.findUnique({ where: { id: input.id }, select: { articleId: true } });
    if (made && made.articleId !== articleId)
      throw new AppError("duplicate", "A share link with this id is already there.");
    if (!made) {
      if (!(await db.publication.findFirst({ where: { articleId }, select: { id: true } })))
        throw new AppError("invalid", "Nothing of this article is published yet. Publish it first, then make a link.");
      const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
      if (expiresAt && expiresAt <= new Date())
        throw invalidField("expiresAt", "The end of the link lies in the past.");
      const nonce = randomBytes(16).toString("base64url");
      await db.shareLink.create({
        data: { id: input.id, articleId, nonce, label: input.label, expiresAt, createdById: actor.id },
      });
      await recordEvent(db, { actor, action: "share_link.created", articleId, data: { id: input.id } });
    }
    return getSharing(actor, articleId, db);
  });
}

const invalidField = (path: string, message: string) =>
  new AppError("invalid", message, { fields: [{ path, message }] });

/**
 * Waits for whoever is changing the article, and keeps others waiting until this transaction has ended.
 * @throws AppError `not_found`, `invalid` when it is in the trash
 */
export async function lockSharedArticle(db: Prisma.TransactionClient, articleId: string): Promise<void> {
  const [article] = await db.$queryRaw<{ trashed: boolean }[]>`
    SELECT trashed_at IS NOT NULL AS trashed FROM article WHERE id = ${articleId}::uuid FOR UPDATE`;
  if (!article) throw new AppError("not_found", "This article is not here.");
  if (article.trashed) throw new AppError("invalid", "This article is in the trash. Restore it to share it.");
}

/** Closes a link at once and for good. Doing it twice is no error. @throws AppError `forbidden`, `not_found` */
export async function revokeShareLink(actor: Actor, shareLinkId: string): Promise<SharingView> {
  authorize(actor, "share.manage");
  return transaction(async (db) => {
    const link = await db.shareLink.findUnique({ where: { id: shareLinkId }, select: { articleId: true } });
    if (!link) throw new AppError("not_found", "This share link is not here.");
    const { count } = await db.shareLink.updateMany({
      where: { id: shareLinkId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0)
      await recordEvent(db, {
        actor,
        action: "share_link.revoked",
        articleId: link.articleId,
        data: { id: shareLinkId },
      });
    return getSharing(actor, link.articleId, db);
  });
}

export type OpenedLink =
  | { state: "open"; shareLinkId: string; publicationId: string }
  /** Revoked, expired, or its article is in the trash. */
  | { state: "closed" }
  | { state: "unknown" };

/** What a token opens now: one query, whatever the answer. */
export async function openShareLink(token: string): Promise<OpenedLink> {
  const id = linkIdOf(token);
  if (!id) return { state: "unknown" };
  const [link] = await database().$queryRaw<{ nonce: string; closed: boolean; publicationId: string | null }[]>`
    SELECT l.nonce, (l.revoked_at IS NOT NULL OR COALESCE(l.expires_at <= now(), false) OR a.trashed_at IS NOT NULL) AS closed,
      (SELECT p.id FROM publication p WHERE p.article_id = l.article_id ORDER BY p.number DESC LIMIT 1) AS "publicationId"
    FROM share_link l JOIN article a ON a.id = l.article_id WHERE l.id = ${id}::uuid`;
  if (!link || !isTokenOf(environment().CLAIMDESK_SECRET, { id, nonce: link.nonce }, token))
    return { state: "unknown" };
  if (link.closed || !link.publicationId) return { state: "closed" };
  return { state: "open", shareLinkId: id, publicationId: link.publicationId };
}

/** Milliseconds for which reads are gathered, so that a link that many follow is one write a second and no reader waits for it. */
const readsGathered = 1_000;
const unsaved = new Map<string, { reads: number; lastReadAt: Date }>();
let saving: NodeJS.Timeout | undefined;

/** Counts a reading. Written down a moment later; a process that is killed in between forgets that moment's. */
export function countRead(shareLinkId: string): void {
  unsaved.set(shareLinkId, { reads: (unsaved.get(shareLinkId)?.reads ?? 0) + 1, lastReadAt: new Date() });
  saving ??= setTimeout(() => void saveReads().catch(() => {}), readsGathered).unref();
}

let writing: Promise<void> = Promise.resolve();

/** Resolves when the reads that were counted are written down, also those that were on their way. */
export function saveReads(): Promise<void> {
  clearTimeout(saving);
  saving = undefined;
  writing = writing.catch(() => {}).then(writeReads);
  return writing;
}

/** What could not be written is kept for the next time. */
async function writeReads(): Promise<void> {
  for (const [id, { reads, lastReadAt }] of [...unsaved]) {
    unsaved.delete(id);
    try {
      await database().shareLink.updateMany({ where: { id }, data: { reads: { increment: reads }, lastReadAt } });
    } catch (error) {
      const since = unsaved.get(id);
      unsaved.set(id, { reads: reads + (since?.reads ?? 0), lastReadAt: since?.lastReadAt ?? lastReadAt });
      throw error;
    }
  }
}
