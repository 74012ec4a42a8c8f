import { endpoints } from "@/lib/domain/endpoints";
import { changePassword } from "@/lib/server/people";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.changePassword, ({ actor, body }) => changePassword(actor, body));
