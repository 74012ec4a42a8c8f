import { expect, test } from "vitest";
import { outcomesOf } from "./revision-outcome";

type Anchor = Parameters<typeof outcomesOf>[0][number];

const at = (words: string) => ({ start: 0, end: words.length, words });
const by = { id: "p", name: "Ada" };
const anchor = (claimId: string, part: Partial<Anchor>): Anchor => ({
  ...{ claimId, claimState: "open", state: "anchored", before: at("45"), after: at("45"), decision: null },
  ...part,
});
const decided = (kind: "confirm" | "attach" | "set_aside", words?: string): Partial<Anchor> => ({
  decision: { kind, place: words === undefined ? null : at(words), by, at: "2026-01-01T00:00:00.000Z" },
});

test("each claim is counted once, by what weighs most of its anchors", () => {
  expect(
    outcomesOf([
      anchor("a", {}),
      anchor("a", { state: "moved" }),
      anchor("b", { state: "altered" }),
      anchor("b", {}),
      anchor("c", { state: "altered", ...decided("confirm") }),
      anchor("d", { state: "ambiguous", ...decided("attach", "45") }),
      anchor("e", { state: "ambiguous", after: null }),
      anchor("f", { state: "orphaned", after: null, ...decided("set_aside") }),
    ]),
  ).toEqual({ claims: 6, carried: 1, altered: 1, confirmed: 1, attached: 1, unplaced: 1, set_aside: 1, stale: 0 });
});

test("an approval falls when its words are others, and only then", () => {
  const approved = { claimState: "approved" } as const;
  expect(
    outcomesOf([
      anchor("a", { ...approved, state: "moved" }),
      anchor("b", { ...approved, state: "altered", ...decided("confirm") }),
      anchor("c", { ...approved, state: "ambiguous", ...decided("attach", "45") }),
      anchor("d", { ...approved, state: "orphaned", after: null }),
      anchor("e", { state: "altered" }),
    ]).stale,
  ).toBe(2);
});
