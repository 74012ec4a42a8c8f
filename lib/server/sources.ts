/**
 * The use cases of the source library: find, add and correct a source, and see what rests on it. A source is shared by all
 * claims that use it, so a correction is a change to each of them.
 */
import "server-only";
import type { z } from "zod";
import type { pageInput } from "../domain/article";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import type {
  SourceCreate,
  SourceFound,
  SourceKind,
  SourceListItem,
  SourceUse,
  SourceView,
  sourcePatch,
} from "../domain/source";
import { urlKey } from "../domain/text";
import { recordEvent, recordOnClaims } from "./audit";
import { settleApproval, type Transaction } from "./claim-changes";
import { type Database, database, type Prisma, transaction } from "./db";
import { fetchPage } from "./fetch-page";
import { runImport } from "./import-thread";
import { changedOnly } from "./patch";

const sourceSelect = {
  id: true,
  title: true,
  author: true,
  publisher: true,
  publishedOn: true,
  url: true,
  kind: true,
  version: true,
  createdAt: true,
} as const;

type SourceRow = Prisma.SourceGetPayload<{ select: typeof sourceSelect }>;

const toSourceView = (row: SourceRow): SourceView => ({ ...row, createdAt: row.createdAt.toISOString() });

type Search = { q?: string | undefined; kind?: SourceKind | undefined; cursor?: string | undefined };

/** More words than these narrow a search no further. */
const searchWords = 8;

/** The library, newest first; with `q`, the sources that hold each of its words in title, author, publisher or address. */
export async function listSources(
  actor: Actor,
  { q = "", kind, cursor }: Search,
): Promise<{ items: SourceListItem[]; next: string | null }> {
  authorize(actor, "newsroom.read");
  const db = database();
  const words = q.split(" ").filter(Boolean).slice(0, searchWords);
  const rows = await db.source.findMany({
    where: { AND: [kind ? { kind } : {}, ...words.map(holdsWord), cursor ? after(cursor) : {}] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limits.pageSize + 1,
    select: sourceSelect,
  });
  const page = rows.slice(0, limits.pageSize);
  const counts = await countClaims(
    db,
    page.map(({ id }) => id),
  );
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...toSourceView(row), claimCount: counts.get(row.id) ?? 0 })),
    next: rows.length > limits.pageSize && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  };
}

