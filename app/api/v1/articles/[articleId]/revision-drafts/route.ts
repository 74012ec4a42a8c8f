import { endpoints } from "@/lib/domain/endpoints";
import { createRevisionDraft } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.createRevisionDraft, ({ actor, params, body }) =>
  createRevisionDraft(actor, params.articleId, body),
);
