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
import { recordEvent } from "./audit";
import { database, databaseFault, transaction } from "./db";
import { environment } from "./env";
import { admitAddress, admitIdentity, findLinked, mayReceiveLink, signInTokens } from "./identities";
import { verifyPassword } from "./passwords";
import { answer, readBytes, refuseCrossSite } from "./route";
import { endSession, sessionCookie, sessionIdIn, sessionSeconds, startSession } from "./session";
import { mailWay, outsideWays, verifiedEmail } from "./sign-in-ways";
import { countAttempt, countMail, deviceToken, limitRate } from "./throttle";

const deviceCookie = "claimdesk-device";
const deviceSeconds = 400 * 24 * 60 * 60;

/** Proves a person by e-mail and password. The same work and the same answer whether the account exists or not. */
async function authenticate(form: Form, request: NextRequest) {
  const address = emailSchema.safeParse(form.email);
  const email = address.success ? address.data : "";
  const device = request.cookies.get(deviceCookie)?.value;
  const takeBack = await countAttempt({ email, headers: request.headers, device });
  const user = address.success
    ? await database().user.findUnique({
        where: { email },
        select: { id: true, name: true, passwordHash: true, disabledAt: true },
      })
    : null;
  const matches = await verifyPassword(user?.passwordHash ?? null, form.password ?? "");
  if (!user || !matches || user.disabledAt) return null;
  await takeBack();
  return { id: user.id, name: user.name };
}

const passwordWay = (request: NextRequest): Provider => ({
  id: "credentials",
  type: "credentials",
  name: "E-mail and password",
  credentials: {},
  authorize: async (form) => {
    try {
      return await authenticate((form ?? {}) as Form, request);
    } catch (error) {
      // next-auth puts this message into an address: a word, never a cause.
      throw new Error(refusalOf(error));
    }
  },
});

/** The word by which the sign-in page knows what to say. A bug is logged, and nothing of it leaves the server. */
function refusalOf(thrown: unknown): string {
  const error = databaseFault(thrown);
  if (error instanceof AppError) return error.code === "rate_limited" ? "RateLimited" : "Unavailable";
  console.error("Sign-in failed:", error);
  return "Failed";
}

/** Whether somebody who has proved an identity is let in; a path when there is something else to say. */
async function admit({ account, profile, user, email }: SignInParams, headers: Headers): Promise<boolean | string> {
  if (account?.type === "oauth") {
    const { provider, providerAccountId: accountId } = account;
    const identity = { provider, accountId, name: user.name ?? null };
    return (await admitIdentity({ ...identity, verifiedEmail: verifiedEmail(profile ?? {}) })) !== null;
  }
  if (account?.type !== "email") return true;
  const address = account.providerAccountId;
  if (!email?.verificationRequest) return (await transaction((db) => admitAddress(db, address, null))) !== null;
  return (await countMail(address, headers)) && (await mayReceiveLink(address)) ? true : linkSent;
}

type SignInParams = Parameters<NonNullable<NonNullable<NextAuthOptions["callbacks"]>["signIn"]>>[0];

const csrfCookie = "claimdesk-csrf";
/** Shown whether or not the address belongs to somebody. */
const linkSent = "/sign-in?sent=1";

