import { endpoints } from "@/lib/domain/endpoints";
import { createPublication } from "@/lib/server/publications";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.createPublication, ({ actor, params, body }) =>
  createPublication(actor, params.articleId, body),
);
