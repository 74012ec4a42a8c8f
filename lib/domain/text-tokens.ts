/**
 * A text as a row of numbers, one for each word, so that two texts can be compared word by word at the speed of integers. What a
 * typographer changes is no change of the words: kinds of quotation marks, dashes and blanks, soft hyphens, composed or decomposed
 * letters. Case is one, as "us" is not "US". Strings only, the same result in the browser and on the server.
 */

/** The words of one text; offsets are UTF-16 code units, `ends` exclusive. Equal numbers are equal words. */
export type Tokens = {
  readonly length: number;
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What begins at a word, so far as punctuation tells it. */
  readonly borders: Uint8Array;
};

/** What may begin at a word: nothing, a part of a sentence, a sentence, a block. */
export const border = { none: 0, part: 1, sentence: 2, block: 3 } as const;

const endsSentence = /^[.!?…。！？؟۔:;]/u;
const endsPart = /^[,،、–—-]/u;
const closes = /^["'”’»›)\]}]/u;

const unknown = 0;
/** Parts words and is no word. */
const blank = 1;
/** Goes together with its neighbours. */
const letter = 2;
/** Stands alone: punctuation, symbols, and scripts that do not part words by blanks. */
const single = 3;
/** Belongs to whatever stands before it. */
const mark = 4;
/** Says nothing: soft hyphen, marks of direction, zero-width blanks. */
const silent = 5;

const silentCharacter = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

function kindOf(character: string): number {
  if (silentCharacter.test(character)) return silent;
  if (/\s/u.test(character)) return blank;
  if (/[\p{M}\u200c\u200d]/u.test(character)) return mark;
  if (unspacedScript.test(character)) return single;
  return /[\p{L}\p{N}]/u.test(character) ? letter : single;
}

const kinds = new Uint8Array(0x1_0000);

/** Of the character that begins at a code unit. */
function kindAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const known = kinds[unit] as number;
  if (known !== unknown) return known;
  if (unit >= 0xd800 && unit <= 0xdfff) return kindOf(String.fromCodePoint(text.codePointAt(index) as number));
  const kind = kindOf(String.fromCharCode(unit));
  kinds[unit] = kind;
  return kind;
}

const isPlain = /^[\x20-\x7e]*$/;

/** One spelling for all that a typographer would write differently. */
function spell(word: string): string {
  if (isPlain.test(word)) return /^(?:--+|\.\.+|`)$/.test(word) ? spellMarks(word) : word;
  return spellMarks(word.normalize("NFC").replaceAll(new RegExp(silentCharacter, "g"), ""));
}

function spellMarks(word: string): string {
  return word
    .replace(/^(?:--+|[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\uff0d])$/u, "-")
    .replace(/^(?:\.\.+|…)$/u, "…")
    .replace(/^[“”„‟«»″〝〞＂]$/u, '"')
    .replace(/^[‘’‚‛‹›′`´ʼ＇]$/u, "'");
}

/** Both texts of a comparison are read with the same one. */
export class Vocabulary {
  private readonly ids = new Map<string, number>();
  private readonly raw = new Map<string, number>();

  private idOf(word: string): number {
    const known = this.raw.get(word);
    if (known !== undefined) return known;
    const spelt = spell(word);
    const id = this.ids.get(spelt) ?? this.ids.size + 1;
    this.ids.set(spelt, id);
    this.raw.set(word, id);
    return id;
  }

  /** The words of a text in its order. Time is linear in its length. */
  read(text: string): Tokens {
    // At most one word for each code unit; the arrays are cut to what was found.
    const ids = new Int32Array(text.length);
    const starts = new Int32Array(text.length);
    const ends = new Int32Array(text.length);
    const borders = new Uint8Array(text.length);
    let length = 0;
    let next: number = border.block;
    let index = 0;
    while (index < text.length) {
      const kind = kindAt(text, index);
      if (kind === blank || kind === silent) {
        if (text.charCodeAt(index) === 0x0a) next = border.block;
        index += 1;
        continue;
      }
      const start = index;
      index = kind === letter ? endOfWord(text, index) : endOfSingle(text, index);
      const word = text.slice(start, index);
      ids[length] = this.idOf(word);
      starts[length] = start;
      ends[length] = index;
      // A closing quotation mark touches the word before it, which the same mark does not where it opens.
      const isClosing = length > 0 && ends[length - 1] === start && closes.test(word);
      borders[length] = isClosing ? border.none : next;
      if (kind === letter) next = border.none;
      else if (endsSentence.test(word)) next = border.sentence;
      else if (!isClosing) next = endsPart.test(word) ? border.part : border.none;
      length += 1;
    }
    return {
      length,
      ids: ids.slice(0, length),
      starts: starts.slice(0, length),
      ends: ends.slice(0, length),
      borders: borders.slice(0, length),
    };
  }
}

const width = (text: string, index: number) => ((text.codePointAt(index) as number) > 0xffff ? 2 : 1);

function endOfWord(text: string, from: number): number {
  let index = from;
  let end = from;
  while (index < text.length) {
    const kind = kindAt(text, index);
    if (kind !== letter && kind !== mark && kind !== silent) break;
    index += width(text, index);
    // What says nothing belongs to a word only when the word goes on after it.
    if (kind !== silent) end = index;
  }
  return end;
}

function endOfSingle(text: string, from: number): number {
  let index = from + width(text, from);
  const first = text.charCodeAt(from);
  // Two hyphens are a dash, three full stops an ellipsis.
  if (first === 0x2d || first === 0x2e) while (text.charCodeAt(index) === first) index += 1;
  while (index < text.length && kindAt(text, index) === mark) index += 1;
  return index;
}

/** The words that a range of the text touches, `to` exclusive. */
export function wordsWithin({ starts, ends, length }: Tokens, range: { start: number; end: number }) {
  const from = firstWhere(length, (word) => (ends[word] as number) > range.start);
  const to = firstWhere(length, (word) => (starts[word] as number) >= range.end);
  return { from, to };
}

/** The first index of `length` for which it holds; it holds from there on. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
