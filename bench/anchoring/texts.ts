/** Seeded prose as a newsroom writes it, and anchors in it. No word of it was ever published. */
import type { TextRange } from "../../lib/domain/anchor";
import { type Draft, isFigure, isWord, readDraft, readSentence, writeDraft } from "./draft";
import { Seeded } from "./seeded";

export const kindsOfText = ["varied", "hostile"] as const;
export type KindOfText = (typeof kindsOfText)[number];

/** What an edit puts in. */
export type Writer = { word: () => string; figure: () => string; sentence: () => string };

const common =
  "the of to and a in that is was for it with as his on be at by he this had not are but from or have an they which one were all her she there would their we him been has when who will no more if out so said what up its about into than them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years much where your way down should because long each just state those people too mr how little good world make very year still see own work men day get here old life both between being under three never know same last another while us might great go come since against right came take used himself few house use place during high without again home around small however found".split(
    " ",
  );
const onsets = "b c d f g h l m n p r s t v w br cl dr fr gr pl pr sc st tr ch sh th".split(" ");
const vowels = "a e i o u a e i o ea ou ai io é ö".split(" ");
const codas = ["", "", "", "n", "r", "s", "t", "l", "nd", "rt", "st", "m", "ck"];
const vocabularySize = 6_000;

function coin(random: Seeded, syllables: number): string {
  let word = "";
  for (let nth = 0; nth < syllables; nth++) word += random.pick(onsets) + random.pick(vowels) + random.pick(codas);
  return word;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

class Prose implements Writer {
  private readonly words: string[];
  private readonly names: string[];
  /** How often a word or one before it comes, by Zipf's law. */
  private readonly sums: number[] = [];

  constructor(private readonly random: Seeded) {
    const seen = new Set(common);
    while (seen.size < vocabularySize) seen.add(coin(random, random.pick([1, 2, 2, 3])));
    this.words = [...seen];
    this.names = Array.from({ length: 500 }, () => capital(coin(random, random.pick([1, 2, 2]))));
    let sum = 0;
    for (let rank = 1; rank <= this.words.length; rank++) {
      sum += 1 / (rank + 2);
      this.sums.push(sum);
    }
  }

  word(): string {
    const aim = this.random.next() * (this.sums.at(-1) ?? 0);
    let [low, high] = [0, this.sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] ?? 0) >= aim) high = middle;
      else low = middle + 1;
    }
    return this.words[low] ?? "the";
  }

  figure(): string {
    const { random } = this;
    return random.pick([
      () => String(random.between(2, 99)),
      () => String(random.between(1950, 2026)),
      () => `${random.between(1, 40)}.${random.between(1, 9)}`,
      () => `${random.between(1, 900)},${String(random.between(0, 999)).padStart(3, "0")}`,
    ])();
  }

  private name(): string {
    const name = `${this.random.pick(this.names)} ${this.random.pick(this.names)}`;
    return this.random.chance(0.2) ? `${this.random.pick(["Mr.", "Ms.", "Dr.", "St."])} ${name}` : name;
  }

  private clause(length: number): string {
    const { random } = this;
    const words: string[] = [];
    for (let nth = 0; nth < length; nth++) {
      const roll = random.next();
      if (roll < 0.05) words.push(this.name());
      else if (roll < 0.09)
        words.push(this.figure() + (random.chance(0.3) ? random.pick([" percent", "%", " million"]) : ""));
      else if (roll < 0.1) words.push(random.pick(["the U.S. envoy", "p.m. on Monday", "i.e. the", "the E.U."]));
      else if (roll < 0.12) words.push(`${this.word()}'s`);
      else if (roll < 0.13) words.push(`${this.word()} - ${this.word()}`);
      else words.push(this.word());
      if (nth > 2 && nth < length - 3 && random.chance(0.05)) words.push(`${words.pop()},`);
    }
    return words.join(" ");
  }

  sentence(): string {
    const length = this.random.between(6, 28);
    const clause = capital(this.clause(length));
    const roll = this.random.next();
    if (roll < 0.12) return `"${clause}," said ${this.name()}.`;
    if (roll < 0.18) return `"${clause}," ${this.name()} said. "${capital(this.clause(6))}."`;
    return clause + (roll > 0.97 ? "?" : ".");
  }

  paragraph(): string {
    return Array.from({ length: this.random.between(1, 5) }, () => this.sentence()).join(" ");
  }
}

/** The same sentence with one word or one figure changed. */
export function lookalike(sentence: string, writer: Writer, random: Seeded): string {
  const tokens = readSentence(sentence);
  const changeable = tokens.filter((token) => isFigure(token) || isWord(token));
  if (changeable.length === 0) return sentence;
  const figures = changeable.filter(isFigure);
  const changed = random.pick(figures.length > 0 && random.chance(0.5) ? figures : changeable);
  const other = () => (isFigure(changed) ? writer.figure() : writer.word());
  let text = other();
  while (text === changed.text) text = other();
  return tokens.map((token) => token.gap + (token === changed ? text : token.text)).join("");
}

