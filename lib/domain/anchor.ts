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

/** Words of a text, as the browser sends them: the server refuses when `exact` is not what stands there. */
export const wordsInText = {
  start: z.int().min(0),
  end: z.int().min(1),
  exact: z
    .string()
    .max(limits.anchorCharacters, `Mark at most ${limits.anchorCharacters.toLocaleString("en")} characters at once`)
    .refine((words) => words.trim() !== "", "Mark at least one character that can be seen"),
};

/** What the browser sends: the server makes `prefix` and `suffix` itself. */
export const anchorCreate = z
  .strictObject({ id, ...wordsInText })
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
  /** While it is altered: the words that it stood on when it was last sure. */
  was: z.string().nullable(),
  /** The text that it stands in, and whose it is. */
  revisionId: id,
  articleId: id,
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

/** Two of these side by side are two characters, and most edges are: only the others are worth the segmenter's time. */
const plainPair =
  /^[\p{Lu}\p{Ll}\p{Nd}\p{P}\p{Sc} \n\u00a0\u0620-\u064a\u0904-\u0939\u0e01-\u0e30\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2}$/u;

/** An index inside a character that a person sees as one (a letter with its accents, a flag, a family) is moved outwards. */
function outsideCluster(text: string, index: number, direction: -1 | 1): number {
  if (index <= 0 || index >= text.length || plainPair.test(text.slice(index - 1, index + 1))) return index;
  // A blank or a line feed begins a character of its own, so segmenting may begin there; the window may cut a character.
  const back = text.slice(Math.max(0, index - clusterWindow), index);
  const from = index - back.length + Math.max(0, back.lastIndexOf(" "), back.lastIndexOf("\n"));
  const near = text.slice(from, index + clusterWindow);
  const cluster = graphemes.segment(near).containing(index - from);
  if (!cluster || from + cluster.index === index) return index;
  return from + cluster.index + (direction === 1 ? cluster.segment.length : 0);
}

/** Whether the index is not inside a character that a person sees as one (UAX 29 grapheme clusters). */
export function isCharacterEdge(text: string, index: number): boolean {
  return outsideCluster(text, index, 1) === index;
}

/** White space, and marks without a width that say nothing at an edge: zero-width space, word joiner, direction marks. Source of a pattern. */
export const blank = String.raw`[\s\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]`;
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

/** The words of one or more anchors as one line: what a claim statement starts as. */
export function quoteOf(anchors: readonly { exact: string }[]): string {
  return anchors
    .map((anchor) => anchor.exact)
    .join(" … ")
    .replace(/\s+/g, " ")
    .trim();
}
