import { endpoints } from "@/lib/domain/endpoints";
import { findPlaces } from "@/lib/server/places";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.findPlaces, ({ actor, params }) =>
  findPlaces(actor, params.claimId, params.articleId),
);
