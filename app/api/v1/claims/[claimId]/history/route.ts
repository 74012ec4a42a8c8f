import { endpoints } from "@/lib/domain/endpoints";
import { getClaimHistory } from "@/lib/server/activity";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getClaimHistory, ({ actor, params, query }) =>
  getClaimHistory(actor, params.claimId, query.cursor),
);
