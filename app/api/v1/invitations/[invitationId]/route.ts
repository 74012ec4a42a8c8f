import { endpoints } from "@/lib/domain/endpoints";
import { revokeInvitation } from "@/lib/server/invitations";
import { route } from "@/lib/server/route";

export const DELETE = route(endpoints.revokeInvitation, ({ actor, params }) =>
  revokeInvitation(actor, params.invitationId),
);
