/**
 * The lines around a text that are not the text: headline, byline and date before it, the outlet's name after it, as wires,
 * mails and word processors give them. Takes them out of the blocks and says so; what it is not sure of stays in the text.
 */
import type { RichTextNode } from "../domain/rich-text";
import { plainText } from "../domain/rich-text";
import { webAddress } from "../domain/text";
import { calendarDate, leadingDate } from "./calendar-date";
import { metadataLine } from "./clean-text";
import { type FoundMetadata, type ImportedText, mergeMetadata, nothingFound } from "./draft";
import { knownOutlet, looksLikeOutlet, trailingOutlet } from "./outlets";

/** UTF-16 code units; a longer line is no headline. */
const longestHeadline = 200;
const longestByline = 120;
/** So many blocks at the top may be about the text rather than of it. */
const mostHeaderLines = 8;

const namedLine =
  /^(headline|title|byline|author|authors|outlet|publisher|publication|source|date|published|published on|dateline date|url|link|language)\s*:\s*(\S.*)$/i;
const namedField: Readonly<Record<string, keyof FoundMetadata>> = {
  headline: "headline",
  title: "headline",
  byline: "byline",
  author: "byline",
  authors: "byline",
  outlet: "outlet",
  publisher: "outlet",
  publication: "outlet",
  source: "outlet",
  date: "publishedOn",
  published: "publishedOn",
  "published on": "publishedOn",
  url: "canonicalUrl",
  link: "canonicalUrl",
  language: "language",
};
const bylineStart = /^(?:by|von|par|por|di|door)\s+(?=\p{Lu})/iu;
const dateWord = /^\s*(?:date|dated|datum|fecha)\s*:?\s+(?=\d{4}-)/i;
const dateline = /^[\p{Lu}][^\n()]{1,60}\(([^()\n]{2,40})\)\s*[-\u2013\u2014]/u;

/** The text without those lines; what `given.metadata` knew already stays, and its line is taken out only if it says the same. */
export function takeWireLines(given: ImportedText): ImportedText {
  const blocks = [...given.blocks];
  const notes = [...given.notes];
  let found = given.metadata;
  const take = (part: Partial<FoundMetadata>, note: string) => {
    found = mergeMetadata(found, { ...nothingFound, ...part });
    notes.push(note);
  };

  for (let taken = 0; taken < mostHeaderLines && blocks.length > 1; taken++) {
    const first = blocks[0] as RichTextNode;
    const line = oneLine(first);
    if (line === null) break;
    const part = headerPart(line, first, blocks[1] as RichTextNode, found);
    if (!part) break;
    const field = Object.keys(part)[0] as keyof FoundMetadata;
    take(part, `The ${fieldNames[field]} was taken from a line before the text.`);
    blocks.shift();
  }

  const first = blocks[0];
  const glued = first && isTextBlock(first) ? gluedDate(plainText(first)) : null;
  if (first && glued) {
    const rest = dropStart(first, glued.length);
    if (rest) blocks[0] = rest;
    else blocks.shift();
    take({ publishedOn: glued.date }, "The publication date was taken from the beginning of the text.");
  }

  const last = blocks.at(-1);
  const closing = last && oneLine(last);
  if (last && closing) {
    const outlet = blocks.length > 1 ? closingOutlet(closing) : null;
    if (outlet) {
      blocks.pop();
      take({ outlet }, "The outlet was taken from the last line.");
    } else {
      const end = trailingOutlet(closing);
      if (end) {
        blocks[blocks.length - 1] = keepStart(last, closing.slice(0, end.start).trimEnd().length);
        take({ outlet: end.outlet }, "The outlet was taken from the end of the text.");
      }
    }
  }

  if (found.outlet === null && blocks[0]) {
    const agency = knownOutlet(dateline.exec(plainText(blocks[0]).slice(0, 120))?.[1] ?? "");
    if (agency) take({ outlet: agency }, "The outlet was taken from the dateline, which stays in the text.");
  }
  return { blocks, metadata: found, notes };
}

const fieldNames: Readonly<Record<keyof FoundMetadata, string>> = {
  headline: "headline",
  byline: "byline",
  outlet: "outlet",
  publishedOn: "publication date",
  canonicalUrl: "address",
  language: "language",
};

