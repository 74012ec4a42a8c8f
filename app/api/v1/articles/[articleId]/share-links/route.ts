import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { createShareLink } from "@/lib/server/shares";

export const POST = route(endpoints.createShareLink, ({ actor, params, body }) =>
  createShareLink(actor, params.articleId, body),
);
