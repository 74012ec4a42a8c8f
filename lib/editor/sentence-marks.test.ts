import { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { EditorState } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { CanonicalText } from "./canonical-text";
import { articleSchema } from "./schema";
import {
  addSentenceAction,
  type DrawnSentence,
  drawnSentences,
  type SentenceAction,
  sentencePlugins,
} from "./sentence-marks";

const document = ProseMirrorNode.fromJSON(articleSchema, {
  type: "doc",
  content: ["Nobody left! What now?", "The mayor went home."].map((text) => ({
    ...{ type: "paragraph", content: [{ type: "text", text }] },
  })),
});
const { text } = CanonicalText.of(document);
const start = EditorState.create({ doc: document, plugins: sentencePlugins() });
const act = (state: EditorState, ...actions: SentenceAction[]) =>
  actions.reduce((now, action) => now.apply(addSentenceAction(now.tr, action)), state);
const sentence = (words: string, kind: DrawnSentence["kind"] = null): DrawnSentence => {
  const from = text.indexOf(words);
  return {
    ...{ start: from, end: from + words.length, kind, words: kind ?? "unaccounted" },
    ...{ symbol: kind ? "→" : "○", hint: kind ? "by Leila" : "" },
  };
};
const seen = (state: EditorState) =>
  drawnSentences(state)
    .drawn.set.find()
    .map((decoration) => {
      const { attrs } = (decoration as unknown as { type: { attrs: Record<string, string> } }).type;
      return [
        document.textBetween(decoration.from, decoration.to),
        attrs.class,
        attrs["data-words"] ?? attrs.title ?? "",
      ];
    })
    .sort((one, other) => (String(one) < String(other) ? -1 : 1));

test("an unaccounted sentence and a marked one are told apart by more than a colour", () => {
  const state = act(start, { type: "set", sentences: [sentence("Nobody left!"), sentence("What now?", "transition")] });
  expect(seen(state)).toEqual([
    ["N", "sentence-start of-unaccounted", "unaccounted"],
    ["Nobody left!", "sentence s-unaccounted", ""],
    ["W", "sentence-start of-transition", "transition"],
    ["What now?", "sentence s-transition", "by Leila"],
  ]);
});

test("a sentence that changes or goes leaves the others as they are, and closing takes all away", () => {
  const all = act(start, { type: "set", sentences: [sentence("Nobody left!"), sentence("The mayor went home.")] });
  const marked = act(all, { type: "upsert", sentences: [sentence("Nobody left!", "opinion")] });
  expect(seen(marked).map(([words]) => words)).toContain("Nobody left!");
  expect(seen(act(marked, { type: "remove", starts: [0, 3] })).map(([words]) => words)).toEqual([
    ...["T", "The mayor went home."],
  ]);
  expect(seen(act(marked, { type: "set", sentences: [] }))).toEqual([]);
});

test("what is pointed at moves without the rest", () => {
  const all = act(start, { type: "set", sentences: [sentence("Nobody left!")] });
  const pointed = act(all, { type: "point", range: { start: 0, end: text.length } });
  expect(drawnSentences(pointed).pointed.set.find()).toHaveLength(2);
  expect(drawnSentences(pointed).drawn).toBe(drawnSentences(all).drawn);
  expect(drawnSentences(act(pointed, { type: "point", range: null })).pointed.set.find()).toEqual([]);
});
