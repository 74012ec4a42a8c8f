import { liveQuery } from "@/lib/domain/article";
import { eventHub } from "@/lib/server/events";
import { answer, parse } from "@/lib/server/route";
import { requireActor } from "@/lib/server/session";
import { limitRate } from "@/lib/server/throttle";

export const dynamic = "force-dynamic";

/** The live events of one article, as server-sent events; `Last-Event-ID` counts for more than `after`, for it is newer. */
export const GET = (request: Request): Promise<Response> =>
  answer(async () => {
    const actor = await requireActor();
    await limitRate(request, actor);
    const { searchParams } = new URL(request.url);
    const last = request.headers.get("last-event-id");
    const asked = { ...Object.fromEntries(searchParams), ...(last !== null && last !== "" && { after: last }) };
    const { article, after } = parse(liveQuery, asked, "A search parameter is not right.");
    const stream = await eventHub().open(actor, article, after ?? null, request.signal);
    return new Response(stream, {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        // A proxy or the server's own compression would hold messages back.
        "Cache-Control": "no-store, no-transform",
        "X-Accel-Buffering": "no",
      },
    });
  });
