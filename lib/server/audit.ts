/**
 * The append-only record of who did what. Every write of a use case ends here, inside its transaction. The same line is the
 * live event that other browsers hear of: its id numbers the stream, a trigger notifies.
 */
import "server-only";
import type { Actor } from "../domain/people";
import { Prisma } from "./db";

type Entry = {
  actor: Pick<Actor, "id"> | null;
  /** Noun and past tense: `claim.created`, `evidence.removed`. */
  action: string;
  articleId?: string;
  claimId?: string;
  /** What changed, small: names of fields, ids, from and to. Never a whole text, never an e-mail address. */
  data?: Record<string, unknown>;
};

/**
 * Writes the line and touches the article; the line of a claim tells every article in which it stands. Their rows are locked before
 * the line takes its number, so that within an article the numbers become visible in order and a reader that asks for "all after 41"
 * misses none. Answers with its number.
 */
export async function recordEvent(db: Prisma.TransactionClient, entry: Entry): Promise<number> {
  const { actor, action, articleId, claimId } = entry;
  if (claimId) return recordOnClaims(db, { actor, action, claimIds: [claimId], data: entry.data ?? {} });
  const data = JSON.stringify(entry.data ?? {});
  const [line] = await (articleId
    ? db.$queryRaw<Line[]>`
        WITH touched AS (
          UPDATE article SET last_activity_at = now() WHERE id = ${articleId}::uuid RETURNING id
        )
        INSERT INTO audit_event (actor_id, action, article_id, data)
        SELECT ${actor?.id ?? null}::uuid, ${action}, touched.id, ${data}::jsonb FROM touched RETURNING id`
    : db.$queryRaw<Line[]>`
        INSERT INTO audit_event (actor_id, action, data) VALUES (${actor?.id ?? null}::uuid, ${action}, ${data}::jsonb) RETURNING id`);
  return Number(line?.id ?? 0);
}

type Line = { id: bigint };

/** Of which lines of the record it is true that they tell every article: those of the scale, which each shows. */
export const ofScale = Prisma.sql`article_id IS NULL AND action IN ('rating.created', 'rating.updated')`;

/** The same line on each of several claims, of whatever articles: for a change to what they share. */
export async function recordOnClaims(
  db: Prisma.TransactionClient,
  entry: { actor: Pick<Actor, "id"> | null; action: string; claimIds: string[]; data: Record<string, unknown> },
): Promise<number> {
  if (entry.claimIds.length === 0) return 0;
  const [newest] = await db.$queryRaw<Line[]>`
    WITH stands AS MATERIALIZED (
      SELECT claim_id, article_id FROM stands_in WHERE claim_id = ANY(${entry.claimIds}::uuid[])
    ), held AS MATERIALIZED (
      SELECT id FROM article WHERE id IN (SELECT article_id FROM stands) ORDER BY id FOR NO KEY UPDATE
    ), touched AS (
      UPDATE article SET last_activity_at = now() FROM held WHERE article.id = held.id RETURNING article.id
    ), all_held AS MATERIALIZED (
      SELECT count(*) FROM touched
    ), lines AS (
      INSERT INTO audit_event (actor_id, action, article_id, claim_id, data)
      SELECT ${entry.actor?.id ?? null}::uuid, ${entry.action}, claim.article_id, claim.id, ${JSON.stringify(entry.data)}::jsonb
      FROM all_held, claim WHERE claim.id = ANY(${entry.claimIds}::uuid[])
      RETURNING id, article_id, claim_id
    ), echoes AS (
      INSERT INTO event_echo (event_id, article_id)
      SELECT lines.id, stands.article_id FROM lines JOIN stands USING (claim_id) WHERE stands.article_id <> lines.article_id
    )
    SELECT COALESCE(max(id), 0) AS id FROM lines`;
  return Number(newest?.id ?? 0);
}
