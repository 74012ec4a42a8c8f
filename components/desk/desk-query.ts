/** The desk's address, and what its filters mean for the screen. */
import { writeAddress } from "@/components/frame/address";
import type { ArticleQuery } from "@/lib/domain/article";

/** The address of the desk with these filters; the usual order goes without saying. */
export const deskAddress = ({ sort, ...filters }: Partial<ArticleQuery>): string =>
  writeAddress("/articles", { ...filters, sort: sort === "activity" ? undefined : sort });

/** Whether anything narrows the list. The trash is a place of its own, not a filter. */
export const isNarrowed = ({ q, state, rating, person, due, anchor }: ArticleQuery): boolean =>
  Boolean(q || state || rating || person || due || anchor);
