/**
 * Which words of a text still stand in another, and where: the exact map that everything about two revisions rests on. Runs of words
 * that occur once in both texts are sure; the heaviest row of them in the same order is what stayed, what is left of them was moved;
 * the words between are compared one by one, first inside of blocks (paragraphs) that have such runs in common. What is settled makes
 * other runs the only ones of their kind, so it is done again with what is left. Follows Heckel's "A technique for isolating differences between files" (1978)
 * and the patience diff, with runs of words in place of unique lines.
 * Time grows linearly with the texts.
 */
import { type KeptRange, keptWords } from "./kept-text";
import { border, type Tokens, Vocabulary } from "./text-tokens";

export type Alignment = {
  readonly before: Tokens;
  readonly after: Tokens;
  /** For each word of the old text the same word of the new one, or -1. No two words share one. */
  readonly to: Int32Array;
  /** For each word of the new text the word of the old one that it is, or -1. */
  readonly from: Int32Array;
  /** For each word of the old text that stands in the new one: 0 when it stayed in its order, else the number of what was moved together. */
  readonly group: Int32Array;
};

/** Words in a row that make a run sure. */
const runLength = 4;
/** Times that runs are looked for among what is left. */
const mostRounds = 6;
/** Words of a passage that was moved: fewer may be alike by chance. */
const leastMoved = 10;
/** Of those of a passage that was moved out of its block, so many must be the only ones of their kind. */
const leastSure = 0.8;
/** Of the words of a block, so many may stand in others and it was still moved as a whole. */
const mostForeign = 0.125;
/** Words in a row that blocks which are like one another have in common. */
const shingle = 3;
/** Of those of a block, so many must stand in the one that it is like. */
const leastLike = 0.4;
/** Blocks that may have the same words in a row, looked at for each. */
const mostTwins = 16;
/** Words that a moved passage may have lost or gained between two of its runs. */
const reachOfMoved = 40;
/** Words by which a cut or an insertion is put to where a sentence begins. */
const mostSlid = 100;
/** Characters that a word weighs more for each neighbour that is the same too. */
const besideSame = 4;
/** Pairs of words that are compared one by one between two runs; more are taken apart by shorter runs first. */
const mostPairs = 40_000;

type Run = { old: number; new: number; length: number };
/** With how many of its words stand in runs that are the only ones of their kind: what is sure of it. */
type Piece = Run & { sure: number };

/** `kept`: what is known to have stayed (`isKept`); the rest is found out as ever. */
export function alignTexts(oldText: string, newText: string, kept: readonly KeptRange[] | null = null): Alignment {
  const vocabulary = new Vocabulary();
  const [before, after] = [vocabulary.read(oldText), vocabulary.read(newText)];
  const to = new Int32Array(before.length).fill(-1);
  const from = new Int32Array(after.length).fill(-1);
  const group = new Int32Array(before.length);
  const work = new Aligning(before, after, to, from, group);
  work.run(kept);
  return { before, after, to, from, group };
}

class Aligning {
  private groups = 0;
  /** Spans that were compared, by where they begin: a round comes back to what it left. */
  private readonly compared = new Map<number, number>();
  /** The table of a comparison, kept from one to the next. */
  private best = new Int32Array(0);
  private readonly oldBlocks: Blocks;
  private readonly newBlocks: Blocks;

  constructor(
    private readonly before: Tokens,
    private readonly after: Tokens,
    private readonly to: Int32Array,
    private readonly from: Int32Array,
    private readonly group: Int32Array,
  ) {
    this.oldBlocks = new Blocks(before);
    this.newBlocks = new Blocks(after);
  }

  run(kept: readonly KeptRange[] | null): void {
    if (kept) for (const [old, fresh] of keptWords(this.before, this.after, kept)) this.pair(old, fresh, 0);
    else this.takeEnds();
    this.takeRow();
    const all = { oldFrom: 0, oldTo: this.before.length, newFrom: 0, newTo: this.after.length };
    // What is settled makes other runs the only ones of their kind: twins of a passage that has been found.
    for (let round = 0; round < mostRounds; round += 1) {
      const isFirst = round === 0;
      const fits = this.fitsBetween();
      const ties = this.settledTies();
      const runs = this.disjoint(
        this.withPartners(this.uniqueRuns(all, runLength)).filter(
          (run) => fits(run) || ties.isOpen(run) || (isFirst && run.sure >= leastSure * run.length),
        ),
      );
      const stays = heaviestRow(runs.filter(fits));
      for (const run of stays) this.take(run, 0);
      this.fillBlocks();
      const moved = this.takeMoved(runs, isFirst);
      if (moved) this.fillBlocks();
      if (stays.length === 0 && !moved && !this.takeLikest()) break;
    }
    this.fillGaps();
    if (kept) return;
    // What was cut, and in the same way what was put in.
    this.slide(this.before, this.to, this.from);
    this.slide(this.after, this.from, this.to);
  }

