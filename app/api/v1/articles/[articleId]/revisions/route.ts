import { endpoints } from "@/lib/domain/endpoints";
import { listRevisions } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listRevisions, ({ actor, params }) => listRevisions(actor, params.articleId));
