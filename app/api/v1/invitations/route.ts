import { endpoints } from "@/lib/domain/endpoints";
import { createInvitation, listInvitations } from "@/lib/server/invitations";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listInvitations, ({ actor }) => listInvitations(actor));
export const POST = route(endpoints.createInvitation, ({ actor, body }) => createInvitation(actor, body));