/** What a line at the top says of the article, or null when it belongs to the text. */
function headerPart(
  line: string,
  block: RichTextNode,
  next: RichTextNode,
  found: FoundMetadata,
): Partial<FoundMetadata> | null {
  const named = namedLine.exec(line);
  const field = namedField[named?.[1]?.toLowerCase() ?? ""];
  if (field) {
    const value = fieldValue(field, named?.[2] ?? "");
    return value === null ? null : { [field]: value };
  }
  const bare = line.replace(dateWord, "").trim();
  const date = leadingDate(bare);
  if (date && /^[\sT\d:.,+Zz-]*(?:\p{Lu}{2,4})?\.?$/u.test(bare.slice(date.length))) return { publishedOn: date.date };
  const byline = bylineStart.exec(line);
  if (byline && line.length <= longestByline && !/[.!?:]$/.test(line)) return { byline: line.slice(byline[0].length) };
  if (found.headline !== null) return line === found.headline ? { headline: line } : null;
  return isHeadline(line, block, next) ? { headline: line } : null;
}

function fieldValue(field: keyof FoundMetadata, value: string): string | null {
  if (field === "publishedOn") return calendarDate(value);
  if (field === "canonicalUrl") return webAddress(value) ? value : null;
  if (field === "language") return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) ? value : null;
  return metadataLine(value);
}

/** A heading, or a short first line that is no sentence, with longer text or more such lines behind it. */
function isHeadline(line: string, block: RichTextNode, next: RichTextNode): boolean {
  if (line.length > longestHeadline) return false;
  if (block.type === "heading") return true;
  if (/[.,;:\u2026]["'\u201d\u2019\u00bb)]*$/.test(line) || dateWord.test(line)) return false;
  if (/^["'\u201c\u2018\u00ab\u201e(\u2022*-]/.test(line) && /["'\u201d\u2019\u00bb)]$/.test(line)) return false;
  const following = plainText(next);
  return (
    following.length > line.length ||
    bylineStart.test(following) ||
    leadingDate(following.replace(dateWord, "")) !== null
  );
}

/** `date 2025-11-28 Last month …`: the word and the ISO date, then the text itself. */
function gluedDate(text: string): { date: string; length: number } | null {
  const word = dateWord.exec(text);
  if (!word) return null;
  const date = leadingDate(text.slice(word[0].length));
  if (!date) return null;
  const end = word[0].length + date.length;
  const between = /^[\s.,;:\u2013\u2014-]*/.exec(text.slice(end))?.[0].length ?? 0;
  return { date: date.date, length: end + between };
}

function closingOutlet(line: string): string | null {
  const name = line
    .replace(
      /^(?:source|sources?|quelle|fuente|from|via|\u00a9|\(c\)|copyright|[-\u2013\u2014])\s*:?\s*(?:\d{4}\s+)?/i,
      "",
    )
    .trim();
  if (name.length > 60) return null;
  return knownOutlet(name) ?? (looksLikeOutlet(name) ? name : null);
}

const isTextBlock = (block: RichTextNode) => block.type === "paragraph" || block.type === "heading";

/** The text of a paragraph or heading that is one line, otherwise null. */
function oneLine(block: RichTextNode): string | null {
  if (!isTextBlock(block)) return null;
  const text = plainText(block).trim();
  return text === "" || text.includes("\n") ? null : text;
}

/** The block without its first `length` UTF-16 code units and the blanks behind them; null when nothing is left. */
function dropStart(block: RichTextNode, length: number): RichTextNode | null {
  let left = length;
  const content = (block.content ?? []).flatMap((node): RichTextNode[] => {
    const size = node.type === "hardBreak" ? 1 : (node.text?.length ?? 0);
    const dropped = Math.min(left, size);
    left -= dropped;
    if (dropped === size) return [];
    return node.text === undefined ? [node] : [{ ...node, text: node.text.slice(dropped) }];
  });
  const [first, ...rest] = content;
  if (first?.text === undefined) return content.length > 0 ? { ...block, content } : null;
  return { ...block, content: [{ ...first, text: first.text.trimStart() }, ...rest] };
}

/** The block's first `length` UTF-16 code units, without leading blanks being counted. */
function keepStart(block: RichTextNode, length: number): RichTextNode {
  let left = length;
  const content = (block.content ?? []).flatMap((node): RichTextNode[] => {
    const size = node.type === "hardBreak" ? 1 : (node.text?.length ?? 0);
    const kept = Math.min(left, size);
    left -= kept;
    if (kept === 0) return [];
    return node.text === undefined ? [node] : [{ ...node, text: node.text.slice(0, kept) }];
  });
  return { ...block, content };
}
