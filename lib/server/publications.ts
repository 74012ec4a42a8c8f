/**
 * Publications: the approved claims of an article, frozen into one value and drawn once into the finished page. The only way
 * from the tables of the desk to the public; what a reader gets afterwards is never built from anything else.
 */
import "server-only";
import { gzipSync } from "node:zlib";
import type { z } from "zod";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import {
  type PublicClaim,
  type publicationCreate,
  type SharingView,
  type Snapshot,
  snapshot,
} from "../domain/publication";
import type { RichText } from "../domain/rich-text";
import { isAuthor } from "../domain/workflow";
import { publicPage } from "../export/public-page";
import { recordEvent } from "./audit";
import { toDay } from "./dates";
import { type Database, database, type Prisma, transaction } from "./db";
import { environment } from "./env";
import { getSharing, lockSharedArticle } from "./shares";

/**
 * Freezes what is approved now into the article's next publication. A retry with the same id finds it made.
 * @throws AppError `forbidden`, `not_found`, `invalid` (nothing approved, in the trash), `duplicate`
 */
export async function createPublication(
  actor: Actor,
  articleId: string,
  { id, note }: z.infer<typeof publicationCreate>,
): Promise<SharingView> {
  authorize(actor, "publication.create");
  return transaction(async (db) => {
    // Every change to an article ends in a line of its record, which waits for this lock: no claim is on the page as it was at
    // two moments, and whoever publishes waits for who is writing instead of being refused by them.
    await lockSharedArticle(db, articleId);
    const made = await db.publication.findUnique({ where: { id }, select: { articleId: true } });
    if (made && made.articleId !== articleId)
      throw new AppError("duplicate", "A publication with this id is already there.");
    if (!made) {
      const frozen = await readSnapshot(db, articleId, note === "" ? null : note);
      if (frozen.claims.length === 0)
        throw new AppError("invalid", "No claim of this article is approved yet, so there is nothing to publish.");
      const page = gzipSync(publicPage(frozen, { origin: environment().CLAIMDESK_URL }), { level: 9 });
      await db.publication.create({
        data: {
          ...{ id, articleId, number: frozen.number, note: frozen.note, page, createdById: actor.id },
          snapshot: frozen as unknown as Prisma.InputJsonObject,
          createdAt: new Date(frozen.publishedAt),
        },
      });
      const data = { id, number: frozen.number, claims: frozen.claims.length };
      await recordEvent(db, { actor, action: "publication.created", articleId, data });
    }
    return getSharing(actor, articleId, db);
  });
}

/** The page as it would be if it were published now. Kept nowhere. @throws AppError `forbidden`, `not_found` */
export async function previewPublication(actor: Actor, articleId: string): Promise<string> {
  authorize(actor, "share.manage");
  // It locks nothing, so it asks for all of it as it was at one moment.
  const frozen = await transaction((db) => readSnapshot(db, articleId, null), { isolationLevel: "RepeatableRead" });
  return publicPage(frozen, { preview: true });
}

const name = { select: { name: true } } as const;

async function readSnapshot(db: Database, articleId: string, note: string | null): Promise<Snapshot> {
  const article = await db.article.findUnique({
    where: { id: articleId },
    include: {
      revisions: { orderBy: { number: "desc" }, take: 1 },
      publications: { orderBy: { number: "asc" }, select: { number: true, createdAt: true, note: true } },
    },
  });
  const revision = article?.revisions[0];
  if (!article || !revision) throw new AppError("not_found", "This article is not here.");
  const newsroom = await db.newsroom.findUniqueOrThrow({ where: { id: 1 } });
  const rows = await readApproved(db, articleId, revision);
  const given = new Set(rows.map((row) => row.ratingId));
  const scale = (await db.rating.findMany({ orderBy: [{ position: "asc" }, { id: "asc" }] })).filter(
    (rating) => !rating.retired || given.has(rating.id),
  );
  const unfinished = await db.claim.count({
    where: { ...standsIn(articleId), trashedAt: null, state: { notIn: ["approved", "set_aside"] } },
  });
  const { id, headline, byline, outlet, canonicalUrl, language } = article;
  const claims = rows.map((row, index) => ({
    ...toPublicClaim(row, index + 1),
    rating: scale.findIndex((rating) => rating.id === row.ratingId),
  }));
  return snapshot.parse({
    format: "claimdesk-publication/1",
    newsroom: newsroom.name,
    demo: newsroom.isDemo,
    fourEyes: newsroom.fourEyes && claims.every(({ alone }) => !alone),
    number: (article.publications.at(-1)?.number ?? 0) + 1,
    publishedAt: new Date().toISOString(),
    article: { id, headline, byline, outlet, canonicalUrl, language, publishedOn: toDay(article.publishedOn) },
    revision: { number: revision.number, sha256: revision.sha256, document: revision.document },
    ratings: scale,
    claims,
    unfinished,
    versions: article.publications.map((version) => ({
      number: version.number,
      publishedAt: version.createdAt.toISOString(),
      note: version.note,
    })),
    note,
  });
}

