import { answerWithPreview } from "@/lib/server/public-response";

type Context = { params: Promise<{ articleId: string }> };

export const GET = async (request: Request, { params }: Context) =>
  answerWithPreview(request, (await params).articleId);
