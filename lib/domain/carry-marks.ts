/** Marks of sentences from one text to the next. Strings and ranges only. Never on words that nobody looked at. */
import type { Alignment } from "./align-texts";
import type { TextRange } from "./anchor";
import { carryOver } from "./carry-over";
import { isSure } from "./revision";

/**
 * The marks as they stand in another text, in its order: only those whose very words are still there, each in one place. All others are
 * dropped, so that their sentences come back as unaccounted.
 */
export function carryMarks<M extends TextRange>(
  oldText: string,
  marks: readonly M[],
  newText: string,
  alignment?: Alignment,
): M[] {
  const carried = carryOver(oldText, marks, newText, alignment).flatMap((answer, index) =>
    "range" in answer && isSure(answer.state) ? [{ ...(marks[index] as M), ...answer.range }] : [],
  );
  let end = 0;
  return carried
    .sort((one, other) => one.start - other.start)
    .filter((mark) => {
      if (mark.start < end) return false;
      end = mark.end;
      return true;
    });
}
