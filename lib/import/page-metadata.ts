/**
 * What a web page says of itself: JSON-LD, OpenGraph, meta elements, `time`, the canonical link, the language. Nothing of it is
 * trusted: every value is folded to one line, every address must be http(s), every date must be one.
 */
import { Parser } from "htmlparser2";
import { limits } from "../domain/limits";
import { webAddress } from "../domain/text";
import { calendarDate } from "./calendar-date";
import { metadataLine } from "./clean-text";
import type { FoundMetadata } from "./draft";

/** UTF-16 code units of one JSON-LD block; a longer one is not read. */
const longestJsonLd = 500_000;
const articleTypes =
  /^(?:https?:\/\/schema\.org\/)?(?:\w*(?:Article|BlogPosting|Reportage|Report)|LiveBlogPosting|SocialMediaPosting)$/;

type JsonObject = Record<string, unknown>;

/**
 * Reads the metadata of a parsed page; null for what the page does not say.
 * @param address The address it was fetched from, to resolve relative ones against and to fall back on.
 */
export function readPageMetadata(document: Document, address: string | null): FoundMetadata {
  const article = jsonLdArticle(document);
  const meta = metaReader(document);
  const outlet =
    metadataLine(plain(nameOf(article?.publisher))) ??
    metadataLine(meta("og:site_name", "application-name", "dc.publisher"));
  return {
    headline: headlineOf(document, article, meta, outlet),
    byline: bylineOf(document, article, meta),
    outlet,
    publishedOn: dateOf(document, article, meta),
    canonicalUrl: canonicalUrl(document, article, meta, address),
    language: languageOf(document, article, meta),
  };
}

type MetaReader = (...names: string[]) => string | null;

/** The content of the first meta element that has one of the names, in the order of the names. */
function metaReader(document: Document): MetaReader {
  const values = new Map<string, string>();
  for (const element of document.querySelectorAll("meta")) {
    const name = element.getAttribute("property") ?? element.getAttribute("name") ?? element.getAttribute("itemprop");
    const content = element.getAttribute("content")?.trim();
    if (name && content && !values.has(name.toLowerCase())) values.set(name.toLowerCase(), content);
  }
  return (...names) => {
    const found = names.find((name) => values.has(name));
    return found === undefined ? null : (values.get(found) ?? null);
  };
}

function headlineOf(
  document: Document,
  article: JsonObject | null,
  meta: MetaReader,
  outlet: string | null,
): string | null {
  const declared = plain(article?.headline) ?? plain(meta("og:title", "twitter:title", "dc.title"));
  const headings = document.querySelectorAll("h1");
  const heading = headings.length === 1 ? (headings[0]?.textContent ?? null) : null;
  const title =
    metadataLine(declared) ?? metadataLine(heading) ?? metadataLine(document.querySelector("title")?.textContent);
  return title && withoutOutlet(title, outlet);
}

/** `Headline | Outlet` -> `Headline`, when the outlet is known. */
function withoutOutlet(title: string, outlet: string | null): string {
  if (!outlet) return title;
  const end = title.toLowerCase().lastIndexOf(outlet.toLowerCase());
  if (end <= 0 || end + outlet.length !== title.length) return title;
  const shortened = title.slice(0, end).replace(/\s*[|\u2013\u2014\u00b7:-]\s*$/, "");
  return shortened.length < end && shortened !== "" ? shortened.trim() : title;
}

function bylineOf(document: Document, article: JsonObject | null, meta: MetaReader): string | null {
  const authors = list(article?.author)
    .map((author) => plain(nameOf(author)))
    .filter((name) => name !== null);
  const declared =
    authors.length > 0 ? authors.join(", ") : meta("author", "byl", "dc.creator", "parsely-author", "article:author");
  const written = document.querySelector('[rel="author"], [itemprop="author"]')?.textContent;
  for (const candidate of [declared, written]) {
    const line = metadataLine(plain(candidate))?.replace(/^by\s+/i, "");
    if (line && !webAddress(line)) return line;
  }
  return null;
}

function dateOf(document: Document, article: JsonObject | null, meta: MetaReader): string | null {
  const time = document.querySelector(
    'time[itemprop="datePublished"], time[pubdate], article time[datetime], main time[datetime]',
  );
  const candidates = [
    article?.datePublished,
    meta(
      "article:published_time",
      "datepublished",
      "og:article:published_time",
      "parsely-pub-date",
      "date",
      "pubdate",
      "dc.date",
      "dc.date.issued",
      "sailthru.date",
    ),
    time?.getAttribute("datetime"),
    time?.textContent?.trim(),
  ];
  for (const candidate of candidates) {
    const date = typeof candidate === "string" ? calendarDate(candidate) : null;
    if (date) return date;
  }
  return null;
}

function canonicalUrl(
  document: Document,
  article: JsonObject | null,
  meta: MetaReader,
  address: string | null,
): string | null {
  const link = document.querySelector('link[rel~="canonical"]')?.getAttribute("href");
  const page = article?.mainEntityOfPage;
  const declared = [
    link,
    meta("og:url"),
    typeof page === "string" ? page : (page as JsonObject | undefined)?.["@id"],
    article?.url,
  ];
  for (const candidate of declared) {
    const url = typeof candidate === "string" ? resolve(candidate, address) : null;
    // A careless template names its front page as the canonical address of every article.
    if (url && (url.pathname !== "/" || url.search !== "" || !address || new URL(address).pathname === "/"))
      return url.href;
  }
  return address && address.length <= limits.url ? address : null;
}

function resolve(href: string, base: string | null): URL | null {
  try {
    const url = webAddress(new URL(href.trim(), base ?? undefined).href);
    return url && url.href.length <= limits.url ? url : null;
  } catch {
    return null;
  }
}

function languageOf(document: Document, article: JsonObject | null, meta: MetaReader): string | null {
  const declared = [
    document.documentElement?.getAttribute("lang"),
    typeof article?.inLanguage === "string" ? article.inLanguage : null,
    meta("og:locale", "content-language", "dc.language"),
  ];
  for (const candidate of declared) {
    const tag = languageTag(candidate);
    if (tag) return tag;
  }
  return null;
}

/** `en_GB` and `EN-gb` as `en-GB`; null for what is no BCP 47 tag. */
export function languageTag(value: string | null | undefined): string | null {
  if (!value || value.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(value.trim().replaceAll("_", "-"))[0] ?? null;
  } catch {
    return null;
  }
}

/** The first JSON-LD object that describes an article, wherever in the graph it stands. */
function jsonLdArticle(document: Document): JsonObject | null {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const text = script.textContent ?? "";
    if (text.length > longestJsonLd) continue;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      continue;
    }
    const roots = list(json).flatMap((root) => (isObject(root) ? [root, ...list(root["@graph"])] : []));
    const found = roots.find(
      (root) =>
        isObject(root) && list(root["@type"]).some((type) => typeof type === "string" && articleTypes.test(type)),
    );
    if (isObject(found)) return found;
  }
  return null;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

function nameOf(value: unknown): unknown {
  const first = list(value)[0];
  return isObject(first) ? list(first.name)[0] : first;
}

/** Text that may hold entities or tags, as some pages put into their JSON-LD, without them. */
function plain(value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (!/[&<]/.test(value)) return value;
  let text = "";
  const parser = new Parser({ ontext: (part) => (text += part) });
  parser.end(value.slice(0, limits.line * 10));
  return text;
}