  private pair(old: number, fresh: number, group: number): void {
    this.to[old] = fresh;
    this.from[fresh] = old;
    this.group[old] = group;
  }

  /** The whole blocks that both begin and end with: a part of one may belong to its twin. */
  private takeEnds(): void {
    const { before, after } = this;
    const [a, b] = [before.ids, after.ids];
    const least = Math.min(a.length, b.length);
    const isBorder = (old: number, fresh: number) =>
      (old === a.length || before.borders[old] === border.block) &&
      (fresh === b.length || after.borders[fresh] === border.block);
    let start = 0;
    while (start < least && a[start] === b[start]) start += 1;
    while (start > 0 && !isBorder(start, start)) start -= 1;
    let end = 0;
    while (end < least - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    while (end > 0 && !isBorder(a.length - end, b.length - end)) end -= 1;
    this.take({ old: 0, new: 0, length: start }, 0);
    this.take({ old: a.length - end, new: b.length - end, length: end }, 0);
  }

  /** The blocks that stayed in their order: of all rows of pairs that are like one another, the one with most in common. */
  private takeRow(): void {
    const pairs = this.likeBlocks()
      .filter(({ count, ofOld, ofNew }) => count >= leastLike * Math.min(ofOld, ofNew))
      .map(({ old, new: fresh, count }) => ({ old, new: fresh, length: count }));
    const inOrder = pairs.sort((one, other) => one.old - other.old || other.new - one.new);
    for (const { old, new: fresh } of heaviestRow(inOrder)) this.fillPair(old, fresh, 0);
  }

  /** Moved and edited: a block that is more like a new one than any other is, unless those are taken. */
  private takeLikest(): boolean {
    const { oldBlocks, newBlocks } = this;
    const isFree = (block: number) => isAllFree(this.to, oldBlocks.from(block), oldBlocks.to(block));
    const likest = this.likeBlocks().filter(
      ({ old, new: fresh, count, ofNew }) =>
        newBlocks.size(fresh) >= leastMoved && count >= leastLike * ofNew && isFree(old),
    );
    const isOnly = (side: "old" | "new") => {
      const times = new Map<number, number>();
      for (const pair of likest) times.set(pair[side], (times.get(pair[side]) ?? 0) + 1);
      return (pair: Like) => times.get(pair[side]) === 1;
    };
    const sure = likest.filter(isOnly("new")).filter(isOnly("old"));
    for (const { old, new: fresh } of sure) {
      this.groups += 1;
      this.fillPair(old, fresh, this.groups);
    }
    return sure.length > 0;
  }

  private fillPair(old: number, fresh: number, group: number): void {
    const { oldBlocks, newBlocks } = this;
    const [oldFrom, oldTo] = [oldBlocks.from(old), oldBlocks.to(old)];
    this.fill({ oldFrom, oldTo, newFrom: newBlocks.from(fresh), newTo: newBlocks.to(fresh) }, group, settledEnds);
  }

  /**
   * Each new block of which all is free, with the old ones that are most like it, taken ones among them. An edit takes as much from a
   * block's likeness to its twins as from that to itself, so that what it is like does not hang on how much it was edited.
   */
  private likeBlocks(): Like[] {
    const { before, after, oldBlocks, newBlocks } = this;
    const free: { block: number; hashes: Int32Array }[] = [];
    /** Which old blocks hold a row of words of theirs. */
    const holders = new Map<number, number[]>();
    for (let block = 0; block < newBlocks.count; block += 1) {
      const [from, to] = [newBlocks.from(block), newBlocks.to(block)];
      if (!isAllFree(this.from, from, to)) continue;
      const hashes = hashesOf(after.ids, null, from, to, shingle);
      free.push({ block, hashes });
      for (const hash of hashes) if (!holders.has(hash)) holders.set(hash, []);
    }
    if (holders.size === 0) return [];
    hashesOf(before.ids, null, 0, before.length, shingle).forEach((hash, word) => {
      const block = oldBlocks.of[word] as number;
      const known = holders.get(hash);
      if (known && known.length <= mostTwins && known.at(-1) !== block) known.push(block);
    });
    const likes: Like[] = [];
    for (const { block: fresh, hashes } of free) {
      const counts = new Map<number, number>();
      let most = 1;
      for (const hash of hashes) {
        const blocks = holders.get(hash) ?? [];
        // What stands everywhere says nothing.
        if (blocks.length > mostTwins) continue;
        for (const old of blocks) {
          const count = (counts.get(old) ?? 0) + 1;
          counts.set(old, count);
          most = Math.max(most, count);
        }
      }
      for (const [old, count] of counts)
        if (count === most)
          likes.push({ old, new: fresh, count, ofOld: oldBlocks.size(old) - shingle + 1, ofNew: hashes.length });
    }
    return likes;
  }

  private isSame(old: number, fresh: number): boolean {
    return (
      this.before.ids[old] === this.after.ids[fresh] && (this.to[old] as number) < 0 && (this.from[fresh] as number) < 0
    );
  }

  /** Free runs of `length` words that occur once in each of two spans, each grown as far as both texts agree. */
  private uniqueRuns(span: Span, length: number): Piece[] {
    const { oldFrom, oldTo, newFrom, newTo } = span;
    const seen = new Occurrences(oldTo - oldFrom + newTo - newFrom);
    const hashes = hashesOf(this.before.ids, this.to, oldFrom, oldTo, length);
    const others = hashesOf(this.after.ids, this.from, newFrom, newTo, length);
    for (let index = 0; index < hashes.length; index += 1)
      if (hashes[index] !== 0) seen.note(hashes[index] as number, oldFrom + index, 0);
    for (let index = 0; index < others.length; index += 1)
      if (others[index] !== 0) seen.note(others[index] as number, newFrom + index, 1);
    const partner = new Int32Array(hashes.length);
    for (let index = 0; index < hashes.length; index += 1)
      partner[index] = hashes[index] === 0 ? -1 : seen.only(hashes[index] as number);
    const pieces: Piece[] = [];
    let reached = -1;
    let diagonal = 0;
    for (let index = 0; index < hashes.length; index += 1) {
      const fresh = partner[index] as number;
      const old = oldFrom + index;
      if (fresh < 0 || (old < reached && fresh - old === diagonal)) continue;
      let start = 0;
      while (old + start > oldFrom && fresh + start > newFrom && this.isSame(old + start - 1, fresh + start - 1))
        start -= 1;
      let end = 0;
      while (old + end < oldTo && fresh + end < newTo && this.isSame(old + end, fresh + end)) end += 1;
      // Two runs may have the same number by chance.
      if (end < length) continue;
      reached = old + end;
      diagonal = fresh - old;
      const isSure = (word: number) => (partner[word - oldFrom] ?? -1) === word + diagonal;
      pieces.push(...this.piecesOf({ old: old + start, new: fresh + start, length: end - start }, length, isSure));
    }
    return pieces;
  }

  /** A run block by block: what a passage has in common with its twin goes on beyond the border of what is sure. */
  private piecesOf(run: Run, length: number, isSure: (word: number) => boolean): Piece[] {
    const pieces: Piece[] = [];
    let begin = 0;
    let sure = 0;
    let sureTo = 0;
    for (let at = 0; at <= run.length; at += 1) {
      const isBorder =
        at === run.length ||
        this.before.borders[run.old + at] === border.block ||
        this.after.borders[run.new + at] === border.block;
      if (isBorder && at > begin) {
        pieces.push({ old: run.old + begin, new: run.new + begin, length: at - begin, sure });
        begin = at;
        sure = 0;
      }
      if (isSure(run.old + at)) sureTo = at + length;
      if (at < sureTo) sure += 1;
    }
    return pieces;
  }

  /** Each word in one run at most: the surest take theirs first, the others keep their longest piece. */
  private disjoint(runs: readonly Piece[]): Piece[] {
    const oldTaken = new Uint8Array(this.before.length);
    const newTaken = new Uint8Array(this.after.length);
    const kept: Piece[] = [];
    for (const run of [...runs].sort((one, other) => other.sure - one.sure || other.length - one.length)) {
      let best: Piece | null = null;
      for (let at = 0; at < run.length; ) {
        let end = at;
        while (end < run.length && !oldTaken[run.old + end] && !newTaken[run.new + end]) end += 1;
        if (end - at > (best?.length ?? 0))
          best = { old: run.old + at, new: run.new + at, length: end - at, sure: Math.min(run.sure, end - at) };
        at = end + 1;
      }
      if (!best) continue;
      oldTaken.fill(1, best.old, best.old + best.length);
      newTaken.fill(1, best.new, best.new + best.length);
      kept.push(best);
    }
    return kept.sort((one, other) => one.old - other.old);
  }

  /** Runs without those whose blocks both have more in common with others: a sentence like one that stands elsewhere. */
  private withPartners(runs: readonly Piece[]): Piece[] {
    const ties = this.settledTies();
    for (const run of runs) ties.add(run);
    return runs.filter((run) => ties.isBest(run));
  }

  /** Of the runs that did not stay, what hangs together was moved: it is the only one of its kind, or its blocks are both free. */
  private takeMoved(runs: readonly Piece[], isFirst: boolean): boolean {
    const ties = this.settledTies();
    let isAny = false;
    let together: Piece[] = [];
    const close = () => {
      const words = together.reduce((sum, run) => sum + run.length, 0);
      const sure = together.reduce((sum, run) => sum + run.sure, 0);
      const isSure = isFirst && sure >= leastSure * words;
      const [first] = together;
      const isWhole =
        first !== undefined &&
        words * 2 >= Math.max(this.oldBlocks.sizeAt(first.old), this.newBlocks.sizeAt(first.new));
      if ((words >= leastMoved || isWhole) && (isSure || together.every((run) => ties.isOpen(run)))) {
        isAny = true;
        this.groups += 1;
        for (const run of together) {
          this.take(run, this.groups);
          ties.add(run);
        }
      }
      together = [];
    };
    for (const run of runs) {
      if (!this.isFree(run)) continue;
      const around = this.groupAround(run);
      if (around > 0) {
        this.take(run, around);
        ties.add(run);
        isAny = true;
        continue;
      }
      const last = together.at(-1);
      const hangsOn =
        last !== undefined &&
        run.old - (last.old + last.length) <= reachOfMoved &&
        run.new >= last.new + last.length &&
        run.new - (last.new + last.length) <= reachOfMoved;
      if (!hangsOn) close();
      together.push(run);
    }
    close();
    return isAny;
  }

  /** What words of the same two blocks on either side of a run were taken with, if the run is in order with them; else 0. */
  private groupAround(run: Run): number {
    const { to, group, oldBlocks, newBlocks } = this;
    const [oldBlock, newBlock] = [oldBlocks.of[run.old], newBlocks.of[run.new]];
    let [before, after] = [run.old - 1, run.old + run.length];
    while (before >= 0 && oldBlocks.of[before] === oldBlock && (to[before] as number) < 0) before -= 1;
    while (after < to.length && oldBlocks.of[after] === oldBlock && (to[after] as number) < 0) after += 1;
    const isTied = (word: number) => oldBlocks.of[word] === oldBlock && newBlocks.of[to[word] as number] === newBlock;
    const [hasBefore, hasAfter] = [isTied(before), isTied(after)];
    if (hasBefore && (to[before] as number) > run.new) return 0;
    if (hasAfter && (to[after] as number) < run.new) return 0;
    if (hasBefore && hasAfter && group[before] !== group[after]) return 0;
    if (hasBefore) return group[before] as number;
    return hasAfter ? (group[after] as number) : 0;
  }

  /** How many words of which blocks are settled with one another. */
  private settledTies(): Ties {
    const ties = new Ties(this.oldBlocks, this.newBlocks);
    const { to } = this;
    for (let start = 0; start < to.length; ) {
      const fresh = to[start] as number;
      let end = start + 1;
      if (fresh >= 0)
        while (
          to[end] === fresh + end - start &&
          this.oldBlocks.of[end] === this.oldBlocks.of[start] &&
          this.newBlocks.of[fresh + end - start] === this.newBlocks.of[fresh]
        )
          end += 1;
      if (fresh >= 0) ties.add({ old: start, new: fresh, length: end - start });
      start = end;
    }
    return ties;
  }

  private isFree(run: Run): boolean {
    for (let at = 0; at < run.length; at += 1)
      if ((this.to[run.old + at] as number) >= 0 || (this.from[run.new + at] as number) >= 0) return false;
    return true;
  }

  /** Free words of a block next to settled ones, compared with those that are free next to the same ones in the other text. */
  private fillBlocks(): void {
    const { to } = this;
    for (let start = 0; start < to.length; start += 1) {
      if ((to[start] as number) >= 0) continue;
      const end = this.oldBlocks.endOfFree(start, this.oldBlocks.of[start] as number, to);
      const isInBlock = (word: number) => this.oldBlocks.of[word] === this.oldBlocks.of[start];
      if (isInBlock(start - 1)) this.fillFrom(start, end, isInBlock(end));
      if (isInBlock(end)) this.fillUpTo(this.oldBlocks.startOfFree(end, this.oldBlocks.of[end] as number, to), end);
      start = end - 1;
    }
  }

  private fillFrom(oldFrom: number, oldTo: number, isClosed: boolean): void {
    const newFrom = (this.to[oldFrom - 1] as number) + 1;
    const newTo = this.newBlocks.endOfFree(newFrom, this.newBlocks.of[newFrom - 1] as number, this.from);
    const ends = { start: true, end: isClosed && this.to[oldTo] === newTo };
    this.fill({ oldFrom, oldTo, newFrom, newTo }, this.group[oldFrom - 1] as number, ends);
  }

  private fillUpTo(oldFrom: number, oldTo: number): void {
    const newTo = this.to[oldTo] as number;
    const newFrom = this.newBlocks.startOfFree(newTo, this.newBlocks.of[newTo] as number, this.from);
    this.fill({ oldFrom, oldTo, newFrom, newTo }, this.group[oldTo] as number, { start: false, end: true });
  }

  private take(run: Run, group: number): void {
    for (let at = 0; at < run.length; at += 1) this.pair(run.old + at, run.new + at, group);
  }

  /** Whether a run lies between the same words of both texts that stayed in their order. */
  private fitsBetween(): (run: Run) => boolean {
    const { to, group } = this;
    const lastBefore = new Int32Array(to.length + 1).fill(-1);
    for (let index = 0; index < to.length; index += 1) {
      const stays = (to[index] as number) >= 0 && group[index] === 0;
      lastBefore[index + 1] = stays ? (to[index] as number) : (lastBefore[index] as number);
    }
    const firstAfter = new Int32Array(to.length + 1).fill(this.after.length);
    for (let index = to.length - 1; index >= 0; index -= 1) {
      const stays = (to[index] as number) >= 0 && group[index] === 0;
      firstAfter[index] = stays ? (to[index] as number) : (firstAfter[index + 1] as number);
    }
    return (run) =>
      run.new > (lastBefore[run.old] as number) && run.new + run.length <= (firstAfter[run.old + run.length] as number);
  }

  /** Between two words that stand in both texts, next to one another in what they were taken with. */
  private fillGaps(): void {
    const last = new Map<number, number>([[0, -1]]);
    const { to, group } = this;
    // Those that are taken meanwhile lie inside of the gap that was just looked at.
    for (let index = 0; index <= to.length; index += 1) {
      const isEnd = index === to.length;
      if (!isEnd && (to[index] as number) < 0) continue;
      const of = isEnd ? 0 : (group[index] as number);
      const before = last.get(of);
      if (!isEnd) last.set(of, index);
      if (before === undefined) continue;
      const oldFrom = before + 1;
      const newFrom = before < 0 ? 0 : (to[before] as number) + 1;
      const newTo = isEnd ? this.after.length : (to[index] as number);
      if (oldFrom < index && newFrom < newTo && (of === 0 || index - oldFrom <= reachOfMoved))
        this.fill({ oldFrom, oldTo: index, newFrom, newTo }, of, settledEnds);
    }
  }

  /**
   * "one. In case two. In case" says as little about which words were cut as "In case one. In case two." does: of all rows of words that
   * could have been, the one that begins with a paragraph or a sentence was.
   */
  private slide(side: Tokens, partner: Int32Array, back: Int32Array): void {
    const groupAt = (index: number) => this.group[side === this.before ? index : (partner[index] as number)];
    for (let start = 1; start < side.length; start += 1) {
      if ((partner[start] as number) >= 0 || (partner[start - 1] as number) < 0) continue;
      let end = start;
      while (end < side.length && (partner[end] as number) < 0) end += 1;
      const next = start - 1;
      const isOneRow =
        end < side.length && partner[end] === (partner[next] as number) + 1 && groupAt(end) === groupAt(next);
      if (!isOneRow) continue;
      const by = this.bestSlide(side, partner, start, end);
      for (let step = 0; step < Math.abs(by); step += 1) {
        const [from, to] = by < 0 ? [start - 1 - step, end - 1 - step] : [end + step, start + step];
        const place = partner[from] as number;
        partner[to] = place;
        back[place] = to;
        partner[from] = -1;
        if (side === this.before) this.group[to] = this.group[from] as number;
      }
      start = Math.max(start, end + by);
    }
  }

  private bestSlide({ ids, borders }: Tokens, partner: Int32Array, start: number, end: number): number {
    const row = (partner[start - 1] as number) + 1;
    let [best, quality] = [0, borders[start] as number];
    const weigh = (by: number) => {
      if ((borders[start + by] as number) > quality) [best, quality] = [by, borders[start + by] as number];
    };
    for (let by = 1; by <= mostSlid && ids[start - by] === ids[end - by] && partner[start - by] === row - by; by += 1)
      weigh(-by);
    for (let by = 0; by < mostSlid && ids[start + by] === ids[end + by] && partner[end + by] === row + by; by += 1)
      weigh(by + 1);
    return best;
  }

  private fill(span: Span, group: number, ends: Ends): void {
    const place = span.oldFrom * this.after.length + span.newFrom;
    const extent = (span.oldTo * this.after.length + span.newTo) * 4 + (ends.start ? 2 : 0) + (ends.end ? 1 : 0);
    if (this.compared.get(place) === extent) return;
    this.compared.set(place, extent);
    const old = freeOf(this.to, span.oldFrom, span.oldTo);
    const fresh = freeOf(this.from, span.newFrom, span.newTo);
    if (old.length === 0 || fresh.length === 0) return;
    if (old.length * fresh.length <= mostPairs) this.compare(old, fresh, group, ends);
    else this.takeApart(span, group, ends);
  }

  /** A gap too large to compare word by word: shorter runs that are the only ones of their kind inside of it, then what lies between. */
  private takeApart(span: Span, group: number, ends: Ends): void {
    for (const length of [3, 2, 1]) {
      const runs = heaviestRow(this.disjoint(this.uniqueRuns(span, length)));
      const sure = runs.filter((run) => run.length > 1 || length === 1);
      if (sure.length === 0) continue;
      for (const run of sure) this.take(run, group);
      let { oldFrom, newFrom } = span;
      for (const run of [...sure, { old: span.oldTo, new: span.newTo, length: 0 }]) {
        if (oldFrom < run.old && newFrom < run.new)
          this.fill({ oldFrom, oldTo: run.old, newFrom, newTo: run.new }, group, {
            start: oldFrom > span.oldFrom || ends.start,
            end: run.length > 0 || ends.end,
          });
        oldFrom = run.old + run.length;
        newFrom = run.new + run.length;
      }
      return;
    }
  }

  /**
   * The heaviest common row of words, each weighing as many characters as it has, and more beside words that are the same too; stray
   * words among much that changed are let go.
   */
  private compare(old: readonly number[], fresh: readonly number[], group: number, ends: Ends): void {
    const { before, after } = this;
    const [rows, columns] = [old.length + 1, fresh.length + 1];
    // The words of both from 1 on, and no word at either end.
    const a = new Int32Array(rows + 1).fill(-1);
    const b = new Int32Array(columns + 1).fill(-2);
    for (let i = 1; i < rows; i += 1) a[i] = before.ids[old[i - 1] as number] as number;
    for (let j = 1; j < columns; j += 1) b[j] = after.ids[fresh[j - 1] as number] as number;
    const weigh = (i: number, j: number) =>
      1 +
      lengthOf(before, old[i] as number) +
      (a[i] === b[j] ? besideSame : 0) +
      (a[i + 2] === b[j + 2] ? besideSame : 0);
    if (this.best.length < rows * columns) this.best = new Int32Array(2 * rows * columns);
    const { best } = this;
    best.fill(0, (rows - 1) * columns, rows * columns);
    for (let i = rows - 2; i >= 0; i -= 1) {
      const here = i * columns;
      best[here + columns - 1] = 0;
      for (let j = columns - 2; j >= 0; j -= 1) {
        let most = Math.max(best[here + columns + j] as number, best[here + j + 1] as number);
        if (a[i + 1] === b[j + 1]) most = Math.max(most, weigh(i, j) + (best[here + columns + j + 1] as number));
        best[here + j] = most;
      }
    }
    const pairs: [number, number][] = [];
    for (let i = 0, j = 0; i < old.length && j < fresh.length; ) {
      const here = best[i * columns + j] as number;
      if (a[i + 1] === b[j + 1] && here === weigh(i, j) + (best[(i + 1) * columns + j + 1] as number)) {
        pairs.push([i, j]);
        i += 1;
        j += 1;
      } else if ((best[(i + 1) * columns + j] as number) === here) i += 1;
      else j += 1;
    }
    for (const [i, j] of withoutStray(pairs, old, fresh, before, after, ends))
      this.pair(old[i] as number, fresh[j] as number, group);
  }
}

type Span = { oldFrom: number; oldTo: number; newFrom: number; newTo: number };

/** Whether the words before and after a span are the same ones in both texts. */
type Ends = { start: boolean; end: boolean };
const settledEnds: Ends = { start: true, end: true };

/** The blocks of a text: its paragraphs, headings, list items. */
class Blocks {
  readonly count: number;
  /** The number of the block of each word. */
  readonly of: Int32Array;
  private readonly starts: number[] = [];

