import { endpoints } from "@/lib/domain/endpoints";
import { createPasswordLink } from "@/lib/server/invitations";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.createPasswordLink, ({ actor, params }) =>
  createPasswordLink(actor, params.personId),
);
