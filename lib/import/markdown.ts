/**
 * Markdown -> HTML -> blocks: whatever raw HTML it holds goes through the same allow-list as any other. Front matter gives metadata.
 */
import { marked } from "marked";
import { AppError } from "../domain/errors";
import { webAddress } from "../domain/text";
import { calendarDate } from "./calendar-date";
import { metadataLine } from "./clean-text";
import { type FoundMetadata, type ImportedText, nothingFound } from "./draft";
import { readHtmlFragment } from "./html";
import { languageTag } from "./page-metadata";

/** @throws AppError `too_large` for text that is nested too deep. */
export function readMarkdown(text: string): ImportedText {
  const { body, metadata } = splitFrontMatter(text.replace(/\r\n?/g, "\n"));
  let html: string;
  try {
    html = marked.parse(body, { async: false, gfm: true });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError("too_large", "This text has lists or quotes nested deeper than can be read.", {}, { cause });
  }
  return { ...readHtmlFragment(html), metadata };
}

/** The `key: value` lines between two `---` at the top. Lists and nested values, which no field here takes, are passed over. */
function splitFrontMatter(text: string): { body: string; metadata: FoundMetadata } {
  const match = /^\ufeff?---\n(?=[\w-]+\s*:)([\s\S]{0,20000}?)\n---(?:\n|$)/.exec(text);
  if (!match) return { body: text, metadata: nothingFound };
  const values = new Map<string, string>();
  for (const line of (match[1] ?? "").split("\n")) {
    const pair = /^([\w-]+)\s*:\s*(\S.*)$/.exec(line);
    if (pair?.[1] && pair[2]) values.set(pair[1].toLowerCase(), pair[2].trim().replace(/^(["'])(.*)\1$/, "$2"));
  }
  const first = (...names: string[]) =>
    names.map((name) => values.get(name)).find((value) => value !== undefined) ?? null;
  const url = first("canonical_url", "canonical", "url", "link", "source_url");
  return {
    body: text.slice(match[0].length),
    metadata: {
      headline: metadataLine(first("title", "headline")),
      byline: metadataLine(first("author", "byline", "authors")),
      outlet: metadataLine(first("outlet", "publisher", "publication", "source")),
      publishedOn: calendarDate(first("date", "published", "publish_date", "pubdate")),
      canonicalUrl: url && webAddress(url) ? url : null,
      language: languageTag(first("lang", "language")),
    },
  };
}
