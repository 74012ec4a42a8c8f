import { endpoints } from "@/lib/domain/endpoints";
import { createRating, listRatings } from "@/lib/server/ratings";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listRatings, ({ actor }) => listRatings(actor));
export const POST = route(endpoints.createRating, ({ actor, body }) => createRating(actor, body));
