import { endpoints } from "@/lib/domain/endpoints";
import { restoreClaim } from "@/lib/server/claims";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.restoreClaim, ({ actor, params }) => restoreClaim(actor, params.claimId));
