/**
 * Who is in an article now: one row for each open event stream, made when it opens, kept fresh by its heartbeat, deleted when
 * it closes. A row that falls silent (its process was killed) is swept. Says who is here, never what they may do.
 */
import "server-only";
import type { Presence } from "../domain/article";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { type Database, database } from "./db";

/** Milliseconds without a heartbeat after which nobody is there. */
export const silentAfter = 45_000;

export type Stay = { id: string; articleId: string; userId: string };

/** Marks these stays as going on; those that were swept while the database was away are made again. */
export async function keepPresence(db: Database, stays: Stay[]): Promise<void> {
  if (stays.length === 0) return;
  await db.$executeRaw`
    INSERT INTO presence (id, article_id, user_id, seen_at)
    SELECT id, article_id, user_id, now()
    FROM unnest(${stays.map(({ id }) => id)}::uuid[], ${stays.map(({ articleId }) => articleId)}::uuid[],
      ${stays.map(({ userId }) => userId)}::uuid[]) AS stay (id, article_id, user_id)
    ON CONFLICT (id) DO UPDATE SET seen_at = now()`;
}

export async function endPresence(db: Database, ids: string[]): Promise<void> {
  await db.presence.deleteMany({ where: { id: { in: ids } } });
}

export async function sweepPresence(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM presence WHERE seen_at < now() - ${silentAfter} * interval '1 millisecond'`;
}

/** Everybody in these articles, each person once, on the claim that they turned to last. */
export async function readPresence(db: Database, articleIds: string[]): Promise<Map<string, Presence>> {
  const rows = await db.$queryRaw<{ articleId: string; id: string; name: string; claimId: string | null }[]>`
    SELECT DISTINCT ON (p.article_id, u.name, u.id)
      p.article_id AS "articleId", u.id, u.name, p.claim_id AS "claimId"
    FROM presence p JOIN "user" u ON u.id = p.user_id
    WHERE p.article_id = ANY(${articleIds}::uuid[]) AND p.seen_at > now() - ${silentAfter} * interval '1 millisecond'
    ORDER BY p.article_id, u.name, u.id, p.claim_id IS NULL, p.seen_at DESC`;
  const people = new Map<string, Presence>(articleIds.map((articleId) => [articleId, []]));
  for (const { articleId, ...person } of rows) people.get(articleId)?.push(person);
  return people;
}

/** Tells which claim one is on, in one's own stream. @throws AppError `not_found` when the stream is not open */
export async function setPresence(actor: Actor, presenceId: string, claimId: string | null): Promise<{ done: true }> {
  authorize(actor, "newsroom.read");
  const { count } = await database().presence.updateMany({
    where: { id: presenceId, userId: actor.id },
    data: { claimId, seenAt: new Date() },
  });
  if (count === 0) throw new AppError("not_found", "This event stream is not open.");
  return { done: true };
}
