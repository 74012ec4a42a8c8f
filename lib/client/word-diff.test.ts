import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordDiff } from "./word-diff";

const marked = (parts: { text: string; kind: string }[]) =>
  parts.filter(({ kind }) => kind === "only").map(({ text }) => text.trim());
const whole = (parts: { text: string }[]) => parts.map(({ text }) => text).join("");

describe("two versions side by side", () => {
  it("marks the words that differ", () => {
    const { left, right } = wordDiff("The largest since 1962, they say.", "The largest since 1926, they say.");
    expect([marked(left), marked(right)]).toEqual([["1962"], ["1926"]]);
  });

  it("marks nothing where nothing differs, and everything beside nothing", () => {
    expect(marked(wordDiff("same", "same").left)).toEqual([]);
    expect(marked(wordDiff("", "new").right)).toEqual(["new"]);
  });

  it("always shows both texts whole", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const diff = wordDiff(left, right);
        expect([whole(diff.left), whole(diff.right)]).toEqual([left, right]);
      }),
    );
  });

  it("gives up on two long texts that share nothing, and still shows both", () => {
    const long = (seed: number) =>
      Array.from({ length: 4_000 }, (_, index) => `w${(index * 7919 + seed) % 99991}`).join(" ");
    const diff = wordDiff(long(1), long(50_000));
    expect(whole(diff.left)).toBe(long(1));
  });
});
