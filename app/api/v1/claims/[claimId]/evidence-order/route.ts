import { endpoints } from "@/lib/domain/endpoints";
import { orderEvidence } from "@/lib/server/evidence";
import { route } from "@/lib/server/route";

export const PUT = route(endpoints.orderEvidence, ({ actor, params, body }) =>
  orderEvidence(actor, params.claimId, body),
);
