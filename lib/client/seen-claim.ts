/**
 * What a person has seen of the claim that is open before them. What others change in it waits to be asked for; what this
 * person did themselves, and what a conflict shows beside it, they have seen. State, people and abilities are never held back.
 * Plain data and pure functions: it knows no network and no React, and never takes for seen what was not shown.
 */
import type { ClaimView } from "../domain/claim";
import { type EditableRecord, type Entry, type Queue, same, valueIn } from "./outbox-queue";

/** What is one thing to whoever looks: a wording is seen with its note and its place. */
const things = [
  ["statement"],
  ["claimant"],
  ["ratingId"],
  ["confidence"],
  ["rationale"],
  ["dueOn"],
  ["wording", "wordingNote", "wordingAnchorId"],
] as const;

type Row = { id: string };
const put = <R extends Row>(rows: readonly R[], row: R): R[] =>
  rows.some(({ id }) => id === row.id) ? rows.map((one) => (one.id === row.id ? row : one)) : [...rows, row];

/** What was seen, with all that this person did themselves and the server now says as well. */
export function withOwn(seen: ClaimView, view: ClaimView, entries: readonly Entry[]): ClaimView {
  return entries.reduce((result, entry) => withOwnEntry(result, view, entry), seen);
}

function withOwnEntry(seen: ClaimView, view: ClaimView, entry: Entry): ClaimView {
  if (entry.kind === "edit") {
    const stands = valueIn(view, entry);
    const isOwn = [entry.value, ...(entry.sent ?? [])].some((value) => same(value, stands));
    return stands !== undefined && isOwn ? withField(seen, entry.record, entry.recordId, entry.field, stands) : seen;
  }
  const { request } = entry;
  switch (request.name) {
    case "createEvidence":
    case "restoreEvidence": {
      const made = request.name === "createEvidence" ? request.body.id : request.params.evidenceId;
      const row = view.evidence.find(({ id }) => id === made);
      return row ? { ...seen, evidence: put(seen.evidence, row) } : seen;
    }
    case "removeEvidence": {
      const { evidenceId } = request.params;
      if (view.evidence.some(({ id }) => id === evidenceId)) return seen;
      return { ...seen, evidence: seen.evidence.filter(({ id }) => id !== evidenceId) };
    }
    case "orderEvidence": {
      const places = new Map(view.evidence.map(({ id }, index) => [id, index]));
      const place = ({ id }: Row) => places.get(id) ?? Number.MAX_SAFE_INTEGER;
      return { ...seen, evidence: seen.evidence.toSorted((a, b) => place(a) - place(b)) };
    }
    case "answerQuery": {
      const query = view.queries.find(({ id }) => id === request.params.queryId);
      const isOwn = query?.answer === request.body.answer.trim();
      return query && isOwn ? { ...seen, queries: put(seen.queries, query) } : seen;
    }
    case "moveClaim": {
      const asked = request.body.event === "ask" ? request.body.query.id : null;
      const query = view.queries.find(({ id }) => id === asked);
      return query ? { ...seen, queries: put(seen.queries, query) } : seen;
    }
    default:
      return seen;
  }
}

/** The claim with one field as it is given. */
export function withField(
  view: ClaimView,
  record: EditableRecord,
  recordId: string,
  field: string,
  value: unknown,
): ClaimView {
  if (record === "claim") return { ...view, [field]: value };
  return { ...view, evidence: view.evidence.map((row) => (row.id === recordId ? { ...row, [field]: value } : row)) };
}

/** A field in conflict is shown on both sides. */
function withConflicts(seen: ClaimView, { entries }: Queue): ClaimView {
  return entries.reduce(
    (result, entry) =>
      entry.kind === "edit" && entry.held?.because === "conflict"
        ? withField(result, entry.record, entry.recordId, entry.field, entry.held.theirs)
        : result,
    seen,
  );
}

/** How many things of the claim are another way than they were seen: each field, piece of evidence and query counts one. */
export function unseen(seen: ClaimView, view: ClaimView): number {
  const ids = (rows: readonly Row[], others: readonly Row[]) =>
    rows.filter((row) => others.some(({ id }) => id === row.id)).map(({ id }) => id);
  const isMoved = !same(ids(seen.evidence, view.evidence), ids(view.evidence, seen.evidence));
  return (
    things.filter((thing) => thing.some((field) => !same(seen[field], view[field]))).length +
    differing(seen.evidence.map(withoutVersion), view.evidence.map(withoutVersion)) +
    differing(seen.queries, view.queries) +
    Number(isMoved)
  );
}

/** A version counts nothing that can be read. */
const withoutVersion = <R extends { version: number }>(row: R): R => ({ ...row, version: 0 });

function differing(before: readonly Row[], after: readonly Row[]): number {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  const find = (rows: readonly Row[], id: string) => rows.find((row) => row.id === id);
  return [...ids].filter((id) => !same(find(before, id), find(after, id))).length;
}

/**
 * The claim to show: whole, and of its newest version, when nothing in it is new to the person; otherwise state, people
 * and abilities as they are, what is read and written as it was seen, and the version that binds what was seen.
 */
export function seenOver(seen: ClaimView, view: ClaimView, queue: Queue): ClaimView {
  const known = withConflicts(seen, queue);
  if (unseen(known, view) === 0) return view;
  const { evidence, queries, changes, version } = known;
  const held = Object.fromEntries(things.flat().map((field) => [field, known[field]]));
  return { ...view, ...held, evidence, queries, changes, version };
}
