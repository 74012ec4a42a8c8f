/**
 * Typed calls to /api/v1. A refusal becomes the AppError that the server threw; a connection that is not there becomes
 * `Unreachable`, so that whoever calls can keep what was typed and send it later.
 */
import type { BodyInputOf, Endpoint, ParamsOf, QueryInputOf, ResponseOf, VersionOf } from "../domain/endpoints";
import { AppError, type ErrorCode, type ErrorDetails, errorStatus } from "../domain/errors";
import { personHeader } from "../domain/people";

/** The server could not be reached, or answered without sense: nothing is known of what became of the call. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

type Input<E extends Endpoint> = {
  signal?: AbortSignal;
  /** The person in whose name; refused when somebody else has signed in in this browser since. */
  as?: string;
} & (Record<never, never> extends ParamsOf<E> ? { params?: undefined } : { params: ParamsOf<E> }) &
  ("query" extends keyof E ? { query?: QueryInputOf<E> } : { query?: undefined }) &
  ("body" extends keyof E ? { body: BodyInputOf<E> } : { body?: undefined }) &
  (E extends { precondition: true } ? { version: number } : { version?: VersionOf<E> });

export function addressOf(
  endpoint: Endpoint,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ""}`;
}

/** @throws AppError for a refusal, Unreachable when there was no answer. */
export async function call<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<ResponseOf<E>> {
  const { params, query, body, version, signal, as } = input as unknown as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
    version?: number;
    signal?: AbortSignal;
    as?: string;
  };
  const headers: Record<string, string> = { Accept: "application/json" };
  const init: RequestInit = {
    method: endpoint.method,
    headers,
    credentials: "same-origin",
    ...(signal ? { signal } : {}),
  };
  if (as !== undefined) headers[personHeader] = as;
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (endpoint.body === "bytes") {
    headers["Content-Type"] = "application/octet-stream";
    init.body = body as Blob;
  } else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint, params, query), init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Unreachable("The connection to Claimdesk is lost.", { cause });
  }
  if (response.ok) return (await response.json()) as ResponseOf<E>;
  throw await refusalOf(response);
}

async function refusalOf(response: Response): Promise<AppError | Unreachable> {
  const body = (await response.json().catch(() => null)) as ({ code?: string; title?: string } & ErrorDetails) | null;
  if (!body?.code || !(body.code in errorStatus))
    return new Unreachable(body?.title ?? "Claimdesk did not answer as it should.");
  const { code, title, fields, current, retryAfter } = body;
  return new AppError(code as ErrorCode, title ?? "", {
    ...(fields && { fields }),
    ...(current !== undefined && { current }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
