/**
 * Annotations of other programs brought in as claims: one transaction under the article's lock, however many there are. What is a
 * claim already is passed over, so that the same file may be given again and a lost answer costs nothing.
 */
import "server-only";
import { type AnnotationImport, rationaleOf } from "../domain/annotation-import";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { recordEvent, recordOnClaims } from "./audit";
import type { Transaction } from "./claim-changes";
import { placeAnchor, tooManyClaims } from "./claims";
import { type Database, database, transaction } from "./db";
import { lockText, textOf } from "./revision-texts";

/** @throws AppError `not_found` */
export async function listAnnotations(actor: Actor, articleId: string): Promise<{ keys: string[] }> {
  authorize(actor, "newsroom.read");
  const db = database();
  if ((await db.article.count({ where: { id: articleId } })) === 0)
    throw new AppError("not_found", "This article is not here.");
  return { keys: await keysOf(db, articleId) };
}

/** Claims in the trash do not count: they can be brought in again. */
async function keysOf(db: Database, articleId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT annotation_key AS key FROM claim
    WHERE article_id = ${articleId}::uuid AND annotation_key IS NOT NULL AND trashed_at IS NULL`;
  return rows.map(({ key }) => key);
}

/**
 * Makes claims of annotations, all or none. Each gets its quote as the statement and what was written about it as a rationale to go on from.
 * @throws AppError `not_found`, `invalid` (a newer text, words that do not stand there, no room, in the trash)
 */
export async function importAnnotations(
  actor: Actor,
  articleId: string,
  { revisionId, claims }: AnnotationImport,
): Promise<{ claimIds: string[]; known: number }> {
  authorize(actor, "claim.create");
  return transaction(
    async (tx) => {
      await lockText(tx, articleId, revisionId, "bring in annotations");
      const text = await textOf(tx, articleId, revisionId);
      const known = new Set(await keysOf(tx, articleId));
      const wanted = claims.filter(({ key }) => !known.has(key));
      const rows = wanted.map(({ id, key, anchor, comments, tags }, index) => {
        const placed = placeAnchor(text, anchor, `claims.${index}.anchor`);
        const statement = placed.exact.slice(0, limits.textField).toWellFormed();
        return { id, key, statement, rationale: rationaleOf({ comments, tags }), anchor: placed };
      });
      await write(tx, actor, { articleId, revisionId }, rows);
      // Of a call that is made again they are there already.
      const given = claims.map(({ id }) => id);
      const there = await tx.claim.findMany({
        where: { id: { in: given }, articleId, createdById: actor.id, trashedAt: null },
        select: { id: true },
      });
      const claimIds = there.map(({ id }) => id);
      return { claimIds, known: given.length - claimIds.length };
    },
    { timeout: 60_000 },
  );
}

type Row = {
  id: string;
  key: string;
  statement: string;
  rationale: object | null;
  anchor: ReturnType<typeof placeAnchor>;
};

async function write(
  tx: Transaction,
  actor: Actor,
  { articleId, revisionId }: { articleId: string; revisionId: string },
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const [article] = await tx.$queryRaw<{ count: number }[]>`
    SELECT claim_count AS count FROM article WHERE id = ${articleId}::uuid`;
  if ((article?.count ?? 0) + rows.length > limits.claimsPerArticle) throw tooManyClaims();
  const made = await tx.$executeRaw`
    INSERT INTO claim (id, article_id, statement, rationale, rationale_by_id, created_by_id, annotation_key)
    SELECT c.id, ${articleId}::uuid, c.statement, NULLIF(c.rationale, 'null'::jsonb),
      CASE WHEN c.rationale <> 'null'::jsonb THEN ${actor.id}::uuid END, ${actor.id}::uuid, c.key
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c (id uuid, key text, statement text, rationale jsonb)
    ON CONFLICT (id) DO NOTHING`;
  if (made !== rows.length) throw new AppError("duplicate", "A claim with one of these ids is already there.");
  const anchors = rows.map(({ id: claimId, anchor }) => ({ claimId, ...anchor }));
  await tx.$executeRaw`
    INSERT INTO anchor (id, claim_id, revision_id, start, "end", exact, prefix, suffix)
    SELECT a.id, a."claimId", ${revisionId}::uuid, a.start, a."end", a.exact, a.prefix, a.suffix
    FROM jsonb_to_recordset(${JSON.stringify(anchors)}::jsonb)
      AS a (id uuid, "claimId" uuid, start int, "end" int, exact text, prefix text, suffix text)`;
  const claimIds = rows.map(({ id }) => id);
  await recordOnClaims(tx, { actor, action: "claim.imported", claimIds, data: {} });
  await recordEvent(tx, { actor, action: "annotations.imported", articleId, data: { number: rows.length } });
}

/** Moves them to the trash together, as far as they are as they came. Doing it twice is no error. @throws AppError `forbidden` */
export async function undoAnnotations(
  actor: Actor,
  articleId: string,
  claimIds: string[],
): Promise<{ trashed: number }> {
  authorize(actor, "claim.create");
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM article WHERE id = ${articleId}::uuid FOR NO KEY UPDATE`;
    const trashed = await tx.$queryRaw<{ id: string }[]>`
      UPDATE claim SET trashed_at = now(), version = version + 1, updated_at = now()
      WHERE id = ANY(${claimIds}::uuid[]) AND article_id = ${articleId}::uuid AND created_by_id = ${actor.id}::uuid
        AND annotation_key IS NOT NULL AND version = 1 AND trashed_at IS NULL
      RETURNING id`;
    await recordOnClaims(tx, { actor, action: "claim.trashed", claimIds: trashed.map(({ id }) => id), data: {} });
    return { trashed: trashed.length };
  });
}
