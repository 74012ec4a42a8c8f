import { describe, expect, it } from "vitest";
import { AppError } from "./errors";
import { findQuotes } from "./find-quotes";
import { limits } from "./limits";
import { readAnnotations, selectorsIn } from "./selectors";

const text =
  "The bridge 🌉 opened in May.\n\nCritics say that the figures leave out the approach roads, which cost more.";
const page = "https://news.example/bridge";
const at = (words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};

/** As Hypothesis exports it. */
const row = {
  id: "kYq3xJq4Ee6",
  created: "2024-05-14T09:12:45.123456+00:00",
  updated: "2024-05-14T09:12:45.123456+00:00",
  user: "acct:jane@hypothes.is",
  uri: page,
  text: "By **how** much?\r\nAsk.",
  tags: ["cost", " cost ", "roads"],
  group: "__world__",
  target: [
    {
      source: page,
      selector: [
        {
          type: "RangeSelector",
          startContainer: "/div[1]/p[2]",
          startOffset: 17,
          endContainer: "/div[1]/p[2]",
          endOffset: 68,
        },
        { type: "TextPositionSelector", start: 47, end: 75 },
        {
          type: "TextQuoteSelector",
          exact: "the figures leave out",
          prefix: "Critics say that ",
          suffix: " the approach roads",
        },
      ],
    },
  ],
  user_info: { display_name: null },
};
const reply = { ...row, id: "r1", text: "By a third.", references: [row.id], target: [{ source: page }], tags: [] };

const annotation = {
  "@context": "http://www.w3.org/ns/anno.jsonld",
  id: "https://notes.example/1",
  type: "Annotation",
  created: "2024-05-14T11:12:45+02:00",
  creator: { type: "Person", name: "Jane Doe" },
  body: [
    { type: "TextualBody", value: "Who says so?" },
    { type: "TextualBody", value: "roads", purpose: "tagging" },
    { type: "SpecificResource", purpose: "linking", source: "https://roads.example/report" },
  ],
  target: {
    source: page,
    selector: [
      { type: "TextQuoteSelector", exact: "Critics", prefix: null },
      { type: "TextPositionSelector", start: 28, end: 35 },
    ],
  },
};
const targeting = (selector: unknown) => ({ ...annotation, target: { source: page, selector } });
const quoteOf = (item: unknown) => readAnnotations(item, text)[0]?.quote;
const refusal = (file: unknown) => {
  try {
    readAnnotations(file, text);
  } catch (error) {
    return error instanceof AppError && error.code === "invalid" ? error.message : error;
  }
  return null;
};

