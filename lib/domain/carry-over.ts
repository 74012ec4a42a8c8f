/**
 * Where anchors of one text stand in the next. Looks at both texts and at all anchors at once, so that it rests on what really stayed
 * and not on a search for a quote. Nothing is ever moved to other words in silence: what does not stand there unchanged is said to be
 * altered, ambiguous or gone, and a person decides. Strings only, the same result in the browser and on the server.
 */
import { type Alignment, alignTexts } from "./align-texts";
import type { TextRange } from "./anchor";
import { border, type Tokens, Vocabulary, wordsWithin } from "./text-tokens";

/** `score`: the share of the anchor's characters whose words stand there unchanged, 0 to 1. */
export type Carried =
  /** The same words, in their place or in another; only what a typographer changes may differ. */
  | { state: "anchored" | "moved"; range: TextRange; score: number }
  /** Words came, went or were replaced; `range` holds the new ones. */
  | { state: "altered"; range: TextRange; score: number }
  /** The same words stand in several places, and nothing says which of them these are. */
  | { state: "ambiguous"; candidates: TextRange[]; score: number }
  | { state: "orphaned"; score: number };

/** Of an anchor's characters, so many must have stayed or been replaced in place. */
const leastKept = 0.5;
/** Words that may be replaced by others and still be seen as the same place. */
const mostReplaced = 4;
const mostReplacing = 6;
/** Words put in right before or after an anchor that become part of it. */
const mostTouching = 3;
/** Words that may come between two words of an anchor before they are two places. */
const mostBetween = 40;
/** Words and characters of an anchor that is known by its own words alone; a shorter one may be somebody else's. */
const leastWords = 4;
const leastCharacters = 20;
/** Places that are offered for a shorter one; words that stand in more say nothing. */
const mostPlaces = 9;

/**
 * The place of each anchor of `oldText` in `newText`, in the order given. Ranges in UTF-16 code units; an anchor that lies outside of
 * its text or holds no word is orphaned. Time is linear in the texts and nearly none for each anchor.
 */
export function carryOver(
  oldText: string,
  anchors: readonly TextRange[],
  newText: string,
  alignment: Alignment = alignTexts(oldText, newText),
): Carried[] {
  const carrying = new Carrying(oldText, newText, alignment);
  return anchors.map((anchor) => carrying.carry(anchor));
}

/** A row of words of one text; `to` exclusive. */
type Words = { from: number; to: number };

class Carrying {
  private free: Map<number, number[]> | null = null;

  constructor(
    private readonly oldText: string,
    private readonly newText: string,
    private readonly alignment: Alignment,
  ) {}

  carry(anchor: TextRange): Carried {
    const words = this.wordsOf(anchor);
    if (anchor.start >= anchor.end || words.from >= words.to) return { state: "orphaned", score: 0 };
    const group = this.heaviestGroup(words);
    const kept = this.keptOf(words, group);
    const total = this.weigh(words.from, words.to);
    const score = Math.min(1, kept.weight / total);
    const place = this.placeOf(words, kept, group);
    if (!place || (kept.weight + place.replaced) / total < leastKept) return this.search(anchor, words, score);
    const isWhole = kept.count === words.to - words.from && kept.last - kept.first === kept.count - 1;
    const touched = isWhole ? this.touched(words, kept) : null;
    const range = this.rangeOf(anchor, words, touched ?? place);
    if (!isWhole || touched || !this.hasSameWords(anchor, range)) return { state: "altered", range, score };
    const isLong = words.to - words.from >= leastWords;
    const twins = isLong && this.isTornOut(words, kept) ? this.freePlaces(anchor, words) : [];
    if (twins.length > 0) return { state: "ambiguous", candidates: inOrder([range, ...twins]), score: 1 };
    return { state: group === 0 ? "anchored" : "moved", range, score: 1 };
  }

