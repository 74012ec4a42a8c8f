import { Node as ProseMirrorNode } from "@tiptap/pm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RichTextNode } from "../domain/rich-text";
import { CanonicalText } from "./canonical-text";
import { articleSchema } from "./schema";

const text = (words: string, ...marks: string[]): RichTextNode => ({
  type: "text",
  text: words,
  ...(marks.length > 0 && {
    marks: marks.map((type) => ({ type, ...(type === "link" && { attrs: { href: "https://a.test/" } }) })),
  }),
});
const lineBreak: RichTextNode = { type: "hardBreak" };
const block = (type: string, content: RichTextNode[], attrs?: Record<string, unknown>): RichTextNode => ({
  type,
  ...(content.length > 0 && { content }),
  ...(attrs && { attrs }),
});
const paragraph = (...content: RichTextNode[]) => block("paragraph", content);
const documentOf = (...content: RichTextNode[]) => {
  const node = ProseMirrorNode.fromJSON(articleSchema, { type: "doc", content });
  node.check();
  return node;
};

/** Any article document: nested lists and quotes, headings, empty blocks, line breaks, marks that meet, hard characters. */
const words = fc
  .array(fc.constantFrom("a", " ", "\n", "e\u0301", "👨‍👩‍👧", "𝒜", "שלום", "한", ".", "z"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(""));
const marks = fc.uniqueArray(fc.constantFrom("bold", "italic", "link"), { maxLength: 3 });
const inline = fc.array(
  fc.oneof(
    fc.tuple(words, marks).map(([run, on]) => text(run, ...on)),
    fc.constant(lineBreak),
  ),
  {
    maxLength: 5,
  },
);
const { blocks } = fc.letrec<{ blocks: RichTextNode[]; one: RichTextNode; item: RichTextNode }>((tie) => ({
  blocks: fc.array(tie("one"), { minLength: 1, maxLength: 4 }),
  one: fc.oneof(
    { maxDepth: 3, depthIdentifier: "blocks" },
    inline.map((content) => paragraph(...content)),
    fc.tuple(inline, fc.integer({ min: 1, max: 4 })).map(([content, level]) => block("heading", content, { level })),
    tie("blocks").map((content) => block("blockquote", content)),
    fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) => block("bulletList", items)),
    fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) => block("orderedList", items)),
  ),
  item: fc
    .tuple(inline, fc.array(tie("one"), { maxLength: 2 }))
    .map(([content, rest]) => block("listItem", [paragraph(...content), ...rest])),
}));
const anyDocument = blocks.map((content) => documentOf(...content));
const withRange = anyDocument.chain((document) => {
  const most = CanonicalText.of(document).text.length;
  const offset = fc.integer({ min: 0, max: most });
  return fc.tuple(fc.constant(document), offset, offset).map(([node, a, b]) => ({
    ...{ document: node, start: Math.min(a, b), end: Math.max(a, b) },
  }));
});

describe("the text", () => {
  it("parts blocks by a blank line, whatever they are nested in", () => {
    const document = documentOf(
      block("heading", [text("Title")], { level: 1 }),
      paragraph(text("One "), text("bold", "bold"), text(" link", "bold", "link"), lineBreak, text("next")),
      paragraph(),
      block("bulletList", [
        block("listItem", [paragraph(text("a")), block("orderedList", [block("listItem", [paragraph(text("b"))])])]),
        block("listItem", [paragraph(text("c"))]),
      ]),
      block("blockquote", [paragraph(text("d")), paragraph(text("e"))]),
    );
    expect(CanonicalText.of(document).text).toBe("Title\n\nOne bold link\nnext\n\n\n\na\n\nb\n\nc\n\nd\n\ne");
    expect(CanonicalText.of(document).blocks.map((one) => one.child)).toEqual([0, 1, 2, 3, 3, 3, 4, 4]);
  });

  it("is what ProseMirror itself says stands between all blocks", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const expected: string[] = [];
        document.descendants((node) => {
          if (node.isTextblock) expected.push(node.textBetween(0, node.content.size, undefined, "\n"));
          return !node.isTextblock;
        });
        expect(CanonicalText.of(document).text).toBe(expected.join("\n\n"));
      }),
    );
  });

  it("does not depend on how marks cut it into nodes", () => {
    const plain = documentOf(paragraph(text("one two three")));
    const marked = documentOf(paragraph(text("one "), text("tw", "bold"), text("o", "bold", "italic"), text(" three")));
    expect(CanonicalText.of(marked).text).toBe(CanonicalText.of(plain).text);
    for (let offset = 0; offset <= 13; offset += 1)
      expect(CanonicalText.of(marked).positionAt(offset, 1)).toBe(CanonicalText.of(plain).positionAt(offset, 1));
  });

  it("is made once for a document", () => {
    const document = documentOf(paragraph(text("a")));
    expect(CanonicalText.of(document)).toBe(CanonicalText.of(document));
  });
});

