import { endpoints } from "@/lib/domain/endpoints";
import { undoAnnotations } from "@/lib/server/annotation-import";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.undoAnnotations, ({ actor, params, body }) =>
  undoAnnotations(actor, params.articleId, body.claimIds),
);
