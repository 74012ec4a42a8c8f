/** What an import's thread answers, in a shape that can be copied between threads: an error's class would be lost on the way. */
import type { ErrorCode } from "../domain/errors";
import type { ImportedArticle } from "./import-article";

export type ImportAnswer =
  | { imported: ImportedArticle }
  /** An AppError: expected, its message written for the person. */
  | { refused: { code: ErrorCode; message: string } }
  /** A bug: the stack, for the log. */
  | { failed: string };
