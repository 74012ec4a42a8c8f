import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { decideWording } from "@/lib/server/wording";

export const POST = route(endpoints.decideWording, ({ actor, params, version, body }) =>
  decideWording(actor, params.claimId, version, body),
);
