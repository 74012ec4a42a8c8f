/** The same answers, as one would write them first: `findMany` with includes, and the rows of a claim through bare `pg`. */
import { Pool } from "pg";
import { describeAnchor } from "@/lib/domain/anchor";
import { endpoints } from "@/lib/domain/endpoints";
import { lastEventOf } from "@/lib/server/articles";
import { getClaim } from "@/lib/server/claim-views";
import { database } from "@/lib/server/db";
import { route } from "@/lib/server/route";
import { writeClaimRows } from "../../../../../claim-rows";

export const GET = route(endpoints.listClaims, async ({ params: { articleId } }) => {
  const db = database();
  const lastEvent = await lastEventOf(db, articleId);
  const rows = await db.claim.findMany({
    where: { articleId, trashedAt: null },
    include: {
      assignee: true,
      anchors: { orderBy: { start: "asc" } },
      evidence: { where: { removedAt: null }, orderBy: { position: "asc" }, include: { source: true } },
      queries: { where: { answeredAt: null } },
    },
  });
  const claims = rows.map(({ id, version, statement, state, ratingId, createdById, ...row }) => ({
    ...{ id, version, statement, state, ratingId, createdById },
    assignee: row.assignee && { id: row.assignee.id, name: row.assignee.name },
    dueOn: row.dueOn?.toISOString().slice(0, 10) ?? null,
    anchors: row.anchors.map(({ id, start, end, state }) => ({ id, start, end, state })),
    sources: row.evidence.map(({ source, stance }) => ({ id: source.id, title: source.title, stance })),
    ...{ home: null, openQueries: row.queries.length, suggestion: null },
  }));
  return { claims: claims.toSorted((a, b) => (a.anchors[0]?.start ?? 0) - (b.anchors[0]?.start ?? 0)), lastEvent };
});

let pool: Pool | undefined;
let text: string | undefined;

/** The rows of a claim in one transaction and the same answer, without a look at whether the claim may be made. */
export const POST = route(endpoints.createClaim, async ({ actor, params: { articleId }, body }) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL });
  const client = await pool.connect();
  try {
    text ??= (await client.query("SELECT text FROM revision WHERE id = $1", [body.revisionId])).rows[0].text as string;
    const [anchor] = body.anchors;
    if (!anchor) throw new Error("A claim of the measure has one anchor");
    await writeClaimRows(client, {
      ...body,
      articleId,
      by: actor.id,
      anchor: { id: anchor.id, ...describeAnchor(text, anchor) },
    });
  } finally {
    client.release();
  }
  return getClaim(actor, body.id);
});
