import { endpoints } from "@/lib/domain/endpoints";
import { placeClaim, removePlace } from "@/lib/server/places";
import { route } from "@/lib/server/route";

export const PUT = route(endpoints.placeClaim, ({ actor, params, version, body }) =>
  placeClaim(actor, params.claimId, params.anchorId, version, body),
);
export const DELETE = route(endpoints.removePlace, ({ actor, params, version, query }) =>
  removePlace(actor, params.claimId, params.anchorId, version, query.change),
);
