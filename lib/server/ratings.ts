/** The newsroom's scale. A rating is never deleted: claims and publications that carry it keep it, so it is retired. */
import "server-only";
import type { z } from "zod";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { type RatingView, type ratingCreate, type ratingPatch, ratingView } from "../domain/verdict";
import { recordEvent } from "./audit";
import { type Database, database, transaction } from "./db";
import { definedOnly } from "./patch";

/** The scale in its order, retired ratings included. */
export async function listRatings(actor: Actor, db: Database = database()): Promise<RatingView[]> {
  authorize(actor, "newsroom.read");
  const rows = await db.rating.findMany({ orderBy: [{ position: "asc" }, { id: "asc" }] });
  return rows.map((row) => ratingView.parse(row));
}

/** A retry with the same id finds the rating made. @throws AppError `forbidden` */
export async function createRating(actor: Actor, input: z.infer<typeof ratingCreate>): Promise<RatingView> {
  authorize(actor, "scale.manage");
  return transaction(async (db) => {
    await lockScale(db);
    await refuseTakenLabel(db, input.id, input.label);
    const { count } = await db.rating.createMany({ data: input, skipDuplicates: true });
    if (count > 0)
      await recordEvent(db, { actor, action: "rating.created", data: { id: input.id, label: input.label } });
    return getRating(db, input.id);
  });
}

/**
 * What readers see of a rating is part of each approval that gave it: as long as one stands on it, or could again, it says what
 * it said. The next words are another rating's, and this one can be retired.
 * @throws AppError `forbidden`, `not_found`, `conflict`, `invalid` (a taken label, a rating in use, the last one)
 */
export async function updateRating(
  actor: Actor,
  ratingId: string,
  version: number,
  patch: z.infer<typeof ratingPatch>,
): Promise<RatingView> {
  authorize(actor, "scale.manage");
  return transaction(async (db) => {
    await lockScale(db);
    await db.$queryRaw`SELECT id FROM rating WHERE id = ${ratingId}::uuid FOR UPDATE`;
    const before = await getRating(db, ratingId);
    if (version !== before.version)
      throw new AppError("conflict", "Somebody changed this rating in the meantime.", { current: before });
    if (patch.label !== undefined) await refuseTakenLabel(db, ratingId, patch.label);
    await refuseOtherWords(db, before, patch);
    const data = { ...definedOnly(patch), version: { increment: 1 } };
    await db.rating.update({ where: { id: ratingId }, data });
    const rating = await getRating(db, ratingId);
    if (patch.retired && (await db.rating.count({ where: { retired: false } })) === 0) {
      throw new AppError("invalid", "A scale needs at least one rating that can be given.");
    }
    await recordEvent(db, { actor, action: "rating.updated", data: { id: ratingId, fields: Object.keys(patch) } });
    return rating;
  });
}

/** One change of the scale at a time. */
const lockScale = (db: Database) => db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('claimdesk.scale'))`;

/** What is said of a claim by giving it the rating; symbol, colour and order are only how it looks. */
const words = ["label", "definition", "claimReviewValue"] as const;

/** An approval locks its rating in turn (`claim-workflow.ts`), so that none is given while this looks. */
async function refuseOtherWords(db: Database, before: RatingView, patch: z.infer<typeof ratingPatch>): Promise<void> {
  const changed = words.filter((word) => patch[word] !== undefined && patch[word] !== before[word]);
  if (changed.length === 0) return;
  const approved = await db.$queryRaw<unknown[]>`
    SELECT FROM claim WHERE state IN ('approved', 'stale') AND approved_content->>'verdict' = ${before.label} LIMIT 1`;
  if (approved.length === 0) return;
  const message = "Claims are approved with this rating as it stands. Retire it, and add a rating with the new words.";
  throw new AppError("invalid", message, { fields: changed.map((path) => ({ path, message })) });
}

/** Two ratings of one name could not be told apart in words. */
async function refuseTakenLabel(db: Database, ratingId: string, label: string): Promise<void> {
  const taken = await db.rating.findFirst({
    where: { id: { not: ratingId }, label: { equals: label, mode: "insensitive" } },
    select: { retired: true },
  });
  if (!taken) return;
  const message = taken.retired
    ? "A retired rating has this label. Bring it back, or choose another label."
    : "Another rating has this label.";
  throw new AppError("invalid", message, { fields: [{ path: "label", message }] });
}

async function getRating(db: Database, ratingId: string): Promise<RatingView> {
  const row = await db.rating.findUnique({ where: { id: ratingId } });
  if (!row) throw new AppError("not_found", "This rating is not here.");
  return ratingView.parse(row);
}
