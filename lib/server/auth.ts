/**
 * Sign-in and sign-out through next-auth. It proves who somebody is; whether a session holds is decided by `session.ts` from
 * its row. Only the actions that the product uses are let through, and only from this site.
 */
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import type { Provider } from "next-auth/providers/index";
import { AppError } from "../domain/errors";
import { email as emailSchema } from "../domain/people";
import { database, databaseFault } from "./db";
import { environment } from "./env";
import { verifyPassword } from "./passwords";
import { answer, readBytes, refuseCrossSite } from "./route";
import { endSession, sessionCookie, sessionSeconds, startSession } from "./session";

/** Proves a person by e-mail and password. The same work and the same answer whether the account exists or not. */
async function authenticate(credentials: Record<string, unknown> | undefined) {
  const address = emailSchema.safeParse(credentials?.email);
  const password = typeof credentials?.password === "string" ? credentials.password : "";
  const user = address.success
    ? await database().user.findUnique({
        where: { email: address.data },
        select: { id: true, name: true, passwordHash: true, disabledAt: true },
      })
    : null;
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  return user && matches && !user.disabledAt ? { id: user.id, name: user.name } : null;
}

const credentials: Provider = {
  id: "credentials",
  type: "credentials",
  name: "E-mail and password",
  credentials: {},
  authorize: async (input) => {
    try {
      return await authenticate(input);
    } catch (error) {
      // next-auth puts this message into an address: a code, never a cause.
      throw new Error(refusalOf(error));
    }
  },
};

/** The word by which the sign-in page knows what to say. @throws whatever is a bug */
function refusalOf(thrown: unknown): string {
  const error = databaseFault(thrown);
  if (!(error instanceof AppError)) throw error;
  return error.code === "rate_limited" ? "RateLimited" : "Unavailable";
}

const csrfCookieName = "claimdesk-csrf";

function options(): NextAuthOptions {
  const { name, secure } = sessionCookie();
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    secret: environment().CLAIMDESK_SECRET,
    providers: [credentials],
    session: { strategy: "jwt", maxAge: sessionSeconds },
    jwt: { maxAge: sessionSeconds },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name, options: cookie },
      csrfToken: { name: csrfCookieName, options: cookie },
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    callbacks: {
      // The cookie carries the session's id and nothing about the person.
      async jwt({ token, user }) {
        return user ? { sessionId: await startSession(database(), user.id) } : token;
      },
      redirect: ({ url, baseUrl }) => new URL(samePath(url, baseUrl), baseUrl).href,
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionId === "string") await endSession(database(), token.sessionId);
      },
    },
  };
}

type Context = { params: Promise<{ nextauth: string[] }> };
type Form = Record<string, string>;
const actions: Record<string, readonly string[]> = { GET: ["callback"], POST: ["signin", "callback", "signout"] };

/** What `app/api/auth` answers with. */
export function answerAuth(request: NextRequest, context: Context): Promise<Response> {
  return answer(async () => {
    refuseCrossSite(request);
    const { nextauth } = await context.params;
    if (!actions[request.method]?.includes(nextauth[0] ?? "")) return new Response(null, { status: 404 });
    const form = request.method === "POST" ? await formOf(request) : {};
    const response = await askNextAuth(request, nextauth, form);
    const location = response.headers.get("Location");
    if (!location) return response;
    const page = ownPage(location, form);
    if (form.email !== undefined) keepTyped(response, page.startsWith("/sign-in") ? form.email : null);
    response.headers.set("Location", page);
    return response;
  });
}

/**
 * Runs next-auth through its handler for a request and a response of Node's kind, which reads nothing from the framework.
 * `refuseCrossSite` has vouched for the request, so the pair of tokens by which next-auth checks the same is supplied here:
 * a form then needs neither a script nor a cookie from an earlier visit.
 */
async function askNextAuth(request: NextRequest, nextauth: string[], form: Form): Promise<Response> {
  const { CLAIMDESK_SECRET, CLAIMDESK_URL } = environment();
  // next-auth takes the site's address from this variable alone.
  process.env.NEXTAUTH_URL = CLAIMDESK_URL;
  const csrfToken = randomBytes(16).toString("hex");
  const csrfHash = createHash("sha256")
    .update(csrfToken + CLAIMDESK_SECRET)
    .digest("hex");
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  const nodeRequest = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: { ...cookies, [csrfCookieName]: `${csrfToken}|${csrfHash}` },
    query: { ...Object.fromEntries(request.nextUrl.searchParams), nextauth },
    body: { ...form, csrfToken },
  };
  const headers = new Headers({ "Cache-Control": "no-store" });
  let status = 200;
  const nodeResponse = {
    status(code: number) {
      status = code;
      return nodeResponse;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? headers.getSetCookie() : headers.get(name)),
    setHeader(name: string, value: string | string[]) {
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
    },
    end: () => {},
    json: () => {},
    send: () => {},
  };
  try {
    await NextAuth(nodeRequest as never, nodeResponse as never, options());
  } catch (error) {
    return new Response(null, { status: 302, headers: { Location: `/api/auth/error?error=${refusalOf(error)}` } });
  }
  return new Response(null, { status, headers });
}

const formBytes = 16 * 1024;

async function formOf(request: Request): Promise<Form> {
  const text = new TextDecoder().decode(await readBytes(request, formBytes));
  return Object.fromEntries(new URLSearchParams(text));
}

/**
 * Where next-auth's answer leads, as a path of this site whatever name it is reached by; its own pages for errors and for
 * waiting become the sign-in page, which has the words for them.
 */
function ownPage(location: string, form: Form): string {
  const base = environment().CLAIMDESK_URL;
  const url = new URL(location, base);
  if (url.origin !== new URL(base).origin) return location;
  if (!url.pathname.startsWith("/api/auth/") && url.pathname !== "/sign-in") return samePath(location, base);
  const query = new URLSearchParams();
  const error = url.searchParams.get("error");
  if (error) query.set("error", error);
  if (url.pathname.endsWith("/verify-request")) query.set("sent", "1");
  const next = samePath(form.callbackUrl ?? url.searchParams.get("callbackUrl") ?? "/", base);
  if (next !== "/") query.set("next", next);
  return `/sign-in?${query}`;
}

/** The path on this site that an address leads to; `/` for any other site. */
export function samePath(address: string, base: string): string {
  if (!URL.canParse(address, base)) return "/";
  const url = new URL(address, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === new URL(base).origin && !path.startsWith("//") ? path : "/";
}

/** What was typed as the e-mail address, for the sign-in page alone to show again after a refusal. */
export const typedCookie = "claimdesk-typed";

function keepTyped(response: Response, typed: string | null): void {
  const value = typed === null ? "; Max-Age=0" : `${encodeURIComponent(typed.slice(0, 254))}; Max-Age=300`;
  response.headers.append("Set-Cookie", `${typedCookie}=${value}; Path=/sign-in; HttpOnly; SameSite=Lax`);
}
