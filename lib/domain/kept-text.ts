/**
 * What of a text an editor left alone while they changed it, as their own steps tell: exact where a comparison of the two texts could
 * only guess, as of five equal phrases of which one was cut. It comes from a browser, so it counts only as far as both texts bear it out.
 */
import { z } from "zod";
import type { Tokens } from "./text-tokens";

/** `length` characters from `from` of the old text stand from `to` of the new one. UTF-16 code units. */
const keptRange = z.strictObject({ from: z.int().min(0), to: z.int().min(0), length: z.int().min(1) });
export type KeptRange = z.infer<typeof keptRange>;

/** In the order of both texts. */
export const keptRanges = z.array(keptRange).max(100_000);

/** Whether the ranges are in the order of both texts, apart from one another, and the same characters in each. */
export function isKept(oldText: string, newText: string, ranges: readonly KeptRange[]): boolean {
  let [oldEnd, newEnd] = [0, 0];
  for (const { from, to, length } of ranges) {
    if (from < oldEnd || to < newEnd) return false;
    [oldEnd, newEnd] = [from + length, to + length];
    if (oldEnd > oldText.length || newEnd > newText.length) return false;
    if (oldText.slice(from, oldEnd) !== newText.slice(to, newEnd)) return false;
  }
  return true;
}

/** The pairs of words that lie whole inside of a range, old and new. Time is linear in the words. */
export function* keptWords(before: Tokens, after: Tokens, ranges: readonly KeptRange[]): Generator<[number, number]> {
  let [old, fresh] = [0, 0];
  for (const { from, to, length } of ranges) {
    while (old < before.length && (before.starts[old] as number) < from) old += 1;
    while (fresh < after.length && (after.starts[fresh] as number) < to) fresh += 1;
    while (old < before.length && fresh < after.length) {
      const [start, place] = [(before.starts[old] as number) - from, (after.starts[fresh] as number) - to];
      if (start >= length || place >= length) break;
      const [end, reached] = [(before.ends[old] as number) - from, (after.ends[fresh] as number) - to];
      // At an edge a word may go on in one of the texts.
      if (start === place && end === reached && end <= length) yield [old, fresh];
      if (start <= place) old += 1;
      if (place <= start) fresh += 1;
    }
  }
}
