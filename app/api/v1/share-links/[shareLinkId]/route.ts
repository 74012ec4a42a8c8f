import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { revokeShareLink } from "@/lib/server/shares";

export const DELETE = route(endpoints.revokeShareLink, ({ actor, params }) =>
  revokeShareLink(actor, params.shareLinkId),
);
