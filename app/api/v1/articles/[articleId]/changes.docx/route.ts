import { id } from "@/lib/domain/text";
import { getChangesDocx } from "@/lib/server/change-list";
import { answer, parse } from "@/lib/server/route";
import { requireActor } from "@/lib/server/session";
import { limitRate } from "@/lib/server/throttle";

type Context = { params: Promise<{ articleId: string }> };

const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** A name as a header may carry it (RFC 8187). */
const escaped = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The text under check as a Word document, with what the desk asks to be changed as tracked changes. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answer(async () => {
    const actor = await requireActor();
    await limitRate(request, actor);
    const articleId = parse(id, (await params).articleId, "The address is not right.");
    const { bytes, name } = await getChangesDocx(actor, articleId);
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="changes.docx"; filename*=UTF-8''${escaped(name)}`,
        "Cache-Control": "no-store",
      },
    });
  });
