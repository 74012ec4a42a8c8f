/**
 * Where quotes stand in a text when the text that they were taken from is not known: annotations that come from other programs. Rests
 * on the words of the quote and on what stood around them, and says lost when in doubt: never attaches to words that only look alike.
 * Strings only, the same result in the browser and on the server.
 */
import { type TextRange, tidyRange } from "./anchor";
import { type Carried, carryOver, isSameWords } from "./carry-over";
import { foldText, type Places, TextIndex, type Window } from "./text-index";
import { Vocabulary } from "./text-tokens";

/**
 * A TextQuoteSelector of the W3C Web Annotation Data Model (section 4.2.4), with the start of a TextPositionSelector (4.2.5) as a
 * hint, in UTF-16 code units.
 */
export type Quote = { exact: string; prefix?: string; suffix?: string; start?: number };

/** Characters of context on each side that are looked at, without blanks. At most 32: one bit each. */
const contextLength = 32;
/** Code units of context that are read to find them. */
const contextRead = 3 * contextLength;
/** Characters of text on each side that are compared with the context: it may have grown by so many. */
const contextReach = contextLength + 16;
/** A side disagrees when more than one character in so many differs. */
const agreeing = 4;
/** Characters that must agree to outweigh a side that does not: half a line. */
const doubt = 32;
/** Characters that must agree before a position alone is believed. */
const leastEvidence = 24;
/** What standing at the very position of the hint is worth in characters that agree. */
const hintEvidence = 16;
/** Characters by which the context of a place must be nearer than that of any other. */
const clearly = 4;
/** Windows that are looked at for words that are too common, and for words that have changed; and the votes that they must have. */
const windowsOfCommon = 16;
const shareOfCommon = 1 / 2;
const windowsOfChanged = 3;
const shareOfChanged = 2 / 3;
/** Quotes on either side that tell how far the text has shifted. */
const neighbours = 3;
/** Characters from where it is expected that a place may stand, and by how much farther away the next one must be. */
const mostAway = 400;
const clearlyFarther = 4;
/** Candidates that are told of a quote that stands in more places; no person looks through more. */
const mostCandidates = 100;

/**
 * The place of each quote in `text`, in the order given; ranges in UTF-16 code units, whole characters, without blanks at the edges.
 * `anchored` where nothing is hinted or at the hint, `moved` elsewhere, both for the same words only; `altered` when some words differ
 * and the rest and the context leave no doubt; `ambiguous` with at most 100 candidates. `score` is the share of the characters of
 * `exact` whose words stand at the place unchanged: 1 for the same words, 0 where no place was found. Of places that nothing else tells
 * apart it is the one where the hint would be by now, as the quotes around it tell that stand in one place only. One index serves all quotes:
 * its time is linear in the text, and a quote takes next to none that grows with the text.
 */
export function findQuotes(text: string, quotes: readonly Quote[]): Carried[] {
  if (quotes.length === 0) return [];
  const found = quotes.map(quoteFinder(text));
  const drift = driftOf(quotes, found);
  return found.map((one, nth) => {
    const hint = quotes[nth]?.start;
    if (one.state !== "ambiguous" || one.score < 1 || hint === undefined) return one;
    const range = nearestOf(one.candidates, hint + drift(hint));
    return range ? { state: range.start === hint ? "anchored" : "moved", range, score: 1 } : one;
  });
}

/** By how much the text around a place has shifted, as the quotes near to it tell that stand in one place only. */
function driftOf(quotes: readonly Quote[], found: readonly Carried[]): (hint: number) => number {
  const sure = quotes
    .flatMap(({ start }, nth) => {
      const one = found[nth] as Carried;
      return start !== undefined && (one.state === "anchored" || one.state === "moved")
        ? [{ hint: start, by: one.range.start - start }]
        : [];
    })
    .sort((one, other) => one.hint - other.hint);
  const hints = Float64Array.from(sure, ({ hint }) => hint);
  return (hint) => {
    const at = firstFrom(hints, hint);
    const near = sure.slice(Math.max(0, at - neighbours), at + neighbours).map(({ by }) => by);
    // The middle one: passages that were moved say nothing of those that stayed.
    return near.sort((one, other) => one - other)[near.length >> 1] ?? 0;
  };
}

