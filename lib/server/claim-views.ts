/**
 * Reading claims: the list of an article in one SQL query that builds the JSON in PostgreSQL (the hot read), and one claim
 * whole through Prisma. Changes nothing.
 */
import "server-only";
import { approvedContent, approvedContentOf, type ClaimSummary, type ClaimView, changesSince } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { EvidenceView } from "../domain/evidence";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import type { RichText } from "../domain/rich-text";
import { offeredEvents, type WorkflowFacts } from "../domain/workflow";
import { lastEventOf } from "./articles";
import { toDay } from "./dates";
import { type Database, database, type Prisma } from "./db";

/** The claims of an article's newest revision in the order of the text; with `trash`, those in the trash instead. */
export async function listClaims(
  actor: Actor,
  articleId: string,
  trash = false,
): Promise<{ claims: ClaimSummary[]; lastEvent: number }> {
  authorize(actor, "newsroom.read");
  const db = database();
  const lastEvent = await lastEventOf(db, articleId);
  const rows = await db.$queryRaw<{ claims: ClaimSummary[] | null }[]>`
    WITH newest AS (SELECT id FROM revision WHERE article_id = ${articleId}::uuid ORDER BY number DESC LIMIT 1)
    SELECT (
      SELECT json_agg(row.summary ORDER BY row.first NULLS LAST, row.id)
      FROM (
        SELECT c.id, a.first, json_build_object(
          'id', c.id, 'version', c.version, 'statement', c.statement, 'state', c.state, 'ratingId', c.rating_id,
          'assignee', CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END,
          'createdById', c.created_by_id, 'dueOn', c.due_on,
          'anchors', COALESCE(a.anchors, '[]'), 'sources', COALESCE(s.sources, '[]'), 'openQueries', COALESCE(q.open, 0)
        ) AS summary
        FROM claim c
        LEFT JOIN "user" u ON u.id = c.assignee_id
        LEFT JOIN (
          SELECT anchor.claim_id, min(start) AS first,
            json_agg(json_build_object('id', anchor.id, 'start', start, 'end', "end", 'state', anchor.state) ORDER BY start, "end") AS anchors
          FROM anchor JOIN newest ON newest.id = anchor.revision_id GROUP BY anchor.claim_id
        ) a ON a.claim_id = c.id
        LEFT JOIN (
          SELECT evidence.claim_id,
            json_agg(json_build_object('id', source.id, 'title', source.title, 'stance', evidence.stance) ORDER BY evidence.position, evidence.id) AS sources
          FROM evidence JOIN source ON source.id = evidence.source_id JOIN claim held ON held.id = evidence.claim_id
          WHERE held.article_id = ${articleId}::uuid AND evidence.removed_at IS NULL GROUP BY evidence.claim_id
        ) s ON s.claim_id = c.id
        LEFT JOIN (
          SELECT query.claim_id, count(*)::int AS open
          FROM query JOIN claim held ON held.id = query.claim_id
          WHERE held.article_id = ${articleId}::uuid AND query.answered_at IS NULL GROUP BY query.claim_id
        ) q ON q.claim_id = c.id
        WHERE c.article_id = ${articleId}::uuid AND (c.trashed_at IS NOT NULL) = ${trash}
      ) row
    ) AS claims
    FROM newest`;
  const [row] = rows;
  if (!row) throw new AppError("not_found", "This article is not here.");
  return { claims: row.claims ?? [], lastEvent };
}

const person = { select: { id: true, name: true } } as const;

