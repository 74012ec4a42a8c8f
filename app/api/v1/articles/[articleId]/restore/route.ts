import { endpoints } from "@/lib/domain/endpoints";
import { setArticleTrashed } from "@/lib/server/articles";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.restoreArticle, ({ actor, params }) =>
  setArticleTrashed(actor, params.articleId, false),
);
