import { endpoints } from "@/lib/domain/endpoints";
import { previewPaste } from "@/lib/server/intake";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.previewPaste, ({ actor, body }) => previewPaste(actor, body));
