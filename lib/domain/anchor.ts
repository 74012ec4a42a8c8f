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
  .strictObject({ id, start: z.int().min(0), end: z.int().min(1), exact: z.string().min(1) })
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

/** The range without the white space at its edges; null when nothing else is in it. */
export function tidyRange(text: string, { start, end }: TextRange): TextRange | null {
  const from = Math.max(0, Math.min(start, end));
  const to = Math.min(text.length, Math.max(start, end));
  const slice = text.slice(from, to);
  const trimmed = slice.trim();
  if (trimmed === "") return null;
  const first = from + (slice.length - slice.trimStart().length);
  return { start: outsidePair(text, first, -1), end: outsidePair(text, first + trimmed.length, 1) };
}

/**
 * The range grown to the whole sentences that it touches, edges tidied (Unicode UAX 29 sentences, by `Intl.Segmenter`).
 * Never across a block: blocks are parted by a blank line in the canonical text.
 */
export function growToSentence(text: string, range: TextRange, language: string): TextRange {
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  const edge = (index: number) => {
    const blockStart = text.lastIndexOf("\n\n", Math.max(0, index - 1)) + 1;
    const from = blockStart === 0 ? 0 : blockStart + 1;
    const next = text.indexOf("\n\n", index);
    const block = text.slice(from, next === -1 ? text.length : next);
    const sentence = segmenter
      .segment(block)
      .containing(Math.min(Math.max(0, index - from), Math.max(0, block.length - 1)));
    return sentence
      ? { start: from + sentence.index, end: from + sentence.index + sentence.segment.length }
      : { start: from, end: from };
  };
  return tidyRange(text, { start: edge(range.start).start, end: edge(range.end - 1).end }) ?? range;
}
