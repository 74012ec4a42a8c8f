/**
 * Reading claims: the list of an article, and one claim whole, which every write answers with. Both are hot reads, each one
 * SQL query that builds its JSON in PostgreSQL; the tests hold their shapes against the schemas. Changes nothing.
 */
import "server-only";
import type { AnchorDescription } from "../domain/anchor";
import type { FormerAssessment } from "../domain/authorship";
import {
  approvedContent,
  approvedContentOf,
  type ClaimSummary,
  type ClaimView,
  changesSince,
  quoteShown,
} from "../domain/claim";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import { isPlaced } from "../domain/revision";
import { offeredEvents, type WorkflowFacts } from "../domain/workflow";
import { lastEventOf } from "./articles";
import { type Database, database, Prisma } from "./db";

/** JSON of a joined person by the name that the join has, null when there is none. */
export const person = (joined: Prisma.Sql) =>
  Prisma.sql`CASE WHEN ${joined}.id IS NULL THEN NULL ELSE json_build_object('id', ${joined}.id, 'name', ${joined}.name) END`;

/** An instant as the views write it. */
export const instant = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Whether a text says what the suggestion `s` asked for. */
export const isDone = Prisma.sql`
  EXISTS (SELECT FROM suggestion_outcome done WHERE done.suggestion_id = s.id AND done.outcome = 'applied')`;

/** What the revisions made of the suggestion `s`, the newest first. */
export const outcomesOfSuggestion = Prisma.sql`COALESCE((
  SELECT json_agg(json_build_object('number', told.number, 'outcome', o.outcome, 'before', o.before, 'after', o.after) ORDER BY told.number DESC)
  FROM suggestion_outcome o JOIN revision told ON told.id = o.revision_id WHERE o.suggestion_id = s.id), '[]')`;

/** The anchors `a` of a claim `c`: those in its own article first, each article in the order of its text. */
export const inOrder = Prisma.sql`a.article_id <> c.article_id, a.article_id, a.start, a."end", a.id`;

/** The claims that stand in an article's newest revision in the order of the text; with `trash`, those in the trash instead. */
export async function listClaims(
  actor: Actor,
  articleId: string,
  trash = false,
): Promise<{ claims: ClaimSummary[]; lastEvent: number }> {
  authorize(actor, "newsroom.read");
  const db = database();
  const lastEvent = await lastEventOf(db, articleId);
  const rows = await db.$queryRaw<{ claims: ClaimSummary[] | null }[]>`
    WITH newest AS (
      SELECT id FROM revision WHERE article_id = ${articleId}::uuid ORDER BY number DESC LIMIT 1
    ), here AS (
      SELECT claim_id FROM stands_in WHERE article_id = ${articleId}::uuid
    )
    SELECT (
      SELECT json_agg(row.summary ORDER BY row.first NULLS LAST, row.id)
      FROM (
        SELECT c.id, a.first, json_build_object(
          'id', c.id, 'version', c.version, 'statement', c.statement, 'state', c.state, 'ratingId', c.rating_id,
          'assignee', ${person(Prisma.sql`u`)},
          'createdById', c.created_by_id, 'dueOn', c.due_on,
          'home', CASE WHEN home.id = ${articleId}::uuid THEN NULL ELSE json_build_object('id', home.id, 'headline', home.headline) END,
          'anchors', COALESCE(a.anchors, '[]'), 'sources', COALESCE(s.sources, '[]'), 'openQueries', COALESCE(q.open, 0),
          'suggestion', w.state
        ) AS summary
        FROM here JOIN claim c ON c.id = here.claim_id
        JOIN article home ON home.id = c.article_id
        LEFT JOIN "user" u ON u.id = c.assignee_id
        LEFT JOIN (
          SELECT anchor.claim_id, min(start) AS first,
            json_agg(CASE WHEN anchor.state IN ('ambiguous', 'orphaned')
              THEN json_build_object('id', anchor.id, 'start', start, 'end', "end", 'state', anchor.state, 'quote', left(exact, ${quoteShown}))
              ELSE json_build_object('id', anchor.id, 'start', start, 'end', "end", 'state', anchor.state) END ORDER BY start, "end") AS anchors
          FROM anchor JOIN newest ON newest.id = anchor.revision_id GROUP BY anchor.claim_id
        ) a ON a.claim_id = c.id
        LEFT JOIN (
          SELECT evidence.claim_id,
            json_agg(json_build_object('id', source.id, 'title', source.title, 'stance', evidence.stance) ORDER BY evidence.position, evidence.id) AS sources
          FROM evidence JOIN source ON source.id = evidence.source_id JOIN here ON here.claim_id = evidence.claim_id
          WHERE evidence.removed_at IS NULL GROUP BY evidence.claim_id
        ) s ON s.claim_id = c.id
        LEFT JOIN (
          SELECT query.claim_id, count(*)::int AS open
          FROM query JOIN here ON here.claim_id = query.claim_id
          WHERE query.answered_at IS NULL GROUP BY query.claim_id
        ) q ON q.claim_id = c.id
        LEFT JOIN (
          SELECT DISTINCT ON (s.claim_id) s.claim_id, CASE WHEN ${isDone} THEN NULL ELSE s.state END AS state
          FROM suggestion s JOIN here ON here.claim_id = s.claim_id ORDER BY s.claim_id, s.id DESC
        ) w ON w.claim_id = c.id
        WHERE (c.trashed_at IS NOT NULL) = ${trash}
      ) row
    ) AS claims
    FROM newest`;
  const [row] = rows;
  if (!row) throw new AppError("not_found", "This article is not here.");
  return { claims: row.claims ?? [], lastEvent };
}

