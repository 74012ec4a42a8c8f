import { answerWithPicture } from "@/lib/server/public-response";

type Context = { params: Promise<{ name: string }> };

export const GET = async (_: Request, { params }: Context) => answerWithPicture((await params).name);
