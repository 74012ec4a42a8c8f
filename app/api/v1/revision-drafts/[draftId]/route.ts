import { endpoints } from "@/lib/domain/endpoints";
import { discardRevisionDraft, getRevisionDraft } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getRevisionDraft, ({ actor, params }) => getRevisionDraft(actor, params.draftId));
export const DELETE = route(endpoints.discardRevisionDraft, ({ actor, params }) =>
  discardRevisionDraft(actor, params.draftId),
);
