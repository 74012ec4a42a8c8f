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
import { type Database, database, transaction } from "./db";
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

/** The facts that decide whether somebody may trash an article. */
export async function articleTrashFacts(db: Database, articleId: string) {
  const article = await db.article.findUnique({ where: { id: articleId }, select: { createdById: true } });
  if (!article) throw missing();
  const submitted = await db.claim.findFirst({
    where: { articleId, trashedAt: null, state: { in: ["in_review", "returned", "approved", "stale"] } },
    select: { id: true },
  });
  return { createdById: article.createdById, hasSubmittedClaims: submitted !== null };
}

/** @throws AppError `not_found` */
export async function getArticle(actor: Actor, articleId: string, db: Database = database()): Promise<ArticleView> {
  authorize(actor, "newsroom.read");
  // The event number is read first: a change that comes between the two reads is then heard of, never missed.
  const lastEvent = await lastEventOf(db, articleId);
  const article = await db.article.findUnique({ where: { id: articleId }, select: articleSelect });
  const revision = article?.revisions[0];
  if (!article || !revision) throw missing();
  const [ratings, people, newsroom, characters, trashFacts] = await Promise.all([
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
      trash: can(actor, "article.trash", trashFacts),
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

/** @throws AppError `not_found`, `conflict` with the article as it now is. */
export async function updateArticle(
  actor: Actor,
  articleId: string,
  version: number,
  patch: ArticlePatch,
): Promise<ArticleView> {
  authorize(actor, "article.edit");
  return transaction(async (db) => {
    const { publishedOn, dueOn, canonicalUrl, ...plain } = patch;
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

/** Moves an article to the trash or out of it. Doing it twice is no error. */
export async function setArticleTrashed(actor: Actor, articleId: string, trashed: boolean): Promise<{ done: true }> {
  return transaction(async (db) => {
    authorize(actor, "article.trash", await articleTrashFacts(db, articleId));
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
