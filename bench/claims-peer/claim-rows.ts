/** The rows that marking a claim writes, in one transaction through bare `pg`, one statement a table: what the product is measured by. */
import type { ClientBase } from "pg";
import type { AnchorDescription } from "../../lib/domain/anchor";

export type ClaimRows = {
  id: string;
  articleId: string;
  revisionId: string;
  by: string;
  anchor: AnchorDescription & { id: string };
};

export async function writeClaimRows(client: ClientBase, claim: ClaimRows): Promise<void> {
  const { id, articleId, revisionId, by, anchor } = claim;
  await client.query("BEGIN");
  await client.query("INSERT INTO claim (id, article_id, statement, created_by_id) VALUES ($1, $2, $3, $4)", [
    ...[id, articleId, anchor.exact, by],
  ]);
  await client.query(
    'INSERT INTO anchor (id, claim_id, revision_id, start, "end", exact, prefix, suffix) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [anchor.id, id, revisionId, anchor.start, anchor.end, anchor.exact, anchor.prefix, anchor.suffix],
  );
  await client.query("UPDATE article SET last_activity_at = now() WHERE id = $1", [articleId]);
  await client.query(
    "INSERT INTO audit_event (actor_id, action, article_id, claim_id) VALUES ($1, 'claim.created', $2, $3)",
    [by, articleId, id],
  );
  await client.query("COMMIT");
}
