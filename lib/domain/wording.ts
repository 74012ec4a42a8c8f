/**
 * Suggested wording: other words that the desk asks for at one place of a claim, and what a later text made of them. Strings only, the
 * same result in the browser and on the server. It looks for no quotes: as for anchors, what stayed of the whole text says what is where.
 */
import { z } from "zod";
import { type Alignment, alignTexts } from "./align-texts";
import type { TextRange } from "./anchor";
import { type Carried, carryOver, isSameWords } from "./carry-over";
import { personRef } from "./people";
import { id, instant } from "./text";
import { wordsWithin } from "./text-tokens";

export const suggestionState = z.enum(["proposed", "accepted", "declined"]);
export type SuggestionState = z.infer<typeof suggestionState>;

/** What an editor does with a suggestion; `proposed` takes a decision back. */
export const wordingDecision = z.strictObject({ state: suggestionState });
export type WordingDecision = z.infer<typeof wordingDecision>;

export const wordingOutcomes = ["applied", "partly", "ignored", "gone"] as const;
export const wordingOutcome = z.enum(wordingOutcomes);
export type WordingOutcome = z.infer<typeof wordingOutcome>;

/** What a revision made of it: the words before and in it; `after` is null where they stand nowhere. */
export const suggestionOutcome = z.object({
  number: z.int(),
  outcome: wordingOutcome,
  before: z.string(),
  after: z.string().nullable(),
});

/** Who proposed the wording of a claim, what was decided, and what became of it, the newest revision first. */
export const suggestionView = z.object({
  id,
  state: suggestionState,
  proposedBy: personRef,
  proposedAt: instant,
  decidedBy: personRef.nullable(),
  decidedAt: instant.nullable(),
  outcomes: z.array(suggestionOutcome),
});

/** A text says what it asked for: nothing more is to be done, and nothing can be changed in it. */
export const isDone = ({ outcomes }: { outcomes: readonly { outcome: WordingOutcome }[] }): boolean =>
  outcomes.some(({ outcome }) => outcome === "applied");

/** Words that are to stand in a text's place; `wording` is empty where they are to be cut. */
export type Replacement = TextRange & { wording: string };

export const byPlace = (one: TextRange, other: TextRange): number => one.start - other.start || one.end - other.end;

/** Those that can be carried out together, in the order of the text: of two that overlap, the one that begins first. */
export function compatible<R extends TextRange>(ranges: readonly R[]): R[] {
  let end = 0;
  return ranges.toSorted(byPlace).filter((range) => {
    if (range.start < end) return false;
    end = range.end;
    return true;
  });
}

/** The text as it would be with all of these carried out, and where each wording stands in it; they must not overlap. */
export function withReplacements(
  text: string,
  replacements: readonly Replacement[],
): { text: string; ranges: TextRange[] } {
  const ranges = new Map<Replacement, TextRange>();
  let result = "";
  let at = 0;
  for (const one of replacements.toSorted(byPlace)) {
    result += text.slice(at, one.start);
    ranges.set(one, { start: result.length, end: result.length + one.wording.length });
    result += one.wording;
    at = one.end;
  }
  return { text: result + text.slice(at), ranges: replacements.map((one) => ranges.get(one) as TextRange) };
}

/** `place`: where the words that were asked for stand in the new text, when they do. */
export type Judged = { outcome: WordingOutcome; place: TextRange | null };

/**
 * What a new text made of each replacement, in the order given. Two stories are told of it, that it follows from the old text as it
 * was and from the old text as the desk wants it, and at each place the one that needs less to have happened is believed. Of a text that is
 * one of the two there is nothing to believe.
 */
export function judgeReplacements(
  oldText: string,
  replacements: readonly Replacement[],
  newText: string,
  alignment: Alignment = alignTexts(oldText, newText),
): Judged[] {
  if (newText === oldText) return replacements.map(() => ({ outcome: "ignored", place: null }));
  const together = compatible(replacements);
  const wanted = withReplacements(oldText, together);
  const indexes = new Map(together.map((one, index) => [one, index]));
  if (newText === wanted.text && together.length === replacements.length)
    return replacements.map((one) => ({
      outcome: "applied",
      place: wanted.ranges[indexes.get(one) as number] as TextRange,
    }));
  const toWanted = alignTexts(wanted.text, newText);
  const asIs = new Story(oldText, newText, alignment, replacements);
  const asWanted = new Story(wanted.text, newText, toWanted, wanted.ranges);
  const judged = replacements.map((one, index) => {
    const at = indexes.get(one);
    return judge(
      wordsOf(one, oldText),
      one.wording,
      newText,
      asIs.at(index),
      at === undefined ? null : asWanted.at(at),
    );
  });
  return lookedAtAgain(oldText, replacements, newText, judged);
}

