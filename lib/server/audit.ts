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
 * Writes the line and touches the article. The article's row is locked before the line takes its number, so that within an
 * article the numbers become visible in order and a reader that asks for "all after 41" misses none.
 */
export async function recordEvent(db: Prisma.TransactionClient, entry: Entry): Promise<number> {
  const data = JSON.stringify(entry.data ?? {});
  const rows = entry.articleId
    ? await db.$queryRaw<{ id: bigint }[]>`
        WITH touched AS (
          UPDATE article SET last_activity_at = now() WHERE id = ${entry.articleId}::uuid RETURNING id
        )
        INSERT INTO audit_event (actor_id, action, article_id, claim_id, data)
        SELECT ${entry.actor?.id ?? null}::uuid, ${entry.action}, touched.id, ${entry.claimId ?? null}::uuid, ${data}::jsonb FROM touched
        RETURNING id`
    : await db.$queryRaw<{ id: bigint }[]>`
        INSERT INTO audit_event (actor_id, action, data)
        VALUES (${entry.actor?.id ?? null}::uuid, ${entry.action}, ${data}::jsonb)
        RETURNING id`;
  return Number(rows[0]?.id ?? 0);
}

/** Of which lines of the record it is true that they tell every article: those of the scale, which each shows. */
export const ofScale = Prisma.sql`article_id IS NULL AND action IN ('rating.created', 'rating.updated')`;

/** The same line on each of several claims, of whatever articles: for a change to what they share. */
export async function recordOnClaims(
  db: Prisma.TransactionClient,
  entry: { actor: Pick<Actor, "id"> | null; action: string; claimIds: string[]; data: Record<string, unknown> },
): Promise<void> {
  if (entry.claimIds.length === 0) return;
  await db.$executeRaw`
    WITH touched AS (
      UPDATE article SET last_activity_at = now()
      WHERE id IN (SELECT article_id FROM claim WHERE id = ANY(${entry.claimIds}::uuid[])) RETURNING id
    )
    INSERT INTO audit_event (actor_id, action, article_id, claim_id, data)
    SELECT ${entry.actor?.id ?? null}::uuid, ${entry.action}, touched.id, claim.id, ${JSON.stringify(entry.data)}::jsonb
    FROM claim JOIN touched ON touched.id = claim.article_id WHERE claim.id = ANY(${entry.claimIds}::uuid[])`;
}
