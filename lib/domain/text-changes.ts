/**
 * What a person is told of two texts: what stayed, what was cut, put in or moved, block by block, as an alignment of their words has
 * it. It groups and cuts into pieces; which word is which was decided by `align-texts.ts`. Strings only.
 */
import { type Alignment, alignTexts } from "./align-texts";
import type { Tokens } from "./text-tokens";

export type ChangeKind =
  | "same"
  | "cut"
  | "added"
  /** Stands elsewhere in the new text. */
  | "moved_away"
  /** Stood elsewhere in the old text. */
  | "moved_here";

/** A piece of a text. Pieces of one moved passage have its number, from 1 in the order of the new text; all others have null. */
export type ChangePart = { kind: ChangeKind; text: string; passage: number | null };

/** A block of either text or of both: a paragraph, a heading, an item of a list. */
export type ChangedBlock = {
  isChanged: boolean;
  /** Where it begins in each text, or would begin (UTF-16 code units). */
  at: { before: number; after: number };
  before: ChangePart[];
  after: ChangePart[];
  /** Both in one: what was cut stands before what was put in its place. */
  together: ChangePart[];
};

export type TextChanges = {
  blocks: ChangedBlock[];
  /** In words. */
  cut: number;
  added: number;
  movedPassages: number;
};

/** A row of words in which all have become the same. Of what only one text has, the other side is empty. */
type Step = { kind: ChangeKind; old: Words; new: Words; group: number };
/** `to` exclusive. */
type Words = { from: number; to: number };

export function textChanges(
  before: string,
  after: string,
  alignment: Alignment = alignTexts(before, after),
): TextChanges {
  const sides = { before: { text: before, tokens: alignment.before }, after: { text: after, tokens: alignment.after } };
  const steps = stepsOf(alignment);
  const passages = numberPassages(steps);
  const rows = rowsOf(steps, sides);
  return {
    blocks: rows.map((row) => blockOf(row, sides, passages)),
    cut: countOf("cut", steps, sides),
    added: countOf("added", steps, sides),
    movedPassages: passages.size,
  };
}

type Side = { text: string; tokens: Tokens };
type Sides = { before: Side; after: Side };

/** Through both texts at once: what stayed keeps them level, what only one has is passed on its own side. */
function stepsOf({ before, after, to, from, group }: Alignment): Step[] {
  const steps: Step[] = [];
  let [old, fresh] = [0, 0];
  const stays = (word: number) => (to[word] as number) >= 0 && group[word] === 0;
  const add = (kind: ChangeKind, ofGroup: number, oldBy: number, newBy: number) => {
    const last = steps.at(-1);
    if (last?.kind === kind && last.group === ofGroup) {
      last.old.to += oldBy;
      last.new.to += newBy;
    } else {
      steps.push({
        ...{ kind, group: ofGroup },
        old: { from: old, to: old + oldBy },
        new: { from: fresh, to: fresh + newBy },
      });
    }
    old += oldBy;
    fresh += newBy;
  };
  while (old < before.length || fresh < after.length) {
    if (old < before.length && to[old] === fresh && stays(old)) add("same", 0, 1, 1);
    else if (old < before.length && !stays(old)) {
      const ofGroup = (to[old] as number) < 0 ? 0 : (group[old] as number);
      add(ofGroup === 0 ? "cut" : "moved_away", ofGroup, 1, 0);
    } else if (fresh < after.length) {
      const source = from[fresh] as number;
      const ofGroup = source < 0 ? 0 : (group[source] as number);
      add(ofGroup === 0 ? "added" : "moved_here", ofGroup, 0, 1);
    } else throw new Error("Words that stayed are not in one order");
  }
  return steps;
}

/** The number that a person is told for each group of the alignment. */
function numberPassages(steps: readonly Step[]): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  for (const { kind, group } of steps)
    if (kind === "moved_here" && !numbers.has(group)) numbers.set(group, numbers.size + 1);
  return numbers;
}

const gapBefore = ({ text, tokens }: Side, word: number) =>
  text.slice(tokens.ends[word - 1] ?? 0, tokens.starts[word] ?? text.length);

/** Whether a block begins at a word, or would, were there one. */
const beginsBlock = (side: Side, word: number) =>
  word === 0 || word >= side.tokens.length || gapBefore(side, word).includes("\n\n");

