/**
 * The use cases of a claim: mark, change, trash and restore; its workflow is in `claim-workflow.ts`. Each is one transaction:
 * read what it needs, authorize, apply the domain's rule, write, record the event; each answers with that one claim, so that
 * the cost of a write does not grow with the number of claims.
 */
import "server-only";
import { isDeepStrictEqual } from "node:util";
import { type AnchorCreate, describeAnchor, quoteOf } from "../domain/anchor";
import { type FormerAssessment, rewritten } from "../domain/authorship";
import { type ClaimCreate, type ClaimPatch, type ClaimView, canonicalText } from "../domain/claim";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { plainText, type RichText } from "../domain/rich-text";
import { parseDocument, rationaleSchema, toRichText } from "../editor/schema";
import { completeChange, conflict, digest, lockClaim, lockClaimRow, type Transaction } from "./claim-changes";
import { type ClaimRow, instant, openClaimRow, readClaim, toClaimView } from "./claim-views";
import { fromDay } from "./dates";
import { type Database, database, databaseFault, Prisma, transaction } from "./db";
import { changedOnly } from "./patch";
import { textOf } from "./revision-texts";
import { changedSuggestion, type SuggestionField, writeSuggestion } from "./wording";

/**
 * Marks a claim. The id comes from the browser: the same one again from the same person gives back what was made.
 * @throws AppError `not_found` (revision), `invalid` (a quote that does not stand there, too many claims), `duplicate` (the id is another's)
 */
export async function createClaim(actor: Actor, articleId: string, input: ClaimCreate): Promise<ClaimView> {
  authorize(actor, "claim.create");
  const db = database();
  const text = await textOf(db, articleId, input.revisionId);
  const anchors = input.anchors.map((anchor, index) => placeAnchor(text, anchor, `anchors.${index}`));
  const statement = (input.statement?.trim() || quoteOf(anchors)).slice(0, limits.textField).toWellFormed();
  const claim = { id: input.id, articleId, revisionId: input.revisionId, statement, anchors };
  const place = await writeClaim(db, actor, claim);
  if (place.madeAt !== null)
    return toClaimView(actor, openClaimRow(actor, { ...claim, ...place, madeAt: place.madeAt }));
  await refuseUnmade(db, actor, articleId, input.id, place);
  return toClaimView(actor, await readClaim(db, input.id));
}

/** How a place stood for a new claim, when one was made there, and the newsroom's rule that goes with the answer. */
type Place = { newest: boolean; trashed: boolean; headline: string; madeAt: string | null; fourEyes: boolean };

type NewClaim = {
  id: string;
  articleId: string;
  revisionId: string;
  statement: string;
  anchors: ReturnType<typeof placeAnchor>[];
};

/**
 * Claim, anchors and the line of the record in one statement, which is one transaction and one way to the database: marking is
 * what people do most. The article's row is locked before its claims are counted and, as in `recordEvent`, before the line takes
 * its number.
 */
async function writeClaim(db: Database, actor: Actor, claim: NewClaim): Promise<Place> {
  const [place] = await db.$queryRaw<Place[]>`
    WITH place AS (
      SELECT a.id, a.headline, a.trashed_at IS NOT NULL AS trashed, a.claim_count < ${limits.claimsPerArticle} AS room,
        NOT EXISTS (SELECT 1 FROM revision later WHERE later.article_id = a.id AND later.number > r.number) AS newest
      FROM revision r JOIN article a ON a.id = r.article_id WHERE r.id = ${claim.revisionId}::uuid AND a.id = ${claim.articleId}::uuid
      FOR NO KEY UPDATE OF a
    ), made AS (
      INSERT INTO claim (id, article_id, statement, created_by_id)
      SELECT ${claim.id}::uuid, id, ${claim.statement}, ${actor.id}::uuid FROM place
      WHERE newest AND room AND NOT trashed
      ON CONFLICT (id) DO NOTHING RETURNING id, article_id, created_at
    ), anchored AS (
      INSERT INTO anchor (id, claim_id, revision_id, start, "end", exact, prefix, suffix)
      SELECT a.id, made.id, ${claim.revisionId}::uuid, a.start, a."end", a.exact, a.prefix, a.suffix
      FROM made, jsonb_to_recordset(${JSON.stringify(claim.anchors)}::jsonb)
        AS a (id uuid, start int, "end" int, exact text, prefix text, suffix text)
    ), touched AS (
      UPDATE article SET last_activity_at = now() WHERE id = (SELECT article_id FROM made) RETURNING id
    ), recorded AS (
      INSERT INTO audit_event (actor_id, action, article_id, claim_id)
      SELECT ${actor.id}::uuid, 'claim.created', id, ${claim.id}::uuid FROM touched
    )
    SELECT newest, trashed, headline, (SELECT ${instant(Prisma.sql`created_at`)} FROM made) AS "madeAt",
      COALESCE((SELECT four_eyes FROM newsroom WHERE id = 1), true) AS "fourEyes"
    FROM place`.catch((error) => {
    throw databaseFault(error);
  });
  if (!place) throw new AppError("not_found", "The text that this claim was marked in is not here.");
  return place;
}

