/**
 * Draws the sentence ledger over the article: sentences that nothing accounts for, those that people marked, and the one that the keys
 * act on. Decorations by sentence, kept as those of claims are; never changes the document.
 */
import { Extension } from "@tiptap/core";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration } from "@tiptap/pm/view";
import type { TextRange } from "../domain/anchor";
import type { MarkKind } from "../domain/sentence-mark";
import { CanonicalText } from "./canonical-text";
import { KeyedDecorations, placesOf } from "./keyed-decorations";

/** A sentence as the ledger shows it. Offsets in UTF-16 code units of the canonical text. */
export type DrawnSentence = TextRange & {
  /** Null when nothing accounts for it. */
  readonly kind: MarkKind | null;
  /** What a screen reader says before it. */
  readonly words: string;
  /** Stands where it begins. */
  readonly symbol: string;
  /** Who marked it and when, for the pointer. */
  readonly hint: string;
};

export type SentenceAction =
  /** Everything anew; with none, the ledger is closed. */
  | { type: "set"; sentences: readonly DrawnSentence[] }
  | { type: "upsert"; sentences: readonly DrawnSentence[] }
  | { type: "remove"; starts: readonly number[] }
  /** The sentences that the keys act on. */
  | { type: "point"; range: TextRange | null };

type State = { readonly drawn: KeyedDecorations<DrawnSentence>; readonly pointed: KeyedDecorations<TextRange> };

const key = new PluginKey<State>("sentenceMarks");
const nothing: State = { drawn: KeyedDecorations.none(), pointed: KeyedDecorations.none() };

const keyOf = (start: number): string => String(start);

function draw(document: ProseMirrorNode, { kind, words, symbol, hint, ...range }: DrawnSentence): Decoration[] {
  const places = placesOf(CanonicalText.of(document), range);
  if (!places) return [];
  const { pieces, first } = places;
  const body = { nodeName: "span", class: `sentence s-${kind ?? "unaccounted"}`, ...(hint && { title: hint }) };
  const start = {
    nodeName: "span",
    class: `sentence-start of-${kind ?? "unaccounted"}`,
    ...{ "data-words": words, "data-symbol": symbol },
  };
  return [
    ...pieces.map(({ from, to }) => Decoration.inline(from, to, body)),
    Decoration.inline(first.from, first.to, start),
  ];
}

function point(document: ProseMirrorNode, range: TextRange | null): KeyedDecorations<TextRange> {
  const pieces = range ? CanonicalText.of(document).piecesOf(range) : [];
  if (!range || pieces.length === 0) return nothing.pointed;
  const decorations = pieces.map(({ from, to }) =>
    Decoration.inline(from, to, { nodeName: "span", class: "sentence-pointed" }),
  );
  return KeyedDecorations.of(document, [{ key: keyOf(range.start), item: range, decorations }]);
}

function reduce(state: State, action: SentenceAction, document: ProseMirrorNode): State {
  const things = (sentences: readonly DrawnSentence[]) =>
    sentences.map((item) => ({ key: keyOf(item.start), item, decorations: draw(document, item) }));
  switch (action.type) {
    case "set":
      return { ...state, drawn: KeyedDecorations.of(document, things(action.sentences)) };
    case "upsert":
      return { ...state, drawn: state.drawn.with(document, things(action.sentences)) };
    case "remove":
      return { ...state, drawn: state.drawn.without(action.starts.map(keyOf)) };
    case "point":
      return { ...state, pointed: point(document, action.range) };
  }
}

/** Has a transaction carry an action too, after those that it carries already; it changes nothing else. */
export function addSentenceAction(transaction: Transaction, action: SentenceAction): Transaction {
  return transaction.setMeta(key, [...actionsOf(transaction), action]).setMeta("addToHistory", false);
}

const actionsOf = (transaction: Transaction) => (transaction.getMeta(key) ?? []) as readonly SentenceAction[];

/** What is drawn now. */
export const drawnSentences = (state: EditorState): State => key.getState(state) ?? nothing;

/** Two plugins: what is pointed at moves with every step of the caret, and leaves the many others as they are. */
export function sentencePlugins(): Plugin[] {
  return [
    new Plugin<State>({
      key,
      state: {
        init: () => nothing,
        apply: (transaction, state) =>
          actionsOf(transaction).reduce((now, action) => reduce(now, action, transaction.doc), state),
      },
      props: { decorations: (state) => drawnSentences(state).drawn.set },
    }),
    new Plugin({ props: { decorations: (state) => drawnSentences(state).pointed.set } }),
  ];
}

export const sentenceMarks = Extension.create({
  name: "sentenceMarks",
  // Outside of the claims, whose tints lie over the sentence.
  priority: 200,
  addProseMirrorPlugins: sentencePlugins,
});
