import { endpoints } from "@/lib/domain/endpoints";
import { answerQuery } from "@/lib/server/queries";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.answerQuery, ({ actor, params, body }) => answerQuery(actor, params.queryId, body));
