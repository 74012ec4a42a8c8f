import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { harbourDocument } from "@/prisma/fixtures/snapshot";
import { tidyRange } from "../domain/anchor";
import type { RichText } from "../domain/rich-text";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument } from "../editor/schema";
import { articleHtml, type Marking, richTextHtml } from "./article-html";

const oneLine = (text: string): RichText => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});
const textOf = (document: RichText) => CanonicalText.of(parseDocument(articleSchema, document)).text;

const mark = (claim: number, start: number, end: number, rating = 0): Marking => ({
  claim,
  start,
  end,
  rating,
  symbol: "✓",
});
const draw = (text: string, ...markings: Marking[]) => articleHtml(oneLine(text), markings).html.markup;

describe("claims in a text", () => {
  test("one: a mark that leads to its claim and ends with its number", () => {
    expect(draw("one two three", mark(1, 4, 7, 2))).toBe(
      "<p>one <mark class=r2 id=m1><a href=#c1>two<sup>✓1</sup></a></mark> three</p>",
    );
  });

  test("nested: the text leads to the inner one, the outer one is reached by its number", () => {
    expect(draw("abcdef", mark(1, 0, 6), mark(2, 2, 6, 3))).toBe(
      "<p><mark class=r0 id=m1><a href=#c1>ab</a></mark>" +
        '<mark class="r3 d2" id=m2 data-c="2 1"><a href=#c2>cdef<sup>✓2</sup></a></mark><a class="n r0" href=#c1><sup>✓1</sup></a></p>',
    );
  });

  test("crossing: each is reached by its text and by its number", () => {
    expect(draw("abcdef", mark(1, 0, 4), mark(2, 2, 6))).toBe(
      "<p><mark class=r0 id=m1><a href=#c1>ab</a></mark>" +
        '<mark class="r0 d2" id=m2 data-c="2 1"><a href=#c2>cd</a></mark><a class="n r0" href=#c1><sup>✓1</sup></a>' +
        "<mark class=r0><a href=#c2>ef<sup>✓2</sup></a></mark></p>",
    );
  });

  test("the very same words twice: both have a number, both lead back to the same mark", () => {
    const { html, starts } = articleHtml(oneLine("abc"), [mark(1, 0, 3), mark(2, 0, 3)]);
    expect(html.markup).toBe(
      '<p><mark class="r0 d2" id=m1 data-c="2 1"><a href=#c2>abc<sup>✓2</sup></a></mark><a class="n r0" href=#c1><sup>✓1</sup></a></p>',
    );
    expect([...starts]).toEqual([
      [1, "m1"],
      [2, "m1"],
    ]);
  });

  test("across italics it stays one link; across paragraphs it goes on, and its number stands once, at its end", () => {
    const text = textOf(harbourDocument);
    const from = text.indexOf("the largest");
    const to = text.indexOf("214 million") + "214 million".length;
    const { markup } = articleHtml(harbourDocument, [mark(1, from, to)]).html;
    expect(markup).toContain(
      "the city <em>since 1962</em>, after a debate that ran past midnight.</a></mark></p><p><mark",
    );
    expect(markup.match(/<sup>/g)).toHaveLength(1);
    expect(markup).toContain("at 214 million<sup>✓1</sup></a></mark>, a third less");
  });

  test("over a link of the article it is marked, and reached by its number", () => {
    const text = textOf(harbourDocument);
    const start = text.indexOf("Marta Reyes");
    const { markup } = articleHtml(harbourDocument, [mark(1, start, start + 11)]).html;
    expect(markup).toContain(
      '<mark class=r0 id=m1><a href="https://residents.example/reyes" rel="nofollow noopener noreferrer">Marta Reyes</a></mark><a class="n r0" href=#c1><sup>✓1</sup></a>',
    );
  });

  test("white space at its edges is not marked, nor the blank between two paragraphs", () => {
    expect(draw("one two three", mark(1, 3, 8))).toContain(
      " <mark class=r0 id=m1><a href=#c1>two<sup>✓1</sup></a></mark> ",
    );
    expect(draw("one two three", mark(1, 3, 4))).toBe("<p>one two three</p>");
    const document: RichText = {
      type: "doc",
      content: [...(oneLine("abc").content ?? []), ...(oneLine("def").content ?? [])],
    };
    expect(textOf(document)).toBe("abc\n\ndef");
    expect(articleHtml(document, [mark(1, 1, 5)]).html.markup).toBe(
      "<p>a<mark class=r0 id=m1><a href=#c1>bc<sup>✓1</sup></a></mark></p><p>def</p>",
    );
  });

  test("a high pile names its nearest, and every claim of it still has a number", () => {
    const markings = Array.from({ length: 40 }, (_, index) => mark(index + 1, 0, 3));
    const markup = draw("abc", ...markings);
    for (const { claim } of markings) expect(markup).toContain(`<sup>✓${claim}</sup>`);
    expect(markup).toContain("d3");
  });
});

test("headings go one level below what they stand under, and never skip one", () => {
  const document = (...levels: number[]): RichText => ({
    type: "doc",
    content: levels.map((level) => ({ type: "heading", attrs: { level }, content: [{ type: "text", text: "x" }] })),
  });
  const drawn = (...levels: number[]) =>
    [...richTextHtml(document(...levels)).markup.matchAll(/<h(\d)>/g)].map(([, level]) => Number(level));
  expect(drawn(2, 3, 3, 2)).toEqual([2, 3, 3, 2]);
  expect(drawn(1, 2, 4, 3, 1)).toEqual([2, 3, 4, 4, 2]);
  expect(drawn(4, 3, 4, 2, 4)).toEqual([2, 2, 3, 2, 3]);
});

