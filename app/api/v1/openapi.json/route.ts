import { describeApi } from "@/lib/server/openapi";
import { sessionCookie } from "@/lib/server/session";

export const dynamic = "force-dynamic";

/** What the API is, for whoever writes a program for it: no secret, so no session is asked for. */
export const GET = (): Response => Response.json(describeApi(sessionCookie().name));