/** Why no claim was made: it is there already, which is no error for whoever made it, or it could not be. */
async function refuseUnmade(db: Database, actor: Actor, articleId: string, claimId: string, place: Place) {
  const held = await db.claim.findUnique({ where: { id: claimId }, select: { articleId: true, createdById: true } });
  if (held?.articleId === articleId && held.createdById === actor.id) return;
  if (held) throw new AppError("duplicate", "A claim with this id is already there.");
  if (place.trashed) throw new AppError("invalid", "This article is in the trash. Restore it to mark claims.");
  if (!place.newest)
    throw new AppError("invalid", "The article has a newer text. Reload it, then mark the claim there.");
  throw tooManyClaims();
}

export const tooManyClaims = () =>
  new AppError("invalid", `An article holds at most ${limits.claimsPerArticle.toLocaleString("en")} claims.`);

export function placeAnchor(text: string, { id, start, end, exact }: AnchorCreate, path: string) {
  if (end > text.length || text.slice(start, end) !== exact) {
    throw new AppError("invalid", "The marked words are not what stands in the text.", {
      fields: [{ path, message: "`exact` is not the text from `start` to `end`" }],
    });
  }
  return { id, ...describeAnchor(text, { start, end }) };
}

/**
 * Changes fields of a claim. A patch that would change nothing (sent again after its answer was lost) is answered with the
 * claim as it stands, whatever version it was made on.
 * @throws AppError `forbidden`, `conflict` with the claim as it now is, `invalid` (a rating the scale does not have)
 */
export async function updateClaim(
  actor: Actor,
  claimId: string,
  version: number,
  patch: ClaimPatch,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaim(db, actor, claimId, (claim) => {
      const { dueOn, ...fields } = patch;
      if (dueOn !== undefined) authorize(actor, "claim.due", claim);
      if (Object.keys(fields).length > 0) authorize(actor, "claim.edit", claim);
    });
    const { wording, wordingNote, wordingAnchorId, ...own } = patch;
    const set = changedColumns(row, own);
    const suggested = changedSuggestion(row, { wording, wordingNote, wordingAnchorId });
    const names = [...Object.keys(set), ...(suggested?.fields ?? [])];
    if (names.length === 0) return toClaimView(actor, row);
    if (version < row.fieldsVersion || version > row.version) throw conflict(actor, row);
    if (set.ratingId) await refuseUnknownRating(db, set.ratingId);
    if (suggested) await writeSuggestion(db, actor, row, suggested);
    return completeChange(db, actor, row, {
      action: suggested?.fields.length === names.length ? suggested.action : "claim.updated",
      data: { fields: names, ...("ratingId" in set && { from: row.ratingId, to: set.ratingId }) },
      set: { ...set, ...authorsAfter(row, set, actor.id) },
      fields: true,
    });
  });
}

type ClaimColumns = Pick<Prisma.ClaimUncheckedUpdateInput, "statement" | "claimant" | "confidence" | "dueOn"> & {
  ratingId?: string | null;
  rationale?: Prisma.InputJsonObject | typeof Prisma.DbNull;
};

