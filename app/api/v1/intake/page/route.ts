import { endpoints } from "@/lib/domain/endpoints";
import { previewPage } from "@/lib/server/intake";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.previewPage, ({ actor, body }) => previewPage(actor, body));