const wordsOf = ({ start, end }: TextRange, text: string) => text.slice(start, end);

/**
 * Where much was done or left all around, what became of a place is only seen in stories in which all that is settled is told as it was: one
 * in which what is still open was not done, and one in which it was.
 */
function lookedAtAgain(
  oldText: string,
  replacements: readonly Replacement[],
  newText: string,
  judged: readonly Judged[],
): Judged[] {
  const isOpen = ({ outcome }: Judged) => outcome === "partly" || outcome === "gone";
  if (!judged.some(isOpen) || judged.every(isOpen)) return [...judged];
  const together = compatible(replacements.map((one, index) => ({ ...one, index, known: judged[index] as Judged })));
  const story = (ofOpen: (one: Replacement) => string) => {
    const told = together.map((one) => {
      const words = one.known.outcome === "applied" ? one.wording : wordsOf(one, oldText);
      return { ...one, wording: isOpen(one.known) ? ofOpen(one) : words };
    });
    const { text, ranges } = withReplacements(oldText, told);
    return new Story(text, newText, alignTexts(text, newText), ranges);
  };
  const [left, done] = [story((one) => wordsOf(one, oldText)), story(({ wording }) => wording)];
  const all = [...judged];
  together.forEach(({ index, known, wording, ...range }, at) => {
    if (!isOpen(known)) return;
    const again = judge(wordsOf(range, oldText), wording, newText, left.at(at), done.at(at));
    if (!isOpen(again)) all[index] = again;
  });
  return all;
}

/** What one story says of one place. `isClean`: the words beside it stand right beside it. */
type Told = { carried: Carried; isClean: boolean };

/** The words stand there, and only what a typographer changes may differ. */
const placeOf = ({ carried }: Told): TextRange | null =>
  carried.state === "anchored" || carried.state === "moved" ? carried.range : null;

const lengthOf = ({ start, end }: TextRange) => end - start;

function judge(words: string, wording: string, newText: string, old: Told, wanted: Told | null): Judged {
  const stands = placeOf(old);
  const ignored: Judged = { outcome: "ignored", place: null };
  if (!wanted) return judgeAlone(words, wording, newText, old);
  if (!hasWords(wording)) {
    if (wanted.isClean && !(stands && old.isClean)) return { outcome: "applied", place: null };
    if (stands || old.carried.state === "ambiguous") return ignored;
    return { outcome: old.carried.state === "altered" ? "partly" : "applied", place: null };
  }
  const place = placeOf(wanted);
  if (place && !(stands && isBelieved(newText, words, { ...old, range: stands }, { ...wanted, range: place })))
    return { outcome: "applied", place };
  if (stands || old.carried.state === "ambiguous") return ignored;
  const isAltered = old.carried.state === "altered" || wanted.carried.state === "altered";
  return { outcome: isAltered ? "partly" : "gone", place: null };
}

type Standing = Told & { range: TextRange };

/** Whether nothing happened at a place where both the words and the wording seem to stand: one is in the other, or much like it. */
function isBelieved(newText: string, words: string, old: Standing, wanted: Standing): boolean {
  if (old.isClean !== wanted.isClean) return old.isClean;
  if (lengthOf(old.range) !== lengthOf(wanted.range)) return lengthOf(old.range) > lengthOf(wanted.range);
  return newText.slice(old.range.start, old.range.end) === words;
}

/** One that overlaps another is in no story: its own words have to do. */
function judgeAlone(words: string, wording: string, newText: string, { carried }: Told): Judged {
  const range = "range" in carried ? carried.range : null;
  const now = range && newText.slice(range.start, range.end);
  if (now === null) return { outcome: carried.state === "ambiguous" ? "ignored" : "gone", place: null };
  if (now !== words && isSameWords(now, wording)) return { outcome: "applied", place: range };
  return { outcome: isSameWords(now, words) ? "ignored" : "partly", place: null };
}