/** About as many characters. In a hostile text each passage comes two to five times more, a word or a figure changed in each. */
function prose(size: number, kind: KindOfText, writer: Prose, random: Seeded): string {
  const paragraphs: string[] = [];
  for (let length = 0; length < size; ) {
    const paragraph = writer.paragraph();
    const twins = kind === "hostile" ? random.between(2, 5) : 0;
    const all = [paragraph, ...Array.from({ length: twins }, () => lookalike(paragraph, writer, random))];
    paragraphs.push(...all);
    length += all.reduce((sum, { length }) => sum + length + 2, 0);
  }
  const ordered = kind === "hostile" ? random.shuffle(paragraphs) : paragraphs;
  return ordered.join("\n\n");
}

export type Article = { text: string; draft: Draft; writer: Writer };

export function makeArticle(size: number, kind: KindOfText, seed: string): Article {
  const random = new Seeded(seed);
  const writer = new Prose(random);
  const draft = readDraft(prose(size, kind, writer, random));
  return { text: writeDraft(draft).text, draft, writer: kind === "hostile" ? twinning(draft, writer, random) : writer };
}

/** An article of somebody else's. */
export function readArticle(text: string): Article {
  const draft = readDraft(text);
  return { text: writeDraft(draft).text, draft, writer: new Prose(new Seeded("real")) };
}

/** Its new sentences look like those that are there. */
function twinning(draft: Draft, writer: Prose, random: Seeded): Writer {
  const sentences = draft.flat();
  return {
    word: () => writer.word(),
    figure: () => writer.figure(),
    sentence: () => {
      const tokens = random.pick(sentences);
      const [first, ...rest] = tokens.map((token) => ({ ...token }));
      if (!first) return writer.sentence();
      return lookalike(first.text + rest.map((token) => token.gap + token.text).join(""), writer, random);
    },
  };
}

const longest = 400;

/** Of one character to a few hundred, no blanks at the edges; sizes come in turn, so that each part of them is a fair sample. */
export function makeAnchors({ text, draft }: Article, count: number, seed: string): TextRange[] {
  const random = new Seeded(`anchors ${seed}`);
  const { tokens } = writeDraft(draft);
  const sentences: TextRange[] = [];
  const borders: number[] = [];
  let at = 0;
  for (const paragraph of draft) {
    if (at > 0) borders.push(at);
    for (const sentence of paragraph) {
      const [first, last] = [tokens[at], tokens[at + sentence.length - 1]];
      if (first && last) sentences.push({ start: first.start, end: last.end });
      at += sentence.length;
    }
  }
  const tokensFrom = (first: number, most: number): TextRange => {
    const end = Math.min(tokens.length, first + most) - 1;
    return { start: tokens[first]?.start ?? 0, end: tokens[end]?.end ?? 1 };
  };
  const anyToken = () => random.between(0, tokens.length - 1);
  const anySentence = () => random.between(0, sentences.length - 1);
  const sorts: (() => TextRange)[] = [
    () => {
      const token = tokensFrom(anyToken(), 1);
      const start = random.between(token.start, token.end - 1);
      return { start, end: start + 1 };
    },
    () => tokensFrom(anyToken(), 1),
    () => tokensFrom(anyToken(), 1),
    () => tokensFrom(anyToken(), random.between(2, 4)),
    () => tokensFrom(anyToken(), random.between(3, 8)),
    () => {
      // Ends inside of words, as a hasty hand marks.
      const { start, end } = tokensFrom(anyToken(), random.between(4, 14));
      return { start: start + random.between(0, 3), end: end - random.between(0, 3) };
    },
    () => sentences[anySentence()] ?? tokensFrom(0, 1),
    () => sentences[anySentence()] ?? tokensFrom(0, 1),
    () => {
      const first = anySentence();
      const last = Math.min(sentences.length - 1, first + random.between(1, 3));
      return { start: sentences[first]?.start ?? 0, end: sentences[last]?.end ?? 1 };
    },
    () => {
      const border = borders.length > 0 ? random.pick(borders) : anyToken();
      return tokensFrom(Math.max(0, border - random.between(1, 25)), random.between(26, 50));
    },
  ];
  return Array.from({ length: count }, (_, nth) => {
    for (;;) {
      const range = tidy(text, (sorts[nth % sorts.length] ?? anySort)());
      if (range) return range;
    }
  });
  function anySort(): TextRange {
    return tokensFrom(anyToken(), 1);
  }
}

function tidy(text: string, range: TextRange): TextRange | null {
  const cut = text.slice(range.start, Math.min(range.end, range.start + longest));
  const start = range.start + cut.length - cut.trimStart().length;
  const end = range.start + cut.trimEnd().length;
  return start < end ? { start, end } : null;
}
