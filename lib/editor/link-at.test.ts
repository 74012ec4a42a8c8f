import { EditorState } from "@tiptap/pm/state";
import { expect, it } from "vitest";
import { linkAt } from "./link-at";
import { articleSchema } from "./schema";

const linked = (text: string, href: string) => ({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
const state = EditorState.create({
  doc: articleSchema.nodeFromJSON({
    type: "doc",
    content: [
      {
        type: "paragraph",
        content: [
          { type: "text", text: "See " },
          linked("the plan", "https://city.example/plan"),
          { type: "text", text: ", or " },
          linked("write", "mailto:desk@city.example"),
        ],
      },
    ],
  }),
});
const position = (words: string) => 1 + state.doc.textContent.indexOf(words);

it("finds the link at a place and at both its ends, and none beside it", () => {
  const [start, end] = [position("the plan"), position("the plan") + "the plan".length];
  for (const at of [start, start + 3, end]) expect(linkAt(state, at)).toBe("https://city.example/plan");
  for (const at of [start - 1, end + 1]) expect(linkAt(state, at)).toBeNull();
});

it("opens nothing that is not http or https", () => {
  expect(linkAt(state, position("write") + 1)).toBeNull();
});
