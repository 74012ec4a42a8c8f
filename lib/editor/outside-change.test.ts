import { history, undo } from "@tiptap/pm/history";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeFromOutside } from "./outside-change";
import { rationaleSchema } from "./schema";

const docOf = (...paragraphs: string[]) =>
  rationaleSchema.nodeFromJSON({
    type: "doc",
    content: paragraphs.map((text) => ({
      type: "paragraph",
      ...(text !== "" && { content: [{ type: "text", text }] }),
    })),
  });
const stateOf = (...paragraphs: string[]) => EditorState.create({ doc: docOf(...paragraphs), plugins: [history()] });
const comesIn = (state: EditorState, ...paragraphs: string[]) => {
  const change = changeFromOutside(state, docOf(...paragraphs));
  return change ? state.apply(change) : state;
};
const undone = (state: EditorState) => {
  let after = state;
  undo(state, (transaction) => {
    after = state.apply(transaction);
  });
  return after;
};

describe("a text from outside", () => {
  it("is there whole, whatever stood there before", () => {
    const paragraphs = fc.array(fc.stringMatching(/^[ab ]{0,4}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(paragraphs, paragraphs, (before, after) => {
        expect(comesIn(stateOf(...before), ...after).doc.toJSON()).toEqual(docOf(...after).toJSON());
      }),
    );
  });

  it("is nothing to undo", () => {
    const state = comesIn(stateOf("Mine."), "Theirs.");
    expect(undone(state).doc.textContent).toBe("Theirs.");
  });

  it("leaves one’s own typing to undo, and stays when that is undone", () => {
    const start = stateOf("First.", "Second.");
    const typed = start.apply(start.tr.insertText(" Mine.", 7));
    const both = comesIn(typed, "First. Mine.", "Second. Theirs.");
    expect(undone(both).doc.textContent).toBe("First.Second. Theirs.");
  });

  it("keeps the caret with its words", () => {
    const start = stateOf("First.", "Second.");
    const caret = start.apply(start.tr.setSelection(TextSelection.create(start.doc, 12)));
    const after = comesIn(caret, "A longer first.", "Second.");
    const { $from } = after.selection;
    expect($from.parent.textContent.slice(0, $from.parentOffset)).toBe("Sec");
  });
});
