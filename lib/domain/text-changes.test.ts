import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockAt, type ChangePart, textChanges } from "./text-changes";

const first = "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.";
const second = "The second paragraph is about something else and it stays where it is, whatever comes.";
const third = "Third, the river rose by three metres in one night, officials said. Nobody was hurt, the mayor told us.";
const text = (...blocks: string[]) => blocks.join("\n\n");

const shown = (parts: ChangePart[]) =>
  parts
    .map(({ kind, text, passage }) => {
      const signs = { same: "", cut: "-", added: "+", moved_away: "<", moved_here: ">" };
      return kind === "same" ? text : `[${signs[kind]}${passage ?? ""}${text}]`;
    })
    .join("");
const together = (before: string, after: string) =>
  textChanges(before, after).blocks.map((block) => shown(block.together));

describe("two texts", () => {
  it("that are the same are one block for each paragraph, none changed", () => {
    const { blocks, ...counts } = textChanges(text(first, second), text(first, second));
    expect(blocks.map(({ isChanged }) => isChanged)).toEqual([false, false]);
    expect(blocks.map(({ after }) => shown(after))).toEqual([first, second]);
    expect(counts).toEqual({ cut: 0, added: 0, movedPassages: 0 });
  });

  it("tell a figure that was changed, once in both and once on each side", () => {
    const { blocks, cut, added } = textChanges(text(first, second), text(first.replace("45", "47"), second));
    expect(shown(blocks[0]?.together ?? [])).toContain("that [-45] [+47] people");
    expect(shown(blocks[0]?.before ?? [])).toContain("that [-45] people");
    expect(shown(blocks[0]?.after ?? [])).toContain("that [+47] people");
    expect(blocks[1]?.isChanged).toBe(false);
    expect({ cut, added }).toEqual({ cut: 1, added: 1 });
  });

  it("keep a sentence that was cut in its paragraph", () => {
    const cut = first.replace(" He denied all of it in court.", "");
    expect(together(text(first, second), text(cut, second))).toEqual([
      `${cut} [-He denied all of it in court.]`,
      second,
    ]);
    expect(together(text(cut, second), text(first, second))).toEqual([
      `${cut} [+He denied all of it in court.]`,
      second,
    ]);
  });

  it("give a paragraph that only one of them has a block of its own", () => {
    expect(together(text(first, second, third), text(first, third))).toEqual([first, `[-${second}]`, third]);
    expect(together(text(first, third), text(first, second, third))).toEqual([first, `[+${second}]`, third]);
    const { blocks } = textChanges(text(first, third), text(first, second, third));
    expect(blocks[1]?.before).toEqual([]);
  });

  it("find the block of an offset on either side", () => {
    const [before, after] = [text(first, second, third), text(third, first, "Something new.", second)];
    const { blocks } = textChanges(before, after);
    const at = (side: "before" | "after", words: string) =>
      shown(blocks[blockAt(blocks, side, (side === "before" ? before : after).indexOf(words))]?.[side] ?? []);
    expect(at("before", "guilty")).toBe(first);
    expect(at("after", "guilty")).toBe(first);
    expect(at("before", "river rose")).toBe(`[<1${third}]`);
    expect(at("after", "river rose")).toBe(`[>1${third}]`);
    expect(at("after", "new.")).toBe("[+Something new.]");
    expect(at("after", "whatever")).toBe(second);
  });

  it("tell a paragraph that was moved at both of its places, by one number", () => {
    const { blocks, cut, added, movedPassages } = textChanges(text(first, second, third), text(third, first, second));
    expect(blocks.map((block) => shown(block.together))).toEqual([`[>1${third}]`, first, second, `[<1${third}]`]);
    expect({ cut, added, movedPassages }).toEqual({ cut: 0, added: 0, movedPassages: 1 });
  });

  it("that differ in blanks and kinds of quotation marks alone have not a word changed", () => {
    const { blocks } = textChanges(`He said "no"  to it. ${second}`, `He said “no” to it. ${second}`);
    expect(blocks.some(({ isChanged }) => isChanged)).toBe(false);
  });

  it("may be empty", () => {
    expect(together("", "")).toEqual([]);
    expect(together("", first)).toEqual([`[+${first}]`]);
    expect(together(first, "")).toEqual([`[-${first}]`]);
  });

  it("lose no word, whatever they hold", () => {
    const words = fc.array(fc.constantFrom("a", "b", "c.", "d", "e,", "\n\n", "f g h i j k l m n o p"), {
      maxLength: 40,
    });
    const bare = (value: string) => value.replace(/\s+/gu, "");
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [before, after] = [one.join(" "), other.join(" ")];
        const { blocks } = textChanges(before, after);
        const all = (side: "before" | "after") =>
          blocks.flatMap((block) => block[side].map((part) => part.text)).join("");
        expect(bare(all("before"))).toBe(bare(before));
        expect(bare(all("after"))).toBe(bare(after));
        const both = blocks.flatMap((block) => block.together);
        const without = (...kinds: string[]) =>
          both
            .filter(({ kind }) => !kinds.includes(kind))
            .map((part) => part.text)
            .join("");
        expect(bare(without("cut", "moved_away"))).toBe(bare(after));
        expect(bare(without("added", "moved_here"))).toBe(bare(before));
      }),
    );
  });
});