const standsIn = (articleId: string) => ({ OR: [{ articleId }, { guests: { some: { articleId } } }] });

/** The approved claims in the order of the text; those whose words are no longer in it come last. */
async function readApproved(db: Database, articleId: string, revision: { id: string; text: string }) {
  const rows = await db.claim.findMany({
    where: { ...standsIn(articleId), trashedAt: null, state: "approved", ratingId: { not: null } },
    select: {
      id: true,
      statement: true,
      claimant: true,
      ratingId: true,
      confidence: true,
      rationale: true,
      verdictById: true,
      verdictBy: name,
      rationaleById: true,
      rationaleBy: name,
      approvedById: true,
      approvedBy: name,
      approvedAt: true,
      anchors: {
        where: { revisionId: revision.id, state: { notIn: ["orphaned", "ambiguous"] } },
        orderBy: [{ start: "asc" }, { end: "asc" }],
        select: { start: true, end: true, exact: true },
      },
      evidence: {
        where: { removedAt: null },
        orderBy: [{ position: "asc" }, { id: "asc" }],
        select: {
          stance: true,
          excerpt: true,
          locator: true,
          shows: true,
          source: {
            select: { title: true, author: true, publisher: true, publishedOn: true, url: true, kind: true },
          },
        },
      },
    },
  });
  const standing = rows.map((row) => ({
    ...row,
    anchors: row.anchors.filter(({ start, end, exact }) => revision.text.slice(start, end) === exact),
  }));
  const first = ({ anchors: [anchor] }: (typeof standing)[number]) => anchor ?? { start: Infinity, end: Infinity };
  return standing.sort((a, b) => {
    const [left, right] = [first(a), first(b)];
    if (left.start !== right.start) return left.start - right.start;
    // Of two that start together the one that holds the other comes first.
    return left.end !== right.end ? right.end - left.end : a.id < b.id ? -1 : 1;
  });
}

type ApprovedRow = Awaited<ReturnType<typeof readApproved>>[number];

function toPublicClaim(row: ApprovedRow, number: number): Omit<PublicClaim, "rating"> {
  const { id, statement, claimant, confidence, anchors, evidence } = row;
  return {
    ...{ id, number, statement, claimant, confidence, anchors, evidence },
    rationale: row.rationale as RichText | null,
    checkedBy: checkersOf(row),
    approvedBy: row.approvedBy?.name ?? null,
    approvedAt: row.approvedAt?.toISOString() ?? null,
    alone: isAuthor(row.approvedById, row),
  };
}

/** Who gave the rating and, where it was somebody else, who wrote the rationale. */
function checkersOf({ verdictById, verdictBy, rationaleById, rationaleBy }: ApprovedRow): string | null {
  const people = rationaleById === verdictById ? [verdictBy] : [verdictBy, rationaleBy];
  const names = people.flatMap((person) => (person ? [person.name] : []));
  return names.length > 0 ? new Intl.ListFormat("en").format(names) : null;
}

/** The frozen copy itself. @throws AppError `not_found` */
export async function readPublication(publicationId: string): Promise<Snapshot> {
  const row = await database().publication.findUnique({ where: { id: publicationId }, select: { snapshot: true } });
  if (!row) throw new AppError("not_found", "This publication is not here.");
  return snapshot.parse(row.snapshot);
}

/** The finished page: gzip, as it is sent. @throws AppError `not_found` */
export async function readPage(publicationId: string): Promise<Uint8Array<ArrayBuffer>> {
  const row = await database().publication.findUnique({ where: { id: publicationId }, select: { page: true } });
  if (!row) throw new AppError("not_found", "This publication is not here.");
  return row.page;
}
