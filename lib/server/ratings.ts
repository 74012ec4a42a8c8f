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
    await refuseTakenLabel(db, input.id, input.label);
    const { count } = await db.rating.createMany({ data: input, skipDuplicates: true });
    if (count > 0)
      await recordEvent(db, { actor, action: "rating.created", data: { id: input.id, label: input.label } });
    return getRating(db, input.id);
  });
}

/** @throws AppError `forbidden`, `not_found`, `conflict` */
export async function updateRating(
  actor: Actor,
  ratingId: string,
  version: number,
  patch: z.infer<typeof ratingPatch>,
): Promise<RatingView> {
  authorize(actor, "scale.manage");
  return transaction(async (db) => {
    if (patch.label !== undefined) await refuseTakenLabel(db, ratingId, patch.label);
    const { count } = await db.rating.updateMany({
      where: { id: ratingId, version },
      data: { ...definedOnly(patch), version: { increment: 1 } },
    });
    const rating = await getRating(db, ratingId);
    if (count === 0) {
      throw new AppError("conflict", "Somebody changed this rating in the meantime.", { current: rating });
    }
    if (patch.retired && (await db.rating.count({ where: { retired: false } })) === 0) {
      throw new AppError("invalid", "A scale needs at least one rating that can be given.");
    }
    await recordEvent(db, { actor, action: "rating.updated", data: { id: ratingId, fields: Object.keys(patch) } });
    return rating;
  });
}

/** Two ratings of one name could not be told apart in words. The lock makes two that come at once wait for each other. */
async function refuseTakenLabel(db: Database, ratingId: string, label: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('claimdesk.scale'))`;
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
