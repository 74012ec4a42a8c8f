import { endpoints } from "@/lib/domain/endpoints";
import { undoPlaceChange } from "@/lib/server/places";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.undoPlaceChange, ({ actor, params }) => undoPlaceChange(actor, params.changeId));
