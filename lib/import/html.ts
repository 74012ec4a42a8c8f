/**
 * HTML -> blocks. A fragment (a paste, a converted document) is taken whole; of a web page, Readability finds the article. The tree
 * is linkedom's: no script runs, nothing is loaded. The guard has looked at the markup before any tree is built.
 */
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import type { RichTextNode } from "../domain/rich-text";
import { plainText } from "../domain/rich-text";
import { webAddress } from "../domain/text";
import { blocksFromHtml } from "./document-from-html";
import { type FoundMetadata, type ImportedText, nothingFound } from "./draft";
import { guardMarkup } from "./html-guard";
import { readPageMetadata } from "./page-metadata";

/** UTF-16 code units; with less than this a page has most likely shown a wall, a menu or an error. */
const littleText = 400;

/** @throws AppError `too_large` for markup that is nested too deep or has too many tags. */
export function readHtmlFragment(html: string, baseUrl: string | null = null): ImportedText {
  guardMarkup(html);
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  return { ...blocksFromHtml(document.body, baseUrl), metadata: nothingFound };
}

/**
 * A whole HTML file or page. Where it has the furniture of a web page (navigation, headers, scripts), only the article in it is
 * taken; a plain document is taken as it is.
 * @param address Where it was fetched from; null for a file.
 * @throws AppError `too_large` as above.
 */
export function readHtmlPage(html: string, address: string | null): ImportedText {
  guardMarkup(html);
  const document = parsePage(html);
  const base = address ?? savedFrom(html);
  const metadata = readPageMetadata(document, base);
  if (!isPage(document)) {
    const { blocks, notes } = blocksFromHtml(document.body, base);
    return { blocks: withoutHeadline(blocks, metadata.headline), metadata, notes };
  }
  const extracted = new Readability<Node>(document, {
    serializer: (node) => node,
    keepClasses: true,
    disableJSONLD: true,
  }).parse();
  if (!extracted?.content) return { blocks: [], metadata, notes: [] };
  const { blocks, notes } = blocksFromHtml(extracted.content, base);
  const length = blocks.reduce((sum, block) => sum + plainText(block).length, 0);
  return {
    blocks: withoutHeadline(blocks, metadata.headline),
    metadata: { ...metadata, byline: metadata.byline ?? bylineFrom(extracted.byline) },
    notes: [
      "Only the article was taken from the page; menus, advertising and comments were left out.",
      ...(length < littleText
        ? ["Very little text was found. The page may need a subscription, or scripts; paste the text instead."]
        : []),
      ...notes,
    ],
  };
}

/**
 * What a page says of itself, without looking for an article in it.
 * @throws AppError `too_large` as above.
 */
export function readHtmlMetadata(html: string, address: string): FoundMetadata {
  guardMarkup(html);
  return readPageMetadata(parsePage(html), address);
}

const bylineFrom = (byline: string | null | undefined) =>
  byline && byline.length <= 200
    ? byline
        .replace(/\s+/g, " ")
        .replace(/^by\s+/i, "")
        .trim() || null
    : null;

/**
 * The page with a head and a body. Both tags may be left out in HTML; linkedom then makes them up where they are asked for, empty
 * and beside what they should hold.
 */
function parsePage(html: string): Document {
  const { document } = parseHTML(html);
  const root = document.documentElement;
  if (root?.localName !== "html") return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document;
  const children = [...root.childNodes];
  const named = (name: string) =>
    children.find((child) => (child as Element).localName === name) ?? document.createElement(name);
  const [head, body] = [named("head"), named("body")];
  for (const child of children) {
    if (child === head || child === body) continue;
    if (headElements.has((child as Element).localName)) head.appendChild(child);
    else body.appendChild(child);
  }
  root.replaceChildren(head, body);
  return document;
}

const headElements = new Set(["meta", "title", "link", "base", "script", "style"]);

const isPage = (document: Document) =>
  document.querySelector(
    "nav, header, footer, aside, main, article, script[src], meta[property^='og:'], [role='main']",
  ) !== null;

/** Browsers write into a saved page where it came from. */
function savedFrom(html: string): string | null {
  const url = /<!--\s*saved from url=\(\d+\)(\S+?)\s*-->/i.exec(html.slice(0, 2_000))?.[1];
  return url && webAddress(url) ? url : null;
}

/** The headline has its own field; a page that repeats it above the text would have it twice. */
function withoutHeadline(blocks: RichTextNode[], headline: string | null): RichTextNode[] {
  const [first, ...rest] = blocks;
  if (first?.type !== "heading" || headline === null) return blocks;
  return plainText(first).replace(/\s+/g, " ").trim().toLowerCase() === headline.toLowerCase() ? rest : blocks;
}
