/**
 * Every failure that can be expected, as one error type with a closed list of codes.
 * The message is written for the person who reads it; it never carries a cause, a query or a stack.
 * Turned into HTTP in one place (`lib/server/route.ts`) and back into an AppError in one place (`lib/client/call.ts`).
 */

/** Each code with the HTTP status it becomes (RFC 9110). */
export const errorStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  duplicate: 409,
  conflict: 412,
  too_large: 413,
  unsupported: 415,
  precondition_required: 428,
  rate_limited: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What is wrong with one field of an input. `path` is dotted, as in `anchors.0.start`. */
export type FieldError = { path: string; message: string };

export type ErrorDetails = {
  /** For `invalid`: each field that was refused. */
  fields?: FieldError[];
  /** For `conflict`: the record as it now stands. For `duplicate`: the record that is already there. */
  current?: unknown;
  /** For `rate_limited` and `unavailable`: seconds to wait before another try. */
  retryAfter?: number;
};

export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    /** Plain words for the person: what happened and what can be done. */
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
