import { endpoints } from "@/lib/domain/endpoints";
import { restoreEvidence } from "@/lib/server/evidence";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.restoreEvidence, ({ actor, params }) => restoreEvidence(actor, params.evidenceId));
