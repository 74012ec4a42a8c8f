/**
 * A text as paragraphs of sentences of tokens, each of which remembers which token of the old text it is: edits work on this, so
 * that where everything went is known and never guessed. `of` is the number of the old token, -1 for what is new.
 */
export type Token = {
  /** What parts it from the one before. */
  gap: string;
  text: string;
  of: number;
  /** Where each character of the old token begins in `text`; null while they are the same, "gone" when it is another word. */
  cuts: readonly number[] | "gone" | null;
};
export type Sentence = readonly Token[];
export type Paragraph = readonly Sentence[];
export type Draft = readonly Paragraph[];

const tokenPattern = /[\p{L}\p{N}\p{M}\u00ad]+(?:['’.,-][\p{L}\p{N}\p{M}]+)*|--+|\S/gu;
const sentenceEnd = /(?<=[.!?]["”’]?)(?<!\b(?:Mr|Ms|Dr|St|U\.S)\.)(?=\s+["“‘\p{Lu}\d])/u;

export function readSentence(text: string): Token[] {
  let end = 0;
  return [...text.matchAll(tokenPattern)].map((match) => {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    return { gap, text: match[0], of: -1, cuts: null };
  });
}

/** Its tokens numbered in their order. */
export function readDraft(text: string): Draft {
  let count = 0;
  return text
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== "")
    .map((block) =>
      block
        .trim()
        .split(sentenceEnd)
        .map((sentence) => readSentence(sentence).map((token) => ({ ...token, of: count++ }))),
    );
}

export type Placed = Token & { start: number; end: number; opensParagraph: boolean };

/** The text and the place of each token in it. */
export function writeDraft(draft: Draft): { text: string; tokens: Placed[] } {
  const pieces: string[] = [];
  const tokens: Placed[] = [];
  let length = 0;
  const put = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const [nth, paragraph] of draft.entries()) {
    if (nth > 0) put("\n\n");
    let opensParagraph = true;
    for (const sentence of paragraph)
      for (const [place, token] of sentence.entries()) {
        if (!opensParagraph) put(token.gap || (place === 0 ? " " : ""));
        tokens.push({ ...token, start: length, end: length + token.text.length, opensParagraph });
        put(token.text);
        opensParagraph = false;
      }
  }
  return { text: pieces.join(""), tokens };
}

export const isWord = ({ text }: Token) => /\p{L}/u.test(text);
export const isFigure = ({ text }: Token) => /^\p{N}/u.test(text);
