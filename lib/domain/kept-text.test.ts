import { describe, expect, it } from "vitest";
import { isKept } from "./kept-text";

describe("what an edit is said to have kept", () => {
  const [before, after] = ["one two three", "one and three"];
  const all = [
    { from: 0, to: 0, length: 4 },
    { from: 7, to: 7, length: 6 },
  ];

  it("holds when both texts bear it out", () => {
    expect(isKept(before, after, all)).toBe(true);
    expect(isKept(before, after, [])).toBe(true);
  });

  it.each([
    ["other characters", [{ from: 4, to: 4, length: 3 }]],
    ["another order", [...all].reverse()],
    [
      "the same twice",
      [
        { from: 0, to: 0, length: 4 },
        { from: 2, to: 2, length: 2 },
      ],
    ],
    ["more than there is", [{ from: 7, to: 7, length: 7 }]],
    ["far outside", [{ from: 1e9, to: 1e9, length: 1 }]],
  ])("does not hold: %s", (_, ranges) => {
    expect(isKept(before, after, ranges)).toBe(false);
  });
});
