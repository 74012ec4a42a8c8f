/**
 * How a claim is changed, whatever changes: its fields, its state, its evidence, a source it rests on, a query. One way in
 * (`lockClaim`) and one way out (`completeChange`), so that nothing is changed unseen and no change goes unrecorded.
 *
 * A claim's `version` counts every change to it and to what hangs on it. What was made on an older version is a conflict
 * - for a workflow event, when anything changed: nobody approves or submits what they have not seen;
 * - for a change of fields, only when fields changed (`fieldsVersion`): evidence that a colleague added takes nothing away
 *   from somebody who is writing the rationale.
 * A piece of evidence has a version of its own.
 */
import "server-only";
import { createHash } from "node:crypto";
import { wordsAsTheyStand } from "../domain/approved-words";
import { approvalText, approvedContent, approvedContentOf, type ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { settlement } from "../domain/workflow";
import { recordEvent } from "./audit";
import { type ClaimRow, factsOf, readClaim, toClaimView } from "./claim-views";
import type { Prisma } from "./db";

export type Transaction = Prisma.TransactionClient;

/**
 * The claim's row, locked until the transaction ends. What one may not do is said before what came in between.
 * @throws AppError `not_found`, what `allow` throws, `conflict` when it is in the trash, `invalid` when its article is
 */
export async function lockClaim(
  db: Transaction,
  actor: Actor,
  claimId: string,
  allow: (row: ClaimRow) => void,
): Promise<ClaimRow> {
  const row = await lockClaimRow(db, claimId);
  allow(row);
  if (row.trashedAt)
    throw conflict(actor, row, "This claim is in the trash. Restore it to go on; what you typed is kept.");
  if (row.articleTrashed)
    throw new AppError("invalid", "This article is in the trash. Restore it to go on; what you typed is kept.");
  return row;
}

/** The same, in the trash or not. */
export async function lockClaimRow(db: Transaction, claimId: string): Promise<ClaimRow> {
  await db.$queryRaw`SELECT id FROM claim WHERE id = ${claimId}::uuid FOR UPDATE`;
  return readClaim(db, claimId);
}

/** The refusal of a change that was made on something older, with the claim as it now is. */
export function conflict(
  actor: Actor,
  row: ClaimRow,
  message = "Somebody changed this claim in the meantime.",
): AppError {
  return new AppError("conflict", message, { current: toClaimView(actor, row) });
}

type Change = {
  /** Of the audit record: `evidence.removed`. */
  action: string;
  data?: Record<string, unknown>;
  /** Columns of the claim that change with it. */
  set?: Prisma.ClaimUncheckedUpdateInput;
  /** The claim's own fields are among them. */
  fields?: boolean;
};

/** The end of every change: counts up, records, settles what it does to an approval, and answers with the claim. */
export async function completeChange(db: Transaction, actor: Actor, row: ClaimRow, change: Change): Promise<ClaimView> {
  const { action, data, set, fields } = change;
  const version = row.version + 1;
  await db.claim.update({
    where: { id: row.id },
    data: { ...set, version, updatedAt: new Date(), ...(fields && { fieldsVersion: version }) },
  });
  await recordEvent(db, { actor, action, articleId: row.articleId, claimId: row.id, ...(data && { data }) });
  return toClaimView(actor, await settleApproval(db, row.id));
}

/** SHA-256 in hexadecimal. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** SHA-256 of all that an approval is bound to. */
export const digestOf = (row: ClaimRow): string => digest(approvalText(approvedContentOf(row)));

/** Whether what was approved is what stands there. The same words are, spelt or ordered otherwise: the approval takes them as they are. */
async function isAsApproved(db: Transaction, row: ClaimRow): Promise<boolean> {
  const approved = approvedContent.safeParse(row.approvedContent);
  const text = approved.success ? wordsAsTheyStand(approved.data.text, row.anchors) : null;
  if (!approved.success || !text) return false;
  const content = { ...approved.data, text };
  const now = digest(approvalText(content));
  if (now !== row.approvedDigest)
    await db.claim.update({
      where: { id: row.id },
      data: { approvedContent: content as unknown as Prisma.InputJsonObject, approvedDigest: now },
    });
  return digestOf(row) === now;
}

/**
 * Makes an approved claim stale when what was approved is no longer what stands there, and a stale one approved when it is again.
 * Answers with the claim as it then is. Its row must be locked.
 */
export async function settleApproval(db: Transaction, claimId: string): Promise<ClaimRow> {
  const row = await readClaim(db, claimId);
  if (row.state !== "approved" && row.state !== "stale") return row;
  const matches = await isAsApproved(db, row);
  const settled = settlement({ ...factsOf(row), approvedById: row.approvedBy?.id ?? null, matches });
  if (!settled) return row;
  const { event, from, to } = settled;
  await db.claim.update({ where: { id: claimId }, data: { state: to } });
  await recordEvent(db, {
    actor: null,
    action: `claim.${event}d`,
    articleId: row.articleId,
    claimId,
    data: { from, to },
  });
  return { ...row, state: to };
}
