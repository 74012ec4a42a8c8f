import { endpoints } from "@/lib/domain/endpoints";
import { listSentenceMarks, markSentences } from "@/lib/server/ledger";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listSentenceMarks, ({ actor, params }) =>
  listSentenceMarks(actor, params.articleId),
);
export const PUT = route(endpoints.markSentences, ({ actor, params, body }) =>
  markSentences(actor, params.articleId, body),
);
