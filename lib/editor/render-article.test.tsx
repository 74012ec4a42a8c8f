import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { RichText, RichTextNode } from "../domain/rich-text";
import { renderArticle } from "./render-article";

const rendered = (...content: RichTextNode[]) =>
  renderToStaticMarkup(renderArticle({ type: "doc", content } as RichText));
const text = (words: string, ...marks: RichTextNode["marks"] & object): RichTextNode => ({
  type: "text",
  text: words,
  marks,
});
const paragraph = (...content: RichTextNode[]): RichTextNode => ({ type: "paragraph", content });
const link = (href: string) => ({ type: "link", attrs: { href } });
const bold = { type: "bold" };
const italic = { type: "italic" };

describe("renderArticle", () => {
  it("draws every block that an article may hold", () => {
    expect(
      rendered(
        { type: "heading", attrs: { level: 2 }, content: [text("Title")] },
        paragraph(text("one"), { type: "hardBreak" }, text("two")),
        { type: "paragraph" },
        { type: "blockquote", content: [paragraph(text("said"))] },
        {
          type: "orderedList",
          attrs: { start: 3 },
          content: [{ type: "listItem", content: [paragraph(text("third"))] }],
        },
        { type: "bulletList", content: [{ type: "listItem", content: [paragraph(text("dot"))] }] },
      ),
    ).toBe(
      '<h2>Title</h2><p>one<br/>two</p><p><br/></p><blockquote><p>said</p></blockquote><ol start="3"><li><p>third</p></li></ol><ul><li><p>dot</p></li></ul>',
    );
  });

  it("keeps a link one link though part of it is bold", () => {
    const to = link("https://a.test/");
    expect(rendered(paragraph(text("a", to), text("b", to, bold), text("c", to, bold, italic), text("d", bold)))).toBe(
      '<p><a href="https://a.test/" target="_blank" rel="noopener noreferrer nofollow">a<strong>b<em>c</em></strong></a><strong>d</strong></p>',
    );
  });

  it("does not join links to different places", () => {
    const html = rendered(paragraph(text("a", link("https://a.test/")), text("b", link("https://b.test/"))));
    expect(html.match(/<a /g)).toHaveLength(2);
  });

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.test",
    "/relative",
  ])("draws the words but not the link of %s", (href) => {
    expect(rendered(paragraph(text("words", link(href))))).toBe("<p>words</p>");
  });

  it("escapes text and leaves out what the schema does not know", () => {
    expect(rendered(paragraph(text("<b>&")), { type: "iframe", content: [text("x")] })).toBe("<p>&lt;b&gt;&amp;</p>");
  });
});
