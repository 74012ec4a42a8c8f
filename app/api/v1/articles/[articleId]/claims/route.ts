import { endpoints } from "@/lib/domain/endpoints";
import { listClaims } from "@/lib/server/claim-views";
import { createClaim } from "@/lib/server/claims";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listClaims, ({ actor, params, query }) =>
  listClaims(actor, params.articleId, query.trash === "1"),
);
export const POST = route(endpoints.createClaim, ({ actor, params, body }) =>
  createClaim(actor, params.articleId, body),
);
