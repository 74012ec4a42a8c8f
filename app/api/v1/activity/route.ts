import { endpoints } from "@/lib/domain/endpoints";
import { listActivity } from "@/lib/server/activity";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listActivity, ({ actor, query }) => listActivity(actor, query));
