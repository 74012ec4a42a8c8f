import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { updateSource } from "@/lib/server/sources";

export const PATCH = route(endpoints.updateSource, ({ actor, params, version, body }) =>
  updateSource(actor, params.sourceId, version, body),
);