  /** Whether neither the word before it nor the one after it stands beside it any more: only its own words say that it is this one. */
  private isTornOut(words: Words, kept: Kept): boolean {
    const { before, after, to } = this.alignment;
    const next = (of: Tokens, text: string, from: number, step: 1 | -1): number => {
      let word = from + step;
      while (word >= 0 && word < of.length && !beginsWord.test(text.slice(of.starts[word], of.ends[word])))
        word += step;
      return word;
    };
    const isKept = (old: number, fresh: number, step: 1 | -1) =>
      (to[next(before, this.oldText, old, step)] ?? -1) === next(after, this.newText, fresh, step);
    return !isKept(words.from, kept.first, -1) && !isKept(words.to - 1, kept.last, 1);
  }

  private wordsOf(range: TextRange): Words {
    return wordsWithin(this.alignment.before, range);
  }

  private weigh(from: number, to: number): number {
    const { starts, ends } = this.alignment.before;
    let sum = 0;
    for (let word = from; word < to; word += 1) sum += (ends[word] as number) - (starts[word] as number);
    return sum;
  }

  /** What most of the words were taken with: those that stayed (0), or a passage that was moved. */
  private heaviestGroup({ from, to }: Words): number {
    const { to: partner, group } = this.alignment;
    const weights = new Map<number, number>();
    let heaviest = -1;
    for (let word = from; word < to; word += 1) {
      if ((partner[word] as number) < 0) continue;
      const of = group[word] as number;
      weights.set(of, (weights.get(of) ?? 0) + this.weigh(word, word + 1));
      if (heaviest < 0 || (weights.get(of) as number) > (weights.get(heaviest) as number)) heaviest = of;
    }
    return Math.max(0, heaviest);
  }

  private isKept(word: number, group: number): boolean {
    return (this.alignment.to[word] ?? -1) >= 0 && this.alignment.group[word] === group;
  }

  /** The words of the anchor that stand in the new text, near to one another: the heaviest part, should much have come between. */
  private keptOf(words: Words, group: number): Kept {
    let [part, best] = [nothingKept, nothingKept];
    const between = mostBetween + (words.to - words.from);
    for (let word = words.from; word < words.to; word += 1) {
      if (!this.isKept(word, group)) continue;
      const at = this.alignment.to[word] as number;
      const weight = this.weigh(word, word + 1);
      part =
        part.count > 0 && at - part.last <= between
          ? { ...part, lastOld: word, last: at, count: part.count + 1, weight: part.weight + weight }
          : { firstOld: word, lastOld: word, first: at, last: at, count: 1, weight };
      if (part.weight > best.weight) best = part;
    }
    return best;
  }

  /** The new words of the place, those that replaced words of the anchor included; `replaced` weighs the words that they replaced. */
  private placeOf(words: Words, kept: Kept, group: number): (Words & { replaced: number }) | null {
    if (kept.count === 0) {
      const gap = this.gapAround(words.from, words.to, group);
      const inside = gap && isReplacement(gap) ? this.cutTo(gap, words) : null;
      return inside && { ...inside, replaced: this.weigh(words.from, words.to) };
    }
    let replaced = 0;
    let { first: from, last: to } = kept;
    for (let word = words.from; word < words.to; word += 1) {
      if (this.isKept(word, group)) continue;
      const start = word;
      while (word + 1 < words.to && !this.isKept(word + 1, group)) word += 1;
      const gap = this.gapAround(start, word + 1, group);
      // What was cut, or written anew, has no place of its own.
      if (!gap || !isReplacement(gap)) continue;
      replaced += this.weigh(start, word + 1);
      const inside = this.cutTo(gap, words);
      if (word < kept.firstOld) from = Math.min(from, inside.from);
      else to = Math.max(to, inside.to - 1);
    }
    return { from, to: to + 1, replaced };
  }

