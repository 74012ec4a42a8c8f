/**
 * The sentences of a text: what the sentence ledger accounts for, and what a selection grows to. Strings only, the same result
 * in the browser and on the server. Follows UAX 29 (Unicode text segmentation), mended where news prose breaks it. What the
 * stops of the alphabets mean is decided here alone; `Intl.Segmenter`, whose data changes with the version of ICU, is asked
 * only about marks that the rules do not know ("。", "।").
 */
import { blank, isCharacterEdge, type TextRange, tidyRange } from "./anchor";
import { rulesFor, type SentenceRules } from "./sentence-rules";

/** The marks whose meaning is decided here. */
const stops = ".!?…؟۔‽‼⁇⁈⁉";
const lineEnds = String.raw`\n\r\u2028\u2029`;
const blankInLine = `(?:(?![${lineEnds}])${blank})`;
const openingMarks = String.raw`(?:[\p{Ps}\p{Pi}\p{Pf}"'¿¡][\u00a0\u202f]?|« )*`;

/**
 * What still belongs to a sentence after its stop: closing quotes and brackets (in French after a blank; a ‹»› before a word
 * opens a quotation, as in German), footnote marks, and numbers that were such marks before their format was lost, emoji.
 */
const closingMark = [
  String.raw`[\u00a0\u202f\u2009 ][»›”"](?=[\s\p{P}]|$)`,
  String.raw`[\p{Pe}\p{Pf}\p{Pi}"'*†‡\u00b9\u00b2\u00b3\u2070-\u2079]`,
  String.raw`\[[\p{L}\p{N}][\p{L}\p{N} .,–-]{0,20}\]`,
  String.raw`(?<=[\p{L}\p{Pe}\p{Pf}"'][.!?][\p{Pf}"']?)\d{1,2}(?=\s)`,
  String.raw`(?![${stops}])[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0f\u200d]`,
].join("|");

/** Where no blank is needed to tell: before a letter without case ("؟نعم", not in "أ.ف.ب"), between two quotations. */
const withoutBlank = [
  String.raw`(?<=[!?؟۔][\p{Pf}"]?|\p{Lo}{2}\.)(?=\p{Lo}{2})`,
  String.raw`(?<=[”»])(?=[“„«]?[\p{Lu}\p{Lo}])`,
].join("|");

/**
 * Where a sentence can end: after a stop with what belongs to it and blanks, after line ends, and after a mark that is foreign
 * to the rules. Greek asks with a semicolon. Linear: a run of stops is entered at its first one only.
 */
const placePattern = new RegExp(
  [
    String.raw`(?<marks>(?<![${stops}])[${stops}]+|(?<=\p{Script=Greek})[;\u037e])(?<closing>(?:${closingMark})*)`,
    `(?:${blankInLine}+(?!${blank}|$)|${withoutBlank})`,
    `|(?<line>[${lineEnds}](?:${blank}*[${lineEnds}])?)`,
    String.raw`|(?![${stops}])\p{Sentence_Terminal}`,
  ].join(""),
  "gu",
);

/** How far words are looked at before a stop, in code units; twice as far behind it. */
const reach = 50;
/** At most so many code units from `index` on, of its line. */
const lineFrom = (text: string, index: number, most: number) =>
  text.slice(index, index + most).split(/[\n\r\u2028\u2029]/, 1)[0] ?? "";

const anyWord = /[\p{L}\p{N}]/u;
/** A sentence that goes on: a mark that none begins with. */
const insideOnly = /^[,;:)\]}،؛]|^[»›](?=[\s\p{P}]|$)/u;

/** One locale for all, as the engines do not carry the same ones; only Greek has sentence rules of its own. */
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
/** Code units in which a sentence that has come to its stop ends. Never a long text: its segments take quadratic time in V8. */
const stopWindow = 32;

/** Where the segmenter ends the sentence whose stop is at `index`, or null. It would leave the 「 of "。「" with that sentence. */
function foreignEnd(text: string, index: number): number | null {
  const near = lineFrom(text, index, stopWindow);
  const ended = segmenter.segment(near).containing(0)?.segment ?? near;
  const end = ended.length - (/\p{Ps}+$/u.exec(ended)?.[0].length ?? 0);
  return ended === near || anyWord.test(ended) || insideOnly.test(near.slice(end)) ? null : index + end;
}

type Stop = { index: number; marks: string; closing: string };
/** A place where a sentence can end; `at` is where the next one would begin. Without a stop or line ends it does. */
type Place = { at: number; stop?: Stop; lineEnd?: boolean };