describe("what may not be drawn", () => {
  test("a link that is not http, https or mailto is only its words", () => {
    const link = (href: string): RichText => ({
      type: "doc",
      content: [
        { type: "paragraph", content: [{ type: "text", text: "here", marks: [{ type: "link", attrs: { href } }] }] },
      ],
    });
    for (const href of [
      "javascript:alert(1)",
      "data:text/html,x",
      " javascript:alert(1)",
      "java\nscript:alert(1)",
      "//x.example",
    ])
      expect(richTextHtml(link(href)).markup).toBe("<p>here</p>");
    expect(richTextHtml(link('https://x.example/"onclick="alert(1)')).markup).not.toMatch(/" ?onclick/);
  });

  test("text that looks like markup is text", () => {
    expect(draw("<script>alert('x')</script> & more", mark(1, 0, 8))).toBe(
      "<p><mark class=r0 id=m1><a href=#c1>&lt;script&gt;<sup>✓1</sup></a></mark>alert('x')&lt;/script&gt; &amp; more</p>",
    );
  });

  test("a node of an unknown type is an error, never silence", () => {
    expect(() => richTextHtml({ type: "doc", content: [{ type: "iframe" }] })).toThrow(/iframe/);
    expect(() =>
      richTextHtml({ type: "doc", content: [{ type: "paragraph", content: [{ type: "image" }] }] }),
    ).toThrow();
  });
});

/** Documents of every kind of block and of inline content. */
const word = fc.string({
  unit: fc.constantFrom("a", "é", "😀", " ", "<", "&", '"', "\u05d0", "e\u0301"),
  minLength: 1,
  maxLength: 8,
});
const inline = fc.oneof(
  { weight: 5, arbitrary: fc.record({ text: word, marks: fc.subarray(["bold", "italic", "link"]) }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const block = fc.record({
  kind: fc.constantFrom("paragraph", "heading", "list", "quote"),
  content: fc.array(inline, { maxLength: 5 }),
});
const documents = fc.array(block, { minLength: 1, maxLength: 5 }).map(
  (blocks): RichText => ({
    type: "doc",
    content: blocks.map(({ kind, content }) => {
      const nodes = content.map((piece) =>
        piece === null
          ? { type: "hardBreak" }
          : {
              type: "text",
              text: piece.text,
              marks: piece.marks.map((type) =>
                type === "link" ? { type, attrs: { href: "https://x.example" } } : { type },
              ),
            },
      );
      const paragraph = { type: "paragraph", content: nodes };
      if (kind === "heading") return { type: "heading", attrs: { level: 2 }, content: nodes };
      if (kind === "list") return { type: "bulletList", content: [{ type: "listItem", content: [paragraph] }] };
      return kind === "quote" ? { type: "blockquote", content: [paragraph] } : paragraph;
    }),
  }),
);

test("any document under any claims: every character once, marked where a claim stands and nowhere else, every claim reachable", () => {
  fc.assert(
    fc.property(
      documents,
      fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 40 })), { maxLength: 8 }),
      (document, spans) => {
        const text = textOf(document);
        const markings = spans.map(([start, length], index) => mark(index + 1, start, start + length));
        const { html, starts } = articleHtml(document, markings);

        const drawn = charactersOf(`<html><body>${html.markup}</body></html>`);
        // What the canonical text puts between blocks is no character of any block.
        const offsets = contentOffsets(document);
        expect(drawn.map(({ character }) => character).join("")).toBe(offsets.map((offset) => text[offset]).join(""));

        const standing = markings.map((marking) => ({ claim: marking.claim, range: tidyRange(text, marking) }));
        drawn.forEach(({ marked }, index) => {
          const offset = offsets[index] ?? -1;
          expect(marked).toBe(standing.some(({ range }) => range && range.start <= offset && offset < range.end));
        });
        for (const { claim, range } of standing) {
          expect(html.markup.includes(`href=#c${claim}>`)).toBe(range !== null);
          expect(html.markup.split(`<sup>✓${claim}</sup>`)).toHaveLength(range ? 2 : 1);
          if (range) expect(html.markup).toContain(` id=${starts.get(claim)}`);
        }
      },
    ),
    { numRuns: 400 },
  );
});

/** The characters of the page in order, without the numbers of claims, each with whether it stands in a mark. */
function charactersOf(markup: string): { character: string; marked: boolean }[] {
  const all: { character: string; marked: boolean }[] = [];
  const walk = (node: Node, marked: boolean, linked: boolean) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3)
        for (const character of (child.textContent ?? "").split("")) all.push({ character, marked });
      const name = child.nodeName.toLowerCase();
      if (name === "br") all.push({ character: "\n", marked });
      if (child.nodeType !== 1 || name === "sup") continue;
      if (name === "a") expect(linked, "a link within a link").toBe(false);
      walk(child, marked || name === "mark", linked || name === "a");
    }
  };
  walk(parseHTML(markup).document.querySelector("body") as unknown as Node, false, false);
  return all;
}

/** The offsets in the canonical text of what stands in blocks. */
function contentOffsets(document: RichText): number[] {
  const canonical = CanonicalText.of(parseDocument(articleSchema, document));
  const offsets: number[] = [];
  let offset = 0;
  let first = true;
  parseDocument(articleSchema, document).descendants((node) => {
    if (!node.isTextblock) return true;
    if (!first) offset += 2;
    first = false;
    node.forEach((child) => {
      for (let at = 0; at < (child.isText ? (child.text ?? "").length : 1); at++) offsets.push(offset++);
    });
    return false;
  });
  expect(offset).toBe(canonical.text.length);
  return offsets;
}
