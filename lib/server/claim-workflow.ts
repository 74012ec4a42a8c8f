/**
 * A claim's way through the workflow: asks `lib/domain/workflow.ts` whether an event may happen, and writes what it brings with
 * it. Which state follows from which, and who may, is never said here.
 */
import "server-only";
import { approvedContentOf, type ClaimTransition, type ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { type Decision, decide, type Obstacle, type WorkflowEvent } from "../domain/workflow";
import { completeChange, conflict, digestOf, lockClaim, type Transaction } from "./claim-changes";
import { type ClaimRow, factsOf } from "./claim-views";
import { type Prisma, transaction } from "./db";

/**
 * Fires a workflow event on a claim.
 * @throws AppError `forbidden`, `invalid` (the state or what is still missing, in words), `conflict`
 */
export async function moveClaim(
  actor: Actor,
  claimId: string,
  version: number,
  move: ClaimTransition,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const row = await lockClaim(db, actor, claimId, () => authorize(actor, "newsroom.read"));
    if (version !== row.version) throw conflict(actor, row);
    const decision = decide(actor, move.event, factsOf(row));
    if (!decision.allowed) throw refusal(decision, move.event);
    const set = { state: decision.to, ...(await consequences(db, actor, row, move)) };
    if (move.event === "ask") await db.query.create({ data: { ...move.query, claimId, askedById: actor.id } });
    return completeChange(db, actor, row, {
      action: `claim.${pastTense[move.event]}`,
      data: { from: row.state, to: decision.to, ...reasonOf(move) },
      set,
    });
  });
}

/** What an event changes besides the state. */
async function consequences(
  db: Transaction,
  actor: Actor,
  row: ClaimRow,
  move: ClaimTransition,
): Promise<Prisma.ClaimUncheckedUpdateInput> {
  switch (move.event) {
    case "take":
      return { assigneeId: actor.id };
    case "assign":
      await refuseAbsent(db, move.assigneeId);
      return { assigneeId: move.assigneeId };
    case "return":
      return { stateReason: move.reason };
    case "submit":
      return { ...heldOn(actor, row), submittedAt: row.submittedAt ?? new Date() };
    case "resume":
    case "withdraw":
      return heldOn(actor, row);
    case "approve":
      await refuseRenamedRating(db, actor, row);
      return {
        stateReason: null,
        approvedById: actor.id,
        approvedAt: new Date(),
        approvedContent: approvedContentOf(row) as unknown as Prisma.InputJsonObject,
        approvedDigest: digestOf(row),
      };
    case "set_aside":
      if (move.reason === "duplicate") await refuseWrongDuplicate(db, row, move.duplicateOfId);
      return {
        setAsideAs: move.reason,
        setAsideById: actor.id,
        stateReason: move.note?.trim() || null,
        duplicateOfId: move.reason === "duplicate" ? (move.duplicateOfId ?? null) : null,
      };
    case "reopen":
      return { setAsideAs: null, setAsideById: null, stateReason: null, duplicateOfId: null, assigneeId: null };
    case "ask":
      return {};
  }
}

/** A stale claim that nobody holds is held by whoever submits it. */
const heldOn = (actor: Actor, row: ClaimRow) => ({ stateReason: null, assigneeId: row.assigneeId ?? actor.id });

const pastTense: Record<WorkflowEvent, string> = {
  take: "taken",
  assign: "assigned",
  ask: "asked",
  resume: "resumed",
  submit: "submitted",
  withdraw: "withdrawn",
  return: "returned",
  approve: "approved",
  set_aside: "set_aside",
  reopen: "reopened",
};

function reasonOf(move: ClaimTransition): Record<string, unknown> {
  if (move.event === "assign") return { assigneeId: move.assigneeId };
  if (move.event === "return") return { reason: move.reason };
  if (move.event === "set_aside") return { reason: move.reason };
  return {};
}

/** Until the approval stands nobody changes what its rating says (`ratings.ts`); what changed just now the editor has not seen. */
async function refuseRenamedRating(db: Transaction, actor: Actor, row: ClaimRow): Promise<void> {
  const [rating] = await db.$queryRaw<{ label: string }[]>`
    SELECT label FROM rating WHERE id = ${row.ratingId}::uuid FOR SHARE`;
  if (rating?.label !== row.ratingLabel) throw conflict(actor, row, "The verdict was given another name meanwhile.");
}

async function refuseAbsent(db: Transaction, personId: string): Promise<void> {
  const person = await db.user.findUnique({ where: { id: personId }, select: { disabledAt: true } });
  if (!person || person.disabledAt)
    throw new AppError("invalid", "This person is not in the newsroom any more.", {
      fields: [{ path: "assigneeId", message: "Not in the newsroom" }],
    });
}

/** A duplicate leads to a claim that is none itself: no chains, no circles, whatever is set aside at the same moment. */
async function refuseWrongDuplicate(db: Transaction, row: ClaimRow, targetId: string | undefined): Promise<void> {
  const [target] = await db.$queryRaw<{ isHere: boolean; fits: boolean }[]>`
    SELECT trashed_at IS NULL AND set_aside_as IS DISTINCT FROM 'duplicate' AS fits, EXISTS (
      SELECT FROM stands_in one JOIN stands_in other USING (article_id)
      WHERE one.claim_id = claim.id AND other.claim_id = ${row.id}::uuid) AS "isHere"
    FROM claim WHERE id = ${targetId ?? null}::uuid AND id <> ${row.id}::uuid FOR SHARE`;
  if (!target?.isHere || !target.fits) throw wrongDuplicate("Name the claim of this article that it doubles.");
  const double = await db.claim.findFirst({ where: { duplicateOfId: row.id, trashedAt: null }, select: { id: true } });
  if (double) throw wrongDuplicate("Another claim is set aside as a duplicate of this one. Reopen that one first.");
}

const wrongDuplicate = (message: string) =>
  new AppError("invalid", message, { fields: [{ path: "duplicateOfId", message }] });

function refusal(decision: Exclude<Decision, { allowed: true }>, event: WorkflowEvent): AppError {
  if (decision.because === "obstacles")
    return new AppError("invalid", decision.obstacles.map((obstacle) => obstacleWords[obstacle]).join(" "), {
      fields: decision.obstacles.map((obstacle) => ({ path: obstacle, message: obstacleWords[obstacle] })),
    });
  if (decision.because === "forbidden")
    return new AppError("forbidden", "That is for somebody else to do on this claim.");
  return new AppError("invalid", "The claim is no longer in a state that allows this.", {
    fields: [{ path: "event", message: `${event} is not possible now` }],
  });
}

const obstacleWords: Record<Obstacle, string> = {
  verdict: "It has no verdict yet.",
  rationale: "It has no rationale yet.",
  evidence: "It has no evidence yet.",
  anchor: "Its words are no longer in the text.",
  open_query: "A query is still open.",
  no_query: "There is no query.",
  four_eyes: "Whoever gave the verdict or wrote its rationale cannot approve it: a second pair of eyes is needed.",
};
