/** Seeded edits of a draft, as desks make them: each kind alone, and two mixes. */
import { type Draft, isFigure, isWord, type Paragraph, readSentence, type Sentence, type Token } from "./draft";
import type { Seeded } from "./seeded";
import type { Writer } from "./texts";

export type Edit = (draft: Draft, random: Seeded, writer: Writer) => Draft;

/** Each token becomes none, one or several. */
const eachToken = (draft: Draft, change: (token: Token, next: Token | undefined) => Token[]): Draft =>
  draft.map((paragraph) =>
    paragraph.map((sentence) => sentence.flatMap((token, nth) => change(token, sentence[nth + 1]))),
  );

/** Another spelling of the same token, character by character. */
function respell(token: Token, spell: (character: string, at: number) => string): Token {
  const cuts: number[] = [];
  let text = "";
  let at = 0;
  for (const character of token.text) {
    for (let unit = 0; unit < character.length; unit++) cuts.push(text.length);
    text += spell(character, at);
    at += character.length;
  }
  return { ...token, text, cuts: token.cuts ? "gone" : cuts };
}

function replaced(token: Token, other: () => string): Token {
  let text = other();
  while (text.toLowerCase() === token.text.toLowerCase()) text = other();
  return { ...token, text, cuts: "gone" };
}

function otherCase(word: string): string {
  const first = word.charAt(0);
  return first === first.toLowerCase() ? first.toUpperCase() + word.slice(1) : word.toLowerCase();
}

const isOld = (token: Token) => token.of >= 0;
const fresh = (gap: string, text: string): Token => ({ gap, text, of: -1, cuts: null });

function substitute(token: Token, writer: Writer): Token {
  const isCapital = /^\p{Lu}/u.test(token.text);
  return replaced(token, () => {
    const word = writer.word();
    return isCapital ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  });
}

/** One letter twice, none or another. */
function mistype(token: Token, random: Seeded): Token {
  const letters = [...token.text];
  const at = random.between(0, letters.length - 1);
  const letter = letters[at] ?? "";
  const other = random.pick([letter + letter, letters.length > 2 ? "" : letter + letter, random.pick([..."aeinrst"])]);
  return replaced(token, () => {
    const text = letters.with(at, other).join("");
    return text.toLowerCase() === token.text.toLowerCase() ? `${token.text}e` : text;
  });
}

const changeOne =
  (
    share: number,
    isMeant: (token: Token) => boolean,
    change: (token: Token, random: Seeded, writer: Writer) => Token[],
  ) =>
  (draft: Draft, random: Seeded, writer: Writer): Draft =>
    eachToken(draft, (token) =>
      isOld(token) && isMeant(token) && random.chance(share) ? change(token, random, writer) : [token],
    );

/** Of the changes of words most are substitutions; some words are dropped or put in. */
const changeWords = (share: number): Edit =>
  changeOne(share, isWord, (token, random, writer) => {
    const roll = random.next();
    if (roll < 0.6) return [substitute(token, writer)];
    if (roll < 0.75) return [mistype(token, random)];
    if (roll < 0.8) return [substitute(token, writer), { ...fresh(" ", writer.word()), of: token.of, cuts: "gone" }];
    if (roll < 0.9) return [token, fresh(" ", writer.word())];
    return [];
  });

const insertNot = (share: number): Edit =>
  function insertNots(draft, random) {
    return eachToken(draft, (token, next) =>
      isWord(token) && next && isWord(next) && random.chance(share) ? [token, fresh(" ", "not")] : [token],
    );
  };

const insertSentences = (share: number): Edit =>
  function insert(draft, random, writer) {
    return draft.map((paragraph) =>
      paragraph.flatMap((sentence): Sentence[] => {
        if (!random.chance(share)) return [sentence];
        const added = readSentence(writer.sentence());
        return random.chance(0.5) ? [sentence, added] : [added, sentence];
      }),
    );
  };

const cutSentences = (share: number): Edit =>
  function cut(draft, random) {
    const left = draft
      .map((paragraph) => paragraph.filter(() => !random.chance(share)))
      .filter((paragraph) => paragraph.length > 0);
    return left.length > 0 ? left : draft;
  };

const moveParagraphs = (share: number): Edit =>
  function move(draft, random) {
    const left: Paragraph[] = [];
    const moved: Paragraph[] = [];
    for (const paragraph of draft) (random.chance(share) ? moved : left).push(paragraph);
    const before = new Map<number, Paragraph[]>();
    for (const paragraph of moved) {
      const place = random.between(0, left.length);
      before.set(place, [...(before.get(place) ?? []), paragraph]);
    }
    return [...left, null].flatMap((paragraph, place) => [
      ...(before.get(place) ?? []),
      ...(paragraph ? [paragraph] : []),
    ]);
  };

const splitParagraphs = (share: number): Edit =>
  function split(draft, random) {
    return draft.flatMap((paragraph) => {
      if (paragraph.length < 2 || !random.chance(share)) return [paragraph];
      const at = random.between(1, paragraph.length - 1);
      return [paragraph.slice(0, at), paragraph.slice(at)];
    });
  };

const joinParagraphs = (share: number): Edit =>
  function join(draft, random) {
    const joined: Paragraph[] = [];
    for (const paragraph of draft) {
      const last = joined.at(-1);
      if (last && random.chance(share)) joined[joined.length - 1] = [...last, ...paragraph];
      else joined.push(paragraph);
    }
    return joined;
  };

const setTypographically: Edit = (draft) =>
  eachToken(draft, (token, next) => {
    const isOpening = next !== undefined && next.gap === "";
    return [
      respell(token, (character) => {
        if (character === '"') return isOpening ? "“" : "”";
        if (character === "'") return "’";
        return character === "-" && token.text === "-" ? "—" : character;
      }),
    ];
  });

const inOrder = (...edits: Edit[]): Edit =>
  function all(draft, random, writer) {
    return edits.reduce((edited, edit) => edit(edited, random, writer), draft);
  };

export const kindsOfEdit: Record<string, Edit> = {
  "typo fixes": changeOne(0.03, isWord, (token, random) => [mistype(token, random)]),
  "words substituted": changeOne(0.05, isWord, (token, _, writer) => [substitute(token, writer)]),
  "figures changed": changeOne(0.5, isFigure, (token, _, writer) => [replaced(token, () => writer.figure())]),
  "“not” inserted": insertNot(0.02),
  "sentences inserted": insertSentences(0.15),
  "sentences cut": cutSentences(0.15),
  "paragraphs split": splitParagraphs(0.3),
  "paragraphs joined": joinParagraphs(0.3),
  "paragraphs moved": moveParagraphs(0.2),
  "typographic quotes and dashes": setTypographically,
  "non-breaking spaces": changeOne(
    0.2,
    ({ gap }) => gap === " ",
    (token) => [{ ...token, gap: "\u00a0" }],
  ),
  "case changes": changeOne(0.05, isWord, (token) => [{ ...token, text: otherCase(token.text), cuts: "gone" }]),
  "NFC to NFD": (draft) => eachToken(draft, (token) => [respell(token, (character) => character.normalize("NFD"))]),
  "soft hyphens": changeOne(
    0.3,
    ({ text }) => text.length > 5 && /^\p{L}+$/u.test(text),
    (token) => [respell(token, (character, at) => (at === 3 ? `\u00ad${character}` : character))],
  ),
};

export const mixes = {
  light: changeWords(0.01),
  heavy: inOrder(moveParagraphs(0.08), cutSentences(0.05), insertSentences(0.08), changeWords(0.09)),
} satisfies Record<string, Edit>;
