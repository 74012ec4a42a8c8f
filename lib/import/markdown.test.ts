import { expect, test } from "vitest";
import { plainText } from "../domain/rich-text";
import { readMarkdown } from "./markdown";

test("Markdown becomes headings, lists, quotes, emphasis and links", () => {
  const { blocks } = readMarkdown("# A\n\nb *c* **d** [e](https://e.example/)\nf\n\n> g\n\n- h\n- i\n\n3. j\n");
  expect(blocks.map(({ type }) => type)).toEqual(["heading", "paragraph", "blockquote", "bulletList", "orderedList"]);
  expect(blocks[1]?.content).toEqual([
    { type: "text", text: "b " },
    { type: "text", text: "c", marks: [{ type: "italic" }] },
    { type: "text", text: " " },
    { type: "text", text: "d", marks: [{ type: "bold" }] },
    { type: "text", text: " " },
    { type: "text", text: "e", marks: [{ type: "link", attrs: { href: "https://e.example/" } }] },
    { type: "text", text: " f" },
  ]);
});

test("raw HTML in it goes through the same allow-list", () => {
  const { blocks } = readMarkdown(
    "a <script>alert(1)</script><b onclick=x>c</b> [d](javascript:alert(1))\n\n<iframe src=x></iframe>",
  );
  expect(blocks).toEqual([
    {
      type: "paragraph",
      content: [
        { type: "text", text: "a " },
        { type: "text", text: "c", marks: [{ type: "bold" }] },
        { type: "text", text: " d" },
      ],
    },
  ]);
});

test("front matter gives the metadata and leaves the text", () => {
  const { blocks, metadata } = readMarkdown(
    '---\ntitle: "River rises: again"\nauthor: Ada Moreno\ndate: 2025-11-28T10:00:00Z\nurl: javascript:alert(1)\nlang: en_GB\ntags:\n  - water\n---\n\nThe text.',
  );
  expect(metadata).toEqual({
    headline: "River rises: again",
    byline: "Ada Moreno",
    outlet: null,
    publishedOn: "2025-11-28",
    canonicalUrl: null,
    language: "en-GB",
  });
  expect(blocks.map(plainText)).toEqual(["The text."]);
});

test("a rule at the top is no front matter", () => {
  expect(readMarkdown("---\n\nText.\n\n---\n").blocks.map(plainText)).toEqual(["Text."]);
});

test("ten thousand nested quotes and lists are refused and do no harm", () => {
  expect(() => readMarkdown(`${"> ".repeat(10_000)}a`)).toThrow(/nested/);
  const lists = Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n");
  expect(() => readMarkdown(lists)).toThrow(/nested/);
});
