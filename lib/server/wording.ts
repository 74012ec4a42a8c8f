/**
 * Suggested wording: proposed with the other fields of a claim (`claims.ts`), decided on by editors. A suggestion that a text has
 * carried out is never changed any more; what is proposed then is another one.
 */
import "server-only";
import type { ClaimPatch, ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { isPlaced } from "../domain/revision";
import { isDone, type WordingDecision, type WordingOutcome } from "../domain/wording";
import { completeChange, conflict, lockClaim, type Transaction } from "./claim-changes";
import { type ClaimRow, instant, isDone as isDoneInSql, toClaimView } from "./claim-views";
import { type Database, Prisma, transaction } from "./db";
import { newId } from "./ids";

export type SuggestionField = "wording" | "wordingNote" | "wordingAnchorId";
type SuggestionPatch = { [F in SuggestionField]: ClaimPatch[F] };

/** What a patch makes of the suggestion of a claim; `to` is null when it is taken back. */
export type SuggestionChange = {
  action: "wording.proposed" | "wording.withdrawn";
  fields: SuggestionField[];
  to: { wording: string; note: string; anchorId: string | null } | null;
};

const openOf = ({ suggestion }: ClaimRow) => (suggestion && !isDone(suggestion) ? suggestion : null);

/**
 * What a patch changes, null when nothing. Words that stand there already are no suggestion.
 * @throws AppError `invalid`: a place that the claim does not have, a note on nothing
 */
export function changedSuggestion(row: ClaimRow, patch: SuggestionPatch): SuggestionChange | null {
  const meant = patch.wordingAnchorId ?? row.wordingAnchorId;
  const anchor = row.anchors.find(({ id }) => id === meant) ?? row.anchors.find(({ state }) => isPlaced(state));
  if (patch.wordingAnchorId !== undefined && anchor?.id !== patch.wordingAnchorId)
    throw new AppError("invalid", "The claim does not stand at this place any more.", {
      fields: [{ path: "wordingAnchorId", message: "Not a place of this claim" }],
    });
  const asked = patch.wording === undefined ? row.wording : patch.wording;
  const wording = asked === anchor?.exact ? null : asked;
  const note = patch.wordingNote ?? row.wordingNote;
  if (wording === null) {
    if (openOf(row)) return { action: "wording.withdrawn", fields: ["wording"], to: null };
    if (patch.wordingNote)
      throw new AppError("invalid", "There is no suggested wording any more that this note could go with.", {
        fields: [{ path: "wordingNote", message: "Suggest other words first" }],
      });
    return null;
  }
  const to = { wording, note, anchorId: anchor?.id ?? null };
  const fields: SuggestionField[] = [
    ...(wording === row.wording ? [] : (["wording"] as const)),
    ...(note === row.wordingNote ? [] : (["wordingNote"] as const)),
    ...(to.anchorId === row.wordingAnchorId || !openOf(row) ? [] : (["wordingAnchorId"] as const)),
  ];
  return fields.length === 0 ? null : { action: "wording.proposed", fields, to };
}

/** Other words, or another place for them, have to be decided on anew; a note says the same of the same words. */
export async function writeSuggestion(db: Transaction, actor: Actor, row: ClaimRow, { to, fields }: SuggestionChange) {
  const open = openOf(row);
  if (!to) {
    if (open) await db.suggestion.delete({ where: { id: open.id } });
    return;
  }
  const claimVersion = row.version + 1;
  const anew = { state: "proposed", decidedById: null, decidedAt: null, proposedById: actor.id } as const;
  if (!open) await db.suggestion.create({ data: { id: newId(), claimId: row.id, ...to, ...anew, claimVersion } });
  else
    await db.suggestion.update({
      where: { id: open.id },
      data: {
        ...to,
        claimVersion,
        ...(fields.some((name) => name !== "wordingNote") && { ...anew, proposedAt: new Date() }),
      },
    });
}

const done = { accepted: "wording.accepted", declined: "wording.declined", proposed: "wording.reopened" } as const;

/**
 * Accepts or declines what is suggested, or takes that back. The same decision again is no error.
 * @throws AppError `forbidden`, `not_found`, `conflict` with the claim when the wording is another one than was seen
 */
export async function decideWording(
  actor: Actor,
  claimId: string,
  version: number,
  { state }: WordingDecision,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaim(db, actor, claimId, () => authorize(actor, "wording.decide"));
    const open = openOf(row);
    if (!open) throw conflict(actor, row, "There is no suggested wording here any more.");
    if (version < row.suggestionVersion || version > row.version)
      throw conflict(actor, row, "Somebody changed the suggested wording in the meantime. Look at it once more.");
    if (open.state === state) return toClaimView(actor, row);
    const by =
      state === "proposed" ? { decidedById: null, decidedAt: null } : { decidedById: actor.id, decidedAt: new Date() };
    await db.suggestion.update({ where: { id: open.id }, data: { state, ...by, claimVersion: row.version + 1 } });
    return completeChange(db, actor, row, { action: done[state] });
  });
}

