/** Reading an article and correcting its metadata. Bringing one in is in `intake.ts`, the desk's list in `desk.ts`. */
import "server-only";
import type { ArticlePatch, ArticleView, RevisionView } from "../domain/article";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import type { RichText } from "../domain/rich-text";
import { urlKey } from "../domain/text";
import { ofScale, recordEvent } from "./audit";
import { fromDay, toDay } from "./dates";
import { type Database, database, Prisma, transaction } from "./db";
import { definedOnly } from "./patch";
import { listRatings } from "./ratings";

const articleSelect = {
  id: true,
  version: true,
  headline: true,
  byline: true,
  outlet: true,
  publishedOn: true,
  canonicalUrl: true,
  language: true,
  dueOn: true,
  createdAt: true,
  trashedAt: true,
  createdBy: { select: { id: true, name: true } },
  revisions: { orderBy: { number: "desc" }, take: 1, select: { id: true, number: true, createdAt: true } },
} as const;

const missing = () =>
  new AppError(
    "not_found",
    "This article is not here. It may have been moved to the trash for good, or the address is wrong.",
  );

/** Whether an editor has had a claim of article `a` before them, and whether readers have it. */
export const trashFacts = Prisma.sql`
  EXISTS (SELECT FROM claim WHERE article_id = a.id AND trashed_at IS NULL AND submitted_at IS NOT NULL) AS "hasSubmittedClaims",
  EXISTS (SELECT FROM publication WHERE article_id = a.id) AS "isPublished"`;

/** The facts that decide whether somebody may trash an article. */
async function articleTrashFacts(db: Database, articleId: string) {
  const [article] = await db.$queryRaw<{ createdById: string; hasSubmittedClaims: boolean; isPublished: boolean }[]>`
    SELECT a.created_by_id AS "createdById", ${trashFacts} FROM article a WHERE a.id = ${articleId}::uuid`;
  if (!article) throw missing();
  return article;
}

/** @throws AppError `not_found` */
export async function getArticle(actor: Actor, articleId: string, db: Database = database()): Promise<ArticleView> {
  authorize(actor, "newsroom.read");
  // The event number is read first: a change that comes between the two reads is then heard of, never missed.
  const lastEvent = await lastEventOf(db, articleId);
  const article = await db.article.findUnique({ where: { id: articleId }, select: articleSelect });
  const revision = article?.revisions[0];
  if (!article || !revision) throw missing();
  const [ratings, people, newsroom, characters, facts] = await Promise.all([
    listRatings(actor, db),
    db.user.findMany({ where: { disabledAt: null }, select: { id: true, name: true }, orderBy: { name: "asc" } }),
    db.newsroom.findUnique({ where: { id: 1 }, select: { fourEyes: true } }),
    db.$queryRaw<
      { characters: number }[]
    >`SELECT length(text) AS characters FROM revision WHERE id = ${revision.id}::uuid`,
    articleTrashFacts(db, articleId),
  ]);
  const { revisions: _, ...fields } = article;
  return {
    ...fields,
    publishedOn: toDay(article.publishedOn),
    dueOn: toDay(article.dueOn),
    createdAt: article.createdAt.toISOString(),
    trashedAt: article.trashedAt?.toISOString() ?? null,
    revision: {
      id: revision.id,
      number: revision.number,
      characters: characters[0]?.characters ?? 0,
      createdAt: revision.createdAt.toISOString(),
    },
    ratings,
    people,
    fourEyes: newsroom?.fourEyes ?? true,
    lastEvent,
    abilities: {
      edit: can(actor, "article.edit"),
      due: can(actor, "article.due"),
      trash: can(actor, "article.trash", facts),
      assign: actor.role !== "reviewer",
      share: can(actor, "share.manage"),
      publish: can(actor, "publication.create"),
      mark: can(actor, "claim.create") && article.trashedAt === null,
    },
  };
}

/** The number of the newest live event of an article, those of the scale among them; 0 when there is none. */
export async function lastEventOf(db: Database, articleId: string): Promise<number> {
  const [newest] = await db.$queryRaw<{ id: bigint | null }[]>`
    SELECT GREATEST(
      (SELECT max(id) FROM audit_event WHERE article_id = ${articleId}::uuid),
      (SELECT max(event_id) FROM event_echo WHERE article_id = ${articleId}::uuid),
      (SELECT max(id) FROM audit_event WHERE ${ofScale})) AS id`;
  return Number(newest?.id ?? 0);
}

/** @throws AppError `not_found` */
export async function getRevision(actor: Actor, revisionId: string): Promise<RevisionView> {
  authorize(actor, "newsroom.read");
  const select = {
    id: true,
    articleId: true,
    number: true,
    document: true,
    text: true,
    sha256: true,
    createdAt: true,
  } as const;
  const revision = await database().revision.findUnique({ where: { id: revisionId }, select });
  if (!revision) throw new AppError("not_found", "This revision is not here.");
  return {
    ...revision,
    document: revision.document as unknown as RichText,
    createdAt: revision.createdAt.toISOString(),
  };
}

/** @throws AppError `forbidden` (the due date), `not_found`, `conflict` with the article as it now is. */
export async function updateArticle(
  actor: Actor,
  articleId: string,
  version: number,
  patch: ArticlePatch,
): Promise<ArticleView> {
  const { publishedOn, dueOn, canonicalUrl, ...plain } = patch;
  authorize(actor, "article.edit");
  if (dueOn !== undefined) authorize(actor, "article.due");
  return transaction(async (db) => {
    const changed = await db.article.updateMany({
      where: { id: articleId, version },
      data: {
        ...definedOnly(plain),
        ...(publishedOn !== undefined && { publishedOn: fromDay(publishedOn) }),
        ...(dueOn !== undefined && { dueOn: fromDay(dueOn) }),
        ...(canonicalUrl !== undefined && { canonicalUrl, urlKey: canonicalUrl && urlKey(canonicalUrl) }),
        version: { increment: 1 },
      },
    });
    if (changed.count === 0) {
      throw new AppError("conflict", "Somebody changed this article in the meantime.", {
        current: await getArticle(actor, articleId, db),
      });
    }
    await recordEvent(db, { actor, action: "article.updated", articleId, data: { fields: Object.keys(patch) } });
    return getArticle(actor, articleId, db);
  });
}

/**
 * Moves an article to the trash or out of it. Doing it twice is no error. With `version`, only as the caller saw it.
 * @throws AppError `forbidden`, `not_found`, `conflict` with the article as it now is
 */
export async function setArticleTrashed(
  actor: Actor,
  articleId: string,
  trashed: boolean,
  version?: number,
): Promise<{ done: true }> {
  return transaction(async (db) => {
    // No claim is submitted and nothing is published while it is asked whether one was.
    const [held] = await db.$queryRaw<{ version: number; trashed: boolean }[]>`
      SELECT version, trashed_at IS NOT NULL AS trashed FROM article WHERE id = ${articleId}::uuid FOR UPDATE`;
    authorize(actor, "article.trash", await articleTrashFacts(db, articleId));
    if (held && held.trashed !== trashed && version !== undefined && version !== held.version)
      throw new AppError("conflict", "Somebody changed this article in the meantime.", {
        current: await getArticle(actor, articleId, db),
      });
    const where = trashed ? { id: articleId, trashedAt: null } : { id: articleId, trashedAt: { not: null } };
    const { count } = await db.article.updateMany({
      where,
      data: { trashedAt: trashed ? new Date() : null, version: { increment: 1 } },
    });
    if (count > 0)
      await recordEvent(db, { actor, action: trashed ? "article.trashed" : "article.restored", articleId });
    return { done: true };
  });
}