export const sourceSelect = {
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

export const claimSelect = {
  id: true,
  articleId: true,
  article: {
    select: { trashedAt: true, revisions: { orderBy: { number: "desc" }, take: 1, select: { id: true } } },
  },
  version: true,
  fieldsVersion: true,
  statement: true,
  claimant: true,
  state: true,
  ratingId: true,
  rating: { select: { label: true } },
  confidence: true,
  rationale: true,
  assignee: person,
  assigneeId: true,
  dueOn: true,
  createdById: true,
  createdBy: person,
  createdAt: true,
  updatedAt: true,
  verdictById: true,
  verdictBy: person,
  approvedBy: person,
  approvedAt: true,
  approvedContent: true,
  approvedDigest: true,
  stateReason: true,
  setAsideAs: true,
  setAsideById: true,
  duplicateOfId: true,
  trashedAt: true,
  anchors: { orderBy: [{ start: "asc" }, { end: "asc" }] },
  evidence: {
    where: { removedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    include: { source: { select: sourceSelect } },
  },
  queries: { orderBy: { askedAt: "asc" }, include: { askedBy: person, answeredBy: person } },
} satisfies Prisma.ClaimSelect;

/** A claim's row with all that its view and its workflow need. @throws AppError `not_found` */
export async function readClaim(db: Database, claimId: string) {
  const row = await db.claim.findUnique({ where: { id: claimId }, select: claimSelect });
  if (!row) throw new AppError("not_found", "This claim is not here. Somebody may have removed it.");
  // Anchors of older revisions stay with them; the claim stands in the newest one.
  const revisionId = row.article.revisions[0]?.id ?? "";
  return { ...row, revisionId, anchors: row.anchors.filter((anchor) => anchor.revisionId === revisionId) };
}
export type ClaimRow = Awaited<ReturnType<typeof readClaim>>;

export async function isFourEyes(db: Database): Promise<boolean> {
  return (await db.newsroom.findUnique({ where: { id: 1 }, select: { fourEyes: true } }))?.fourEyes ?? true;
}

/** What the workflow asks of a claim. */
export function factsOf(row: ClaimRow, fourEyes: boolean): WorkflowFacts {
  return {
    state: row.state,
    assigneeId: row.assigneeId,
    verdictById: row.verdictById,
    setAsideById: row.setAsideById,
    hasVerdict: row.ratingId !== null,
    hasRationale: row.rationale !== null,
    hasEvidence: row.evidence.length > 0,
    hasOrphan: row.anchors.length === 0 || row.anchors.some((anchor) => anchor.state === "orphaned"),
    openQueries: row.queries.filter((query) => query.answeredAt === null).length,
    fourEyes,
  };
}

/** What an approval of this row would be bound to. */
export function contentOf(row: ClaimRow) {
  return approvedContentOf({
    ...row,
    ratingLabel: row.rating?.label ?? null,
    rationale: row.rationale as RichText | null,
    evidence: row.evidence.map(toEvidenceView),
  });
}

function toEvidenceView(row: ClaimRow["evidence"][number]): EvidenceView {
  const { id, claimId, stance, excerpt, locator, shows, version, createdById } = row;
  return {
    ...{ id, claimId, stance, excerpt, locator, shows, version, createdById },
    createdAt: row.createdAt.toISOString(),
    source: { ...row.source, createdAt: row.source.createdAt.toISOString() },
  };
}

/** The claim as this person sees it, with what they may do to it. */
export async function toClaimView(db: Database, actor: Actor, row: ClaimRow): Promise<ClaimView> {
  const facts = factsOf(row, await isFourEyes(db));
  const trashed = row.trashedAt !== null;
  const approved = row.state === "stale" ? approvedContent.safeParse(row.approvedContent) : null;
  const {
    id,
    articleId,
    revisionId,
    version,
    statement,
    claimant,
    state,
    ratingId,
    confidence,
    assignee,
    createdById,
    createdBy,
    verdictBy,
    approvedBy,
  } = row;
  return {
    ...{
      id,
      articleId,
      revisionId,
      version,
      statement,
      claimant,
      state,
      ratingId,
      confidence,
      assignee,
      createdById,
      createdBy,
      verdictBy,
      approvedBy,
    },
    rationale: row.rationale as RichText | null,
    dueOn: toDay(row.dueOn),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    stateReason: row.stateReason,
    setAsideAs: row.setAsideAs,
    duplicateOfId: row.duplicateOfId,
    trashedAt: row.trashedAt?.toISOString() ?? null,
    openQueries: facts.openQueries,
    anchors: row.anchors.map(({ id, start, end, exact, prefix, suffix, state }) => ({
      id,
      start,
      end,
      exact,
      prefix,
      suffix,
      state,
    })),
    evidence: row.evidence.map(toEvidenceView),
    queries: row.queries.map(({ id, question, askedBy, askedAt, answer, answeredBy, answeredAt }) => ({
      ...{ id, question, askedBy, answer, answeredBy },
      askedAt: askedAt.toISOString(),
      answeredAt: answeredAt?.toISOString() ?? null,
    })),
    changes: approved?.success ? changesSince(approved.data, contentOf(row)) : [],
    abilities: {
      edit: !trashed && can(actor, "claim.edit", row),
      trash: can(actor, "claim.trash", row),
      due: !trashed && can(actor, "claim.due", row),
      events: trashed ? [] : offeredEvents(actor, facts),
    },
  };
}

/** @throws AppError `not_found` */
export async function getClaim(actor: Actor, claimId: string): Promise<ClaimView> {
  authorize(actor, "newsroom.read");
  return toClaimView(database(), actor, await readClaim(database(), claimId));
}
