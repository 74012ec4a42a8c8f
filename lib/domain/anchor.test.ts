import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeAnchor, quoteOf, tidyRange } from "./anchor";
import { limits } from "./limits";

/** Text with all that makes offsets hard: pairs, accents, flags, families, right-to-left, direction marks, blanks of all kinds. */
const hardText = fc
  .array(
    fc.constantFrom(
      ...[
        "a",
        "Ω",
        "e\u0301",
        "👍🏽",
        "👨‍👩‍👧‍👦",
        "🇺🇦",
        "𝒜",
        "שלום",
        "مرحبا",
        "\u200f",
        "\u200b",
        "\u00a0",
        " ",
        "\n",
        "\n\n",
        ". ",
        "क्षि",
        "한",
      ],
      ..."xyz",
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((parts) => parts.join(""));
const rangeIn = (text: string) =>
  fc.tuple(fc.integer({ min: -3, max: text.length + 3 }), fc.integer({ min: -3, max: text.length + 3 }));
const textAndRange = hardText.chain((text) => fc.tuple(fc.constant(text), rangeIn(text)));
const boundaries = (text: string) =>
  new Set([...new Intl.Segmenter("en").segment(text)].map((part) => part.index).concat(text.length));

const words = (text: string, range: { start: number; end: number } | null) =>
  range && text.slice(range.start, range.end);

describe("describeAnchor", () => {
  it("quotes the range with what stands around it", () => {
    expect(describeAnchor("The cost fell by half.", { start: 4, end: 8 })).toEqual({
      ...{ start: 4, end: 8, exact: "cost", prefix: "The ", suffix: " fell by half." },
    });
  });

  it("keeps 32 characters of context and no more", () => {
    const text = `${"a".repeat(100)}X${"b".repeat(100)}`;
    const anchor = describeAnchor(text, { start: 100, end: 101 });
    expect([anchor.prefix, anchor.suffix]).toEqual(["a".repeat(32), "b".repeat(32)]);
  });

  it("never holds half of a surrogate pair, and can be found again by its context", () => {
    fc.assert(
      fc.property(textAndRange, ([text, [a, b]]) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(start >= 0 && end <= text.length && start < end);
        const anchor = describeAnchor(text, { start, end });
        for (const part of [anchor.exact, anchor.prefix, anchor.suffix]) expect(part.isWellFormed()).toBe(true);
        expect(text.slice(anchor.start, anchor.end)).toBe(anchor.exact);
        expect(anchor.start).toBeLessThanOrEqual(start);
        expect(anchor.end).toBeGreaterThanOrEqual(end);
        expect(anchor.end - anchor.start - (end - start)).toBeLessThanOrEqual(2);
        expect(text.startsWith(anchor.prefix + anchor.exact + anchor.suffix, anchor.start - anchor.prefix.length)).toBe(
          true,
        );
        expect(Math.max(anchor.prefix.length, anchor.suffix.length)).toBeLessThanOrEqual(limits.anchorContext);
        expect(describeAnchor(text, anchor)).toEqual(anchor);
      }),
    );
  });

  it.each([
    { start: 3, end: 3 },
    { start: 4, end: 3 },
    { start: -1, end: 2 },
    { start: 0, end: 6 },
    { start: Number.NaN, end: 2 },
  ])("refuses %j in five characters", (range) => {
    expect(() => describeAnchor("12345", range)).toThrow(RangeError);
  });
});

describe("tidyRange", () => {
  it.each([
    ["  two words \n", "two words"],
    ["\u00a0\u200fשלום\u200f ", "שלום"],
    ["\u200b.\u2060", "."],
  ])("takes the blanks off %j", (text, tidy) => {
    expect(words(text, tidyRange(text, { start: 0, end: text.length }))).toBe(tidy);
  });

  it.each([" ", "\n\n", "\u200b", "\u200e\u00a0\ufeff", ""])("is nothing when only blanks are in %j", (text) => {
    expect(tidyRange(text, { start: 0, end: text.length })).toBeNull();
  });

  it.each([
    ["thumb with a skin tone", "👍🏽"],
    ["family", "👨‍👩‍👧‍👦"],
    ["flag", "🇺🇦"],
    ["letter with an accent of its own", "e\u0301"],
    ["Devanagari conjunct", "क्षि"],
  ])("takes a %s whole, wherever it is cut", (_, character) => {
    const text = `a ${character} b`;
    for (let cut = 1; cut < character.length; cut += 1) {
      expect(words(text, tidyRange(text, { start: 2, end: 2 + cut }))).toBe(character);
      expect(words(text, tidyRange(text, { start: 2 + cut, end: 2 + character.length }))).toBe(character);
    }
  });

  it("takes ends in either order, and ends outside the text", () => {
    expect(tidyRange("abc", { start: 9, end: -4 })).toEqual({ start: 0, end: 3 });
  });

  it("is at whole characters, without blanks at its edges, stable, and holds every letter of what was selected", () => {
    fc.assert(
      fc.property(textAndRange, ([text, [start, end]]) => {
        const tidy = tidyRange(text, { start, end });
        const selected = text.slice(Math.max(0, Math.min(start, end)), Math.max(0, start, end));
        if (!tidy) {
          expect(selected.replace(/[\p{White_Space}\p{Cf}]/gu, "")).toBe("");
          return;
        }
        const edges = boundaries(text);
        expect(edges.has(tidy.start) && edges.has(tidy.end)).toBe(true);
        const inside = text.slice(tidy.start, tidy.end);
        expect(inside).toBe(inside.trim());
        expect(tidyRange(text, tidy)).toEqual(tidy);
        expect(inside).toContain(selected.replace(/^[\p{White_Space}\p{Cf}]+|[\p{White_Space}\p{Cf}]+$/gu, ""));
      }),
      { numRuns: 500 },
    );
  });

  it("copes with a long run of blanks", () => {
    const text = `a${" ".repeat(1_000_000)}b`;
    expect(tidyRange(text, { start: 1, end: text.length - 1 })).toBeNull();
    expect(tidyRange(text, { start: 0, end: text.length })).toEqual({ start: 0, end: text.length });
  });
});

it("quoteOf puts the words of all anchors on one line", () => {
  expect(quoteOf([{ exact: "half of\n\nthe cost " }, { exact: "fell" }])).toBe("half of the cost … fell");
});
