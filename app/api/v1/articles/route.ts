import { endpoints } from "@/lib/domain/endpoints";
import { createArticle } from "@/lib/server/intake";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.createArticle, ({ actor, body }) => createArticle(actor, body));