/** In order, each once, none inside a character. */
function placesOf(text: string): Place[] {
  const places: Place[] = [];
  const add = (place: Place) => {
    if (place.at > (places.at(-1)?.at ?? 0) && place.at < text.length && isCharacterEdge(text, place.at))
      places.push(place);
  };
  for (const match of text.matchAll(placePattern)) {
    const { marks, closing = "", line } = match.groups ?? {};
    const at = match.index + match[0].length;
    if (marks) add({ at, stop: { index: match.index, marks, closing } });
    else if (line) add({ at, lineEnd: true });
    else add({ at: foreignEnd(text, match.index) ?? 0 });
  }
  return places;
}

/** Begins no sentence, except where a name begins with one ("iPhone"), and in a script that has no capitals. */
const smallLetter = new RegExp(
  String.raw`^${openingMarks}(?!\p{Script=Georgian}|\p{Ll}{1,2}\p{Lu}|https?:|www\.)\p{Ll}`,
  "u",
);
const letterWithoutCase = new RegExp(String.raw`^${openingMarks}\p{Lo}`, "u");
const dash = /^(?:[–—―]|-\s)/u;
/** After a stop that nothing closes: "— Yes. — No." */
const nextSpeaker = new RegExp(String.raw`^[–—―-]\s?${openingMarks}[\p{Lu}\p{Lo}]`, "u");
const number = /^["'“„«([]?(?:[\p{N}§№#+]|[IVXLCDM]+\b)/u;
const firstWord = new RegExp(String.raw`^${openingMarks}(?<word>\p{L}{2,}(?!\p{L}|\.\s?\d)|\p{L}(?!\p{L}|\.))`, "u");
const enumerator = new RegExp(String.raw`^${blank}*[([]?(?:\p{N}{1,3}(?:\.\p{N}{1,3})*|\p{L}|[ivxIVX]{1,5})$`, "u");
const lastWord = /(?<edge>[^\p{L}\p{M}\p{N}.]?)(?<word>[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.]*)$/u;

const has = (list: ReadonlySet<string>, word: string) =>
  list.has(word) || list.has(word.charAt(0).toLowerCase() + word.slice(1));

const wordAt = (next: string) => firstWord.exec(next)?.groups?.word ?? "";

/** Whether the full stop after `before` only shortens its last word, with `next` behind it. */
function isAbbreviation(before: string, closing: string, next: string, rules: SentenceRules): boolean {
  const { word = "", edge = "" } = lastWord.exec(before)?.groups ?? {};
  // A word of an address or a path shortens nothing.
  if (word === "" || /[/@_=&#\\]/.test(edge)) return false;
  if (has(rules.within, word)) return true;
  if (has(rules.beforeNumber, word) && number.test(closing + next)) return true;
  if (/\p{N}/u.test(word)) return isOrdinal(before, word, next, rules);
  if (rules.ending.has(word) && /[\p{N}XVI.]\s?\S+$/u.test(before))
    return /^№/.test(next) || rules.goingOn.has(wordAt(next)) || (before.length < reach && hardlyBegun.test(before));
  const shortened =
    has(rules.either, word) ||
    isDotted.test(word) ||
    (closing === "" && !/['’]/.test(edge) && isInitial(word, before, next, rules));
  return shortened && !rules.openers.has(wordAt(next));
}

/** "At 5 p.m", "У 2014 р": no sentence yet. */
const hardlyBegun = /^\s*\S+\s\S*[\p{N}XVI]\S*\s\S+$/u;
/** "U.S", "p.m". */
const isDotted = /^\p{L}{1,2}(?:\.\p{L}{1,2})+$/u;

/** One letter, but no unit ("10 m."), unless another one follows ("44 a. C."). German counts its kings so: "Karl XII." */
function isInitial(word: string, before: string, next: string, { ordinals }: SentenceRules): boolean {
  if (/^\p{Lu}\p{M}*$/u.test(word)) return true;
  if (/^\p{L}\p{M}*$/u.test(word)) return /^\p{L}\./u.test(next) || !/\p{N}\s?\p{L}\p{M}*$/u.test(before);
  return ordinals !== null && /^[IVX]+$/.test(word);
}

/** "am 3. Oktober", "der 2. Weltkrieg", "am 3. 10. 2024". */
function isOrdinal(before: string, word: string, next: string, { ordinals, openers }: SentenceRules): boolean {
  if (!ordinals || !/^\d{1,3}$/.test(word)) return false;
  const following = /^\p{L}+/u.exec(next)?.[0];
  if (!following) return /^(?:0?[1-9]|1[0-2])\.\s/.test(next) || (/^\d{4}/.test(next) && /\d\.\s?\d+$/.test(before));
  const preceding = /(\p{L}+)\s\d+$/u.exec(before)?.[1]?.toLowerCase() ?? "";
  return ordinals.before.has(following) || (ordinals.after.has(preceding) && !openers.has(following));
}

/** Whether `next` says who said the quotation that ended before it: a name and its titles, then the verb. */
function tellsWhoSaid(next: string, { saying, openers }: SentenceRules): boolean {
  const words = next.split(/\s+/, 8);
  const verb = words.findIndex((word) => saying.has(/^\p{L}+/u.exec(word)?.[0] ?? ""));
  const name = words.slice(0, Math.max(0, verb));
  return verb === 0 || (verb > 0 && !openers.has(wordAt(next)) && name.every((word) => /^\p{Lu}/u.test(word)));
}

/** Whether a bracket is open at the end that the sentence did not begin with: "he won (!) the seat". */
function closesBracketInside(sentence: string): boolean {
  const opened = Math.max(sentence.lastIndexOf("("), sentence.lastIndexOf("["));
  return !/[)\]]/.test(sentence.slice(opened)) && anyWord.test(sentence.slice(0, Math.max(0, opened)));
}

/** Whether the sentence that began at `start` goes on after a stop, at `at`. */
function goesOn(text: string, start: number, at: number, stop: Stop, rules: SentenceRules): boolean {
  const { index, marks, closing } = stop;
  const next = lineFrom(text, at, 2 * reach);
  if (insideOnly.test(next) || smallLetter.test(next)) return true;
  if (dash.test(next) && (closing !== "" || !nextSpeaker.test(next))) return true;
  if (/[)\]]/.test(closing) && closesBracketInside(text.slice(Math.max(start, index - 300), index))) return true;
  if (marks === ".") {
    if (closing === "" && index - start < 24 && enumerator.test(text.slice(start, index))) return true;
    return isAbbreviation(text.slice(Math.max(start, index - reach), index), closing, next, rules);
  }
  // In Arabic two dots are a pause.
  if (marks === "..") return letterWithoutCase.test(next);
  return /["'\p{Pf}\p{Pi}]/u.test(closing) && tellsWhoSaid(next, rules);
}

/**
 * The sentences of a canonical text in order: edges tidied (no blanks), each inside one line of one block, every character that
 * is not blank in exactly one. Offsets in UTF-16 code units. UAX 29 with the rules of `language`, a BCP 47 tag. Linear in the
 * length of the text.
 */
export function sentencesOf(text: string, language: string): TextRange[] {
  const rules = rulesFor(language);
  const places = placesOf(text);
  const sentences: TextRange[] = [];
  let start = 0;
  const close = (end: number) => {
    const sentence = tidyRange(text, { start, end });
    if (sentence) sentences.push(sentence);
    start = end;
  };
  let wordBefore = anyWord.test(text.slice(0, places[0]?.at));
  places.forEach(({ at, stop, lineEnd }, index) => {
    const wordAfter = anyWord.test(text.slice(at, places[index + 1]?.at));
    // Within a line, what holds no word ("…", "—", an emoji) is part of what stands beside it.
    const parts = lineEnd || (wordBefore && wordAfter && !(stop && goesOn(text, start, at, stop, rules)));
    if (parts) close(at);
    wordBefore = wordAfter || (!parts && wordBefore);
  });
  close(text.length);
  return sentences;
}

/**
 * The range grown to the whole sentences that its two ends touch. Each end stays in its own line: no sentence goes on in
 * the next one.
 */
export function growToSentence(text: string, range: TextRange, language: string): TextRange {
  const tidy = tidyRange(text, range);
  if (!tidy) return range;
  const sentenceAt = (index: number): TextRange => {
    const from = text.lastIndexOf("\n", index) + 1;
    const to = text.indexOf("\n", index);
    const line = text.slice(from, to === -1 ? text.length : to);
    const found = sentencesOf(line, language).find(({ end }) => end > index - from);
    return found ? { start: from + found.start, end: from + found.end } : tidy;
  };
  return { start: sentenceAt(tidy.start).start, end: sentenceAt(tidy.end - 1).end };
}
