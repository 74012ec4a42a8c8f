import { endpoints } from "@/lib/domain/endpoints";
import { getRevision } from "@/lib/server/articles";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getRevision, ({ actor, params }) => getRevision(actor, params.revisionId), {
  neverChanges: true,
});
