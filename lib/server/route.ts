/**
 * The one way from HTTP to a use case: cross-site check, session, rate limit, body limit, schemas, then the handler; and the
 * one place where an error becomes a status and a Problem Details body (RFC 9457). It decides nothing about roles.
 */
import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf, VersionOf } from "../domain/endpoints";
import { AppError, type ErrorDetails, errorStatus } from "../domain/errors";
import { limits } from "../domain/limits";
import { type Actor, personHeader } from "../domain/people";
import { databaseFault } from "./db";
import { environment } from "./env";
import { getActor } from "./session";
import { limitRate } from "./throttle";

type Context<E extends Endpoint> = {
  actor: E extends { open: true } ? Actor | null : Actor;
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  /** The version named in `If-Match`; only endpoints with a precondition have one. */
  version: VersionOf<E>;
  request: Request;
};
type Handler<E extends Endpoint> = (context: Context<E>) => Promise<ResponseOf<E>>;
/** A route without parameters gets none at all from Next.js, whatever its types say. */
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

const notCached = { "Cache-Control": "no-store" };
/** For a record that never changes: kept by the browser that asked, for as long as its cookie, the session's, is the same. */
const immutable = { "Cache-Control": "private, max-age=31536000, immutable", Vary: "Cookie" };

/** The route handler of an endpoint. The answer is what the handler returns, as JSON that nobody may cache unless it never changes. */
export function route<E extends Endpoint>(
  endpoint: E,
  handler: Handler<E>,
  { neverChanges = false }: { neverChanges?: boolean } = {},
) {
  return async (request: Request, context: RouteContext): Promise<Response> =>
    answer(async () => {
      refuseCrossSite(request);
      const actor = await getActor();
      await limitRate(request, actor);
      if (!actor && !endpoint.open)
        throw new AppError("unauthenticated", "Your session has ended. Sign in again; what you typed is kept.");
      const meant = request.headers.get(personHeader);
      if (actor && meant !== null && meant !== actor.id)
        throw new AppError(
          "unauthenticated",
          "Somebody else has signed in here. Sign in again; what you typed is kept.",
        );
      const params = parse(endpoint.params, (await context.params) ?? {}, "The address is not right.");
      const query = endpoint.query
        ? parse(
            endpoint.query,
            Object.fromEntries(new URL(request.url).searchParams),
            "A search parameter is not right.",
          )
        : undefined;
      const version = endpoint.precondition && preconditionOf(request, endpoint.precondition);
      const body = endpoint.body ? await bodyOf(endpoint, request) : undefined;
      const result = await handler({ actor, params, query, body, version, request } as Context<E>);
      return Response.json(result, { headers: neverChanges ? immutable : notCached });
    });
}

/** Runs `work` and turns whatever it throws into a Problem Details response. For the few routes that do not send JSON. */
export async function answer(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    return problem(databaseFault(thrown));
  }
}

function problem(error: unknown): Response {
  if (error instanceof AppError) {
    const status = errorStatus[error.code];
    const headers: Record<string, string> = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
    if (error.details.retryAfter !== undefined) headers["Retry-After"] = String(Math.ceil(error.details.retryAfter));
    return new Response(
      JSON.stringify({
        type: `urn:claimdesk:${error.code}`,
        title: error.message,
        status,
        code: error.code,
        ...error.details,
      }),
      { status, headers },
    );
  }
  const reference = randomUUID();
  console.error(`[${reference}]`, error);
  const body = {
    type: "urn:claimdesk:bug",
    title: `Something went wrong on our side. If it happens again, name this reference: ${reference}`,
    status: 500,
    code: "bug",
    reference,
  };
  return new Response(JSON.stringify(body), {
    status: 500,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
  });
}

const safeMethods = ["GET", "HEAD"];

/** A page of another site must not write in a signed-in person's name: `Sec-Fetch-Site` where it is sent, `Origin` otherwise. */
export function refuseCrossSite(request: Request): void {
  if (safeMethods.includes(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const from = origin === null ? null : hostOf(origin);
  const own = [new URL(environment().CLAIMDESK_URL).host, request.headers.get("host")];
  const sameOrigin = from !== null && own.includes(from);
  // Programs that are not browsers send neither header; a browser always sends one of them with a write.
  const allowed =
    site !== null ? site === "same-origin" || (site === "none" && origin === null) : origin === null || sameOrigin;
  if (!allowed || (origin !== null && !sameOrigin))
    throw new AppError("forbidden", "This request came from another site and was refused.");
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

function preconditionOf(request: Request, wanted: true | "optional"): number | undefined {
  const header = request.headers.get("if-match");
  if (header === null && wanted === "optional") return undefined;
  const match = /^"?(\d{1,9})"?$/.exec(header ?? "");
  if (!match) throw new AppError("precondition_required", "Say in If-Match which version this change was made on.");
  return Number(match[1]);
}

async function bodyOf(endpoint: Endpoint, request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (endpoint.body === "bytes") {
    if (type !== "application/octet-stream")
      throw new AppError("unsupported", "Send the file as application/octet-stream.");
    return readBytes(request, limits.uploadBytes);
  }
  if (type !== "application/json") throw new AppError("unsupported", "Send JSON, as application/json.");
  const bytes = await readBytes(request, endpoint.large ? limits.documentBytes : limits.jsonBytes);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid", "The body is not JSON in UTF-8.");
  }
  return parse(endpoint.body as z.ZodType, json, "Something in what was sent is not right.");
}

/** Counts bytes as they come and stops at the limit: a header may lie. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError("too_large", `At most ${megabytes(most)} can be sent at once.`);
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const megabytes = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${Math.round(bytes / 1024 / 1024)} MB`;

/** @throws AppError `invalid` with each field that was refused */
export function parse<S extends z.ZodType>(schema: S, value: unknown, message: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const details: ErrorDetails = { fields };
  throw new AppError("invalid", message, details);
}
