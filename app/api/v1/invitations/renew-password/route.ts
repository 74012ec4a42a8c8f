import { endpoints } from "@/lib/domain/endpoints";
import { renewPassword } from "@/lib/server/invitations";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.renewPassword, ({ body }) => renewPassword(body));
