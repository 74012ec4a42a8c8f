/**
 * Draws claims over the article as decorations, never as marks in the document. The set of decorations lives in plugin
 * state: one claim that comes, goes or changes costs that claim's decorations and no other. Knows nothing of claims but
 * what is drawn of them; never changes the document.
 */
import { Extension } from "@tiptap/core";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { TextRange } from "../domain/anchor";
import type { RatingView } from "../domain/verdict";
import { CanonicalText } from "./canonical-text";

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

type Drawn = { readonly highlight: ClaimHighlight; readonly decorations: readonly Decoration[] };

export type HighlightState = {
  readonly decorations: DecorationSet;
  readonly drawn: DrawnClaims;
  readonly active: string | null;
};

/** The attribute of every element of a highlight: the id of its claim. */
export const claimAttribute = "data-claim";

const key = new PluginKey<HighlightState>("claimHighlights");

/** An immutable map in which one change copies one of 256 parts: with 5,000 claims a whole copy would cost more than the drawing. */
class DrawnClaims {
  static readonly none = new DrawnClaims([]);
  private constructor(private readonly parts: readonly (ReadonlyMap<string, Drawn> | undefined)[]) {}

  get(id: string): Drawn | undefined {
    return this.parts[partOf(id)]?.get(id);
  }

  with(changes: readonly (readonly [id: string, drawn: Drawn | null])[]): DrawnClaims {
    const parts = [...this.parts];
    const copied = new Map<number, Map<string, Drawn>>();
    for (const [id, drawn] of changes) {
      const at = partOf(id);
      const part = copied.get(at) ?? new Map(parts[at]);
      if (drawn) part.set(id, drawn);
      else part.delete(id);
      copied.set(at, part);
      parts[at] = part;
    }
    return new DrawnClaims(parts);
  }
}

/** The end of a UUIDv7 is its random part. */
function partOf(id: string): number {
  let part = 0;
  for (let index = Math.max(0, id.length - 4); index < id.length; index += 1)
    part = (part * 31 + id.charCodeAt(index)) & 255;
  return part;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Code units in which the first or last character of a highlight is looked for. */
const edgeWindow = 64;

function firstCharacter(text: string, { start, end }: TextRange): number {
  const [first] = graphemes.segment(text.slice(start, Math.min(end, start + edgeWindow)));
  return start + (first?.segment.length ?? 1);
}

function lastCharacter(text: string, { start, end }: TextRange): number {
  const from = Math.max(start, end - edgeWindow);
  const near = text.slice(from, end);
  return from + (graphemes.segment(near).containing(near.length - 1)?.index ?? 0);
}

/**
 * The decorations of one claim: its tint on every block that it covers, and two narrow ones, on its first and on its last
 * character, that carry the words for screen readers and the symbol. Narrow ones because ProseMirror cuts a decoration
 * into several elements where claims overlap, and each of them would say where the claim begins.
 */
function draw(document: ProseMirrorNode, highlight: ClaimHighlight, active: boolean): Decoration[] {
  const { id, ranges, color, stage, symbol, startWords, endWords } = highlight;
  const canonical = CanonicalText.of(document);
  const most = canonical.text.length;
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
  return ranges.flatMap(({ start, end }) => {
    const range = { start: Math.max(0, start), end: Math.min(most, end) };
    const pieces = canonical.piecesOf(range);
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (!first || !last) return [];
    const firstTo = canonical.positionAt(firstCharacter(canonical.text, range), -1);
    const lastFrom = canonical.positionAt(lastCharacter(canonical.text, range), 1);
    return [
      ...pieces.map(({ from, to }) => Decoration.inline(from, to, tint, spec)),
      Decoration.inline(first.from, Math.min(first.to, firstTo), edge("start", { "data-words": startWords }), spec),
      Decoration.inline(
        Math.max(last.from, lastFrom),
        last.to,
        edge("end", { "data-words": endWords, ...(symbol && { "data-symbol": symbol }) }),
        spec,
      ),
    ];
  });
}

function reduce(state: HighlightState, action: HighlightAction, document: ProseMirrorNode): HighlightState {
  switch (action.type) {
    case "set": {
      const drawn = action.highlights.map(
        (highlight) =>
          [highlight.id, { highlight, decorations: draw(document, highlight, highlight.id === state.active) }] as const,
      );
      return {
        decorations: DecorationSet.create(
          document,
          drawn.flatMap(([, { decorations }]) => decorations),
        ),
        drawn: DrawnClaims.none.with(drawn),
        active: state.active,
      };
    }
    case "upsert":
      return redraw(state, action.highlights, document);
    case "remove": {
      const drawn = state.drawn.get(action.id);
      if (!drawn) return state;
      return {
        ...state,
        decorations: state.decorations.remove([...drawn.decorations]),
        drawn: state.drawn.with([[action.id, null]]),
      };
    }
    case "activate": {
      if (action.id === state.active) return state;
      const changed = [state.active, action.id].flatMap((id) => {
        const drawn = id === null ? undefined : state.drawn.get(id);
        return drawn ? [drawn.highlight] : [];
      });
      return redraw({ ...state, active: action.id }, changed, document);
    }
  }
}

function redraw(
  state: HighlightState,
  highlights: readonly ClaimHighlight[],
  document: ProseMirrorNode,
): HighlightState {
  const old: Decoration[] = [];
  const fresh: Decoration[] = [];
  const drawn = highlights.map((highlight) => {
    const decorations = draw(document, highlight, highlight.id === state.active);
    old.push(...(state.drawn.get(highlight.id)?.decorations ?? []));
    fresh.push(...decorations);
    return [highlight.id, { highlight, decorations }] as const;
  });
  return {
    ...state,
    decorations: state.decorations.remove(old).add(document, fresh),
    drawn: state.drawn.with(drawn),
  };
}

/** Has a transaction carry an action too, after those that it carries already; it changes nothing else. */
export function addHighlightAction(transaction: Transaction, action: HighlightAction): Transaction {
  return transaction.setMeta(key, [...actionsOf(transaction), action]).setMeta("addToHistory", false);
}

const actionsOf = (transaction: Transaction) => (transaction.getMeta(key) ?? []) as readonly HighlightAction[];

/** What is drawn now. */
export function highlightsOf(state: EditorState): HighlightState {
  return key.getState(state) ?? { decorations: DecorationSet.empty, drawn: DrawnClaims.none, active: null };
}

/** The claims whose highlights cover a position, each once, in no particular order. */
export function claimsAt(state: EditorState, position: number): string[] {
  const found = highlightsOf(state).decorations.find(position, position);
  return [...new Set(found.map((decoration) => (decoration.spec as { claim: string }).claim))];
}

export function highlightPlugin(): Plugin<HighlightState> {
  return new Plugin<HighlightState>({
    key,
    state: {
      init: () => ({ decorations: DecorationSet.empty, drawn: DrawnClaims.none, active: null }),
      apply(transaction, state) {
        return actionsOf(transaction).reduce((drawn, action) => reduce(drawn, action, transaction.doc), state);
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  });
}

export const claimHighlights = Extension.create({
  name: "claimHighlights",
  addProseMirrorPlugins: () => [highlightPlugin()],
});
