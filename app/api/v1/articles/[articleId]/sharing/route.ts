import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { getSharing } from "@/lib/server/shares";

export const GET = route(endpoints.getSharing, ({ actor, params }) => getSharing(actor, params.articleId));
