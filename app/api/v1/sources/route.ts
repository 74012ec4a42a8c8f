import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { createSource, listSources } from "@/lib/server/sources";

export const GET = route(endpoints.listSources, ({ actor, query }) => listSources(actor, query));
export const POST = route(endpoints.createSource, ({ actor, body }) => createSource(actor, body));
