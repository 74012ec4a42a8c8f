import { endpoints } from "@/lib/domain/endpoints";
import { listArticles } from "@/lib/server/desk";
import { createArticle } from "@/lib/server/intake";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listArticles, ({ actor, query }) => listArticles(actor, query));
export const POST = route(endpoints.createArticle, ({ actor, body }) => createArticle(actor, body));
