import { describe, expect, it } from "vitest";
import { findAnnotations, jsonOf, rationaleOf } from "./annotation-import";
import { limits } from "./limits";
import { plainText } from "./rich-text";

const text =
  "The bridge opened in May, a year late.\n\nCritics say that the figures leave out the approach roads, which cost more. No comment was given.\n\nThe port is next. No comment was given.";
const page = "https://news.example/bridge";
const ground = { text, canonicalUrl: page, known: new Set<string>() };

const row = (exact: string | null, more: Record<string, unknown> = {}) => ({
  ...{
    id: exact ?? "note",
    created: "2024-05-14T09:12:45Z",
    user: "acct:jane@hypothes.is",
    uri: page,
    text: "Who says so?",
  },
  ...{ tags: [], user_info: { display_name: "Jane Doe" } },
  target: [{ source: page, selector: exact === null ? [] : [{ type: "TextQuoteSelector", exact }] }],
  ...more,
});
const find = (rows: unknown[], more: Partial<typeof ground> = {}) => findAnnotations(rows, { ...ground, ...more });

describe("annotations laid on a text", () => {
  it("stand in one place, in several, in other words or nowhere, in the order of the text; notes come last", () => {
    const found = find([
      row("No comment was given"),
      row(null),
      row("the figures leave out", { id: "placed" }),
      row("words that nobody ever wrote here"),
      row("a year late", { id: "first" }),
    ]);
    expect(found.map(({ state, quote }) => [state, quote])).toEqual([
      ["placed", "a year late"],
      ["placed", "the figures leave out"],
      ["ambiguous", "No comment was given"],
      ["note", null],
      ["lost", "words that nobody ever wrote here"],
    ]);
    expect(found[2]?.candidates.map(({ start, end }) => text.slice(start, end))).toEqual([
      "No comment was given",
      "No comment was given",
    ]);
  });

  it("say so when their words have changed, and stand nowhere unasked", () => {
    const exact = "Critics say that the figures leave out the access roads, which cost more.";
    const [found] = find([row(exact)]);
    expect(found).toMatchObject({ state: "altered", quote: exact });
  });

  it("are told with what was answered, in its order", () => {
    const [found, ...others] = find([
      row("a year late", { id: "r" }),
      row(null, { id: "b", text: "By a third.", references: ["r", "a"], created: "2024-05-16T00:00:00Z" }),
      row(null, { id: "a", text: "By how much?", references: ["r"], created: "2024-05-15T00:00:00Z" }),
    ]);
    expect(found?.comments.map((comment) => comment.text)).toEqual(["Who says so?", "By how much?", "By a third."]);
    expect(others).toEqual([]);
    const [lone] = find([row(null, { id: "a", text: "By how much?", references: ["gone"] })]);
    expect(lone).toMatchObject({ state: "note", comments: [{ text: "By how much?" }] });
  });

  it("are known when they come again, and of another page when their address is another", () => {
    const known = new Set(["k"]);
    expect(find([row("a year late", { id: "k" })], { known })[0]).toMatchObject({ isKnown: true });
    const other = row("a year late", { uri: "https://news.example/other" });
    expect(find([other])[0]).toMatchObject({ isElsewhere: true });
    expect(find([other], { canonicalUrl: "https://www.news.example/other/?utm_source=x" })[0]).toMatchObject({
      isElsewhere: false,
    });
    expect(findAnnotations([other], { ...ground, canonicalUrl: null })[0]).toMatchObject({ isElsewhere: false });
  });

  it("have a name each, also those that share one or have none", () => {
    const nameless = row("a year late", { id: undefined });
    const keys = find([nameless, nameless, row("The port", { id: "x" }), row("is next", { id: "x" })]).map(
      ({ key }) => key,
    );
    expect(new Set(keys).size).toBe(4);
    expect(find([nameless])[0]?.key).toBe(find([nameless])[0]?.key);
  });

  it("take hostile files: prototypes, depth, huge and tiny quotes, positions outside of the text", () => {
    expect(find([JSON.parse('{"__proto__": {"uri": 1}, "uri": "https://a.example", "target": []}')])).toHaveLength(1);
    expect(() => find([row("x".repeat(limits.anchorCharacters + 1))])).toThrow(/longer than/);
    expect(find([row("e")])[0]?.state).not.toBe("placed");
    expect(() =>
      find([row("e", { target: [{ selector: [{ type: "TextPositionSelector", start: -1, end: 2 }] }] })]),
    ).toThrow();
    const far = { type: "TextPositionSelector", start: 1e9, end: 1e9 + 1 };
    const quote = { type: "TextQuoteSelector", exact: "a year late" };
    expect(find([row(null, { target: [{ selector: [far, quote] }] })])[0]).toMatchObject({ state: "placed" });
  });
});

describe("a file's bytes", () => {
  it("are JSON in UTF-8 or UTF-16", () => {
    expect(jsonOf(new TextEncoder().encode("\ufeff[1]"))).toEqual([1]);
    expect(jsonOf(Uint8Array.from([0xff, 0xfe, 0x5b, 0, 0x31, 0, 0x5d, 0]))).toEqual([1]);
    for (const wrong of ['{"rows": [', "", "not json", "\u0000"])
      expect(() => jsonOf(new TextEncoder().encode(wrong))).toThrow("This is not JSON");
    expect(() => jsonOf(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow("This is not JSON");
  });
});

describe("what was written about it", () => {
  const jane = { by: "Jane Doe", at: "2024-05-14T09:12:45.000Z", text: "Who says so?\nAsk.\n\n<b>Twice</b>" };

  it("becomes plain paragraphs that say who and when", () => {
    const rationale = rationaleOf({
      comments: [jane, { by: null, at: null, text: "I." }],
      tags: ["cost", "two words"],
    });
    expect(rationale && plainText(rationale)).toBe(
      "Jane Doe, 2024-05-14: Who says so?\nAsk.\n<b>Twice</b>\nI.\n#cost #two words",
    );
    expect(rationaleOf({ comments: [], tags: [] })).toBeNull();
  });

  it("is never longer than a rationale may be", () => {
    const rationale = rationaleOf({ comments: [{ ...jane, text: "x".repeat(limits.textField) }, jane], tags: [] });
    expect(rationale && plainText(rationale).length).toBeLessThanOrEqual(limits.textField);
  });
});