function options(request: NextRequest, way: string | undefined): NextAuthOptions {
  const { name, secure } = sessionCookie();
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  const byMail = mailWay();
  return {
    secret: environment().CLAIMDESK_SECRET,
    providers: [passwordWay(request), ...outsideWays(), ...(byMail ? [byMail] : [])],
    // With an adapter next-auth would make and link people by itself; only links by e-mail cannot do without one.
    ...(way === "email" && { adapter: signInTokens }),
    session: { strategy: "jwt", maxAge: sessionSeconds },
    jwt: { maxAge: sessionSeconds },
    useSecureCookies: secure,
    cookies: { sessionToken: { name, options: cookie }, csrfToken: { name: csrfCookie, options: cookie } },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: {
      error: (code, metadata) => console.error(`Sign-in: ${code}: ${messageOf(metadata)}`),
      warn: () => {},
      debug: () => {},
    },
    callbacks: {
      // next-auth would put the message of whatever is thrown into an address.
      signIn: (params) =>
        admit(params, request.headers).catch((error: unknown) => `/sign-in?error=${refusalOf(error)}`),
      // The cookie carries the session's id and nothing about the person.
      async jwt({ token, user, account }) {
        if (!user || !account) return token;
        const { type, provider, providerAccountId } = account;
        const personId = type === "oauth" ? await findLinked(provider, providerAccountId) : user.id;
        if (!personId) throw new Error("The person was admitted and is gone");
        const earlier = await sessionIdIn(request.cookies);
        const sessionId = await transaction(async (db) => {
          if (earlier) await endSession(db, earlier);
          await recordEvent(db, {
            actor: { id: personId },
            action: "person.signed_in",
            data: { personId, by: provider },
          });
          return startSession(db, personId);
        });
        return { sessionId };
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

const messageOf = (metadata: Error | { error?: unknown; message?: unknown }): string => {
  const cause = metadata instanceof Error ? metadata : (metadata.error ?? metadata.message);
  return cause instanceof Error ? cause.message : String(cause ?? "");
};

type Context = { params: Promise<{ nextauth: string[] }> };
type Form = Record<string, string>;

/** The few of next-auth's addresses that the product uses. A link by e-mail is used up only by a button's POST. */
function isOffered(method: string, action = "", way = ""): boolean {
  const outside = outsideWays().some(({ id }) => id === way);
  if (method === "GET") return action === "callback" && outside;
  if (action === "signin") return outside || way === "email";
  return action === "signout" || (action === "callback" && ["credentials", "email"].includes(way));
}

/** What `app/api/auth` answers with. */
export function answerAuth(request: NextRequest, context: Context): Promise<Response> {
  return answer(async () => {
    refuseCrossSite(request);
    await limitRate(request, null);
    const { nextauth } = await context.params;
    const [action, way] = nextauth;
    if (!isOffered(request.method, action, way)) return new Response(null, { status: 404 });
    const form = request.method === "POST" ? await formOf(request) : {};
    const response = await askNextAuth(request, nextauth, form);
    const location = response.headers.get("Location");
    if (!location) return response;
    const page = ownPage(location, form);
    if (page === null) return onward(response, location);
    response.headers.set("Location", page);
    const refused = page.startsWith("/sign-in");
    if (form.email !== undefined)
      setCookie(response, typedCookie, refused ? form.email.slice(0, 254).toWellFormed() : "", "/sign-in", 300);
    const address = emailSchema.safeParse(form.email);
    if (way === "credentials" && !refused && address.success) {
      setCookie(response, deviceCookie, deviceToken(address.data), "/api/auth", deviceSeconds);
    }
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
    cookies: { ...cookies, [csrfCookie]: `${csrfToken}|${csrfHash}` },
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
    await NextAuth(nodeRequest as never, nodeResponse as never, options(request, nextauth[1]));
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
 * waiting become the sign-in page, which has the words for them. Null for another site.
 */
function ownPage(location: string, form: Form): string | null {
  const base = environment().CLAIMDESK_URL;
  const url = new URL(location, base);
  if (url.origin !== new URL(base).origin) return null;
  if (!url.pathname.startsWith("/api/auth/") && url.pathname !== "/sign-in") return samePath(location, base);
  if (url.pathname.endsWith("/verify-request") || url.searchParams.has("sent")) return linkSent;
  const query = new URLSearchParams();
  const error = url.searchParams.get("error");
  if (error) query.set("error", error);
  const next = samePath(form.callbackUrl ?? url.searchParams.get("callbackUrl") ?? "/", base);
  if (next !== "/" && next !== "/sign-in") query.set("next", next);
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in";
}

/**
 * To another site by a page that goes on by itself: browsers hold a redirect after a form against `form-action`, and the
 * policy names no other site there.
 */
function onward(response: Response, location: string): Response {
  const headers = new Headers(response.headers);
  headers.delete("Location");
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", "default-src 'none'");
  const href = location.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${href}"><title>Sign in</title><p><a href="${href}">Go on to sign in</a></p></html>`;
  return new Response(html, { status: 200, headers });
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

function setCookie(response: Response, name: string, value: string, path: string, seconds: number): void {
  const secure = sessionCookie().secure ? "; Secure" : "";
  const maxAge = value === "" ? 0 : seconds;
  response.headers.append(
    "Set-Cookie",
    `${name}=${encodeURIComponent(value)}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`,
  );
}
