/** Queries: the questions that a claim waits for. Asking one is an event of the workflow; here they are answered. */
import "server-only";
import type { ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { completeChange, conflict, lockClaim } from "./claim-changes";
import { toClaimView } from "./claim-views";
import { transaction } from "./db";

/**
 * Answers a query. Anybody in the newsroom who knows may. The same answer sent again is no error.
 * @throws AppError `not_found`, `conflict` with the claim when somebody else has answered it
 */
export async function answerQuery(actor: Actor, queryId: string, { answer }: { answer: string }): Promise<ClaimView> {
  return transaction(async (db) => {
    const query = await db.query.findUnique({ where: { id: queryId }, select: { claimId: true } });
    if (!query) throw new AppError("not_found", "This query is not here.");
    const row = await lockClaim(db, actor, query.claimId, () => authorize(actor, "query.answer"));
    const before = row.queries.find(({ id }) => id === queryId);
    if (before?.answeredBy) {
      if (before.answeredBy.id === actor.id && before.answer === answer) return toClaimView(actor, row);
      throw conflict(actor, row, "This query has been answered in the meantime. What you typed is kept.");
    }
    await db.query.update({
      where: { id: queryId },
      data: { answer, answeredById: actor.id, answeredAt: new Date() },
    });
    return completeChange(db, actor, row, { action: "query.answered", data: { queryId } });
  });
}
