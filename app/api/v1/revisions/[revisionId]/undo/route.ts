import { endpoints } from "@/lib/domain/endpoints";
import { undoRevision } from "@/lib/server/revisions";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.undoRevision, ({ actor, params }) => undoRevision(actor, params.revisionId));