  constructor({ length, borders }: Tokens) {
    this.of = new Int32Array(length);
    for (let word = 0; word < length; word += 1) {
      if (borders[word] === border.block) this.starts.push(word);
      this.of[word] = this.starts.length - 1;
    }
    this.count = this.starts.length;
    this.starts.push(length);
  }

  from(block: number): number {
    return this.starts[block] as number;
  }

  to(block: number): number {
    return this.starts[block + 1] as number;
  }

  size(block: number): number {
    return this.to(block) - this.from(block);
  }

  sizeAt(word: number): number {
    return this.size(this.of[word] as number);
  }

  endOfFree(from: number, block: number, partner: Int32Array): number {
    let end = from;
    while (end < partner.length && (partner[end] as number) < 0 && this.of[end] === block) end += 1;
    return end;
  }

  startOfFree(to: number, block: number, partner: Int32Array): number {
    let start = to;
    while (start > 0 && (partner[start - 1] as number) < 0 && this.of[start - 1] === block) start -= 1;
    return start;
  }
}

/** How many words blocks of both texts have in common. */
class Ties {
  private readonly weights = new Map<number, number>();
  private readonly ofOld: Int32Array;
  private readonly ofNew: Int32Array;
  private readonly bestOfOld: Int32Array;
  private readonly bestOfNew: Int32Array;

