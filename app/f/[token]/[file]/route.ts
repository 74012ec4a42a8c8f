import { answerWithFile } from "@/lib/server/public-response";

type Context = { params: Promise<{ token: string; file: string }> };

export async function GET(request: Request, { params }: Context) {
  const { token, file } = await params;
  return answerWithFile(request, token, file);
}
export const HEAD = GET;
