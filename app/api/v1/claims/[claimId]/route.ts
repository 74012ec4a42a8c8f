import { endpoints } from "@/lib/domain/endpoints";
import { getClaim } from "@/lib/server/claim-views";
import { trashClaim, updateClaim } from "@/lib/server/claims";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getClaim, ({ actor, params }) => getClaim(actor, params.claimId));
export const PATCH = route(endpoints.updateClaim, ({ actor, params, version, body }) =>
  updateClaim(actor, params.claimId, version, body),
);
export const DELETE = route(endpoints.trashClaim, ({ actor, params, version }) =>
  trashClaim(actor, params.claimId, version),
);