/** A claim with all that its view and its workflow need. */
export type ClaimRow = Omit<ClaimView, "openQueries" | "changes" | "abilities"> & {
  fieldsVersion: number;
  assigneeId: string | null;
  verdictById: string | null;
  rationaleById: string | null;
  formerAssessment: FormerAssessment;
  submittedAt: string | null;
  /** The version at which the suggested wording last changed; 0 without one. */
  suggestionVersion: number;
  setAsideById: string | null;
  ratingLabel: string | null;
  approvedContent: unknown;
  approvedDigest: string | null;
  /** Every article in which it stands is in the trash. */
  articleTrashed: boolean;
  /** The newsroom's rule as it now is. */
  fourEyes: boolean;
};

/** @throws AppError `not_found` */
export async function readClaim(db: Database, claimId: string): Promise<ClaimRow> {
  // Anchors of older revisions stay with them; the claim stands in the newest one.
  const [row] = await db.$queryRaw<{ claim: ClaimRow }[]>`
    SELECT json_build_object(
      'id', c.id, 'articleId', c.article_id, 'revisionId', newest.id, 'version', c.version, 'fieldsVersion', c.fields_version,
      'statement', c.statement, 'claimant', c.claimant, 'state', c.state, 'ratingId', c.rating_id, 'ratingLabel', rating.label,
      'confidence', c.confidence, 'rationale', c.rationale, 'dueOn', c.due_on, 'stateReason', c.state_reason,
      'assigneeId', c.assignee_id, 'assignee', ${person(Prisma.sql`assignee`)},
      'createdById', c.created_by_id, 'createdBy', ${person(Prisma.sql`creator`)},
      'verdictById', c.verdict_by_id, 'verdictBy', ${person(Prisma.sql`assessor`)},
      'rationaleById', c.rationale_by_id, 'formerAssessment', c.former_assessment, 'submittedAt', ${instant(Prisma.sql`c.submitted_at`)},
      'approvedBy', ${person(Prisma.sql`approver`)}, 'approvedAt', ${instant(Prisma.sql`c.approved_at`)},
      'approvedContent', c.approved_content, 'approvedDigest', c.approved_digest,
      'setAsideAs', c.set_aside_as, 'setAsideById', c.set_aside_by_id, 'duplicateOfId', c.duplicate_of_id,
      'createdAt', ${instant(Prisma.sql`c.created_at`)}, 'updatedAt', ${instant(Prisma.sql`c.updated_at`)}, 'trashedAt', ${instant(Prisma.sql`c.trashed_at`)},
      'articles', articles.list, 'articleTrashed', articles.trashed,
      'fourEyes', COALESCE((SELECT four_eyes FROM newsroom WHERE id = 1), true),
      'anchors', COALESCE((
        SELECT json_agg(json_build_object('id', a.id, 'start', a.start, 'end', a."end", 'exact', a.exact,
          'prefix', a.prefix, 'suffix', a.suffix, 'state', a.state, 'was', a.was,
          'revisionId', a.revision_id, 'articleId', a.article_id) ORDER BY ${inOrder})
        FROM anchor_now a WHERE a.claim_id = c.id), '[]'),
      'evidence', COALESCE((
        SELECT json_agg(json_build_object('id', e.id, 'claimId', e.claim_id, 'stance', e.stance, 'excerpt', e.excerpt,
          'locator', e.locator, 'shows', e.shows, 'version', e.version, 'createdById', e.created_by_id,
          'createdAt', ${instant(Prisma.sql`e.created_at`)},
          'source', json_build_object('id', s.id, 'title', s.title, 'author', s.author, 'publisher', s.publisher,
            'publishedOn', s.published_on, 'url', s.url, 'kind', s.kind, 'version', s.version,
            'createdAt', ${instant(Prisma.sql`s.created_at`)})) ORDER BY e.position, e.id)
        FROM evidence e JOIN source s ON s.id = e.source_id WHERE e.claim_id = c.id AND e.removed_at IS NULL), '[]'),
      'queries', COALESCE((
        SELECT json_agg(json_build_object('id', q.id, 'question', q.question, 'answer', q.answer,
          'askedBy', ${person(Prisma.sql`asker`)}, 'askedAt', ${instant(Prisma.sql`q.asked_at`)},
          'answeredBy', ${person(Prisma.sql`answerer`)}, 'answeredAt', ${instant(Prisma.sql`q.answered_at`)}) ORDER BY q.asked_at, q.id)
        FROM query q JOIN "user" asker ON asker.id = q.asked_by_id LEFT JOIN "user" answerer ON answerer.id = q.answered_by_id
        WHERE q.claim_id = c.id), '[]'),
      'wording', CASE WHEN NOT wanted.done THEN wanted.wording END, 'wordingNote', CASE WHEN wanted.done THEN '' ELSE COALESCE(wanted.note, '') END,
      'wordingAnchorId', CASE WHEN NOT wanted.done THEN wanted.anchor_id END,
      'suggestionVersion', COALESCE(wanted.claim_version, 0), 'suggestion', wanted.view
    ) AS claim
    FROM claim c
    JOIN LATERAL (
      SELECT bool_and(a.trashed_at IS NOT NULL) AS trashed,
        json_agg(json_build_object('id', a.id, 'headline', a.headline, 'trashed', a.trashed_at IS NOT NULL)
          ORDER BY a.id <> c.article_id, a.headline, a.id) AS list
      FROM stands_in s JOIN article a ON a.id = s.article_id WHERE s.claim_id = c.id
    ) articles ON true
    JOIN LATERAL (SELECT id FROM revision WHERE article_id = c.article_id ORDER BY number DESC LIMIT 1) newest ON true
    JOIN "user" creator ON creator.id = c.created_by_id
    LEFT JOIN "user" assignee ON assignee.id = c.assignee_id
    LEFT JOIN "user" assessor ON assessor.id = c.verdict_by_id
    LEFT JOIN "user" approver ON approver.id = c.approved_by_id
    LEFT JOIN rating ON rating.id = c.rating_id
    LEFT JOIN LATERAL (
      SELECT s.wording, s.note, s.anchor_id, s.claim_version, ${isDone} AS done,
        json_build_object('id', s.id, 'state', s.state, 'proposedBy', ${person(Prisma.sql`proposer`)}, 'proposedAt', ${instant(Prisma.sql`s.proposed_at`)},
          'decidedBy', ${person(Prisma.sql`decider`)}, 'decidedAt', ${instant(Prisma.sql`s.decided_at`)}, 'outcomes', ${outcomesOfSuggestion}) AS view
      FROM suggestion s JOIN "user" proposer ON proposer.id = s.proposed_by_id LEFT JOIN "user" decider ON decider.id = s.decided_by_id
      WHERE s.claim_id = c.id ORDER BY s.id DESC LIMIT 1
    ) wanted ON true
    WHERE c.id = ${claimId}::uuid`;
  if (!row) throw new AppError("not_found", "This claim is not here. Somebody may have removed it.");
  return row.claim;
}