  /** What lies between the kept words next to a row of words that are not kept, in both texts. */
  private gapAround(start: number, end: number, group: number): Gap | null {
    let before = start - 1;
    while (before >= 0 && start - before <= mostBetween && !this.isKept(before, group)) before -= 1;
    let after = end;
    while (after < this.alignment.to.length && after - end <= mostBetween && !this.isKept(after, group)) after += 1;
    const hasBefore = this.isKept(before, group);
    const hasAfter = this.isKept(after, group);
    const isAtStart = group === 0 && before === -1;
    const isAtEnd = group === 0 && after === this.alignment.to.length;
    if (!(hasBefore || isAtStart) || !(hasAfter || isAtEnd)) return null;
    const newFrom = hasBefore ? (this.alignment.to[before] as number) + 1 : 0;
    const newTo = hasAfter ? (this.alignment.to[after] as number) : this.alignment.from.length;
    if (newTo < newFrom) return null;
    return { oldFrom: before + 1, oldTo: after, newFrom, newTo, old: after - before - 1, new: newTo - newFrom };
  }

  /** The part of a gap that the words of an anchor have in it, word for word from the border where both are outside of the anchor. */
  private cutTo(gap: Gap, words: Words): Words {
    const left = Math.max(0, words.from - gap.oldFrom);
    const right = Math.max(0, gap.oldTo - words.to);
    const from = gap.newFrom + Math.min(left, Math.max(0, gap.new - 1));
    return { from, to: Math.max(from + 1, gap.newTo - right) };
  }

  /** The place together with words that were put in right beside it, in the same sentence: "guilty" that became "not guilty". */
  private touched(words: Words, kept: Kept): Words | null {
    const { before, after, from: partner, to } = this.alignment;
    const isPutIn = (word: number) => (partner[word] ?? 0) < 0;
    const isOldNeighbourKept = (word: number, beginsAt: number) =>
      word < 0 || word >= to.length || before.borders[beginsAt] === border.block || (to[word] as number) >= 0;
    let { first, last } = kept;
    let isTouched = false;
    if (
      isOldNeighbourKept(words.from - 1, words.from) &&
      first > 0 &&
      after.borders[first] !== border.block &&
      isPutIn(first - 1) &&
      this.isWord(first - 1) &&
      this.isWord(first)
    ) {
      isTouched = true;
      let begin = first;
      while (begin > 0 && after.borders[begin] !== border.block && isPutIn(begin - 1)) begin -= 1;
      if (first - begin <= mostTouching) first = begin;
    }
    if (
      isOldNeighbourKept(words.to, words.to) &&
      last + 1 < after.length &&
      after.borders[last + 1] !== border.block &&
      isPutIn(last + 1) &&
      this.isWord(last + 1) &&
      this.isWord(last)
    ) {
      isTouched = true;
      let end = last;
      while (end + 1 < after.length && after.borders[end + 1] !== border.block && isPutIn(end + 1)) end += 1;
      if (end - last <= mostTouching) last = end;
    }
    return isTouched ? { from: first, to: last + 1 } : null;
  }

  private isWord(word: number): boolean {
    const { starts, ends } = this.alignment.after;
    return beginsWord.test(this.newText.slice(starts[word], ends[word]));
  }

  /** Characters of new words; an anchor that begins or ends inside of a word does so in the new one, if it is the same. */
  private rangeOf(anchor: TextRange, words: Words, place: Words, isSame = this.isPartner): TextRange {
    const { before, after } = this.alignment;
    const [first, last] = [words.from, words.to - 1];
    let start = after.starts[place.from] as number;
    let end = after.ends[place.to - 1] as number;
    if (isSame(first, place.from))
      start += this.inside(first, place.from, Math.max(0, anchor.start - (before.starts[first] as number)));
    if (isSame(last, place.to - 1)) {
      const length = Math.min(anchor.end, before.ends[last] as number) - (before.starts[last] as number);
      end = (after.starts[place.to - 1] as number) + this.inside(last, place.to - 1, length);
    }
    return { start, end: Math.max(start + 1, end) };
  }

  private readonly isPartner = (old: number, fresh: number): boolean => this.alignment.to[old] === fresh;

