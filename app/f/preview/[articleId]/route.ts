import { answerWithPreview } from "@/lib/server/public-response";

type Context = { params: Promise<{ articleId: string }> };

export const GET = async (_: Request, { params }: Context) => answerWithPreview((await params).articleId);
