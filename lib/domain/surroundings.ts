/** The line around words of a text: what a person needs to see to know which place is meant. Strings only, never past its block. */
import type { TextRange } from "./anchor";

/** `isCut`: more of the block stands on that side. */
export type Surroundings = { before: string; after: string; isCutBefore: boolean; isCutAfter: boolean };

/** At most `most` code units on each side, whole words. */
export function surroundingsOf(text: string, { start, end }: TextRange, most = 140): Surroundings {
  const blockStart = start === 0 ? 0 : text.lastIndexOf("\n\n", start - 1);
  const from = blockStart <= 0 ? 0 : Math.min(start, blockStart + 2);
  const blockEnd = text.indexOf("\n\n", end);
  const to = blockEnd === -1 ? text.length : blockEnd;
  const isCutBefore = start - from > most;
  const isCutAfter = to - end > most;
  return {
    before: isCutBefore ? text.slice(start - most, start).replace(/^\S*\s+/u, "") : text.slice(from, start),
    after: isCutAfter ? text.slice(end, end + most).replace(/\s+\S*$/u, "") : text.slice(end, to),
    isCutBefore,
    isCutAfter,
  };
}
