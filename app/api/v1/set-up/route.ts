import { endpoints } from "@/lib/domain/endpoints";
import { setUpNewsroom } from "@/lib/server/people";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.setUp, ({ body }) => setUpNewsroom(body));
