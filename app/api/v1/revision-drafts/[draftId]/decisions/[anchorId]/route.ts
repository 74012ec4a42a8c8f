import { endpoints } from "@/lib/domain/endpoints";
import { decideAnchor, undecideAnchor } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const PUT = route(endpoints.decideAnchor, ({ actor, params, body }) =>
  decideAnchor(actor, params.draftId, params.anchorId, body),
);
export const DELETE = route(endpoints.undecideAnchor, ({ actor, params }) =>
  undecideAnchor(actor, params.draftId, params.anchorId),
);