/** A claim that this person has just marked, as `readClaim` would read it: the answer to marking needs no second query. */
export function openClaimRow(
  actor: Actor,
  made: Pick<ClaimRow, "id" | "articleId" | "revisionId" | "statement" | "fourEyes"> & {
    anchors: (AnchorDescription & { id: string })[];
    headline: string;
    madeAt: string;
  },
): ClaimRow {
  const { id, articleId, revisionId, statement, fourEyes, madeAt } = made;
  const anchors = made.anchors.toSorted((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  return {
    ...{ id, articleId, revisionId, statement, fourEyes, version: 1, fieldsVersion: 1, state: "open" },
    articles: [{ id: articleId, headline: made.headline, trashed: false }],
    anchors: anchors.map((anchor) => ({ ...anchor, articleId, revisionId, state: "anchored", was: null })),
    ...{ createdById: actor.id, createdBy: { id: actor.id, name: actor.name }, createdAt: madeAt, updatedAt: madeAt },
    ...{ claimant: null, ratingId: null, ratingLabel: null, confidence: null, rationale: null, dueOn: null },
    ...{ assignee: null, assigneeId: null, verdictBy: null, verdictById: null, rationaleById: null },
    ...{ formerAssessment: {}, submittedAt: null, evidence: [], queries: [] },
    ...{ wording: null, wordingNote: "", wordingAnchorId: null, suggestion: null, suggestionVersion: 0 },
    ...{ approvedBy: null, approvedAt: null, approvedContent: null, approvedDigest: null, stateReason: null },
    ...{ setAsideAs: null, setAsideById: null, duplicateOfId: null, trashedAt: null, articleTrashed: false },
  };
}

/** What the workflow asks of a claim. */
export function factsOf(row: ClaimRow): WorkflowFacts {
  const { state, assigneeId, verdictById, rationaleById, setAsideById, fourEyes } = row;
  return {
    ...{ state, assigneeId, verdictById, rationaleById, setAsideById, fourEyes },
    hasVerdict: row.ratingId !== null,
    hasRationale: row.rationale !== null,
    hasEvidence: row.evidence.length > 0,
    hasOrphan: row.anchors.length === 0 || row.anchors.some((anchor) => !isPlaced(anchor.state)),
    openQueries: row.queries.filter((query) => query.answeredAt === null).length,
  };
}

/** The claim as this person sees it, with what they may do to it. */
export function toClaimView(actor: Actor, row: ClaimRow): ClaimView {
  const {
    fieldsVersion,
    assigneeId,
    verdictById,
    rationaleById,
    formerAssessment,
    submittedAt,
    suggestionVersion,
    setAsideById,
    ratingLabel,
    approvedContent: approved,
    approvedDigest,
    articleTrashed,
    fourEyes,
    ...view
  } = row;
  const facts = factsOf(row);
  const before = row.state === "stale" ? approvedContent.safeParse(approved) : null;
  const live = row.trashedAt === null && !articleTrashed;
  return {
    ...view,
    openQueries: facts.openQueries,
    changes: before?.success ? changesSince(before.data, approvedContentOf(row)) : [],
    abilities: {
      edit: live && can(actor, "claim.edit", row),
      trash: can(actor, "claim.trash", row),
      due: live && can(actor, "claim.due", row),
      place: live && can(actor, "claim.place", row),
      settle: live && can(actor, "claim.settle"),
      addEvidence: live && can(actor, "evidence.add"),
      editEvidence: row.evidence
        .filter((evidence) => live && can(actor, "evidence.edit", { claim: row, evidence }))
        .map(({ id }) => id),
      decideWording: live && can(actor, "wording.decide"),
      events: live ? offeredEvents(actor, facts) : [],
    },
  };
}

/** @throws AppError `not_found` */
export async function getClaim(actor: Actor, claimId: string): Promise<ClaimView> {
  authorize(actor, "newsroom.read");
  return toClaimView(actor, await readClaim(database(), claimId));
}