/** Whose rating and rationale are once these columns are written. */
function authorsAfter(row: ClaimRow, set: ClaimColumns, byId: string): Prisma.ClaimUncheckedUpdateInput {
  const { ratingId, rationale } = set;
  let { rating: formerRating, rationale: formerRationale } = row.formerAssessment;
  const authors: Prisma.ClaimUncheckedUpdateInput = {};
  if (ratingId !== undefined) {
    const now = { is: row.ratingId, byId: row.verdictById };
    ({ byId: authors.verdictById, former: formerRating } = rewritten(now, formerRating, { is: ratingId, byId }));
  }
  if (rationale !== undefined) {
    const now = { is: row.rationale && rationaleDigest(row.rationale), byId: row.rationaleById };
    const is = rationale === Prisma.DbNull ? null : rationaleDigest(rationale as unknown as RichText);
    ({ byId: authors.rationaleById, former: formerRationale } = rewritten(now, formerRationale, { is, byId }));
  }
  const former: FormerAssessment = {
    ...(formerRating && { rating: formerRating }),
    ...(formerRationale && { rationale: formerRationale }),
  };
  return { ...authors, formerAssessment: former };
}

const rationaleDigest = (rationale: RichText): string => digest(canonicalText(rationale));

/** The columns that a patch gives another value than they have. */
function changedColumns(
  row: ClaimRow,
  { dueOn, rationale, ...plain }: Omit<ClaimPatch, SuggestionField>,
): ClaimColumns {
  const columns: ClaimColumns = changedOnly(row, plain);
  if (dueOn !== undefined && dueOn !== row.dueOn) columns.dueOn = fromDay(dueOn);
  if (rationale !== undefined) {
    const stored = storedRationale(rationale);
    if (!isDeepStrictEqual(stored, row.rationale)) columns.rationale = stored ?? Prisma.DbNull;
  }
  return columns;
}

/** A rationale in the shape that is kept; one without words is none. */
function storedRationale(rationale: RichText | null): Prisma.InputJsonObject | null {
  if (rationale === null) return null;
  const text = plainText(rationale);
  if (text.length > limits.textField)
    throw new AppError("too_large", `A rationale holds at most ${limits.textField.toLocaleString("en")} characters.`);
  const document = toRichText(parseDocument(rationaleSchema, rationale));
  // ProseMirror's attributes have no prototype; what comes back from the database has.
  return text.trim() === "" ? null : JSON.parse(JSON.stringify(document));
}

async function refuseUnknownRating(db: Transaction, ratingId: string): Promise<void> {
  const rating = await db.rating.findUnique({ where: { id: ratingId }, select: { retired: true } });
  if (!rating || rating.retired)
    throw new AppError("invalid", "The scale no longer has this verdict. Choose another one.", {
      fields: [{ path: "ratingId", message: "Not on the scale" }],
    });
}

/**
 * Moves a claim to the trash. Doing it twice is no error. With `version`, only as the caller saw it.
 * @throws AppError `forbidden`, `not_found`, `conflict` with the claim as it now is
 */
export async function trashClaim(actor: Actor, claimId: string, version?: number): Promise<{ done: true }> {
  return transaction(async (db) => {
    const row = await lockClaimRow(db, claimId);
    authorize(actor, "claim.trash", row);
    if (row.trashedAt) return { done: true };
    if (version !== undefined && version !== row.version) throw conflict(actor, row);
    await completeChange(db, actor, row, { action: "claim.trashed", set: { trashedAt: new Date() } });
    return { done: true };
  });
}

/** Takes a claim out of the trash. Doing it twice is no error. @throws AppError `forbidden`, `not_found`, `invalid` (no room) */
export async function restoreClaim(actor: Actor, claimId: string): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaimRow(db, claimId);
    authorize(actor, "claim.trash", row);
    if (!row.trashedAt) return toClaimView(actor, row);
    const articles = await db.$queryRaw<{ claims: number }[]>`
      SELECT claim_count AS claims FROM article
      WHERE id IN (SELECT article_id FROM stands_in WHERE claim_id = ${claimId}::uuid) ORDER BY id FOR NO KEY UPDATE`;
    if (articles.some(({ claims }) => claims >= limits.claimsPerArticle)) throw tooManyClaims();
    return completeChange(db, actor, row, { action: "claim.restored", set: { trashedAt: null } });
  });
}
