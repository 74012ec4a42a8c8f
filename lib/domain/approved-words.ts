/** Whether a claim still stands on the words that were approved. Strings only. */
import type { AnchorState } from "./anchor";
import { isSameWords } from "./carry-over";
import { isSure } from "./revision";

type Anchor = { exact: string; state: AnchorState };

/**
 * The words that were approved as they now stand, in the order of the anchors: their passages may have changed places, and a typographer
 * may have been at them. Null when they do not stand there, or when it is not sure that they do.
 */
export function wordsAsTheyStand(approved: readonly string[], anchors: readonly Anchor[]): string[] | null {
  if (approved.length !== anchors.length || anchors.some(({ state }) => !isSure(state))) return null;
  const left = anchors.map(({ exact }) => exact);
  for (const words of approved) {
    const at = left.findIndex((exact) => isSameWords(words, exact));
    if (at === -1) return null;
    left.splice(at, 1);
  }
  return anchors.map(({ exact }) => exact);
}
