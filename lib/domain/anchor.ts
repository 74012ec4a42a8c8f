/**
 * The anchor: where a claim stands in a revision. Strings and numbers only, the same result in the browser and on the server.
 * Follows the TextPositionSelector and TextQuoteSelector of the W3C Web Annotation Data Model (sections 4.2.4 and 4.2.5),
 * with offsets in UTF-16 code units of the canonical text, as JavaScript counts.
 */
import { z } from "zod";
import { limits } from "./limits";
import { id } from "./text";

export const anchorStates = ["anchored", "moved", "altered", "ambiguous", "orphaned"] as const;
export const anchorState = z.enum(anchorStates);
export type AnchorState = z.infer<typeof anchorState>;

/** `start` inclusive, `end` exclusive. */
export type TextRange = { start: number; end: number };

export type AnchorDescription = TextRange & { exact: string; prefix: string; suffix: string };

/** What the browser sends: the server makes `prefix` and `suffix` itself, and refuses when `exact` is not what stands there. */
export const anchorCreate = z
  .strictObject({
    id,
    start: z.int().min(0),
    end: z.int().min(1),
    exact: z
      .string()
      .max(limits.anchorCharacters, `Mark at most ${limits.anchorCharacters.toLocaleString("en")} characters at once`)
      .refine((words) => words.trim() !== "", "Mark at least one character that can be seen"),
  })
  .refine((anchor) => anchor.end > anchor.start, "An anchor holds at least one character");
export type AnchorCreate = z.infer<typeof anchorCreate>;

export const anchorView = z.object({
  id,
  start: z.int(),
  end: z.int(),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  state: anchorState,
});
export type AnchorView = z.infer<typeof anchorView>;

/** An index that would fall inside a surrogate pair is moved outwards, so that no slice holds half a character. */
function outsidePair(text: string, index: number, direction: -1 | 1): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const split = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return split ? index + direction : index;
}

/**
 * The anchor of a range of `text`.
 * @throws RangeError when the range is empty or not inside the text.
 */
