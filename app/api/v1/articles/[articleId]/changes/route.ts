import { endpoints } from "@/lib/domain/endpoints";
import { getChangeList } from "@/lib/server/change-list";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getChangeList, ({ actor, params }) => getChangeList(actor, params.articleId));
