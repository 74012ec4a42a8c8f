/**
 * Draws claims over the article as decorations, never as marks in the document. The set of decorations lives in plugin
 * state: one claim that comes, goes or changes costs that claim's decorations and no other. Knows nothing of claims but
 * what is drawn of them; never changes the document.
 */
import { Extension } from "@tiptap/core";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration } from "@tiptap/pm/view";
import type { TextRange } from "../domain/anchor";
import type { RatingView } from "../domain/verdict";
import { CanonicalText } from "./canonical-text";
import { KeyedDecorations, placesOf } from "./keyed-decorations";

/** How far the work is, as the underline tells it: dotted, dashed, solid, and none for what was set aside. */
export type HighlightStage = "open" | "work" | "approved" | "aside";

/** A claim as the text shows it. Offsets in UTF-16 code units of the canonical text. */
export type ClaimHighlight = {
  readonly id: string;
  readonly ranges: readonly TextRange[];
  /** The colour family of its verdict; null before there is one. */
  readonly color: RatingView["color"] | null;
  readonly stage: HighlightStage;
  /** Stands at its end; empty before there is a verdict. */
  readonly symbol: string;
  /** What a screen reader says where it begins and where it ends. */
  readonly startWords: string;
  readonly endWords: string;
};

export type HighlightAction =
  /** Everything anew: on opening, and when the filter changes. */
  | { type: "set"; highlights: readonly ClaimHighlight[] }
  | { type: "upsert"; highlights: readonly ClaimHighlight[] }
  | { type: "remove"; id: string }
  /** Outlines one claim and no other. The id need not be drawn yet. */
  | { type: "activate"; id: string | null };

export type HighlightState = {
  readonly drawn: KeyedDecorations<ClaimHighlight>;
  readonly active: string | null;
};

/** The attribute of every element of a highlight: the id of its claim. */
export const claimAttribute = "data-claim";

const key = new PluginKey<HighlightState>("claimHighlights");

/** The decorations of one claim: its tint, and on its first and last character the words for screen readers and the symbol. */
function draw(document: ProseMirrorNode, highlight: ClaimHighlight, active: boolean): Decoration[] {
  const { id, ranges, color, stage, symbol, startWords, endWords } = highlight;
  const canonical = CanonicalText.of(document);
  const spec = { claim: id };
  const tint = {
    nodeName: "span",
    class: `claim-mark v-${color ?? "none"} s-${stage}${active ? " is-active" : ""}`,
    [claimAttribute]: id,
  };
  const edge = (side: "start" | "end", attributes: Record<string, string>) => ({
    nodeName: "span",
    class: `claim-${side} v-${color ?? "none"}${active ? " is-active" : ""}`,
    [claimAttribute]: id,
    ...attributes,
  });
  const start = edge("start", { "data-words": startWords });
  const end = edge("end", { "data-words": endWords, ...(symbol && { "data-symbol": symbol }) });
  return ranges.flatMap((range) => {
    const places = placesOf(canonical, range);
    if (!places) return [];
    const { pieces, first, last } = places;
    return [
      ...pieces.map(({ from, to }) => Decoration.inline(from, to, tint, spec)),
      Decoration.inline(first.from, first.to, start, spec),
      Decoration.inline(last.from, last.to, end, spec),
    ];
  });
}

const nothing: HighlightState = { drawn: KeyedDecorations.none(), active: null };

function reduce(state: HighlightState, action: HighlightAction, document: ProseMirrorNode): HighlightState {
  const things = (highlights: readonly ClaimHighlight[], active = state.active) =>
    highlights.map((item) => ({ key: item.id, item, decorations: draw(document, item, item.id === active) }));
  switch (action.type) {
    case "set":
      return { ...state, drawn: KeyedDecorations.of(document, things(action.highlights)) };
    case "upsert":
      return { ...state, drawn: state.drawn.with(document, things(action.highlights)) };
    case "remove": {
      const drawn = state.drawn.without([action.id]);
      return drawn === state.drawn ? state : { ...state, drawn };
    }
    case "activate": {
      if (action.id === state.active) return state;
      const changed = [state.active, action.id].flatMap((id) => (id && state.drawn.get(id)) || []);
      return { drawn: state.drawn.with(document, things(changed, action.id)), active: action.id };
    }
  }
}

/** Has a transaction carry an action too, after those that it carries already; it changes nothing else. */
export function addHighlightAction(transaction: Transaction, action: HighlightAction): Transaction {
  return transaction.setMeta(key, [...actionsOf(transaction), action]).setMeta("addToHistory", false);
}

const actionsOf = (transaction: Transaction) => (transaction.getMeta(key) ?? []) as readonly HighlightAction[];

/** What is drawn now. */
export function highlightsOf(state: EditorState): HighlightState {
  return key.getState(state) ?? nothing;
}

/** The claims whose highlights cover a position, each once, in no particular order. */
export function claimsAt(state: EditorState, position: number): string[] {
  const found = highlightsOf(state).drawn.set.find(position, position);
  return [...new Set(found.map((decoration) => (decoration.spec as { claim: string }).claim))];
}

export function highlightPlugin(): Plugin<HighlightState> {
  return new Plugin<HighlightState>({
    key,
    state: {
      init: () => nothing,
      apply(transaction, state) {
        return actionsOf(transaction).reduce((drawn, action) => reduce(drawn, action, transaction.doc), state);
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn.set },
  });
}

export const claimHighlights = Extension.create({
  name: "claimHighlights",
  addProseMirrorPlugins: () => [highlightPlugin()],
});
