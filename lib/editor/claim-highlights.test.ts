import { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { EditorState } from "@tiptap/pm/state";
import { type Decoration, DecorationSet } from "@tiptap/pm/view";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CanonicalText } from "./canonical-text";
import {
  addHighlightAction,
  type ClaimHighlight,
  claimsAt,
  type HighlightAction,
  highlightPlugin,
  highlightsOf,
} from "./claim-highlights";
import { articleSchema } from "./schema";

const paragraphs = [
  "The cost fell by half.",
  "",
  "She said “no”. 👨‍👩‍👧 ate e\u0301.",
  "هذا نص قصير.",
  "Last words here.",
];
const document = ProseMirrorNode.fromJSON(articleSchema, {
  type: "doc",
  content: paragraphs.map((text) => ({ type: "paragraph", ...(text && { content: [{ type: "text", text }] }) })),
});
const { text } = CanonicalText.of(document);
const start = () => EditorState.create({ doc: document, plugins: [highlightPlugin()] });
const act = (state: EditorState, ...actions: HighlightAction[]) =>
  actions.reduce((now, action) => now.apply(addHighlightAction(now.tr, action)), state);

const highlight = (id: string, quote: string, rest: Partial<ClaimHighlight> = {}): ClaimHighlight => {
  const from = text.indexOf(quote);
  return {
    id,
    ranges: [{ start: from, end: from + quote.length }],
    color: null,
    stage: "open",
    symbol: "",
    startWords: `claim ${id}`,
    endWords: "end of claim",
    ...rest,
  };
};

