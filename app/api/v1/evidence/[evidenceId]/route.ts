import { endpoints } from "@/lib/domain/endpoints";
import { removeEvidence, updateEvidence } from "@/lib/server/evidence";
import { route } from "@/lib/server/route";

export const PATCH = route(endpoints.updateEvidence, ({ actor, params, version, body }) =>
  updateEvidence(actor, params.evidenceId, version, body),
);
export const DELETE = route(endpoints.removeEvidence, ({ actor, params, version }) =>
  removeEvidence(actor, params.evidenceId, version),
);
