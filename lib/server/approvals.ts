/**
 * What becomes of the approvals of an article when its text changes. An approval goes with its words: where they still stand, whatever
 * a typographer did to them, it holds; where they do not, the claim is stale.
 */
import "server-only";
import type { AnchorState } from "../domain/anchor";
import { isSameWords } from "../domain/carry-over";
import { type ApprovedContent, approvalText, approvedContent } from "../domain/claim";
import { isSure } from "../domain/revision";
import { recordOnClaims } from "./audit";
import { digest, settleApproval, type Transaction } from "./claim-changes";

type ApprovedClaim = {
  id: string;
  state: "approved" | "stale";
  content: unknown;
  anchors: { exact: string; state: AnchorState }[];
};

/** Two reads and three writes however many claims there are, and one read more for each that is approved again. */
export async function keepApprovals(tx: Transaction, articleId: string): Promise<void> {
  const claims = await tx.$queryRaw<ApprovedClaim[]>`
    WITH newest AS (SELECT id FROM revision WHERE article_id = ${articleId}::uuid ORDER BY number DESC LIMIT 1)
    SELECT c.id, c.state, c.approved_content AS content, COALESCE((
      SELECT json_agg(json_build_object('exact', a.exact, 'state', a.state) ORDER BY a.start, a."end", a.id)
      FROM anchor a JOIN newest ON newest.id = a.revision_id WHERE a.claim_id = c.id), '[]') AS anchors
    FROM claim c WHERE c.article_id = ${articleId}::uuid AND c.state IN ('approved', 'stale')`;
  const fallen: string[] = [];
  const respelt: { id: string; content: ApprovedContent; digest: string }[] = [];
  const perhapsAgain: string[] = [];
  for (const claim of claims) {
    const approved = approvedContent.safeParse(claim.content);
    const holds = approved.success && standsOn(approved.data.text, claim.anchors);
    if (!holds) {
      if (claim.state === "approved") fallen.push(claim.id);
      continue;
    }
    const text = claim.anchors.map(({ exact }) => exact);
    if (text.some((words, index) => words !== approved.data.text[index])) {
      const content = { ...approved.data, text };
      respelt.push({ id: claim.id, content, digest: digest(approvalText(content)) });
    }
    if (claim.state === "stale") perhapsAgain.push(claim.id);
  }
  await tx.$executeRaw`
    UPDATE claim SET approved_content = r.content, approved_digest = r.digest
    FROM jsonb_to_recordset(${JSON.stringify(respelt)}::jsonb) AS r (id uuid, content jsonb, digest text) WHERE claim.id = r.id`;
  await tx.$executeRaw`UPDATE claim SET state = 'stale' WHERE id = ANY(${fallen}::uuid[])`;
  const data = { from: "approved", to: "stale" };
  await recordOnClaims(tx, { actor: null, action: "claim.invalidated", claimIds: fallen, data });
  for (const id of perhapsAgain) await settleApproval(tx, id);
}

/** Whether the same words stand there, in whatever order their passages now have. */
function standsOn(approved: readonly string[], anchors: ApprovedClaim["anchors"]): boolean {
  if (approved.length !== anchors.length || anchors.some(({ state }) => !isSure(state))) return false;
  const left = anchors.map(({ exact }) => exact);
  return approved.every((words) => {
    const at = left.findIndex((exact) => isSameWords(words, exact));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}
