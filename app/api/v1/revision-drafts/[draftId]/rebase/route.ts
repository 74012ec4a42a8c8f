import { endpoints } from "@/lib/domain/endpoints";
import { rebaseRevisionDraft } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.rebaseRevisionDraft, ({ actor, params }) =>
  rebaseRevisionDraft(actor, params.draftId),
);
