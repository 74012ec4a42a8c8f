import { endpoints } from "@/lib/domain/endpoints";
import { acceptInvitation } from "@/lib/server/invitations";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.acceptInvitation, ({ body }) => acceptInvitation(body));