/** The place that is where one is expected, if no other is nearly as near. */
function nearestOf(candidates: readonly TextRange[], expected: number): TextRange | null {
  const away = (range: TextRange) => Math.abs(range.start - expected);
  const [first, second] = [...candidates].sort((one, other) => away(one) - away(other));
  if (!first || away(first) > mostAway) return null;
  return second && away(second) < clearlyFarther * (away(first) + mostAway / 4) ? null : first;
}

/** The same for quotes that come one by one. */
export function quoteFinder(text: string): (quote: Quote) => Carried {
  const finder = new Finder(text);
  return (quote) => finder.find(quote);
}

/** A quote made ready. The context is nearest first: `before` runs backwards. */
type Sought = {
  quote: Quote;
  exact: Uint16Array;
  before: Uint16Array;
  after: Uint16Array;
  beginsInWord: boolean;
  endsInWord: boolean;
  /** Where its first character would stand. */
  hint: number | null;
};

/** `distance`: characters of the context that differ. `evidence`: characters that agree; `disagreeing`: sides that do not. */
type Place = { range: TextRange; distance: number; evidence: number; disagreeing: number; touched: boolean };

const lost: Carried = { state: "orphaned", score: 0 };

class Finder {
  private readonly index: TextIndex;
  private readonly masks = new Int32Array(0x1_0000);

  constructor(private readonly text: string) {
    this.index = new TextIndex(text);
  }

  find(quote: Quote): Carried {
    const sought = soughtOf(quote);
    if (sought.exact.length === 0 || sought.exact.length > this.index.folded.units.length) return lost;
    const all = this.index.placesOf(sought.exact);
    const { places, isComplete } = all ? { places: all, isComplete: true } : this.commonPlaces(sought);
    return this.choose(sought, this.fitting(sought, places), isComplete) ?? this.findChanged(sought);
  }

  /** Where the same words stand and the context does not speak against them. */
  private fitting(sought: Sought, found: readonly number[]): Place[] {
    const { exact } = sought;
    const places: Place[] = [];
    for (const at of found) {
      // Nothing can tell these apart any more.
      if (!hasContext(sought) && sought.hint === null && places.length === mostCandidates) break;
      const range = this.rangeOf({ from: at, to: at + exact.length });
      const place = this.judge(sought, range, exact.length);
      const hinted = range.start === sought.hint ? hintEvidence : 0;
      const isDoubtful = place.disagreeing > 0 && place.evidence + hinted < doubt * place.disagreeing;
      if (!isDoubtful && this.hasSameEdges(sought, place) && isSameWords(sought.quote.exact, this.slice(range)))
        places.push(place);
    }
    return places;
  }

  /** Of words that stand nearly everywhere, the places with the right context; without a context, the hint and the first ones. */
  private commonPlaces(sought: Sought): Places {
    const { exact, before, hint } = sought;
    const all = { from: 0, to: this.index.folded.units.length };
    const hinted = hint === null ? [] : [this.windowOf({ start: hint, end: hint + exact.length })];
    const whole = wholeOf(sought);
    const windows = hasContext(sought) ? this.index.windowsOf(whole, windowsOfCommon, shareOfCommon) : [];
    const near = [...windows, ...hinted].map((window) => this.index.placesWithin(exact, window));
    // Where even the context stands everywhere, nothing less than all of it will do.
    const far = windows.length > 0 ? [] : [this.index.placesWithin(whole, all)];
    const found = [
      ...near,
      ...far.map(({ places, ...rest }) => ({ places: places.map((at) => at + before.length), ...rest })),
    ];
    const places = new Set(found.flatMap((each) => each.places));
    return {
      places: [...places].sort((one, other) => one - other),
      isComplete: found.every((each) => each.isComplete),
    };
  }

