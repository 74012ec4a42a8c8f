/** What an import's thread is asked and answers, in shapes that can be copied between threads: an error's class would be lost on the way. */
import type { ErrorCode } from "../domain/errors";
import type { FoundMetadata } from "./draft";
import type { FetchedPage, ImportedArticle, ImportInput } from "./import-article";

/** What there is to read, and what is wanted of it: the whole article, or what a page says of itself. */
export type ImportJob = { want: "article"; input: ImportInput } | { want: "metadata"; input: FetchedPage };

export type ImportResult<J extends ImportJob> = J extends { want: "article" } ? ImportedArticle : FoundMetadata;

export type ImportAnswer =
  | { imported: ImportedArticle | FoundMetadata }
  /** An AppError: expected, its message written for the person. */
  | { refused: { code: ErrorCode; message: string } }
  /** A bug: the stack, for the log. */
  | { failed: string };