/** The steps of each block: a new one begins where both texts begin one. */
function rowsOf(steps: readonly Step[], { before, after }: Sides): Step[][] {
  const rows: Step[][] = [];
  let row: Step[] = [];
  const begin = () => {
    if (row.length > 0) rows.push(row);
    row = [];
  };
  for (const step of steps) {
    if (beginsBlock(before, step.old.from) && beginsBlock(after, step.new.from)) begin();
    const { kind, group } = step;
    const length = Math.max(step.old.to - step.old.from, step.new.to - step.new.from);
    const [oldBy, newBy] = [step.old.to > step.old.from ? 1 : 0, step.new.to > step.new.from ? 1 : 0];
    let from = 0;
    const cut = (to: number) => {
      row.push({
        ...{ kind, group },
        old: { from: step.old.from + from * oldBy, to: step.old.from + to * oldBy },
        new: { from: step.new.from + from * newBy, to: step.new.from + to * newBy },
      });
      from = to;
    };
    for (let at = 1; at < length; at += 1) {
      if (oldBy && !beginsBlock(before, step.old.from + at)) continue;
      if (newBy && !beginsBlock(after, step.new.from + at)) continue;
      // What only one text has is parted where that text is, as long as the other one stands between two blocks.
      if (!oldBy && !beginsBlock(before, step.old.from)) continue;
      if (!newBy && !beginsBlock(after, step.new.from)) continue;
      cut(at);
      begin();
    }
    cut(length);
  }
  begin();
  return rows;
}

function blockOf(row: readonly Step[], sides: Sides, passages: ReadonlyMap<number, number>): ChangedBlock {
  const [before, after, together] = [new Parts(), new Parts(), new Parts()];
  const lastOld = row.findLastIndex(({ old }) => old.to > old.from);
  const lastNew = row.findLastIndex((step) => step.new.to > step.new.from);
  for (const [index, { kind, old, new: fresh, group }] of row.entries()) {
    const next = row[index + 1];
    const passage = passages.get(group) ?? null;
    const [hasOld, hasNew] = [old.to > old.from, fresh.to > fresh.from];
    const [oldText, newText] = [wordsOf(sides.before, old), wordsOf(sides.after, fresh)];
    if (hasOld) before.add(kind, oldText, passage);
    if (hasNew) after.add(kind, newText, passage);
    together.add(kind, hasNew ? newText : oldText, passage);
    if (!next) continue;
    const oldGap = gapBefore(sides.before, old.to);
    const newGap = gapBefore(sides.after, fresh.to);
    if (hasOld && index < lastOld) before.add("same", oldGap, null);
    if (hasNew && index < lastNew) after.add("same", newGap, null);
    const isOldNext = next.kind === "cut" || next.kind === "moved_away";
    together.add("same", (hasNew && !isOldNext ? newGap : oldGap) || newGap || " ", null);
  }
  return {
    isChanged: row.some(({ kind }) => kind !== "same"),
    at: { before: startOf(sides.before, row[0]?.old), after: startOf(sides.after, row[0]?.new) },
    before: before.list,
    after: after.list,
    together: together.list,
  };
}

const startOf = ({ text, tokens }: Side, words: Words | undefined): number =>
  tokens.starts[words?.from ?? 0] ?? text.length;

/** The index of the block that holds an offset of one of the texts. */
export const blockAt = (blocks: readonly ChangedBlock[], side: "before" | "after", offset: number): number =>
  Math.max(
    0,
    blocks.findLastIndex(({ at }) => at[side] <= offset),
  );

const wordsOf = ({ text, tokens }: Side, { from, to }: Words): string =>
  from < to ? text.slice(tokens.starts[from], tokens.ends[to - 1]) : "";

class Parts {
  readonly list: ChangePart[] = [];

  add(kind: ChangeKind, text: string, passage: number | null): void {
    if (text === "") return;
    const last = this.list.at(-1);
    if (last?.kind === kind && last.passage === passage) last.text += text;
    else this.list.push({ kind, text, passage });
  }
}

const isWord = /[\p{L}\p{N}]/u;

function countOf(kind: "cut" | "added", steps: readonly Step[], sides: Sides): number {
  let count = 0;
  for (const step of steps) {
    if (step.kind !== kind) continue;
    const [{ text, tokens }, words] = kind === "cut" ? [sides.before, step.old] : [sides.after, step.new];
    for (let word = words.from; word < words.to; word += 1)
      if (isWord.test(text.slice(tokens.starts[word], tokens.ends[word]))) count += 1;
  }
  return count;
}
