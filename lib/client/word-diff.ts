/** What two versions of a text have in common, word by word, to be shown side by side. Decides nothing. */
import { diffWordsWithSpace } from "diff";

export type DiffPart = { text: string; kind: "same" | "only" };

/** Each side whole, its own words marked. Beyond `timeout` (two texts that share nothing) each side is one marked part. */
export function wordDiff(left: string, right: string): { left: DiffPart[]; right: DiffPart[] } {
  const changes = diffWordsWithSpace(left, right, { timeout: 100 });
  if (!changes) return { left: [{ text: left, kind: "only" }], right: [{ text: right, kind: "only" }] };
  const side = (without: "added" | "removed"): DiffPart[] =>
    changes
      .filter((change) => !change[without])
      .map(({ value, added, removed }) => ({ text: value, kind: added || removed ? "only" : "same" }));
  return { left: side("added"), right: side("removed") };
}