  constructor(
    private readonly oldBlocks: Blocks,
    private readonly newBlocks: Blocks,
  ) {
    this.ofOld = new Int32Array(oldBlocks.count);
    this.ofNew = new Int32Array(newBlocks.count);
    this.bestOfOld = new Int32Array(oldBlocks.count);
    this.bestOfNew = new Int32Array(newBlocks.count);
  }

  private keyOf(run: Run): number {
    return (this.oldBlocks.of[run.old] as number) * this.newBlocks.count + (this.newBlocks.of[run.new] as number);
  }

  add(run: Run): void {
    const [old, fresh] = [this.oldBlocks.of[run.old] as number, this.newBlocks.of[run.new] as number];
    const weight = (this.weights.get(this.keyOf(run)) ?? 0) + run.length;
    this.weights.set(this.keyOf(run), weight);
    this.ofOld[old] = (this.ofOld[old] as number) + run.length;
    this.ofNew[fresh] = (this.ofNew[fresh] as number) + run.length;
    this.bestOfOld[old] = Math.max(this.bestOfOld[old] as number, weight);
    this.bestOfNew[fresh] = Math.max(this.bestOfNew[fresh] as number, weight);
  }

  /** Whether one of its blocks at least has with none more in common than with the other. */
  isBest(run: Run): boolean {
    const weight = this.weights.get(this.keyOf(run)) ?? 0;
    return (
      weight >= (this.bestOfOld[this.oldBlocks.of[run.old] as number] as number) ||
      weight >= (this.bestOfNew[this.newBlocks.of[run.new] as number] as number)
    );
  }

