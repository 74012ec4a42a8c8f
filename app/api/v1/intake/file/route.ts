import { endpoints } from "@/lib/domain/endpoints";
import { previewFile } from "@/lib/server/intake";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.previewFile, ({ actor, query, body }) => previewFile(actor, query.name, body));
