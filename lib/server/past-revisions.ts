/**
 * Revisions that were replaced, each with its claims as they stood then. How they stood is written down when a text is replaced
 * (`keepPastClaims`, in the transaction that does it) and never read for anything but to be looked at.
 */
import "server-only";
import type { AnchorState } from "../domain/anchor";
import { AppError } from "../domain/errors";
import {
  type CarriedPlace,
  type ClaimChange,
  changeBetween,
  fateOf,
  firstPlace,
  type PastEntry,
  type PastMark,
  type PastPlace,
  type PastRevision,
  pastClaim,
  type RevisionRef,
} from "../domain/past-revision";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { isPlaced } from "../domain/revision";
import type { RichText } from "../domain/rich-text";
import type { Transaction } from "./claim-changes";
import { instant, person } from "./claim-views";
import { type Database, database, Prisma } from "./db";

/** Of the anchors of one claim in one text. */
const placesOfAnchors = Prisma.sql`
  jsonb_agg(jsonb_build_object('id', id, 'start', start, 'end', "end", 'exact', exact, 'state', state) ORDER BY start, "end", id)`;

/**
 * Writes down how every claim that stands in the article stands on the text that a new revision is about to replace, in one statement. Called
 * under the article's lock and before the claims are touched.
 */
export async function keepPastClaims(
  tx: Transaction,
  { articleId, baseId }: { articleId: string; baseId: string },
  replacedById: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO past_claim (replaced_by_id, claim_id, record)
    SELECT ${replacedById}::uuid, c.id, jsonb_build_object(
      'statement', c.statement, 'claimant', c.claimant, 'state', c.state, 'stateReason', c.state_reason, 'setAsideAs', c.set_aside_as,
      'rating', CASE WHEN r.id IS NOT NULL
        THEN jsonb_build_object('label', r.label, 'definition', r.definition, 'symbol', r.symbol, 'color', r.color) END,
      'confidence', c.confidence, 'rationale', c.rationale,
      'assignee', ${person(Prisma.sql`assignee`)}, 'verdictBy', ${person(Prisma.sql`assessor`)},
      'approvedBy', ${person(Prisma.sql`approver`)}, 'approvedAt', ${instant(Prisma.sql`c.approved_at`)}, 'isTrashed', c.trashed_at IS NOT NULL,
      'places', COALESCE(standing.places, '[]'),
      'evidence', COALESCE((
        SELECT jsonb_agg(jsonb_build_object('stance', e.stance, 'excerpt', e.excerpt, 'locator', e.locator, 'shows', e.shows,
          'source', jsonb_build_object('title', s.title, 'author', s.author, 'publisher', s.publisher,
            'publishedOn', s.published_on, 'url', s.url, 'kind', s.kind)) ORDER BY e.position, e.id)
        FROM evidence e JOIN source s ON s.id = e.source_id WHERE e.claim_id = c.id AND e.removed_at IS NULL), '[]'))
    FROM claim c
    LEFT JOIN (SELECT claim_id, ${placesOfAnchors} AS places FROM anchor WHERE revision_id = ${baseId}::uuid GROUP BY claim_id) standing
      ON standing.claim_id = c.id
    LEFT JOIN rating r ON r.id = c.rating_id
    LEFT JOIN "user" assignee ON assignee.id = c.assignee_id
    LEFT JOIN "user" assessor ON assessor.id = c.verdict_by_id
    LEFT JOIN "user" approver ON approver.id = c.approved_by_id
    WHERE c.id IN (SELECT claim_id FROM stands_in WHERE article_id = ${articleId}::uuid)`;
}

/** Claims that are read whole at once; the places of all are always told. */
const atOnce = 200;

/**
 * A revision as it was when the next one replaced it; null for the one that is under check.
 * @throws AppError `not_found`
 */
export async function openPastRevision(
  actor: Actor,
  articleId: string,
  revisionId: string,
  claimId?: string,
): Promise<PastRevision | null> {
  authorize(actor, "newsroom.read");
  const db = database();
  const revisions = await db.revision.findMany({
    where: { articleId },
    orderBy: { number: "asc" },
    select: { id: true, number: true, createdAt: true, createdBy: { select: { name: true } } },
  });
  const at = revisions.findIndex(({ id }) => id === revisionId);
  const [newest, replacing, previous] = [revisions.at(-1), revisions[at + 1], revisions[at - 1]];
  if (at === -1 || !newest)
    throw new AppError("not_found", "This revision is not here. Somebody may have taken it back.");
  if (!replacing) return null;
  const [revision, { isKept, marks }] = await Promise.all([
    db.revision.findUniqueOrThrow({ where: { id: revisionId }, select: { id: true, number: true, document: true } }),
    readMarks(db, revisionId, replacing.id),
  ]);
  const asked = Math.max(
    0,
    marks.findIndex((mark) => mark.claimId === claimId),
  );
  const from = asked - (asked % atOnce);
  const ref = ({ id, number }: RevisionRef) => ({ id, number });
  return {
    revision: { ...ref(revision), document: revision.document as unknown as RichText },
    previous: previous ? ref(previous) : null,
    next: { ...ref(replacing), createdAt: replacing.createdAt.toISOString(), createdBy: replacing.createdBy.name },
    newest: ref(newest),
    ...{ isKept, marks, from },
    entries: await readEntries(db, replacing.id, marks.slice(from, from + atOnce)),
  };
}

async function readMarks(
  db: Database,
  revisionId: string,
  replacedById: string,
): Promise<{ isKept: boolean; marks: PastMark[] }> {
  const [kept, known] = await Promise.all([
    db.$queryRaw<Omit<PastMark, "number">[]>`
      SELECT claim_id AS "claimId", record->'state' AS state, record->'rating' AS rating, record->'places' AS places
      FROM past_claim WHERE replaced_by_id = ${replacedById}::uuid AND NOT (record->'isTrashed')::boolean`,
    db.$queryRaw<{ all: number; kept: number }[]>`
      SELECT (SELECT count(*)::int FROM anchor WHERE revision_id = ${revisionId}::uuid) AS all,
        (SELECT count(*)::int FROM past_claim WHERE replaced_by_id = ${replacedById}::uuid) AS kept`,
  ]);
  // Every claim has an anchor in every text since it was marked: none kept means that none were written down.
  const isKept = known[0]?.kept !== 0 || known[0].all === 0;
  const rows = isKept
    ? kept
    : await db.$queryRaw<Omit<PastMark, "number">[]>`
        SELECT claim_id AS "claimId", NULL AS state, NULL AS rating,
          ${placesOfAnchors} AS places
        FROM anchor WHERE revision_id = ${revisionId}::uuid GROUP BY claim_id`;
  return { isKept, marks: inTextOrder(rows).map((row, index) => ({ ...row, number: index + 1 })) };
}

function inTextOrder<T extends Omit<PastMark, "number">>(rows: readonly T[]): T[] {
  const nowhere = { start: Number.POSITIVE_INFINITY, end: 0 };
  const placed = rows.map((row) => ({ row, first: firstPlace(row.places) ?? nowhere }));
  placed.sort((a, b) => {
    if (a.first.start !== b.first.start) return a.first.start - b.first.start;
    return b.first.end - a.first.end || (a.row.claimId < b.row.claimId ? -1 : 1);
  });
  return placed.map(({ row }) => row);
}

async function readEntries(db: Database, replacedById: string, marks: readonly PastMark[]): Promise<PastEntry[]> {
  const places = marks.flatMap((mark) => mark.places.map(({ id }) => id));
  const [records, carried] = await Promise.all([
    db.pastClaim.findMany({ where: { replacedById, claimId: { in: marks.map(({ claimId }) => claimId) } } }),
    db.$queryRaw<(CarriedPlace & { fromId: string; state: AnchorState })[]>`
      SELECT a.from_id AS "fromId", a.state, a.exact, d.kind AS decision, u.name AS by,
        EXISTS (SELECT FROM place_change p WHERE p.anchor_id = a.id AND p.undone_at IS NULL) AS "isSettled"
      FROM anchor a
      LEFT JOIN revision_draft draft ON draft.revision_id = a.revision_id
      LEFT JOIN anchor_decision d ON d.draft_id = draft.id AND d.anchor_id = a.from_id
      LEFT JOIN "user" u ON u.id = d.decided_by_id
      WHERE a.revision_id = ${replacedById}::uuid AND a.from_id = ANY(${places}::uuid[])`,
  ]);
  const recordOf = new Map(records.map(({ claimId, record }) => [claimId, pastClaim.parse(record)]));
  const carriedFrom = new Map(carried.map((one) => [one.fromId, one]));
  return marks.map((mark) => ({
    ...mark,
    record: recordOf.get(mark.claimId) ?? null,
    fates: mark.places.map((place) => fateOf(place, carriedFrom.get(place.id))),
  }));
}

type Line = { claimId: string; statement: string; moved: boolean; older: PastPlace; newer: PastPlace };

/**
 * The claims whose words differ between two revisions of an article, or stand elsewhere, in the order of the text `toId`. Whichever
 * of the two is the older one; claims that only one of them has are not among them.
 * @throws AppError `not_found`
 */
export async function listClaimChanges(actor: Actor, fromId: string, toId: string): Promise<{ claims: ClaimChange[] }> {
  authorize(actor, "newsroom.read");
  const db = database();
  const [from, to] = await Promise.all(
    [fromId, toId].map((id) => db.revision.findUnique({ where: { id }, select: { articleId: true, number: true } })),
  );
  if (!from || !to || from.articleId !== to.articleId)
    throw new AppError("not_found", "One of these revisions is not here. Somebody may have taken it back.");
  const isForward = from.number <= to.number;
  const [olderId, newerId] = isForward ? [fromId, toId] : [toId, fromId];
  // Step by step along what each anchor was carried over to.
  const lines = await db.$queryRaw<Line[]>`
    WITH RECURSIVE line AS (
      SELECT id AS first, id, false AS moved FROM anchor WHERE revision_id = ${olderId}::uuid
      UNION ALL SELECT line.first, a.id, line.moved OR a.state = 'moved' FROM line JOIN anchor a ON a.from_id = line.id
    )
    SELECT c.id AS "claimId", c.statement, line.moved, ${placeOf(Prisma.sql`older`)} AS older, ${placeOf(Prisma.sql`newer`)} AS newer
    FROM line
    JOIN anchor newer ON newer.id = line.id AND newer.revision_id = ${newerId}::uuid
    JOIN anchor older ON older.id = line.first
    JOIN claim c ON c.id = older.claim_id
    WHERE c.trashed_at IS NULL`;
  const claims = lines.flatMap(({ claimId, statement, moved, older, newer }) => {
    const [before, after] = isForward ? [older, newer] : [newer, older];
    const kind = changeBetween(before, after, moved);
    return kind ? [{ claimId, statement, kind, before: passageOf(before), after: passageOf(after) }] : [];
  });
  // What is gone from the text comes last, in the order in which it stood.
  claims.sort(
    (a, b) =>
      Number(!a.after) - Number(!b.after) || ((a.after ?? a.before)?.start ?? 0) - ((b.after ?? b.before)?.start ?? 0),
  );
  return { claims };
}

const placeOf = (anchor: Prisma.Sql) => Prisma.sql`
  json_build_object('id', ${anchor}.id, 'start', ${anchor}.start, 'end', ${anchor}."end", 'exact', ${anchor}.exact, 'state', ${anchor}.state)`;

const passageOf = ({ start, end, exact, state }: PastPlace): ClaimChange["before"] =>
  isPlaced(state) ? { start, end, words: exact } : null;
