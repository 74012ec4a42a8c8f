/**
 * The use cases of evidence: put a source to use on a claim, change it, order it, remove and restore it. Everybody may
 * add some; whoever added it, or may edit the claim, may change it. Nothing is deleted: removed evidence can come back. Each answers with the claim whole.
 */
import "server-only";
import type { z } from "zod";
import type { ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { EvidenceCreate, evidenceOrder, evidencePatch } from "../domain/evidence";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { completeChange, conflict, lockClaim, type Transaction } from "./claim-changes";
import { type ClaimRow, toClaimView } from "./claim-views";
import { transaction } from "./db";
import { changedOnly } from "./patch";

/**
 * Adds evidence at the end. The id comes from the browser: the same one again from the same person changes nothing.
 * @throws AppError `forbidden`, `not_found`, `invalid` (an unknown source, too much evidence), `duplicate` (the id is another's)
 */
export async function createEvidence(actor: Actor, claimId: string, input: EvidenceCreate): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaim(db, actor, claimId, () => authorize(actor, "evidence.add"));
    const made = await db.evidence.findUnique({
      where: { id: input.id },
      select: { claimId: true, createdById: true },
    });
    if (made) {
      if (made.claimId !== claimId || made.createdById !== actor.id)
        throw new AppError("duplicate", "Evidence with this id is already there.");
      return toClaimView(actor, row);
    }
    if (row.evidence.length >= limits.evidencePerClaim)
      throw new AppError("invalid", `A claim holds at most ${limits.evidencePerClaim} pieces of evidence.`);
    await refuseUnknownSource(db, input.sourceId);
    const { _max: last } = await db.evidence.aggregate({ where: { claimId }, _max: { position: true } });
    const position = (last.position ?? 0) + 1;
    await db.evidence.create({ data: { ...input, claimId, position, createdById: actor.id } });
    return completeChange(db, actor, row, {
      action: "evidence.created",
      data: { evidenceId: input.id, sourceId: input.sourceId, stance: input.stance },
    });
  });
}

/**
 * Changes evidence made on its own version. A patch that would change nothing is answered with the claim as it stands.
 * @throws AppError `forbidden`, `not_found`, `conflict` with the claim as it now is (changed or removed meanwhile), `invalid`
 */
export async function updateEvidence(
  actor: Actor,
  evidenceId: string,
  version: number,
  patch: z.infer<typeof evidencePatch>,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaimOf(db, actor, evidenceId);
    const evidence = row.evidence.find(({ id }) => id === evidenceId);
    if (!evidence) throw conflict(actor, row, "This evidence was removed in the meantime. What you typed is kept.");
    const set = changedOnly({ ...evidence, sourceId: evidence.source.id }, patch);
    if (Object.keys(set).length === 0) return toClaimView(actor, row);
    if (version !== evidence.version) throw conflict(actor, row, "Somebody changed this evidence in the meantime.");
    if (set.sourceId) await refuseUnknownSource(db, set.sourceId);
    await db.evidence.update({ where: { id: evidenceId }, data: { ...set, version: { increment: 1 } } });
    return completeChange(db, actor, row, {
      action: "evidence.updated",
      data: { evidenceId, fields: Object.keys(set) },
    });
  });
}

/**
 * Takes evidence off its claim. Doing it twice is no error. With `version`, only as the caller saw it.
 * @throws AppError `forbidden`, `not_found`, `conflict` with the claim as it now is
 */
export async function removeEvidence(actor: Actor, evidenceId: string, version?: number): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaimOf(db, actor, evidenceId);
    const evidence = row.evidence.find(({ id }) => id === evidenceId);
    if (!evidence) return toClaimView(actor, row);
    if (version !== undefined && version !== evidence.version)
      throw conflict(actor, row, "Somebody changed this evidence in the meantime.");
    const data = { removedAt: new Date(), version: { increment: 1 } };
    await db.evidence.update({ where: { id: evidenceId }, data });
    return completeChange(db, actor, row, { action: "evidence.removed", data: { evidenceId } });
  });
}

/** Brings removed evidence back, where it stood. Doing it twice is no error. @throws AppError `forbidden`, `not_found`, `invalid` */
export async function restoreEvidence(actor: Actor, evidenceId: string): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaimOf(db, actor, evidenceId);
    if (row.evidence.some(({ id }) => id === evidenceId)) return toClaimView(actor, row);
    if (row.evidence.length >= limits.evidencePerClaim)
      throw new AppError("invalid", `A claim holds at most ${limits.evidencePerClaim} pieces of evidence.`);
    const data = { removedAt: null, version: { increment: 1 } };
    await db.evidence.update({ where: { id: evidenceId }, data });
    return completeChange(db, actor, row, { action: "evidence.restored", data: { evidenceId } });
  });
}

/**
 * Puts a claim's evidence in order. What the caller did not know of (added meanwhile) keeps its order after the rest, and what
 * was removed meanwhile is passed over, so that an order is never a conflict.
 * @throws AppError `forbidden`, `not_found`, `invalid` (an id twice, or of another claim)
 */
export async function orderEvidence(
  actor: Actor,
  claimId: string,
  { ids }: z.infer<typeof evidenceOrder>,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaim(db, actor, claimId, (claim) => authorize(actor, "claim.edit", claim));
    const all = await db.evidence.findMany({ where: { claimId }, select: { id: true } });
    const known = new Set(all.map(({ id }) => id));
    if (new Set(ids).size !== ids.length || ids.some((id) => !known.has(id)))
      throw new AppError("invalid", "This is not an order of the claim's evidence.", {
        fields: [{ path: "ids", message: "Each piece of evidence of this claim, once" }],
      });
    const before = row.evidence.map(({ id }) => id);
    const after = [...ids.filter((id) => before.includes(id)), ...before.filter((id) => !ids.includes(id))];
    if (after.every((id, index) => id === before[index])) return toClaimView(actor, row);
    await db.$executeRaw`
      UPDATE evidence SET position = ordered.position
      FROM unnest(${after}::uuid[]) WITH ORDINALITY AS ordered (id, position) WHERE evidence.id = ordered.id`;
    return completeChange(db, actor, row, { action: "evidence.ordered" });
  });
}

/** The claim that evidence is on, locked for whoever may change that. Evidence never moves to another claim, so its claim may be looked up before it is locked. */
async function lockClaimOf(db: Transaction, actor: Actor, evidenceId: string): Promise<ClaimRow> {
  const evidence = await db.evidence.findUnique({
    where: { id: evidenceId },
    select: { claimId: true, createdById: true },
  });
  if (!evidence) throw new AppError("not_found", "This evidence is not here.");
  return lockClaim(db, actor, evidence.claimId, (claim) => authorize(actor, "evidence.edit", { claim, evidence }));
}

async function refuseUnknownSource(db: Transaction, sourceId: string): Promise<void> {
  if ((await db.source.count({ where: { id: sourceId } })) === 0)
    throw new AppError("invalid", "This source is not in the library.", {
      fields: [{ path: "sourceId", message: "Not in the source library" }],
    });
}
