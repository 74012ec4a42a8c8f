import { endpoints } from "@/lib/domain/endpoints";
import { importAnnotations, listAnnotations } from "@/lib/server/annotation-import";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listAnnotations, ({ actor, params }) => listAnnotations(actor, params.articleId));
export const POST = route(endpoints.importAnnotations, ({ actor, params, body }) =>
  importAnnotations(actor, params.articleId, body),
);
