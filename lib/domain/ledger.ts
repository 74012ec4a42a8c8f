/**
 * The sentence ledger: every sentence of a revision is accounted for by a claim that stands on a part of it, or by a mark that a
 * person set over the whole of it. Strings and ranges only, the same result in the browser and on the server. It never guesses: what
 * neither a claim nor a mark accounts for is unaccounted.
 */
import { type TextRange, tidyRange } from "./anchor";
import type { Coverage } from "./sentence-mark";
import { sentencesOf } from "./sentences";

export const touches = (one: TextRange, other: TextRange): boolean => one.start < other.end && other.start < one.end;
const covers = (one: TextRange, other: TextRange): boolean => one.start <= other.start && one.end >= other.end;
const byStart = (one: TextRange, other: TextRange): number => one.start - other.start;

const anyWord = /[\p{L}\p{N}]/u;

/** The sentences to account for, in order: headings, items of lists and credits among them. A row of stars says nothing, and is none. */
export const ledgerSentences = (text: string, language: string): TextRange[] =>
  sentencesOf(text, language).filter(({ start, end }) => anyWord.test(text.slice(start, end)));

export type ClaimPlace = TextRange & { id: string };

/** What accounts for a sentence; null when nothing does. */
export type Account<M> = { by: "claim"; claimId: string } | { by: "mark"; mark: M } | null;

/**
 * What accounts for each of the sentences, which are in order and do not overlap. A claim goes before a mark; of several claims it is
 * the one that begins first in the sentence, else the one that reaches farthest into it. One sweep over all of them.
 */
export function accountsOf<M extends TextRange>(
  sentences: readonly TextRange[],
  claims: readonly ClaimPlace[],
  marks: readonly M[],
): Account<M>[] {
  const [claimsInOrder, marksInOrder] = [claims.toSorted(byStart), marks.toSorted(byStart)];
  let [nextClaim, nextMark] = [0, 0];
  let reaching: ClaimPlace | null = null;
  let covering: M | null = null;
  return sentences.map((sentence) => {
    let beginning: ClaimPlace | null = null;
    for (let claim = claimsInOrder[nextClaim]; claim && claim.start < sentence.end; claim = claimsInOrder[nextClaim]) {
      if (claim.start >= sentence.start) beginning ??= claim;
      if (!reaching || claim.end > reaching.end) reaching = claim;
      nextClaim += 1;
    }
    for (let mark = marksInOrder[nextMark]; mark && mark.start <= sentence.start; mark = marksInOrder[nextMark]) {
      if (!covering || mark.end > covering.end) covering = mark;
      nextMark += 1;
    }
    const claim = beginning ?? (reaching && touches(reaching, sentence) ? reaching : null);
    if (claim) return { by: "claim", claimId: claim.id };
    return covering && covers(covering, sentence) ? { by: "mark", mark: covering } : null;
  });
}

export function coverageOf(
  sentences: readonly TextRange[],
  claims: readonly TextRange[],
  marks: readonly TextRange[],
): Coverage {
  const places = claims.map(({ start, end }) => ({ start, end, id: "" }));
  const accounted = accountsOf(sentences, places, marks).filter((account) => account !== null).length;
  return { sentences: sentences.length, accounted };
}

/** Never 100 while one sentence is missing. */
export const percentOf = ({ sentences, accounted }: Coverage): number =>
  sentences === 0 ? 100 : Math.floor((100 * accounted) / sentences);

/** Index of the first sentence that ends after `offset`. */
export function sentenceAfter(sentences: readonly TextRange[], offset: number): number {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle] as TextRange).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The sentences that a selection touches, as the first and the one after the last; for a caret the one that it stands in or at the end of. */
export function sentencesAt(sentences: readonly TextRange[], { start, end }: TextRange): { from: number; to: number } {
  const from = sentenceAfter(sentences, start);
  if (start < end) {
    let to = from;
    while (to < sentences.length && (sentences[to] as TextRange).start < end) to += 1;
    return { from, to };
  }
  const isInside = (sentences[from]?.start ?? Number.POSITIVE_INFINITY) <= start;
  const isBehind = from > 0 && (!sentences[from] || sentences[from - 1]?.end === start);
  const at = !isInside && isBehind ? from - 1 : from;
  return { from: at, to: Math.min(sentences.length, at + 1) };
}

/**
 * The marks of a text once each of these ranges bears its mark, or none. No two overlap: what a range leaves over of an older mark,
 * set when sentences were told apart otherwise, goes on as that mark.
 */
export function withMarks<M extends TextRange>(
  text: string,
  marks: readonly M[],
  changes: readonly { range: TextRange; mark: M | null }[],
): M[] {
  const ranges = changes.map(({ range }) => range).sort(byStart);
  const first = ranges[0]?.start ?? 0;
  const last = ranges.reduce((end, range) => Math.max(end, range.end), first);
  const kept = marks.flatMap((mark) =>
    touches(mark, { start: first, end: last }) ? leftOf(text, mark, ranges) : [mark],
  );
  const fresh = changes.flatMap(({ mark }) => (mark ? [mark] : []));
  return [...kept, ...fresh].sort(byStart);
}

function leftOf<M extends TextRange>(text: string, mark: M, ranges: readonly TextRange[]): M[] {
  const over = ranges.filter((range) => touches(range, mark));
  if (over.length === 0) return [mark];
  const starts = [mark.start, ...over.map(({ end }) => end)];
  const ends = [...over.map(({ start }) => start), mark.end];
  return starts.flatMap((start, index) => {
    const end = ends[index] as number;
    const left = start < end ? tidyRange(text, { start, end }) : null;
    return left && anyWord.test(text.slice(left.start, left.end)) ? [{ ...mark, ...left }] : [];
  });
}
