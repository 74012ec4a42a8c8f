import { endpoints } from "@/lib/domain/endpoints";
import { getArticle, setArticleTrashed, updateArticle } from "@/lib/server/articles";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getArticle, ({ actor, params }) => getArticle(actor, params.articleId));
export const PATCH = route(endpoints.updateArticle, ({ actor, params, version, body }) =>
  updateArticle(actor, params.articleId, version, body),
);
export const DELETE = route(endpoints.trashArticle, ({ actor, params, version }) =>
  setArticleTrashed(actor, params.articleId, true, version),
);