describe("readAnnotations", () => {
  it("reads what Hypothesis exports, in each of its three forms", () => {
    const expected = [
      {
        id: "kYq3xJq4Ee6",
        quote: {
          ...{ exact: "the figures leave out", prefix: "Critics say that ", suffix: " the approach roads" },
          start: 47,
        },
        note: "By **how** much?\nAsk.",
        tags: ["cost", "roads"],
        creator: "jane",
        createdAt: "2024-05-14T09:12:45.123Z",
        source: page,
        replyTo: null,
      },
      { id: "r1", quote: null, note: "By a third.", tags: [], replyTo: row.id },
    ];
    for (const file of [[row, reply], { total: 2, rows: [row, reply] }, { export_date: "", annotations: [row, reply] }])
      expect(readAnnotations(file, text)).toMatchObject(expected);
  });

  it("reads W3C annotations, one, several, and pages of them", () => {
    const expected = {
      id: "https://notes.example/1",
      // The bridge before it is one code point and two code units.
      quote: { exact: "Critics", start: 29 },
      note: "Who says so?\n\nhttps://roads.example/report",
      tags: ["roads"],
      creator: "Jane Doe",
      createdAt: "2024-05-14T09:12:45.000Z",
      source: page,
      replyTo: null,
    };
    expect(readAnnotations(annotation, text)).toEqual([expected]);
    expect(readAnnotations([annotation, annotation], text)).toEqual([expected, expected]);
    const onePage = { type: "AnnotationPage", items: [annotation] };
    expect(readAnnotations(onePage, text)).toEqual([expected]);
    const collection = { type: "AnnotationCollection", total: 2, first: { ...onePage, next: onePage } };
    expect(readAnnotations(collection, text)).toEqual([expected, expected]);
  });

  it("reads bodies that are words, or none", () => {
    const note = (body: object) => readAnnotations({ ...annotation, body: undefined, ...body }, text)[0]?.note;
    expect(note({ body: "Look here" })).toBe("Look here");
    expect(note({ bodyValue: "Look here" })).toBe("Look here");
    expect(note({ body: { type: "TextualBody", value: "Look here" } })).toBe("Look here");
    expect(note({ body: ["Look", { value: "here" }, { value: 7 }, null] })).toBe("Look\n\nhere");
    expect(note({})).toBe("");
  });

  it("gives each of several targets its own place, and keeps a note about a page", () => {
    const [one, two] = ["Critics", "roads"].map((exact) => ({
      source: page,
      selector: { type: "TextQuoteSelector", exact },
    }));
    const read = readAnnotations({ ...annotation, target: [one, page, two] }, text);
    expect(read.map(({ quote }) => quote?.exact)).toEqual(["Critics", "roads"]);
    expect(readAnnotations({ ...annotation, target: page }, text)).toMatchObject([{ quote: null, source: page }]);
    expect(readAnnotations({ ...annotation, motivation: ["oa:replying"] }, text)).toMatchObject([{ replyTo: page }]);
  });

  it("finds the quote that refines another selector", () => {
    const refinedBy = { type: "TextQuoteSelector", exact: "roads" };
    expect(quoteOf(targeting({ type: "FragmentSelector", value: "p2", refinedBy }))).toEqual({ exact: "roads" });
  });

  it("resolves a range from one quote up to another", () => {
    const quote = (exact: string) => ({ type: "TextQuoteSelector", exact });
    const range = (startSelector: object, endSelector: object) =>
      targeting({ type: "RangeSelector", startSelector, endSelector });
    const { start } = at("Critics");
    const expected = { exact: "Critics say that ", start, suffix: "the figures leave out the approa" };
    expect(quoteOf(range(quote("Critics"), quote("the figures")))).toMatchObject(expected);
    const position = { type: "TextPositionSelector", start: 46, end: 49 };
    expect(quoteOf(range(quote("Critics"), position))).toMatchObject(expected);
    // Backwards, to words that stand twice or nowhere, and where no words vouch for the place.
    expect(quoteOf(range(quote("the figures"), quote("Critics")))).toBeNull();
    expect(quoteOf(range(quote("Critics"), quote("the")))).toBeNull();
    expect(quoteOf(range(quote("Nobody"), quote("the figures")))).toBeNull();
    expect(quoteOf(range(position, { ...position, start: 60 }))).toBeNull();
    expect(quoteOf(targeting(position))).toBeNull();
    // Paths in a page.
    expect(quoteOf(targeting(row.target[0]?.selector[0]))).toBeNull();
  });

  it("trusts nothing", () => {
    const [read] = readAnnotations(
      {
        ...{
          id: 7,
          uri: "javascript:alert(1)",
          user: { name: "x" },
          created: "yesterday",
          tags: "a\u0000b\nc",
          text: {},
        },
        target: [
          { selector: [{ type: "TextQuoteSelector", exact: "a\u0000\ud83d", prefix: "p".repeat(9_999) }, 5, null] },
        ],
      },
      text,
    );
    expect(read).toEqual({
      ...{ id: null, source: null, creator: null, createdAt: null, note: "", replyTo: null, tags: ["ab c"] },
      quote: { exact: "a\ufffd", prefix: "p".repeat(128) },
    });
    expect(readAnnotations([{ ...row, created: "2024-05-14T09:12:45" }], text)[0]?.createdAt).toBe(
      "2024-05-14T09:12:45.000Z",
    );
    const odd = JSON.parse('{"__proto__": {"rows": []}, "uri": "x", "target": null, "tags": [1, null]}');
    expect(readAnnotations([odd], text)).toMatchObject([{ quote: null, tags: [] }]);
  });

  it("says what is wrong, and with which annotation", () => {
    for (const file of [null, 7, "rows", {}, { rows: 3 }]) expect(refusal(file)).toMatch(/^This holds no annotations/);
    expect(refusal({ type: "AnnotationCollection", first: "https://notes.example/page1" })).toMatch(/address/);
    expect(refusal([annotation, "word"])).toBe("Annotation 2 cannot be read: it is no object.");
    expect(refusal([{ type: "Annotation" }])).toBe("Annotation 1 cannot be read: it has no target.");
    expect(refusal(targeting({ type: "TextQuoteSelector" }))).toBe(
      "Annotation 1 cannot be read: its quote holds no words.",
    );
    const long = { type: "TextQuoteSelector", exact: "a".repeat(limits.anchorCharacters + 1) };
    expect(refusal(targeting(long))).toBe("Annotation 1 cannot be read: its quote is longer than 20,000 characters.");
    const negative = [
      { type: "TextQuoteSelector", exact: "a" },
      { type: "TextPositionSelector", start: -1, end: 3 },
    ];
    expect(refusal(targeting(negative))).toMatch(/its position is before the text/);
    expect(refusal([{ ...row, text: "a".repeat(limits.textField + 1) }])).toMatch(/longer than 20,000 characters/);
    expect(refusal([{ ...row, tags: Array(51).fill("a") }])).toMatch(/more than 50 tags/);
    expect(refusal(Array(5_001).fill(row))).toBe("At most 5,000 annotations can be brought in at once.");
    expect(refusal({ ...annotation, target: Array(5_001).fill(annotation.target) })).toMatch(/^At most 5,000/);
  });

  it("goes on for ever nowhere", () => {
    const loop: Record<string, unknown> = { type: "AnnotationPage", items: [annotation] };
    loop.next = loop;
    expect(readAnnotations(loop, text)).toHaveLength(100);
    const selector: Record<string, unknown> = { type: "CssSelector" };
    selector.refinedBy = selector;
    expect(quoteOf(targeting(selector))).toBeNull();
    const tree: Record<string, unknown> = { type: "CssSelector" };
    tree.refinedBy = [tree, tree];
    expect(quoteOf(targeting(tree))).toBeNull();
  });
});

describe("selectorsIn", () => {
  it("counts positions in code points and comes back to the same place", () => {
    const range = at("opened in May");
    const selector = selectorsIn(text)(range);
    expect(selector[1]).toEqual({ type: "TextPositionSelector", start: range.start - 1, end: range.end - 1 });
    const quote = quoteOf(targeting(selector));
    expect(quote && findQuotes(text, [quote])).toEqual([{ state: "anchored", range, score: 1 }]);
  });
});
