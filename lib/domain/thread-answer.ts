/** What a thread of its own answers, in a shape that can be copied between threads: an error's class would be lost on the way. */
import { AppError, type ErrorCode } from "./errors";

export type ThreadAnswer<T> =
  | { done: T }
  /** An AppError: expected, its message written for the person. */
  | { refused: { code: ErrorCode; message: string } }
  /** A bug: the stack, for the log. */
  | { failed: string };

export async function answerOf<T>(work: () => Promise<T>): Promise<ThreadAnswer<T>> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof AppError) return { refused: { code: error.code, message: error.message } };
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
