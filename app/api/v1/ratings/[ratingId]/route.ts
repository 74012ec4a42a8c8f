import { endpoints } from "@/lib/domain/endpoints";
import { updateRating } from "@/lib/server/ratings";
import { route } from "@/lib/server/route";

export const PATCH = route(endpoints.updateRating, ({ actor, params, version, body }) =>
  updateRating(actor, params.ratingId, version, body),
);
