/** Reading the audit record: one claim's history, and the activity of the newsroom as far as a role may read it. */
import "server-only";
import type { AuditLine, AuditPage } from "../domain/article";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import { type Database, database, type Prisma } from "./db";

/**
 * Who did what to a claim, newest first. It is part of the claim, as its evidence is, for everybody in the newsroom.
 * @throws AppError `not_found`, `invalid` (a cursor that is none)
 */
export async function getClaimHistory(actor: Actor, claimId: string, cursor?: string): Promise<AuditPage> {
  authorize(actor, "claim.history");
  const db = database();
  if (!(await db.claim.findUnique({ where: { id: claimId }, select: { id: true } })))
    throw new AppError("not_found", "This claim is not here. Somebody may have removed it.");
  return readLines(db, { claimId }, cursor);
}

type Filter = { cursor?: string | undefined; articleId?: string | undefined; personId?: string | undefined };

/** The audit record, newest first, as far as one's role may read it. @throws AppError `invalid` (a cursor that is none) */
export async function listActivity(actor: Actor, { cursor, articleId, personId }: Filter): Promise<AuditPage> {
  const page = await readLines(
    database(),
    { AND: [readable(actor), articleId ? { articleId } : {}, personId ? { actorId: personId } : {}] },
    cursor,
  );
  // The filter only spares the reading; what may be read is said by the policy.
  return {
    ...page,
    items: page.items.filter((line) =>
      can(actor, "audit.read", { articleId: line.articleId, actorId: line.actor?.id ?? null }),
    ),
  };
}

function readable(actor: Actor): Prisma.AuditEventWhereInput {
  if (actor.role === "admin") return {};
  const own = { actorId: actor.id };
  return actor.role === "editor" ? { OR: [own, { articleId: { not: null } }] } : own;
}

async function readLines(db: Database, where: Prisma.AuditEventWhereInput, cursor?: string): Promise<AuditPage> {
  const rows = await db.auditEvent.findMany({
    where: cursor === undefined ? where : { AND: [where, { id: { lt: lineNumber(cursor) } }] },
    orderBy: { id: "desc" },
    take: limits.pageSize + 1,
    include: { actor: { select: { id: true, name: true } }, article: { select: { headline: true } } },
  });
  const items = rows.slice(0, limits.pageSize).map(toLine);
  return { items, next: rows.length > limits.pageSize ? String(items.at(-1)?.id) : null };
}

function toLine(
  row: Prisma.AuditEventGetPayload<{
    include: { actor: { select: { id: true; name: true } }; article: { select: { headline: true } } };
  }>,
): AuditLine {
  const { action, actor, articleId, claimId } = row;
  return {
    ...{ action, actor, articleId, claimId },
    id: Number(row.id),
    at: row.at.toISOString(),
    headline: row.article?.headline ?? null,
    data: row.data as Record<string, unknown>,
  };
}

/** A cursor is the number of the last line that was read. */
function lineNumber(cursor: string): bigint {
  if (!/^\d{1,18}$/.test(cursor))
    throw new AppError("invalid", "This is not a place in the record.", {
      fields: [{ path: "cursor", message: "Not a cursor of this list" }],
    });
  return BigInt(cursor);
}