  /** Whether both of its blocks have next to nothing in common with others. */
  isOpen(run: Run): boolean {
    const weight = this.weights.get(this.keyOf(run)) ?? 0;
    return (
      (this.ofOld[this.oldBlocks.of[run.old] as number] as number) - weight <=
        mostForeign * this.oldBlocks.sizeAt(run.old) &&
      (this.ofNew[this.newBlocks.of[run.new] as number] as number) - weight <=
        mostForeign * this.newBlocks.sizeAt(run.new)
    );
  }
}

/** Two blocks, with how many rows of words they have in common and how many each has. */
type Like = { old: number; new: number; count: number; ofOld: number; ofNew: number };

function isAllFree(partner: Int32Array, from: number, to: number): boolean {
  for (let word = from; word < to; word += 1) if ((partner[word] as number) >= 0) return false;
  return true;
}

/** Characters cut or put in from which on what lies on either side is apart. */
const muchChanged = 24;
/** Characters that words between two such changes must have together, or they are there by chance. */
const leastBetween = 40;

/** Lets go of words that weigh less than what changed on either side of them, as a reader would see all of it as rewritten. */
function withoutStray(
  pairs: readonly [number, number][],
  old: readonly number[],
  fresh: readonly number[],
  before: Tokens,
  after: Tokens,
  ends: Ends,
): readonly [number, number][] {
  const size = (tokens: Tokens, words: readonly number[], from: number, to: number) => {
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += 1 + lengthOf(tokens, words[at] as number);
    return sum;
  };
  /** Words with little between them, and what changed before the first. */
  const parts: { pairs: [number, number][]; weight: number; changed: number }[] = [];
  let [i, j] = [0, 0];
  for (const pair of pairs) {
    const changed = Math.max(size(before, old, i, pair[0]), size(after, fresh, j, pair[1]));
    const weight = size(before, old, pair[0], pair[0] + 1);
    const last = parts.at(-1);
    if (last && changed < muchChanged) {
      last.pairs.push(pair);
      last.weight += weight;
    } else parts.push({ pairs: [pair], weight, changed });
    [i, j] = [pair[0] + 1, pair[1] + 1];
  }
  const first = parts[0];
  if (first && !ends.start) first.changed = Infinity;
  const tail = ends.end ? Math.max(size(before, old, i, old.length), size(after, fresh, j, fresh.length)) : Infinity;
  return parts
    .filter(({ weight, changed }, index) => {
      const least = Math.min(changed, parts[index + 1]?.changed ?? tail);
      return least < muchChanged || weight >= Math.max(leastBetween, least);
    })
    .flatMap((part) => part.pairs);
}

/** The runs, in the order of the old text, that have the most words in all and are in the order of both. */
function heaviestRow(possible: readonly Run[]): Run[] {
  // Best weight of a row that ends before a place of the new text (a Fenwick tree of maxima).
  const order = [...possible].sort((one, other) => one.new - other.new || other.old - one.old);
  const rank = new Map(order.map((run, index) => [run, index + 1]));
  const best = new Int32Array(order.length + 1).fill(-1);
  const weight = new Int32Array(possible.length);
  const previous = new Int32Array(possible.length).fill(-1);
  possible.forEach((run, index) => {
    let chosen = -1;
    for (let at = (rank.get(run) as number) - 1; at > 0; at -= at & -at) {
      const candidate = best[at] as number;
      if (candidate >= 0 && (chosen < 0 || (weight[candidate] as number) > (weight[chosen] as number)))
        chosen = candidate;
    }
    previous[index] = chosen;
    weight[index] = run.length + (chosen < 0 ? 0 : (weight[chosen] as number));
    for (let at = rank.get(run) as number; at < best.length; at += at & -at) {
      const holder = best[at] as number;
      if (holder < 0 || (weight[holder] as number) < (weight[index] as number)) best[at] = index;
    }
  });
  let last = -1;
  weight.forEach((value, index) => {
    if (last < 0 || value > (weight[last] as number)) last = index;
  });
  const row: Run[] = [];
  for (let index = last; index >= 0; index = previous[index] as number) row.push(possible[index] as Run);
  return row.reverse();
}

const lengthOf = (tokens: Tokens, word: number) => (tokens.ends[word] as number) - (tokens.starts[word] as number);

function freeOf(partner: Int32Array, from: number, to: number): number[] {
  const free: number[] = [];
  for (let index = from; index < to; index += 1) if ((partner[index] as number) < 0) free.push(index);
  return free;
}

/** A number for each run of `length` free words; 0 where one of them is taken. */
function hashesOf(ids: Int32Array, partner: Int32Array | null, from: number, to: number, length: number): Int32Array {
  const hashes = new Int32Array(Math.max(0, to - from - length + 1));
  let free = 0;
  for (let index = from; index < to; index += 1) {
    free = !partner || (partner[index] as number) < 0 ? free + 1 : 0;
    const begin = index - length + 1;
    if (free < length) continue;
    let hash = 0;
    for (let at = begin; at <= index; at += 1) hash = Math.imul(hash ^ (ids[at] as number), 0x9e3779b1) ^ (hash >>> 15);
    hashes[begin - from] = hash === 0 ? 1 : hash;
  }
  return hashes;
}

/** Where each run occurs in both texts, as long as it occurs once: a hash table without objects. */
class Occurrences {
  private readonly mask: number;
  private readonly keys: Int32Array;
  /** Place in the new text, -1 for none yet, -2 for several on one side. */
  private readonly places: Int32Array;
  private readonly inOld: Uint8Array;

  constructor(most: number) {
    const size = 1 << Math.max(4, Math.ceil(Math.log2(most * 2 + 1)));
    this.mask = size - 1;
    this.keys = new Int32Array(size);
    this.places = new Int32Array(size).fill(-1);
    this.inOld = new Uint8Array(size);
  }

  private slotOf(key: number): number {
    let slot = Math.imul(key, 0x85ebca6b) >>> 7;
    for (slot &= this.mask; this.keys[slot] !== 0 && this.keys[slot] !== key; ) slot = (slot + 1) & this.mask;
    return slot;
  }

  note(key: number, place: number, side: 0 | 1): void {
    const slot = this.slotOf(key);
    if (side === 0) {
      this.keys[slot] = key;
      this.inOld[slot] = this.inOld[slot] === 0 ? 1 : 2;
    } else if (this.keys[slot] === key) {
      // Only what the old text has too is asked for.
      this.places[slot] = this.places[slot] === -1 ? place : -2;
    }
  }

  /** Where the run stands in the new text, when it stands once in each; else -1. */
  only(key: number): number {
    const slot = this.slotOf(key);
    return this.keys[slot] === key && this.inOld[slot] === 1 ? Math.max(-1, this.places[slot] as number) : -1;
  }
}