type Attributes = Record<string, string>;
const attributesOf = (decoration: Decoration) => (decoration as unknown as { type: { attrs: Attributes } }).type.attrs;
const seen = (state: EditorState) =>
  highlightsOf(state)
    .drawn.set.find()
    .map((decoration) => ({
      claim: (decoration.spec as { claim: string }).claim,
      words: document.textBetween(decoration.from, decoration.to),
      attributes: attributesOf(decoration),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const part = (state: EditorState, claim: string, className: string) =>
  seen(state).filter((one) => one.claim === claim && one.attributes.class?.split(" ").includes(className));

describe("one claim", () => {
  it("is tinted by its verdict, underlined by its stage, and says at its ends what it is", () => {
    const state = act(start(), {
      type: "set",
      highlights: [highlight("a", "fell by half", { color: "false", stage: "approved", symbol: "✕" })],
    });
    expect(seen(state)).toEqual(
      [
        {
          claim: "a",
          words: "f",
          attributes: { nodeName: "span", class: "claim-start v-false", "data-claim": "a", "data-words": "claim a" },
        },
        {
          claim: "a",
          words: "f",
          attributes: {
            ...{ nodeName: "span", class: "claim-end v-false", "data-claim": "a", "data-words": "end of claim" },
            "data-symbol": "✕",
          },
        },
        {
          claim: "a",
          words: "fell by half",
          attributes: { nodeName: "span", class: "claim-mark v-false s-approved", "data-claim": "a" },
        },
      ].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    );
  });

  it("over several paragraphs has one tint for each, and one start and one end in all", () => {
    const state = act(start(), { type: "set", highlights: [highlight("a", text.slice(4, text.indexOf(" said")))] });
    expect(
      part(state, "a", "claim-mark")
        .map((one) => one.words)
        .sort(),
    ).toEqual(["She", "cost fell by half."]);
    expect(part(state, "a", "claim-start").map((one) => one.words)).toEqual(["c"]);
    expect(part(state, "a", "claim-end").map((one) => one.words)).toEqual(["e"]);
  });

  it.each([
    ["👨‍👩‍👧", "👨‍👩‍👧", "👨‍👩‍👧"],
    ["👨‍👩‍👧 ate e\u0301", "👨‍👩‍👧", "e\u0301"],
    ["e\u0301", "e\u0301", "e\u0301"],
  ])("does not cut the first and last character of %s", (quote, first, last) => {
    const state = act(start(), { type: "set", highlights: [highlight("a", quote)] });
    expect(part(state, "a", "claim-start").map((one) => one.words)).toEqual([first]);
    expect(part(state, "a", "claim-end").map((one) => one.words)).toEqual([last]);
  });

  it("that lies outside the text, or holds none of it, is not drawn and does no harm", () => {
    const nowhere = (id: string, from: number, to: number) => ({
      ...highlight(id, "cost"),
      ranges: [{ start: from, end: to }],
    });
    const separator = text.indexOf("\n\n");
    const state = act(start(), {
      type: "set",
      highlights: [
        nowhere("a", 9_000, 9_010),
        nowhere("b", separator, separator + 2),
        nowhere("c", 5, 5),
        nowhere("d", -3, 3),
      ],
    });
    expect(new Set(seen(state).map((one) => one.claim))).toEqual(new Set(["d"]));
    expect(part(state, "d", "claim-mark").map((one) => one.words)).toEqual(["The"]);
  });
});

describe("a change", () => {
  const many = () =>
    act(start(), {
      type: "set",
      highlights: [highlight("a", "cost fell"), highlight("b", "fell by half"), highlight("c", "Last words")],
    });

  it("of one claim draws that one anew and leaves the others' decorations the very same", () => {
    const before = many();
    const after = act(before, { type: "upsert", highlights: [highlight("b", "fell by half", { color: "verified" })] });
    const objects = (state: EditorState, claim: string) =>
      highlightsOf(state)
        .drawn.set.find(undefined, undefined, (spec) => (spec as { claim: string }).claim === claim)
        .map((one) => attributesOf(one));
    for (const claim of ["a", "c"]) {
      const [was, is] = [objects(before, claim), objects(after, claim)];
      expect(is.length).toBe(was.length);
      for (const [index, attributes] of is.entries()) expect(attributes).toBe(was[index]);
    }
    expect(part(after, "b", "v-verified")).not.toHaveLength(0);
    expect(part(after, "b", "v-none")).toHaveLength(0);
    expect(part(before, "b", "v-none")).not.toHaveLength(0);
  });

  it("outlines one claim at a time, also one that comes later", () => {
    const active = (state: EditorState) => [
      ...new Set(
        seen(state)
          .filter((one) => one.attributes.class?.includes("is-active"))
          .map((one) => one.claim),
      ),
    ];
    const first = act(many(), { type: "activate", id: "a" });
    expect(active(first)).toEqual(["a"]);
    expect(active(act(first, { type: "activate", id: "b" }))).toEqual(["b"]);
    expect(active(act(first, { type: "activate", id: null }))).toEqual([]);
    const early = act(start(), { type: "activate", id: "x" }, { type: "upsert", highlights: [highlight("x", "half")] });
    expect(active(early)).toEqual(["x"]);
  });

  it("that is none costs nothing", () => {
    const state = many();
    const same = (action: HighlightAction) => highlightsOf(act(state, action)) === highlightsOf(state);
    expect(same({ type: "remove", id: "unknown" })).toBe(true);
    expect(same({ type: "activate", id: null })).toBe(true);
    expect(highlightsOf(state.apply(state.tr))).toBe(highlightsOf(state));
  });
});

it("any sequence of changes draws what setting the outcome at once would draw", () => {
  const ids = ["aaaa", "aaab", "bbbb", "c", "d"];
  const anyHighlight = fc
    .record({ id: fc.constantFrom(...ids), at: fc.nat(text.length), length: fc.nat(40), verdict: fc.boolean() })
    .map(
      ({ id, at, length, verdict }): ClaimHighlight => ({
        ...highlight(id, "cost", verdict ? { color: "false", symbol: "✕" } : {}),
        ranges: [{ start: at, end: at + length }],
      }),
    );
  const action: fc.Arbitrary<HighlightAction> = fc.oneof(
    fc.array(anyHighlight, { maxLength: 3 }).map((list) => ({
      type: "upsert" as const,
      highlights: [...new Map(list.map((one) => [one.id, one])).values()],
    })),
    fc.constantFrom(...ids).map((id) => ({ type: "remove" as const, id })),
    fc.option(fc.constantFrom(...ids)).map((id) => ({ type: "activate" as const, id })),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      const expected = new Map<string, ClaimHighlight>();
      let active: string | null = null;
      for (const one of actions) {
        if (one.type === "upsert") for (const each of one.highlights) expected.set(each.id, each);
        if (one.type === "remove") expected.delete(one.id);
        if (one.type === "activate") active = one.id;
      }
      const afresh = act(
        start(),
        { type: "activate", id: active },
        { type: "set", highlights: [...expected.values()] },
      );
      expect(seen(act(start(), ...actions))).toEqual(seen(afresh));
    }),
    { numRuns: 300 },
  );
});

it("finds every claim of a pile at a position", () => {
  const state = act(start(), {
    type: "set",
    highlights: [highlight("a", "cost fell by half"), highlight("b", "fell"), highlight("c", "Last")],
  });
  const at = (quote: string) =>
    claimsAt(state, CanonicalText.of(document).positionAt(text.indexOf(quote) + 1, 1)).sort();
  expect(at("fell")).toEqual(["a", "b"]);
  expect(at("half")).toEqual(["a"]);
  expect(at("She")).toEqual([]);
});

it("takes several actions in one transaction, in their order", () => {
  const { tr } = start();
  addHighlightAction(tr, { type: "upsert", highlights: [highlight("a", "cost"), highlight("b", "half")] });
  addHighlightAction(tr, { type: "activate", id: "a" });
  addHighlightAction(tr, { type: "remove", id: "b" });
  const together = start().apply(tr);
  expect(seen(together).map(({ claim }) => claim)).toContain("a");
  expect(seen(together).map(({ claim }) => claim)).not.toContain("b");
  expect(part(together, "a", "is-active").length).toBeGreaterThan(0);
});

it("does not touch the document", () => {
  const state = act(start(), { type: "set", highlights: [highlight("a", "cost")] });
  expect(state.doc).toBe(document);
  expect(addHighlightAction(state.tr, { type: "remove", id: "a" }).docChanged).toBe(false);
  expect(highlightsOf(EditorState.create({ doc: document })).drawn.set).toBe(DecorationSet.empty);
});
