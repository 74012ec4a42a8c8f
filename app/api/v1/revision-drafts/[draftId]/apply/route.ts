import { endpoints } from "@/lib/domain/endpoints";
import { applyRevisionDraft } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.applyRevisionDraft, ({ actor, params, version }) =>
  applyRevisionDraft(actor, params.draftId, version),
);
