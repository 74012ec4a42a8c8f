import { describe, expect, it } from "vitest";
import type { AnchorState } from "./anchor";
import { wordsAsTheyStand } from "./approved-words";

const anchors = (...words: [string, AnchorState?][]) => words.map(([exact, state = "anchored"]) => ({ exact, state }));

describe("the words that were approved", () => {
  it("stand there whatever order their passages have and whatever a typographer did to them", () => {
    expect(wordsAsTheyStand(['He said "no".', "Nine"], anchors(["Nine", "moved"], ["He said “no”."]))).toEqual([
      "Nine",
      "He said “no”.",
    ]);
  });

  it("do not when one is another, one more, one fewer, or not sure", () => {
    expect(wordsAsTheyStand(["Nine"], anchors(["Ten"]))).toBeNull();
    expect(wordsAsTheyStand(["Nine"], anchors(["Nine"], ["Nine"]))).toBeNull();
    expect(wordsAsTheyStand(["Nine", "Nine"], anchors(["Nine"]))).toBeNull();
    expect(wordsAsTheyStand(["Nine", "Nine"], anchors(["Nine"], ["Ten"]))).toBeNull();
    expect(wordsAsTheyStand(["Nine"], anchors(["Nine", "altered"]))).toBeNull();
    expect(wordsAsTheyStand(["Nine"], anchors(["Nine", "orphaned"]))).toBeNull();
  });
});
