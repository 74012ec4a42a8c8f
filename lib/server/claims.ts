/**
 * The use cases of a claim: mark, change, move through the workflow, trash and restore. Each is one transaction: read what
 * it needs, authorize, apply the domain's rule, write, record the event; each answers with that one claim, so that
 * the cost of a write does not grow with the number of claims.
 */
import "server-only";
import { createHash } from "node:crypto";
import { type AnchorCreate, describeAnchor } from "../domain/anchor";
import { approvalText, type ClaimCreate, type ClaimPatch, type ClaimTransition, type ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { plainText, type RichText } from "../domain/rich-text";
import { decide, type Obstacle, type WorkflowEvent } from "../domain/workflow";
import { parseDocument, rationaleSchema, toRichText } from "../editor/schema";
import { definedOnly } from "./articles";
import { recordEvent } from "./audit";
import { type ClaimRow, contentOf, factsOf, isFourEyes, readClaim, toClaimView } from "./claim-views";
import { fromDay } from "./dates";
import { Prisma, transaction } from "./db";

type Transaction = Prisma.TransactionClient;

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
      return answer(db, actor, input.id);
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
    return answer(db, actor, input.id);
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
 * Changes fields of a claim.
 * @throws AppError `forbidden`, `conflict` with the claim as it now is, `invalid` (a rating the scale does not have)
 */
export async function updateClaim(
  actor: Actor,
  claimId: string,
  version: number,
  patch: ClaimPatch,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const { dueOn, rationale, ratingId, ...plain } = patch;
    const onlyDue = dueOn !== undefined && Object.keys(patch).length === 1;
    const row = await lockClaim(db, actor, claimId, version, (claim) =>
      onlyDue ? authorize(actor, "claim.due", claim) : authorize(actor, "claim.edit", claim),
    );
    if (dueOn !== undefined && !onlyDue) authorize(actor, "claim.due", row);
    if (ratingId && ratingId !== row.ratingId) await refuseUnknownRating(db, ratingId);
    const verdictChanged = (ratingId !== undefined && ratingId !== row.ratingId) || rationale !== undefined;
    await db.claim.update({
      where: { id: claimId },
      data: {
        ...definedOnly(plain),
        ...(dueOn !== undefined && { dueOn: fromDay(dueOn) }),
        ...(rationale !== undefined && { rationale: storedRationale(rationale) }),
        ...(ratingId !== undefined && { ratingId }),
        ...(verdictChanged && { verdictById: actor.id }),
      },
    });
    await recordEvent(db, {
      actor,
      action: "claim.updated",
      articleId: row.articleId,
      claimId,
      data: { fields: Object.keys(patch), ...(ratingId !== undefined && { from: row.ratingId, to: ratingId }) },
    });
    await invalidateApproval(db, claimId);
    return answer(db, actor, claimId);
  });
}

/** A rationale without words is no rationale. */
function storedRationale(rationale: RichText | null) {
  if (rationale === null || plainText(rationale).trim() === "") return Prisma.DbNull;
  if (plainText(rationale).length > limits.textField)
    throw new AppError("too_large", `A rationale holds at most ${limits.textField.toLocaleString("en")} characters.`);
  return toRichText(parseDocument(rationaleSchema, rationale)) as Prisma.InputJsonObject;
}

async function refuseUnknownRating(db: Transaction, ratingId: string): Promise<void> {
  const rating = await db.rating.findUnique({ where: { id: ratingId }, select: { retired: true } });
  if (!rating || rating.retired)
    throw new AppError("invalid", "The scale no longer has this verdict. Choose another one.", {
      fields: [{ path: "ratingId", message: "Not on the scale" }],
    });
}

/**
 * The claim's row, locked and counted up for a change made on `version`. The order matters: what one may not do is said
 * before what came in between.
 * @throws AppError `conflict` with the fresh view
 */
export async function lockClaim(
  db: Transaction,
  actor: Actor,
  claimId: string,
  version: number | null,
  allow: (row: ClaimRow) => void,
): Promise<ClaimRow> {
  await db.$queryRaw`SELECT id FROM claim WHERE id = ${claimId}::uuid FOR UPDATE`;
  const row = await readClaim(db, claimId);
  allow(row);
  const current = () => toClaimView(db, actor, row);
  if (row.trashedAt)
    throw new AppError("conflict", "This claim is in the trash. Restore it to go on; what you typed is kept.", {
      current: await current(),
    });
  if (version !== null && row.version !== version)
    throw new AppError("conflict", "Somebody changed this claim in the meantime.", { current: await current() });
  await db.claim.update({ where: { id: claimId }, data: { version: { increment: 1 }, updatedAt: new Date() } });
  return row;
}

/** The claim as it now stands, for the answer to a write. */
export async function answer(db: Transaction, actor: Actor, claimId: string): Promise<ClaimView> {
  return toClaimView(db, actor, await readClaim(db, claimId));
}

const digestOf = (row: ClaimRow): string =>
  createHash("sha256")
    .update(approvalText(contentOf(row)))
    .digest("hex");

