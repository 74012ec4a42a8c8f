import { endpoints } from "@/lib/domain/endpoints";
import { setPresence } from "@/lib/server/presence";
import { route } from "@/lib/server/route";

export const PUT = route(endpoints.setPresence, ({ actor, params, body }) =>
  setPresence(actor, params.streamId, body.claimId),
);
