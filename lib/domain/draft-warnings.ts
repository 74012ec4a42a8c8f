/** What makes a new text look like a slip: another language, another article, a hundredfold length, nothing new. It refuses nothing. */
import type { Alignment } from "./align-texts";
import type { DraftWarning } from "./revision";

/** Words of a text below which little can be said of it. */
const fewestWords = 20;
/** Of the words of either text, so many stand in the other when they are two texts of one story. */
const leastShared = 0.15;
/** Times as long as the text before. */
const muchLonger = 100;

type Texts = {
  before: string;
  after: string;
  map: Alignment;
  languages: { before: string | null; after: string | null };
};

export function draftWarnings({ before, after, map, languages }: Texts): DraftWarning[] {
  if (before === after) return [{ kind: "formatting" }];
  const warnings: DraftWarning[] = [];
  if (languages.before && languages.after && languages.before !== languages.after)
    warnings.push({ kind: "language", before: languages.before, after: languages.after });
  const [old, fresh] = [map.before.length, map.after.length];
  const shared = map.to.reduce((count, word) => (word < 0 ? count : count + 1), 0);
  const isTold = old >= fewestWords && fresh >= fewestWords;
  if (isTold && shared < leastShared * Math.min(old, fresh)) warnings.push({ kind: "other_text" });
  if (after.length >= muchLonger * before.length)
    warnings.push({ kind: "longer", times: Math.round(after.length / before.length) });
  return warnings;
}