describe("offset and position", () => {
  it("go round for every offset that stands in a block, from both sides", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const canonical = CanonicalText.of(document);
        for (const { offset, length, position } of canonical.blocks) {
          for (let into = 0; into <= length; into += 1) {
            for (const side of [-1, 1] as const) {
              expect(canonical.positionAt(offset + into, side)).toBe(position + into);
              expect(canonical.offsetAt(position + into, side)).toBe(offset + into);
            }
          }
        }
      }),
    );
  });

  it("go the same way: a later offset is never at an earlier position, and the other way about", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const canonical = CanonicalText.of(document);
        for (const side of [-1, 1] as const) {
          const positions = Array.from({ length: canonical.text.length + 3 }, (_, index) =>
            canonical.positionAt(index - 1, side),
          );
          expect(positions).toEqual(positions.toSorted((a, b) => a - b));
          const offsets = Array.from({ length: document.content.size + 1 }, (_, position) =>
            canonical.offsetAt(position, side),
          );
          expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it("in a separator are the end before it and the start after it", () => {
    const canonical = CanonicalText.of(documentOf(paragraph(text("ab")), paragraph(), paragraph(text("cd"))));
    expect(canonical.text).toBe("ab\n\n\n\ncd");
    expect(canonical.positionsOf({ start: 0, end: 2 })).toEqual({ from: 1, to: 3 });
    expect(canonical.positionsOf({ start: 3, end: 7 })).toEqual({ from: 5, to: 8 });
    expect(canonical.positionAt(5, -1)).toBe(5);
    expect(canonical.positionsOf({ start: 3, end: 3 })).toEqual({ from: 5, to: 5 });
    expect(canonical.rangeOf(3, 7)).toEqual({ start: 2, end: 6 });
    expect(canonical.rangeOf(4, 7)).toEqual({ start: 4, end: 6 });
  });

  it("of everything are the whole text", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const canonical = CanonicalText.of(document);
        expect(canonical.rangeOf(0, document.content.size)).toEqual({ start: 0, end: canonical.text.length });
      }),
    );
  });

  it("of an empty document are its one empty block", () => {
    const canonical = CanonicalText.of(documentOf(paragraph()));
    expect(canonical.text).toBe("");
    expect(canonical.positionsOf({ start: 0, end: 0 })).toEqual({ from: 1, to: 1 });
    expect(canonical.rangeOf(0, 2)).toEqual({ start: 0, end: 0 });
    expect(canonical.piecesOf({ start: 0, end: 0 })).toEqual([]);
  });
});

describe("a range", () => {
  it("comes back from its positions unless its edges stand in a separator", () => {
    fc.assert(
      fc.property(withRange, ({ document, start, end }) => {
        const canonical = CanonicalText.of(document);
        const stands = (offset: number) =>
          canonical.blocks.some((one) => offset >= one.offset && offset <= one.offset + one.length);
        fc.pre(start < end && stands(start) && stands(end));
        const { from, to } = canonical.positionsOf({ start, end });
        expect(canonical.rangeOf(from, to)).toEqual({ start, end });
      }),
    );
  });

  it("has one piece for each block that it has characters in, and together they hold just its words", () => {
    fc.assert(
      fc.property(withRange, ({ document, start, end }) => {
        const canonical = CanonicalText.of(document);
        const pieces = canonical.piecesOf({ start, end });
        const said = pieces.map(({ from, to }) => document.textBetween(from, to, undefined, "\n"));
        const expected = canonical.blocks
          .map((one) => canonical.text.slice(Math.max(one.offset, start), Math.min(one.offset + one.length, end)))
          .filter((part) => part !== "");
        expect(said).toEqual(expected);
        for (const { from, to } of pieces) {
          expect(document.resolve(from).sameParent(document.resolve(to))).toBe(true);
          expect(document.resolve(from).parent.isTextblock).toBe(true);
        }
      }),
    );
  });
});

it("has text for every kind of inline content that the schema has", () => {
  const { schema } = ProseMirrorNode.fromJSON(articleSchema, { type: "doc", content: [{ type: "paragraph" }] }).type;
  for (const type of Object.values(schema.nodes)) {
    if (type.isInline) expect(["text", "hardBreak"]).toContain(type.name);
  }
});