export function describeAnchor(text: string, { start, end }: TextRange): AnchorDescription {
  if (!(start >= 0 && start < end && end <= text.length))
    throw new RangeError(`No range ${start}–${end} in ${text.length} characters`);
  const from = outsidePair(text, start, -1);
  const to = outsidePair(text, end, 1);
  return {
    start: from,
    end: to,
    exact: text.slice(from, to),
    prefix: text.slice(outsidePair(text, Math.max(0, from - limits.anchorContext), 1), from),
    suffix: text.slice(to, outsidePair(text, Math.min(text.length, to + limits.anchorContext), -1)),
  };
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Code units looked at around an index to find the character it stands in: far longer than any character in use. */
const clusterWindow = 256;

/** An index inside a character that a person sees as one (a letter with its accents, a flag, a family) is moved outwards. */
function outsideCluster(text: string, index: number, direction: -1 | 1): number {
  if (index <= 0 || index >= text.length) return index;
  // A blank or a line feed begins a character of its own, so segmenting may begin there; the window may cut a character.
  const back = text.slice(Math.max(0, index - clusterWindow), index);
  const from = index - back.length + Math.max(0, back.lastIndexOf(" "), back.lastIndexOf("\n"));
  const near = text.slice(from, index + clusterWindow);
  const cluster = graphemes.segment(near).containing(index - from);
  if (!cluster || from + cluster.index === index) return index;
  return from + cluster.index + (direction === 1 ? cluster.segment.length : 0);
}

/** White space, and marks without a width that say nothing at an edge: zero-width space, word joiner, direction marks. */
const blank = String.raw`[\s\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]`;
const leadingBlanks = new RegExp(`^${blank}+`, "u");
/** Anchored by hand below: a pattern that ends in `+$` takes quadratic time on a long run of blanks inside. */
const oneBlank = new RegExp(blank, "u");

/**
 * The range without the blanks at its edges, whole characters only (UAX 29 grapheme clusters); null when nothing else is
 * in it. The two ends may come in either order and lie outside the text.
 */
export function tidyRange(text: string, range: TextRange): TextRange | null {
  const within = (index: number) => Math.max(0, Math.min(text.length, index));
  const first = outsideCluster(text, within(Math.min(range.start, range.end)), -1);
  const last = outsideCluster(text, within(Math.max(range.start, range.end)), 1);
  const start = first + (leadingBlanks.exec(text.slice(first, last))?.[0].length ?? 0);
  let end = last;
  while (end > start && oneBlank.test(text.charAt(end - 1))) end -= 1;
  return start < end ? { start: outsideCluster(text, start, -1), end: outsideCluster(text, end, 1) } : null;
}

/**
 * Where UAX 29 parts a sentence though it goes on. It knows no abbreviations, so that "Mr. Rutte said" and "the U.S. envoy"
 * would be two. English, as news in other languages seldom has a full stop before a capital inside a sentence.
 */
const titles =
  /(?:^|[\s"'“‘(—–-])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Adm|Sgt|Pres|St|Mt|vs|\p{Lu})\.\s+$/u;
const beforeNumber = /(?:^|[\s\p{P}])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?|Fig|Art|Sec|pp?)\.\s+$/iu;
const shortened = /(?:^|[\s\p{P}])(?:(?:\p{L}\.){2,}|Jr\.|Sr\.|Inc\.|Ltd\.|Co\.|Corp\.)\s+$/u;
/** A word that begins a sentence more often than it follows "U.S." or "p.m." inside one. */
const opener =
  /^["'“‘(]*(?:The|A|An|He|She|It|They|We|I|You|But|And|Or|So|In|On|At|As|By|For|If|When|While|After|Before|This|That|These|Those|Then|There|Its|His|Her|Their|Our|My|However|Meanwhile|What|Why|How|Who|No|Yes|Not)\b/u;

function goesOn(before: string, after: string): boolean {
  const tail = before.slice(-40);
  if (after === "" || /[\n\r\u2028\u2029]\s*$/u.test(tail)) return false;
  if (/^["'“‘(]*\p{Ll}/u.test(after) || titles.test(tail)) return true;
  if (beforeNumber.test(tail) && /^\d/u.test(after)) return true;
  return shortened.test(tail) && !opener.test(after);
}

/** The sentence of one block that holds `index`; both in code units of the block. */
function sentenceAt(block: string, index: number, segmenter: Intl.Segmenter): TextRange {
  const segments = segmenter.segment(block);
  const at = (place: number) => segments.containing(place)?.segment ?? "";
  const inside = segments.containing(Math.min(index, block.length - 1));
  if (!inside) return { start: 0, end: block.length };
  let start = inside.index;
  let end = start + inside.segment.length;
  while (start > 0 && goesOn(at(start - 1), block.slice(start, end))) start -= at(start - 1).length;
  while (end < block.length && goesOn(block.slice(start, end), at(end))) end += at(end).length;
  return { start, end };
}

/**
 * The range grown to the whole sentences that its two ends touch, edges tidied (UAX 29 sentences, by `Intl.Segmenter`).
 * Each end stays in its own block: blocks are parted by a blank line in the canonical text.
 */
export function growToSentence(text: string, range: TextRange, language: string): TextRange {
  const tidy = tidyRange(text, range);
  if (!tidy) return range;
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  const sentence = (index: number) => {
    const blockStart = index === 0 ? 0 : text.lastIndexOf("\n\n", index - 1) + 2;
    const from = blockStart === 1 ? 0 : Math.min(blockStart, index);
    const next = text.indexOf("\n\n", index);
    const { start, end } = sentenceAt(text.slice(from, next === -1 ? text.length : next), index - from, segmenter);
    return { start: from + start, end: from + end };
  };
  return tidyRange(text, { start: sentence(tidy.start).start, end: sentence(tidy.end - 1).end }) ?? tidy;
}

/** The words of one or more anchors as one line: what a claim statement starts as. */
export function quoteOf(anchors: readonly { exact: string }[]): string {
  return anchors
    .map((anchor) => anchor.exact)
    .join(" … ")
    .replace(/\s+/g, " ")
    .trim();
}
