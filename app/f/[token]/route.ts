import { answerWithPage } from "@/lib/server/public-response";

type Context = { params: Promise<{ token: string }> };

export const GET = async (request: Request, { params }: Context) => answerWithPage(request, (await params).token);
export const HEAD = GET;
