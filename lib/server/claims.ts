/**
 * The use cases of a claim: mark, change, trash and restore; its workflow is in `claim-workflow.ts`. Each is one transaction:
 * read what it needs, authorize, apply the domain's rule, write, record the event; each answers with that one claim, so that
 * the cost of a write does not grow with the number of claims.
 */
import "server-only";
import { isDeepStrictEqual } from "node:util";
import { type AnchorCreate, describeAnchor } from "../domain/anchor";
import type { ClaimCreate, ClaimPatch, ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { plainText, type RichText } from "../domain/rich-text";
import { parseDocument, rationaleSchema, toRichText } from "../editor/schema";
import { recordEvent } from "./audit";
import { completeChange, conflict, lockClaim, lockClaimRow, type Transaction } from "./claim-changes";
import { type ClaimRow, readClaim, toClaimView } from "./claim-views";
import { fromDay, toDay } from "./dates";
import { Prisma, transaction } from "./db";
import { changedOnly } from "./patch";

/**
 * Marks a claim. The id comes from the browser: the same one again from the same person gives back what was made.
 * @throws AppError `not_found` (revision), `invalid` (a quote that does not stand there, too many claims), `duplicate` (the id is another's)
 */
export async function createClaim(actor: Actor, articleId: string, input: ClaimCreate): Promise<ClaimView> {
  authorize(actor, "claim.create");
  return transaction(async (db) => {
    const made = await db.claim.findUnique({ where: { id: input.id }, select: { articleId: true, createdById: true } });
    if (made) {
      if (made.articleId !== articleId || made.createdById !== actor.id)
        throw new AppError("duplicate", "A claim with this id is already there.");
      return toClaimView(db, actor, await readClaim(db, input.id));
    }
    const text = await textToMark(db, articleId, input.revisionId);
    const anchors = input.anchors.map((anchor, index) => placeAnchor(text, anchor, `anchors.${index}`));
    const quote = anchors
      .map((anchor) => anchor.exact)
      .join(" … ")
      .replace(/\s+/g, " ")
      .trim();
    await db.claim.create({
      data: {
        id: input.id,
        articleId,
        statement: (input.statement?.trim() || quote).slice(0, limits.textField).toWellFormed(),
        createdById: actor.id,
        anchors: { create: anchors.map((anchor) => ({ ...anchor, revisionId: input.revisionId })) },
      },
    });
    await recordEvent(db, { actor, action: "claim.created", articleId, claimId: input.id });
    return toClaimView(db, actor, await readClaim(db, input.id));
  });
}

/** The text that a new claim may stand in: the newest revision of an article that is not in the trash and not full. */
async function textToMark(db: Transaction, articleId: string, revisionId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ text: string; newest: boolean; trashed: boolean; claims: number }[]>`
    SELECT r.text, a.trashed_at IS NOT NULL AS trashed,
      r.number = (SELECT max(number) FROM revision WHERE article_id = a.id) AS newest,
      (SELECT count(*)::int FROM (SELECT 1 FROM claim WHERE article_id = a.id AND trashed_at IS NULL LIMIT ${limits.claimsPerArticle}) counted) AS claims
    FROM revision r JOIN article a ON a.id = r.article_id WHERE r.id = ${revisionId}::uuid AND a.id = ${articleId}::uuid`;
  if (!row) throw new AppError("not_found", "The text that this claim was marked in is not here.");
  if (row.trashed) throw new AppError("invalid", "This article is in the trash. Restore it to mark claims.");
  if (!row.newest) throw new AppError("invalid", "The article has a newer text. Reload it, then mark the claim there.");
  if (row.claims >= limits.claimsPerArticle)
    throw new AppError("invalid", `An article holds at most ${limits.claimsPerArticle.toLocaleString("en")} claims.`);
  return row.text;
}

function placeAnchor(text: string, { id, start, end, exact }: AnchorCreate, path: string) {
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
    const set = changedColumns(row, patch);
    if (Object.keys(set).length === 0) return toClaimView(db, actor, row);
    if (version < row.fieldsVersion || version > row.version) throw await conflict(db, actor, row);
    if (set.ratingId) await refuseUnknownRating(db, set.ratingId);
    const verdictChanged = "ratingId" in set || "rationale" in set;
    return completeChange(db, actor, row, {
      action: "claim.updated",
      data: { fields: Object.keys(set), ...("ratingId" in set && { from: row.ratingId, to: set.ratingId }) },
      set: { ...set, ...(verdictChanged && { verdictById: actor.id }) },
      fields: true,
    });
  });
}

type ClaimColumns = Pick<
  Prisma.ClaimUncheckedUpdateInput,
  "statement" | "claimant" | "confidence" | "dueOn" | "rationale"
> & { ratingId?: string | null };

/** The columns that a patch gives another value than they have. */
function changedColumns(row: ClaimRow, { dueOn, rationale, ...plain }: ClaimPatch): ClaimColumns {
  const columns: ClaimColumns = changedOnly(row, plain);
  if (dueOn !== undefined && dueOn !== toDay(row.dueOn)) columns.dueOn = fromDay(dueOn);
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

/** Moves a claim to the trash. Doing it twice is no error. @throws AppError `forbidden`, `not_found` */
export async function trashClaim(actor: Actor, claimId: string): Promise<{ done: true }> {
  return transaction(async (db) => {
    const row = await lockClaimRow(db, claimId);
    authorize(actor, "claim.trash", row);
    if (!row.trashedAt)
      await completeChange(db, actor, row, { action: "claim.trashed", set: { trashedAt: new Date() } });
    return { done: true };
  });
}

/** Takes a claim out of the trash. Doing it twice is no error. @throws AppError `forbidden`, `not_found` */
export async function restoreClaim(actor: Actor, claimId: string): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaimRow(db, claimId);
    authorize(actor, "claim.trash", row);
    if (!row.trashedAt) return toClaimView(db, actor, row);
    return completeChange(db, actor, row, { action: "claim.restored", set: { trashedAt: null } });
  });
}
