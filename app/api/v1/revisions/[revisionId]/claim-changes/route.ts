import { endpoints } from "@/lib/domain/endpoints";
import { listClaimChanges } from "@/lib/server/past-revisions";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listClaimChanges, ({ actor, params, query }) =>
  listClaimChanges(actor, query.since, params.revisionId),
);
