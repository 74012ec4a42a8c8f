/** The desk's filters as they stand in the address bar. */
import { type ArticleQuery, articleQuery } from "@/lib/domain/article";

type SearchParams = Record<string, string | string[] | undefined>;

/** What the address asks for, and the names of filters in it that make no sense and are left out. */
export function readDeskQuery(params: SearchParams): { query: ArticleQuery; ignored: string[] } {
  const given: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [name, field] of Object.entries(articleQuery.shape)) {
    const value = [params[name]].flat()[0];
    // A form without a script sends every field, empty ones too.
    if (value === undefined || value === "") continue;
    if (field.safeParse(value).success) given[name] = value;
    else ignored.push(name);
  }
  return { query: articleQuery.parse(given), ignored };
}

/** The address of the desk with these filters; what goes without saying is left out. */
export function deskAddress(query: Partial<ArticleQuery>): string {
  const { sort, ...filters } = query;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) search.set(name, value);
  if (sort && sort !== "activity") search.set("sort", sort);
  return search.size > 0 ? `/articles?${search}` : "/articles";
}

/** Whether anything narrows the list. The trash is a place of its own, not a filter. */
export function isNarrowed({ q, state, rating, person, due }: ArticleQuery): boolean {
  return Boolean(q || state || rating || person || due);
}
