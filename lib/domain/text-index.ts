/**
 * An index of a text in which many short passages are looked up, word for word or nearly so. Texts are compared without blanks and in
 * the one spelling of `Vocabulary`, so that line breaks and what a typographer changes do not hide a passage. It finds places and
 * judges none. Strings only, the same result in the browser and on the server.
 */
import { Vocabulary } from "./text-tokens";

/** A text without its blanks, one spelling for each character: code units, and where each comes from in the text (`ends` exclusive). */
export type Folded = {
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

const unseen = 0;
const dropped = -1;
/** Belongs to the letter before it. */
const joining = -2;
/** Two or more of it in a row are one. */
const running = -3;

const vocabulary = new Vocabulary();
const unitOfWord = new Map<number, number>();
const spellings = new Int32Array(0x1_0000);

/** The first character met of those that are one word to the vocabulary stands for all of them. */
function spellingOf(character: string): number {
  const [word] = vocabulary.read(character).ids;
  if (word === undefined) return dropped;
  const unit = unitOfWord.get(word) ?? character.charCodeAt(0);
  unitOfWord.set(word, unit);
  return unit === 0 ? dropped : unit;
}

const ellipsis = spellingOf("…");

function look(unit: number): number {
  const character = String.fromCharCode(unit);
  const isHalf = unit >= 0xd800 && unit <= 0xdfff;
  if (isHalf) spellings[unit] = unit;
  else if (character === "-" || character === ".") spellings[unit] = running;
  else spellings[unit] = /\p{M}/u.test(character) ? joining : spellingOf(character);
  return spellings[unit] as number;
}

/** Linear in the length of the text. */
export function foldText(text: string): Folded {
  // Composing may lengthen a text in rare scripts: what does not fit any more is as if it did not stand there.
  const room = text.length + 16;
  const units = new Uint16Array(room);
  const starts = new Int32Array(room);
  const ends = new Int32Array(room);
  let length = 0;
  const put = (unit: number, start: number, end: number) => {
    if (length === room) return;
    units[length] = unit;
    starts[length] = start;
    ends[length] = end;
    length += 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    let spelling = spellings[unit] as number;
    if (spelling === unseen) spelling = look(unit);
    if (spelling > 0) {
      units[length] = spelling;
      starts[length] = index;
      ends[length] = index + 1;
      length += 1;
      continue;
    }
    if (spelling === dropped) continue;
    const isNext = length > 0 && ends[length - 1] === index;
    if (spelling === running) {
      if (isNext && text.charCodeAt(index - 1) === unit) {
        if (unit === 0x2e) units[length - 1] = ellipsis;
        ends[length - 1] = index + 1;
      } else put(spellingOf(text.charAt(index)), index, index + 1);
      continue;
    }
    if (!isNext) {
      put(unit, index, index + 1);
      continue;
    }
    const start = starts[length - 1] as number;
    while (length > 0 && starts[length - 1] === start) length -= 1;
    for (const each of text
      .slice(start, index + 1)
      .normalize("NFC")
      .split(""))
      put(each.charCodeAt(0), start, index + 1);
  }
  return { units: units.subarray(0, length), starts: starts.subarray(0, length), ends: ends.subarray(0, length) };
}

/** Code units of a gram. */
const gramLength = 5;
/** Places of a passage beyond which it is common, and only its surroundings can tell where it is meant. */
const mostPlaces = 1024;
/** Units that are compared in a search through a text that repeats itself: a few milliseconds. */
const mostWork = 4_000_000;
/** Grams that vote for one passage, and their places in all. */
const mostVoters = 32;
const mostVotes = 1024;

/** A row of units of the text where a passage may stand; `to` exclusive. */
export type Window = { from: number; to: number };

/** Where a passage begins, in units of the folded text; unless complete there may be more. */
export type Places = { places: number[]; isComplete: boolean };

export class TextIndex {
  readonly folded: Folded;
  /** Places of the grams of bucket b: `places` from `firsts[b]` to `firsts[b + 1]`. */
  private readonly firsts: Int32Array;
  private readonly places: Int32Array;
  private readonly shift: number;

  /** Linear in the length of the text; about 20 bytes for each character. */
  constructor(text: string) {
    this.folded = foldText(text);
    const { units } = this.folded;
    const grams = Math.max(0, units.length - gramLength + 1);
    const bits = Math.min(20, Math.max(8, 32 - Math.clz32(grams)));
    this.shift = 32 - bits;
    this.firsts = new Int32Array(2 ** bits + 1);
    const buckets = new Int32Array(grams);
    for (let at = 0; at < grams; at += 1) {
      const bucket = this.bucketOf(units, at);
      buckets[at] = bucket;
      this.firsts[bucket + 1] = (this.firsts[bucket + 1] as number) + 1;
    }
    for (let bucket = 1; bucket < this.firsts.length; bucket += 1)
      this.firsts[bucket] = (this.firsts[bucket] as number) + (this.firsts[bucket - 1] as number);
    const next = this.firsts.slice();
    this.places = new Int32Array(grams);
    for (let at = 0; at < grams; at += 1) {
      const bucket = buckets[at] as number;
      const place = next[bucket] as number;
      this.places[place] = at;
      next[bucket] = place + 1;
    }
  }

  private bucketOf(units: Uint16Array, at: number): number {
    let hash = 0;
    for (let index = at; index < at + gramLength; index += 1)
      hash = Math.imul(hash ^ (units[index] as number), 0x9e3779b1) ^ (hash >>> 15);
    return Math.imul(hash, 0x85ebca6b) >>> this.shift;
  }

  private sizeOf(bucket: number): number {
    return (this.firsts[bucket + 1] as number) - (this.firsts[bucket] as number);
  }

  /** How many units of the passage stand at a place, from its first one on. */
  private agreementAt(passage: Uint16Array, at: number): number {
    const { units } = this.folded;
    let length = 0;
    while (length < passage.length && units[at + length] === passage[length]) length += 1;
    return length;
  }

  /** Every place of the passage in the order of the text, or null when it is too short or too common to say. */
  placesOf(passage: Uint16Array): number[] | null {
    if (passage.length < gramLength) return null;
    let [rarest, offset, least] = [0, 0, Number.POSITIVE_INFINITY];
    for (let at = 0; at + gramLength <= passage.length && least > 0; at += 1) {
      const bucket = this.bucketOf(passage, at);
      const size = this.sizeOf(bucket);
      if (size < least) [rarest, offset, least] = [bucket, at, size];
    }
    if (least > mostPlaces) return null;
    const found: number[] = [];
    for (let index = this.firsts[rarest] as number; index < (this.firsts[rarest + 1] as number); index += 1) {
      const at = (this.places[index] as number) - offset;
      if (at >= 0 && this.agreementAt(passage, at) === passage.length) found.push(at);
    }
    return found;
  }

  /** The places of a short or common passage in a window: all of them, or the first ones. Linear in the window. */
  placesWithin(passage: Uint16Array, { from, to }: Window): Places {
    const places: number[] = [];
    let work = 0;
    for (let at = from; at + passage.length <= to; at += 1) {
      if (places.length === mostPlaces || work > mostWork) return { places, isComplete: false };
      const agreement = this.agreementAt(passage, at);
      work += agreement;
      if (agreement === passage.length) places.push(at);
    }
    return { places, isComplete: true };
  }

  /**
   * Where most of the passage stands, the likeliest first: its rarest grams vote for the place where it would begin, and votes for
   * nearly the same place are counted together (Jokinen and Ukkonen 1991, "Two algorithms for approximate string matching in static
   * texts"). Windows are a little wider than the passage; those with less than `share` of the votes of the best are left out.
   */
  windowsOf(passage: Uint16Array, most: number, share: number): Window[] {
    const votes = this.votesOf(passage);
    const reach = Math.min(256, 8 + (passage.length >> 3));
    const clusters: { first: number; last: number; count: number }[] = [];
    let low = 0;
    for (let high = 0; high < votes.length; high += 1) {
      while ((votes[high] as number) - (votes[low] as number) > reach) low += 1;
      const count = high - low + 1;
      const cluster = { first: votes[low] as number, last: votes[high] as number, count };
      const previous = clusters.at(-1);
      if (!previous || cluster.first > previous.last) clusters.push(cluster);
      else if (count > previous.count) clusters[clusters.length - 1] = cluster;
    }
    const best = clusters.reduce((highest, { count }) => Math.max(highest, count), 0);
    return clusters
      .filter(({ count }) => count >= 2 && count >= share * best)
      .sort((one, other) => other.count - one.count)
      .slice(0, most)
      .map(({ first, last }) => ({
        from: Math.max(0, first - reach),
        to: Math.min(this.folded.units.length, last + passage.length + reach),
      }));
  }

  /** For each place of each rare gram of the passage, where the passage would begin; in order. */
  private votesOf(passage: Uint16Array): Int32Array {
    const voters: { bucket: number; at: number; size: number }[] = [];
    // Of a long passage only so many grams are looked at, from all of its length.
    const step = Math.max(1, Math.floor(passage.length / (3 * mostVoters)));
    for (let at = 0; at + gramLength <= passage.length; at += step) {
      const bucket = this.bucketOf(passage, at);
      const size = this.sizeOf(bucket);
      if (size > 0) voters.push({ bucket, at, size });
    }
    voters.sort((one, other) => one.size - other.size);
    const votes = new Int32Array(mostVotes);
    let length = 0;
    for (const { bucket, at, size } of voters.slice(0, mostVoters)) {
      if (length + size > mostVotes) break;
      for (let index = 0; index < size; index += 1)
        votes[length + index] = (this.places[(this.firsts[bucket] as number) + index] as number) - at;
      length += size;
    }
    return votes.subarray(0, length).sort();
  }
}
