import { describeApi } from "@/lib/server/openapi";
import { sessionCookie } from "@/lib/server/session";

export const dynamic = "force-dynamic";

/** What the API is, for whoever writes a program for it: no secret, so no session is asked for. */
let description: string | undefined;

export const GET = (): Response => {
  description ??= JSON.stringify(describeApi(sessionCookie().name));
  return new Response(description, { headers: { "Content-Type": "application/json" } });
};