function holdsWord(word: string): Prisma.SourceWhereInput {
  // Prisma hands `%` and `_` on to LIKE as they come.
  const contains = { contains: word.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
  return { OR: [{ title: contains }, { author: contains }, { publisher: contains }, { url: contains }] };
}

/** What comes after the last source of a page: its instant and its id. */
function after(cursor: string): Prisma.SourceWhereInput {
  const [, instant, id] = /^((?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  const createdAt = new Date(instant ?? Number.NaN);
  if (!id || !isUuid(id) || Number.isNaN(createdAt.getTime()))
    throw new AppError("invalid", "This is not a place in the library.", {
      fields: [{ path: "cursor", message: "Not a cursor of this list" }],
    });
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** How many claims rest on each of these sources; trash and removed evidence do not count. */
async function countClaims(db: Database, sourceIds: string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; claims: number }[]>`
    SELECT e.source_id AS id, count(DISTINCT e.claim_id)::int AS claims
    FROM evidence e JOIN claim c ON c.id = e.claim_id JOIN article a ON a.id = c.article_id
    WHERE e.source_id = ANY(${sourceIds}::uuid[]) AND e.removed_at IS NULL AND c.trashed_at IS NULL AND a.trashed_at IS NULL
    GROUP BY e.source_id`;
  return new Map(rows.map(({ id, claims }) => [id, claims]));
}

/** The claims that rest on a source, by article; trash does not count. @throws AppError `not_found` */
export async function listSourceUses(actor: Actor, sourceId: string): Promise<SourceUse[]> {
  authorize(actor, "newsroom.read");
  const db = database();
  await findSource(db, { id: sourceId });
  const rows = await db.evidence.findMany({
    where: { sourceId, removedAt: null, claim: { trashedAt: null, article: { trashedAt: null } } },
    orderBy: [{ claim: { article: { headline: "asc" } } }, { claimId: "asc" }, { position: "asc" }],
    select: {
      claimId: true,
      stance: true,
      claim: { select: { articleId: true, statement: true, article: { select: { headline: true } } } },
    },
  });
  return rows.map(({ claimId, stance, claim }) => ({
    ...{ claimId, stance, articleId: claim.articleId, statement: claim.statement },
    headline: claim.article.headline,
  }));
}

async function findSource(db: Database, where: Prisma.SourceWhereUniqueInput): Promise<SourceRow> {
  const row = await db.source.findUnique({ where, select: sourceSelect });
  if (!row) throw new AppError("not_found", "This source is not in the library.");
  return row;
}

/**
 * What the page at an address says of itself: a first guess for the form of a new source. Writes nothing.
 * @throws AppError `forbidden`, and whatever `fetchPage` and the import refuse.
 */
export async function previewSource(actor: Actor, { url }: z.infer<typeof pageInput>): Promise<SourceFound> {
  authorize(actor, "source.edit");
  const { headline, byline, outlet, publishedOn } = await runImport({ want: "metadata", input: await fetchPage(url) });
  return { title: headline, author: byline, publisher: outlet, publishedOn };
}

/**
 * Adds a source to the library. One with the same address is given back instead, and the same id again gives what was made.
 * @throws AppError `duplicate` (the id is another's)
 */
export async function createSource(actor: Actor, input: SourceCreate): Promise<SourceView> {
  authorize(actor, "source.edit");
  const key = input.url === null ? null : urlKey(input.url);
  return transaction(async (db) => {
    const { count } = await db.source.createMany({
      data: { ...input, urlKey: key, createdById: actor.id },
      skipDuplicates: true,
    });
    if (count > 0) {
      await recordEvent(db, { actor, action: "source.created", data: { sourceId: input.id } });
      return toSourceView(await findSource(db, { id: input.id }));
    }
    const made = await db.source.findUnique({ where: { id: input.id }, select: { createdById: true } });
    if (made && made.createdById !== actor.id)
      throw new AppError("duplicate", "A source with this id is already there.");
    return toSourceView(await findSource(db, made || key === null ? { id: input.id } : { urlKey: key }));
  });
}

/**
 * Corrects a source. Every claim that rests on it counts up and hears of it; an approval that held the old words is stale.
 * @throws AppError `not_found`, `conflict` with the source as it now is, `duplicate` with the source that has the address
 */
export async function updateSource(
  actor: Actor,
  sourceId: string,
  version: number,
  patch: z.infer<typeof sourcePatch>,
): Promise<SourceView> {
  authorize(actor, "source.edit");
  return transaction(async (db) => {
    // Nobody can put the source to use elsewhere while its claims are being told.
    await db.$queryRaw`SELECT id FROM source WHERE id = ${sourceId}::uuid FOR UPDATE`;
    const row = await findSource(db, { id: sourceId });
    const set = changedOnly(row, patch);
    if (Object.keys(set).length === 0) return toSourceView(row);
    if (version !== row.version)
      throw new AppError("conflict", "Somebody changed this source in the meantime.", { current: toSourceView(row) });
    const key = set.url ? urlKey(set.url) : null;
    if (key !== null) await refuseSameAddress(db, sourceId, key);
    const changed = await db.source.update({
      where: { id: sourceId },
      data: { ...set, ...(set.url !== undefined && { urlKey: key }), version: { increment: 1 } },
      select: sourceSelect,
    });
    await tellClaims(db, actor, sourceId, { sourceId, fields: Object.keys(set) });
    return toSourceView(changed);
  });
}

async function refuseSameAddress(db: Transaction, sourceId: string, key: string): Promise<void> {
  const other = await db.source.findFirst({ where: { urlKey: key, id: { not: sourceId } }, select: sourceSelect });
  if (other)
    throw new AppError("duplicate", "The library already has a source with this address.", {
      current: toSourceView(other),
    });
}

async function tellClaims(db: Transaction, actor: Actor, sourceId: string, data: Record<string, unknown>) {
  const claims = await db.$queryRaw<{ id: string; state: string }[]>`
    SELECT id, state::text FROM claim
    WHERE id IN (SELECT claim_id FROM evidence WHERE source_id = ${sourceId}::uuid AND removed_at IS NULL)
    ORDER BY id FOR UPDATE`;
  if (claims.length === 0) {
    await recordEvent(db, { actor, action: "source.updated", data });
    return;
  }
  const ids = claims.map(({ id }) => id);
  await db.$executeRaw`UPDATE claim SET version = version + 1, updated_at = now() WHERE id = ANY(${ids}::uuid[])`;
  await recordOnClaims(db, { actor, action: "source.updated", claimIds: ids, data });
  for (const { id, state } of claims) if (state === "approved" || state === "stale") await settleApproval(db, id);
}
