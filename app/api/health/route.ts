import { database } from "@/lib/server/db";

export const dynamic = "force-dynamic";

/** For whatever watches over the server: whether it can do its work, and nothing else. */
export async function GET(): Promise<Response> {
  const reachable = await database().$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  return new Response(reachable ? "ok" : "unavailable", {
    status: reachable ? 200 : 503,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
