/** What an import's thread is asked and answers. */
import type { FoundMetadata } from "./draft";
import type { FetchedPage, ImportedArticle, ImportInput } from "./import-article";

/** What there is to read, and what is wanted of it: the whole article, or what a page says of itself. */
export type ImportJob = { want: "article"; input: ImportInput } | { want: "metadata"; input: FetchedPage };

export type ImportResult<J extends ImportJob> = J extends { want: "article" } ? ImportedArticle : FoundMetadata;