  /** Of places that fit, the one with the right context, or the hinted one; null when there are none. */
  private choose(sought: Sought, places: readonly Place[], isComplete: boolean): Carried | null {
    const nearest = places.reduce((least, { distance }) => Math.min(least, distance), Number.POSITIVE_INFINITY);
    // A context that is the same to the letter tells more than one that is nearly so.
    const margin = nearest === 0 && hasContext(sought) ? 1 : clearly;
    const close = places.filter(({ distance }) => distance < nearest + margin);
    const [first] = close;
    if (!first) return null;
    const atHint = close.find(
      ({ range, evidence }) => range.start === sought.hint && evidence + hintEvidence >= leastEvidence,
    );
    const chosen = close.length === 1 && isComplete ? first : atHint;
    if (!chosen)
      return { state: "ambiguous", candidates: close.slice(0, mostCandidates).map(({ range }) => range), score: 1 };
    const touched = chosen.touched ? this.changedIn(sought, this.windowOf(chosen.range)) : null;
    if (touched && touched.range.start <= chosen.range.start && touched.range.end >= chosen.range.end) return touched;
    const isThere = sought.hint === null || sought.hint === chosen.range.start;
    return { state: isThere ? "anchored" : "moved", range: chosen.range, score: 1 };
  }

  /** The words have changed: the one place where enough of them, and of what stood around them, is left. */
  private findChanged(sought: Sought): Carried {
    const sure: { found: Changed; evidence: number }[] = [];
    for (const window of this.index.windowsOf(wholeOf(sought), windowsOfChanged, shareOfChanged)) {
      const found = this.changedIn(sought, window);
      if (!found) continue;
      // A word that differs counts twice against those that are the same.
      const agree = sought.exact.length * (3 * found.score - 2);
      const { evidence, disagreeing } = this.judge(sought, found.range, agree);
      const isFramed =
        disagreeing === 0 && sought.before.length > 0 && sought.after.length > 0 && evidence - agree >= doubt;
      if (isFramed || evidence >= doubt * (1 + disagreeing)) sure.push({ found, evidence });
    }
    const [best, ...others] = sure.sort((one, other) => other.evidence - one.evidence);
    if (!best) return lost;
    const rivals = others.filter(
      ({ found, evidence }) => !overlap(found.range, best.found.range) && evidence > best.evidence - doubt,
    );
    if (rivals.length === 0) return best.found;
    const candidates = [best, ...rivals].map(({ found }) => found.range);
    return { state: "ambiguous", candidates, score: best.found.score };
  }

  /** The quote and its context are a small old text, the window a small new one. */
  private changedIn({ quote }: Sought, window: Window): Changed | null {
    const prefix = (quote.prefix ?? "").slice(-contextRead);
    const old = prefix + quote.exact + (quote.suffix ?? "").slice(0, contextRead);
    const { start, end } = this.rangeOf(window);
    const [carried] = carryOver(
      old,
      [{ start: prefix.length, end: prefix.length + quote.exact.length }],
      this.text.slice(start, end),
    );
    if (carried?.state !== "altered") return null;
    const range = wholeRange(this.text, { start: start + carried.range.start, end: start + carried.range.end });
    return range && { state: "altered", range, score: carried.score };
  }

  private judge(sought: Sought, range: TextRange, agree: number): Place {
    const { units, starts } = this.index.folded;
    const from = firstFrom(starts, range.start);
    const to = firstFrom(starts, range.end);
    const place = { range, distance: 0, evidence: agree, disagreeing: 0, touched: false };
    const weigh = (context: Uint16Array, at: number, step: 1 | -1) => {
      if (context.length === 0) return;
      const distance = this.distance(context, at, step);
      place.distance += distance;
      if (units[at] !== context[0]) place.touched = true;
      // Something may have come between its nearer and its farther half.
      const near = context.subarray(0, contextLength / 2);
      const nearDistance = distance * agreeing <= context.length ? 0 : this.distance(near, at, step);
      if (distance * agreeing <= context.length) place.evidence += context.length - 2 * distance;
      else if (context.length > near.length && nearDistance * agreeing <= near.length)
        place.evidence += near.length - 2 * nearDistance;
      else place.disagreeing += 1;
    };
    weigh(sought.before, from - 1, -1);
    weigh(sought.after, to, 1);
    return place;
  }

