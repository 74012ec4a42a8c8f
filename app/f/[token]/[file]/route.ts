import { answerWithFile } from "@/lib/server/public-response";

type Context = { params: Promise<{ token: string; file: string }> };

export async function GET(_: Request, { params }: Context) {
  const { token, file } = await params;
  return answerWithFile(token, file);
}
