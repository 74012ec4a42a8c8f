import { expect, test } from "vitest";
import { surroundingsOf } from "./surroundings";

const text = "First block.\n\nThe council voted on Tuesday to approve the plan.\n\nLast block.";
const around = (words: string, most?: number) => {
  const start = text.indexOf(words);
  return surroundingsOf(text, { start, end: start + words.length }, most);
};

test("the rest of the block, and nothing of its neighbours", () => {
  expect(around("voted")).toEqual({
    ...{ before: "The council ", after: " on Tuesday to approve the plan." },
    ...{ isCutBefore: false, isCutAfter: false },
  });
  expect(around("First")).toMatchObject({ before: "", after: " block." });
  expect(around("block.")).toMatchObject({ before: "First ", after: "" });
  expect(around("Last block.")).toMatchObject({ before: "", after: "" });
});

test("a long block is cut at a word", () => {
  expect(around("Tuesday", 12)).toEqual({
    ...{ before: "voted on ", after: " to approve" },
    ...{ isCutBefore: true, isCutAfter: true },
  });
});

test("the very first character of a text", () => {
  expect(surroundingsOf("A\n\nB", { start: 0, end: 1 })).toMatchObject({ before: "", after: "" });
});
