import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { listSourceUses } from "@/lib/server/sources";

export const GET = route(endpoints.listSourceUses, ({ actor, params }) => listSourceUses(actor, params.sourceId));
