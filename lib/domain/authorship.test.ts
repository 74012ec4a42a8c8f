import { describe, expect, test } from "vitest";
import { rewritten } from "./authorship";

/** Ratings given one after the other, as "who: what", and whose the last one is. */
function authorOf(...goes: string[]): string | null {
  let now: { is: string | null; byId: string | null } = { is: null, byId: null };
  let former: typeof now | undefined;
  for (const go of goes) {
    const [byId = "", what = ""] = go.split(": ");
    const is = what || null;
    const next = rewritten(now, former, { is, byId });
    now = { is, byId: next.byId };
    former = next.former;
  }
  return now.byId;
}

describe("a part belongs to", () => {
  const stories: [string, string | null, string[]][] = [
    ["whoever wrote it", "a", ["a: false"]],
    ["whoever wrote it last", "b", ["a: false", "b: true"]],
    ["who wrote it before, when what came after is undone", "a", ["a: false", "b: true", "b: false"]],
    ["the same, after several goes", "a", ["a: false", "b: true", "b: mixed", "b: false"]],
    ["the same, when it was taken away between", "a", ["a: false", "b: ", "b: false"]],
    ["the same, when somebody else brings it back", "a", ["a: false", "b: true", "c: false"]],
    ["who wrote it between, when that is brought back as well", "b", ["a: false", "b: true", "c: false", "c: true"]],
    ["who takes up what another has taken back", "c", ["a: false", "b: true", "b: false", "c: true"]],
    ["who gives anew what the first has taken away", "b", ["a: false", "a: ", "b: false"]],
    ["whoever did it once more after an undo", "b", ["a: false", "b: true", "b: false", "b: true"]],
    ["who chose it against what the first stood by at last", "b", ["a: false", "a: true", "b: false"]],
    ["who wrote it over what two had written", "c", ["a: false", "b: true", "c: false", "c: mixed"]],
    ["nobody, when nothing stands there as at first", null, ["a: false", "a: "]],
  ];
  for (const [whose, author, goes] of stories)
    test(`${whose}: ${goes.join(", ")}`, () => expect(authorOf(...goes)).toBe(author));
});