  /** So far into an old word is how far into the same new one, which a typographer may have spelt otherwise. */
  private inside(word: number, partner: number, length: number): number {
    const { before, after } = this.alignment;
    const old = this.oldText.slice(before.starts[word], before.ends[word]);
    const fresh = this.newText.slice(after.starts[partner], after.ends[partner]);
    if (length <= 0) return 0;
    if (length >= old.length) return fresh.length;
    if (old === fresh) return length;
    const characters = old
      .slice(0, length)
      .normalize("NFC")
      .replace(/\u00ad/g, "").length;
    for (let at = 1; at <= fresh.length; at += 1)
      if (
        fresh
          .slice(0, at)
          .normalize("NFC")
          .replace(/\u00ad/g, "").length > characters
      )
        return at - 1;
    return fresh.length;
  }

  private hasSameWords(anchor: TextRange, range: TextRange): boolean {
    return isSameWords(this.oldText.slice(anchor.start, anchor.end), this.newText.slice(range.start, range.end));
  }

  /** The map says nothing: only the very words, where no other words of the old text stand, may be theirs. */
  private search(anchor: TextRange, words: Words, score: number): Carried {
    const candidates = this.freePlaces(anchor, words);
    const [only, ...others] = candidates;
    const isKnown = words.to - words.from >= leastWords && anchor.end - anchor.start >= leastCharacters;
    if (!only || (!isKnown && candidates.length > mostPlaces)) return { state: "orphaned", score };
    if (others.length > 0 || !isKnown) return { state: "ambiguous", candidates, score: 1 };
    return this.hasSameWords(anchor, only) ? { state: "moved", range: only, score: 1 } : { state: "orphaned", score };
  }

  /** Where the same words, two at least, stand in the new text without being words of the old one. */
  private freePlaces(anchor: TextRange, words: Words): TextRange[] {
    const length = words.to - words.from;
    if (length < 2) return [];
    const { before, after, from } = this.alignment;
    const places = (this.freePairs().get(this.keyOf(before.ids, words.from)) ?? []).filter((place) => {
      if (place + length > after.length) return false;
      for (let at = 0; at < length; at += 1)
        if (before.ids[words.from + at] !== after.ids[place + at] || (from[place + at] as number) >= 0) return false;
      return true;
    });
    return places.map((from) => this.rangeOf(anchor, words, { from, to: from + length }, () => true));
  }

  private keyOf(ids: Int32Array, word: number): number {
    return (
      (ids[word] as number) * (this.alignment.before.length + this.alignment.after.length) + (ids[word + 1] as number)
    );
  }

  /** New words that are no old ones, two by two. */
  private freePairs(): ReadonlyMap<number, number[]> {
    if (this.free) return this.free;
    this.free = new Map();
    const { after, from } = this.alignment;
    for (let word = 0; word + 1 < after.length; word += 1) {
      if ((from[word] as number) >= 0 || (from[word + 1] as number) >= 0) continue;
      const key = this.keyOf(after.ids, word);
      const known = this.free.get(key);
      if (known) known.push(word);
      else this.free.set(key, [word]);
    }
    return this.free;
  }
}

type Kept = { firstOld: number; lastOld: number; first: number; last: number; count: number; weight: number };
const nothingKept: Kept = { firstOld: 0, lastOld: 0, first: 0, last: 0, count: 0, weight: 0 };

type Gap = { oldFrom: number; oldTo: number; newFrom: number; newTo: number; old: number; new: number };

const beginsWord = /^[\p{L}\p{N}]/u;

const inOrder = (ranges: TextRange[]) => ranges.sort((one, other) => one.start - other.start);

const isReplacement = (gap: Gap) => gap.old <= mostReplaced && gap.new >= 1 && gap.new <= mostReplacing;

/** Whether two passages hold the same words, whatever a typographer has changed between them. */
export function isSameWords(one: string, other: string): boolean {
  if (one === other) return true;
  const vocabulary = new Vocabulary();
  const [first, second] = [vocabulary.read(one), vocabulary.read(other)];
  return first.length === second.length && first.ids.every((id, index) => id === second.ids[index]);
}
