import { endpoints } from "@/lib/domain/endpoints";
import { createEvidence } from "@/lib/server/evidence";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.createEvidence, ({ actor, params, body }) =>
  createEvidence(actor, params.claimId, body),
);