/** Other words that were accepted and that no text has yet, with the place that they are for. */
export type AcceptedWording = { id: string; anchorId: string; start: number; end: number; wording: string } & {
  note: string;
  /** Who proposed it, and when (ISO 8601). */
  author: string;
  at: string;
};

/** Those of an article on one of its revisions, in the order of the text; not of claims in the trash, nor where nothing is left to be put right. */
export function acceptedWordings(db: Database, articleId: string, revisionId: string): Promise<AcceptedWording[]> {
  return db.$queryRaw<AcceptedWording[]>`
    SELECT w.id, a.id AS "anchorId", a.start, a."end", w.wording, w.note, u.name AS author, ${instant(Prisma.sql`w.proposed_at`)} AS at
    FROM (
      SELECT DISTINCT ON (s.claim_id) s.*, ${isDoneInSql} AS done, ${articleOf(Prisma.sql`s`)} AS article_id
      FROM suggestion s JOIN claim c ON c.id = s.claim_id
      WHERE s.claim_id IN (SELECT claim_id FROM stands_in WHERE article_id = ${articleId}::uuid) AND c.trashed_at IS NULL
      ORDER BY s.claim_id, s.id DESC
    ) w
    JOIN "user" u ON u.id = w.proposed_by_id
    JOIN LATERAL (${placeOfSuggestion(revisionId)}) a ON a.state IN ('anchored', 'moved', 'altered')
    WHERE w.article_id = ${articleId}::uuid AND w.state = 'accepted' AND NOT w.done ORDER BY a.start, a."end", a.id`;
}

/** A claim may stand in several articles: a suggestion is about the one in which its place is, or else about that of its claim `c`. */
export const articleOf = (suggestion: Prisma.Sql) => Prisma.sql`COALESCE((
  SELECT r.article_id FROM anchor own JOIN revision r ON r.id = own.revision_id WHERE own.id = ${suggestion}.anchor_id), c.article_id)`;

/** The place of a suggestion `w` in a revision: the one that was chosen, else the first that is in the text. */
export const placeOfSuggestion = (revisionId: string) => Prisma.sql`
  SELECT * FROM anchor WHERE claim_id = w.claim_id AND revision_id = ${revisionId}::uuid
  ORDER BY id IS NOT DISTINCT FROM w.anchor_id DESC, state NOT IN ('anchored', 'moved', 'altered'), start, "end", id LIMIT 1`;

type OutcomeRow = { suggestionId: string; outcome: WordingOutcome; before: string; after: string | null };

/** Keeps with a revision what it made of what had been accepted. */
export async function keepOutcomes(db: Transaction, revisionId: string, rows: readonly OutcomeRow[]): Promise<void> {
  if (rows.length > 0) await db.suggestionOutcome.createMany({ data: rows.map((row) => ({ ...row, revisionId })) });
}

/** Brings suggestions to the anchors of a new revision. */
export async function bringWordings(db: Transaction, revisionId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE suggestion SET anchor_id = a.id FROM anchor a
    WHERE a.revision_id = ${revisionId}::uuid AND a.from_id = suggestion.anchor_id`;
}

/** Brings them back to those of the revision before; one on words that only the newer text has is then for the claim's first place. */
export async function takeWordingsBack(db: Transaction, revisionId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE suggestion SET anchor_id = a.from_id FROM anchor a
    WHERE a.id = suggestion.anchor_id AND a.revision_id = ${revisionId}::uuid`;
}
