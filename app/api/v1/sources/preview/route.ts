import { endpoints } from "@/lib/domain/endpoints";
import { route } from "@/lib/server/route";
import { previewSource } from "@/lib/server/sources";

export const POST = route(endpoints.previewSource, ({ actor, body }) => previewSource(actor, body));