/** What a person has said of where the words stand counts for more: the words that they chose, or null where they were cut. */
export function judgeChosen(words: string, wording: string, chosen: string | null): WordingOutcome {
  if (chosen === null) return hasWords(wording) ? "gone" : "applied";
  if (chosen === words) return "ignored";
  if (isSameWords(chosen, wording)) return "applied";
  return isSameWords(chosen, words) ? "ignored" : "partly";
}

const hasWords = (text: string) => /\S/u.test(text);

class Story {
  private readonly carried: Carried[];

  constructor(
    from: string,
    to: string,
    private readonly alignment: Alignment,
    private readonly ranges: readonly TextRange[],
  ) {
    this.carried = carryOver(from, ranges, to, alignment);
  }

  at(index: number): Told {
    return { carried: this.carried[index] as Carried, isClean: this.isClean(this.ranges[index] as TextRange) };
  }

  /** Whether the words before and after it have between them in the new text just as many words as here. */
  private isClean(range: TextRange): boolean {
    const { before, after, to } = this.alignment;
    const words = wordsWithin(before, range);
    // Where nothing is to stand there is no word, and the one before may be the one after.
    const past = Math.max(words.from, words.to);
    const left = words.from === 0 ? -1 : (to[words.from - 1] as number);
    const right = past === before.length ? after.length : (to[past] as number);
    return (words.from === 0 || left >= 0) && right >= 0 && right - left === past - words.from + 1;
  }
}

/** A part of some words that is to be other words: the smallest steps from what stands there to what is asked for. */
export type Edit = TextRange & { text: string };

/** The length of what the pattern finds in both, when it is the same. */
function common(pattern: RegExp, one: string, other: string): number {
  const found = pattern.exec(one)?.[0] ?? "";
  return found === pattern.exec(other)?.[0] ? found.length : 0;
}

/** The steps from `words` to `wording` in the order of the text, whole words each; offsets in `words`. Carried out together they make it. */
export function editsOf(words: string, wording: string): Edit[] {
  const { before, after, to, group } = alignTexts(words, wording);
  const edits: Edit[] = [];
  let [old, fresh] = [0, 0];
  const step = (oldEnd: number, freshEnd: number) => {
    const [was, is] = [words.slice(old, oldEnd), wording.slice(fresh, freshEnd)];
    if (was === is) return;
    // Blanks that stand on both sides are left alone.
    const lead = common(/^\s+/u, was, is);
    const trail = common(/\s+$/u, was.slice(lead), is.slice(lead));
    edits.push({ start: old + lead, end: oldEnd - trail, text: is.slice(lead, is.length - trail) });
  };
  for (let word = 0; word < before.length; word += 1) {
    const at = to[word] as number;
    if (at < 0 || group[word] !== 0) continue;
    const [start, end] = [before.starts[word] as number, before.ends[word] as number];
    const [freshStart, freshEnd] = [after.starts[at] as number, after.ends[at] as number];
    if (words.slice(start, end) !== wording.slice(freshStart, freshEnd)) continue;
    step(start, freshStart);
    [old, fresh] = [end, freshEnd];
  }
  step(words.length, wording.length);
  return edits.reduce((grown: Edit[], edit, index) => withFigure(words, grown, edit, edits[index + 1]), []);
}

/** A figure is changed whole: 3.5 becomes 3.2, and not its last digit another. */
function withFigure(words: string, before: Edit[], { start, end, text }: Edit, next: Edit | undefined): Edit[] {
  const last = before.at(-1);
  const lead = words.slice(last?.end ?? 0, start);
  if (last && /^[\p{N}.,:]+$/u.test(lead)) {
    const whole = { start: last.start, end: last.end, text: last.text + lead + text };
    return withFigure(words, before.slice(0, -1), { ...whole, end }, next);
  }
  const touchesFigure =
    /^\p{N}/u.test(words.slice(start, end) || text) && /\p{N}$/u.test(words.slice(start, end) || text);
  if (!touchesFigure) return [...before, { start, end, text }];
  const head = /\p{N}[\p{N}.,:]*$/u.exec(lead)?.[0] ?? "";
  const tail = /^[\p{N}.,:]*\p{N}/u.exec(words.slice(end, next?.start ?? words.length))?.[0] ?? "";
  return [...before, { start: start - head.length, end: end + tail.length, text: head + text + tail }];
}
