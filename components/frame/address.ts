/** Filters as they stand in the address bar: read with the schema that the API has for them, written as short as they can be. */
import type { z } from "zod";

type SearchParams = Record<string, string | string[] | undefined>;

/** What the address asks for, and the names of filters in it that make no sense and are left out. */
export function readAddress<Schema extends z.ZodObject>(
  schema: Schema,
  params: SearchParams,
): { query: z.output<Schema>; ignored: string[] } {
  const given: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = [params[name]].flat()[0];
    // A form without a script sends every field, empty ones too.
    if (value === undefined || value === "") continue;
    if ((field as z.ZodType).safeParse(value).success) given[name] = value;
    else ignored.push(name);
  }
  return { query: schema.parse(given), ignored };
}

/** An address with these filters, without those that are empty. */
export function writeAddress(path: string, query: Record<string, string | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  return search.size > 0 ? `${path}?${search}` : path;
}