/** Makes an approved claim stale when what was approved is no longer what stands there. Called after every change to what it rests on. */
export async function invalidateApproval(db: Transaction, claimId: string): Promise<void> {
  const row = await readClaim(db, claimId);
  if (row.state !== "approved" || digestOf(row) === row.approvedDigest) return;
  await db.claim.update({ where: { id: claimId }, data: { state: "stale" } });
  await recordEvent(db, {
    actor: null,
    action: "claim.invalidated",
    articleId: row.articleId,
    claimId,
    data: { from: "approved", to: "stale" },
  });
}

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
    const row = await lockClaim(db, actor, claimId, version, () => authorize(actor, "newsroom.read"));
    const decision = decide(actor, move.event, factsOf(row, await isFourEyes(db)));
    if (!decision.allowed) throw refusal(decision, move.event);
    await db.claim.update({
      where: { id: claimId },
      data: { state: decision.to, ...(await consequences(db, actor, row, move)) },
    });
    if (move.event === "ask") await db.query.create({ data: { ...move.query, claimId, askedById: actor.id } });
    await recordEvent(db, {
      actor,
      action: `claim.${pastTense[move.event]}`,
      articleId: row.articleId,
      claimId,
      data: { from: row.state, to: decision.to, ...reasonOf(move) },
    });
    return answer(db, actor, claimId);
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
    case "resume":
    case "withdraw":
      // A stale claim that nobody holds is held by whoever submits it.
      return { stateReason: null, assigneeId: row.assigneeId ?? actor.id };
    case "approve":
      return {
        stateReason: null,
        approvedById: actor.id,
        approvedAt: new Date(),
        approvedContent: contentOf(row) as unknown as Prisma.InputJsonObject,
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

async function refuseAbsent(db: Transaction, personId: string): Promise<void> {
  const person = await db.user.findUnique({ where: { id: personId }, select: { disabledAt: true } });
  if (!person || person.disabledAt)
    throw new AppError("invalid", "This person is not in the newsroom any more.", {
      fields: [{ path: "assigneeId", message: "Not in the newsroom" }],
    });
}

async function refuseWrongDuplicate(db: Transaction, row: ClaimRow, targetId: string | undefined): Promise<void> {
  const target =
    targetId && targetId !== row.id
      ? await db.claim.findUnique({ where: { id: targetId }, select: { articleId: true, setAsideAs: true } })
      : null;
  if (!target || target.articleId !== row.articleId || target.setAsideAs === "duplicate") {
    throw new AppError("invalid", "Name the claim of this article that it doubles.", {
      fields: [{ path: "duplicateOfId", message: "Not a claim that it can double" }],
    });
  }
}

function refusal(decision: Exclude<ReturnType<typeof decide>, { allowed: true }>, event: WorkflowEvent): AppError {
  if (decision.because === "forbidden")
    return new AppError("forbidden", "That is for somebody else to do on this claim.");
  if (decision.because === "wrong_state")
    return new AppError("invalid", "The claim is no longer in a state that allows this.", {
      fields: [{ path: "event", message: `${event} is not possible now` }],
    });
  return new AppError("invalid", decision.obstacles.map((obstacle) => obstacleWords[obstacle]).join(" "), {
    fields: decision.obstacles.map((obstacle) => ({ path: obstacle, message: obstacleWords[obstacle] })),
  });
}

const obstacleWords: Record<Obstacle, string> = {
  verdict: "It has no verdict yet.",
  rationale: "It has no rationale yet.",
  evidence: "It has no evidence yet.",
  anchor: "Its words are no longer in the text.",
  open_query: "A query is still open.",
  no_query: "There is no query.",
  four_eyes: "Whoever wrote the verdict cannot approve it: a second pair of eyes is needed.",
};

/** @throws AppError `forbidden`, `not_found` */
export async function trashClaim(actor: Actor, claimId: string): Promise<{ done: true }> {
  return transaction(async (db) => {
    await db.$queryRaw`SELECT id FROM claim WHERE id = ${claimId}::uuid FOR UPDATE`;
    const row = await readClaim(db, claimId);
    authorize(actor, "claim.trash", row);
    if (!row.trashedAt) {
      await db.claim.update({ where: { id: claimId }, data: { trashedAt: new Date(), version: { increment: 1 } } });
      await recordEvent(db, { actor, action: "claim.trashed", articleId: row.articleId, claimId });
    }
    return { done: true };
  });
}

/** @throws AppError `forbidden`, `not_found` */
export async function restoreClaim(actor: Actor, claimId: string): Promise<ClaimView> {
  return transaction(async (db) => {
    await db.$queryRaw`SELECT id FROM claim WHERE id = ${claimId}::uuid FOR UPDATE`;
    const row = await readClaim(db, claimId);
    authorize(actor, "claim.trash", row);
    if (row.trashedAt) {
      await db.claim.update({ where: { id: claimId }, data: { trashedAt: null, version: { increment: 1 } } });
      await recordEvent(db, { actor, action: "claim.restored", articleId: row.articleId, claimId });
    }
    return answer(db, actor, claimId);
  });
}
