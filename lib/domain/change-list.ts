/**
 * The change list of an article: what the desk asks the author to change, in the order of the text, and what became of it. As data,
 * and as plain text for whoever gets it by mail. It decides nothing, and knows no interface's words but those it is given.
 */
import { z } from "zod";
import type { TextRange } from "./anchor";
import { personRef } from "./people";
import { id, instant } from "./text";
import { byPlace, suggestionOutcome, suggestionState } from "./wording";
import { workflowState } from "./workflow";

export const changeItem = z.object({
  /** Of the suggestion. */
  id,
  claimId: id,
  /** What a decision on it has to name. */
  claimVersion: z.int(),
  statement: z.string(),
  claimState: workflowState,
  /** The rating of the claim, in the words of the scale. */
  verdict: z.string().nullable(),
  /** The beginning of its rationale. */
  reason: z.string(),
  wording: z.string(),
  note: z.string(),
  state: suggestionState,
  proposedBy: personRef,
  proposedAt: instant,
  decidedBy: personRef.nullable(),
  decidedAt: instant.nullable(),
  /** The newest revision first. */
  outcomes: z.array(suggestionOutcome),
  /** Where it stands in the text under check, with the line around it; null when that is not known. */
  place: z
    .object({
      ...{ start: z.int(), end: z.int(), words: z.string() },
      ...{ before: z.string(), after: z.string(), isCutBefore: z.boolean(), isCutAfter: z.boolean() },
    })
    .nullable(),
});
export type ChangeItem = z.infer<typeof changeItem>;

export const changeList = z.object({
  articleId: id,
  headline: z.string(),
  language: z.string(),
  /** The text under check. */
  revision: z.object({ id, number: z.int() }),
  /** In the order of the text; those without a place come last. */
  items: z.array(changeItem),
  mayDecide: z.boolean(),
  lastEvent: z.int(),
});
export type ChangeList = z.infer<typeof changeList>;

/** Characters of a rationale that the list carries. */
export const mostOfReason = 600;

export type ChangeGroups = {
  /** Accepted, with a place in the text. */
  open: ChangeItem[];
  undecided: ChangeItem[];
  /** Of a passage that is not in the text. */
  lost: ChangeItem[];
  declined: ChangeItem[];
  /** By the revision that has them, the newest first. */
  done: { number: number; items: ChangeItem[] }[];
};

/** The revision whose text says what was asked for. */
const doneIn = ({ outcomes }: ChangeItem): number | undefined =>
  outcomes.find(({ outcome }) => outcome === "applied")?.number;

export function groupChanges(items: readonly ChangeItem[]): ChangeGroups {
  const groups: ChangeGroups = { open: [], undecided: [], lost: [], declined: [], done: [] };
  const done = new Map<number, ChangeItem[]>();
  for (const item of items) {
    const number = doneIn(item);
    if (number !== undefined) done.set(number, [...(done.get(number) ?? []), item]);
    else if (item.state === "declined") groups.declined.push(item);
    else if (!item.place) groups.lost.push(item);
    else if (item.state === "accepted") groups.open.push(item);
    else groups.undecided.push(item);
  }
  groups.done = [...done].sort(([one], [other]) => other - one).map(([number, items]) => ({ number, items }));
  return groups;
}

/** For each that shares words with another one, that other: only one of the two can be carried out as it is. */
export function overlapsIn<I extends { id: string; place: TextRange | null }>(items: readonly I[]): Map<string, I> {
  const found = new Map<string, I>();
  let last: (I & { place: TextRange }) | null = null;
  const placed = items.filter((item): item is I & { place: TextRange } => item.place !== null);
  for (const item of placed.toSorted((one, other) => byPlace(one.place, other.place))) {
    if (last && item.place.start < last.place.end) {
      found.set(item.id, last);
      if (!found.has(last.id)) found.set(last.id, item);
    }
    if (!last || item.place.end > last.place.end) last = item;
  }
  return found;
}

export type ChangeWords = {
  title: string;
  cut: string;
  now: string;
  should: string;
  note: string;
  check: string;
  overlaps: (number: number) => string;
};

/** The open changes as plain text, numbered as on the screen. */
export function changesAsText(items: readonly ChangeItem[], words: ChangeWords): string {
  const overlaps = overlapsIn(items);
  const numbers = new Map(items.map((item, index) => [item.id, index + 1]));
  const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
  const entries = items.map((item, index) => {
    const { place, wording, note, verdict, reason } = item;
    const around =
      place &&
      `${place.isCutBefore ? "… " : ""}${place.before}[${place.words}]${place.after}${place.isCutAfter ? " …" : ""}`;
    const other = overlaps.get(item.id);
    return [
      `${index + 1}. ${oneLine(around ?? item.statement)}`,
      `   ${words.now} ${oneLine(place?.words ?? "")}`,
      `   ${wording.trim() === "" ? words.cut : `${words.should} ${oneLine(wording)}`}`,
      ...(note ? [`   ${words.note} ${oneLine(note)}`] : []),
      ...(verdict || reason ? [`   ${words.check} ${oneLine([verdict, reason].filter(Boolean).join(". "))}`] : []),
      ...(other ? [`   ${words.overlaps(numbers.get(other.id) ?? 0)}`] : []),
    ].join("\n");
  });
  return `${[words.title, ...entries].join("\n\n")}\n`;
}