  /**
   * Characters that differ between a context and the text that begins at `at` and goes on in one direction, as far as suits it best:
   * the bit-parallel edit distance of Myers (1999), "A fast bit-vector algorithm for approximate string matching", in one word.
   */
  private distance(context: Uint16Array, at: number, step: 1 | -1): number {
    const { masks } = this;
    const { units } = this.index.folded;
    for (let index = 0; index < context.length; index += 1) {
      const unit = context[index] as number;
      masks[unit] = (masks[unit] as number) | (1 << index);
    }
    const last = 1 << (context.length - 1);
    let [plus, minus, distance] = [-1, 0, context.length];
    let least = distance;
    for (let index = 0; index < contextReach; index += 1) {
      const unit = units[at + step * index];
      if (unit === undefined) break;
      const equal = masks[unit] as number;
      const vertical = equal | minus;
      const horizontal = ((((equal & plus) + plus) | 0) ^ plus) | equal;
      let up = minus | ~(horizontal | plus);
      let down = plus & horizontal;
      if (up & last) distance += 1;
      if (down & last) distance -= 1;
      if (distance < least) least = distance;
      // The one keeps the start of the text fixed: context and text begin at the same place.
      up = (up << 1) | 1;
      down <<= 1;
      plus = down | ~(vertical | up);
      minus = up & vertical;
    }
    for (let index = 0; index < context.length; index += 1) masks[context[index] as number] = 0;
    return least;
  }

  /** Whether no word of the text is cut that the quote does not cut, and no character at all: "cat" does not stand in "concatenate". */
  private hasSameEdges({ beginsInWord, endsInWord, hint }: Sought, { range, distance }: Place): boolean {
    const whole = wholeRange(this.text, range);
    if (whole?.start !== range.start || whole.end !== range.end) return false;
    // Nothing says how the word went on, but it stands where it should.
    if (range.start === hint && distance === 0) return true;
    return (
      (beginsInWord || !isInsideWord(this.text, range.start)) && (endsInWord || !isInsideWord(this.text, range.end))
    );
  }

  private rangeOf({ from, to }: Window): TextRange {
    const { starts, ends } = this.index.folded;
    return { start: starts[from] as number, end: ends[to - 1] as number };
  }

  private windowOf({ start, end }: TextRange): Window {
    const { starts } = this.index.folded;
    const from = Math.max(0, firstFrom(starts, start) - contextReach);
    return { from, to: Math.min(starts.length, firstFrom(starts, end) + contextReach) };
  }

  private slice({ start, end }: TextRange): string {
    return this.text.slice(start, end);
  }
}

type Changed = Extract<Carried, { state: "altered" }>;

function soughtOf(quote: Quote): Sought {
  const { exact, prefix = "", suffix = "", start } = quote;
  const folded = foldText(exact);
  const before = foldText(prefix.slice(-contextRead)).units.slice(-contextLength).reverse();
  const after = foldText(suffix.slice(0, contextRead)).units.slice(0, contextLength);
  return {
    ...{ quote, before, after, exact: folded.units },
    beginsInWord: isInsideWord(prefix.slice(-contextRead) + exact, Math.min(prefix.length, contextRead)),
    endsInWord: isInsideWord(exact + suffix.slice(0, contextRead), exact.length),
    hint: start === undefined ? null : start + (folded.starts[0] ?? 0),
  };
}

const hasContext = ({ before, after }: Sought) => before.length + after.length > 0;

function wholeOf({ before, exact, after }: Sought): Uint16Array {
  const whole = new Uint16Array(before.length + exact.length + after.length);
  whole.set(before.slice().reverse());
  whole.set(exact, before.length);
  whole.set(after, before.length + exact.length);
  return whole;
}

/** Code units around an index in which a word that holds it is seen. */
const wordReach = 8;

function isInsideWord(text: string, index: number): boolean {
  // The usual case, and far cheaper to see.
  if (index <= 0 || index >= text.length || text[index] === " " || text[index - 1] === " ") return false;
  const from = Math.max(0, index - wordReach);
  const { starts, ends } = new Vocabulary().read(text.slice(from, index + wordReach));
  return starts.some((start, word) => start < index - from && (ends[word] as number) > index - from);
}

/** The range in whole characters, as a person sees them. Nothing below U+0300 joins what stands beside it, which is cheap to see. */
function wholeRange(text: string, range: TextRange): TextRange | null {
  const edges = text.slice(range.start - 1, range.start + 1) + text.slice(range.end - 1, range.end + 1);
  return /^[\0-\u02ff]*$/.test(edges) ? range : tidyRange(text, range);
}

const overlap = (one: TextRange, other: TextRange) => one.start < other.end && other.start < one.end;

/** The first index whose number is at least `least`; the numbers rise. */
function firstFrom(numbers: ArrayLike<number>, least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
