/**
 * What becomes of the approvals of an article when its text changes. An approval goes with its words: where they still stand, whatever
 * a typographer did to them, it holds; where they do not, the claim is stale.
 */
import "server-only";
import type { AnchorState } from "../domain/anchor";
import { wordsAsTheyStand } from "../domain/approved-words";
import { type ApprovedContent, approvalText, approvedContent } from "../domain/claim";
import { recordOnClaims } from "./audit";
import { digest, settleApproval, type Transaction } from "./claim-changes";
import { inOrder } from "./claim-views";

type ApprovedClaim = {
  id: string;
  state: "approved" | "stale";
  content: unknown;
  anchors: { exact: string; state: AnchorState }[];
};

/** Two reads and three writes however many claims there are, and one read more for each that is approved again. */
export async function keepApprovals(tx: Transaction, articleId: string): Promise<void> {
  const claims = await tx.$queryRaw<ApprovedClaim[]>`
    SELECT c.id, c.state, c.approved_content AS content, COALESCE((
      SELECT json_agg(json_build_object('exact', a.exact, 'state', a.state) ORDER BY ${inOrder})
      FROM anchor_now a WHERE a.claim_id = c.id), '[]') AS anchors
    FROM claim c
    WHERE c.id IN (SELECT claim_id FROM stands_in WHERE article_id = ${articleId}::uuid) AND c.state IN ('approved', 'stale')`;
  const fallen: string[] = [];
  const respelt: { id: string; content: ApprovedContent; digest: string }[] = [];
  const perhapsAgain: string[] = [];
  for (const claim of claims) {
    const approved = approvedContent.safeParse(claim.content);
    const text = approved.success ? wordsAsTheyStand(approved.data.text, claim.anchors) : null;
    if (!approved.success || !text) {
      if (claim.state === "approved") fallen.push(claim.id);
      continue;
    }
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
  const data = { from: "approved", to: "stale", articleId };
  await recordOnClaims(tx, { actor: null, action: "claim.invalidated", claimIds: fallen, data });
  for (const id of perhapsAgain) await settleApproval(tx, id);
}
