import { endpoints } from "@/lib/domain/endpoints";
import { moveClaim } from "@/lib/server/claim-workflow";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.moveClaim, ({ actor, params, version, body }) =>
  moveClaim(actor, params.claimId, version, body),
);
