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

describe("claims in a text that is only read", () => {
  const highlight = (id: string, ...ranges: [number, number][]) => ({
    ...({
      id,
      color: "false",
      stage: "open",
      symbol: "✕",
      number: 1,
      href: `#${id}`,
      startId: `at-${id}`,
      isActive: false,
    } as const),
    ...{ startWords: `${id} begins`, endWords: `${id} ends` },
    ranges: ranges.map(([start, end]) => ({ start, end })),
  });
  /** As it is read: what claims cover between angles with their names, and where each begins and ends. */
  const read = (content: RichTextNode[], ...highlights: ReturnType<typeof highlight>[]) =>
    renderToStaticMarkup(renderArticle({ type: "doc", content } as RichText, highlights))
      .replaceAll(/<span class="claim-mark [^"]*" data-claim="(\w+)">/g, "<$1 ")
      .replaceAll(/<span class="claim-start" data-words="(\w+) begins"( id="at-\w+")?><\/span>/g, "($1)")
      .replaceAll(/<a href="#\w+" class="claim-number v-false" data-claim="(\w+)">.*?<\/a>/g, "(/$1)")
      .replaceAll("</span>", ">");

  it("cuts the text where claims begin and end, across blocks, in links and in bold", () => {
    const content = [
      paragraph(text("one "), text("two", bold), text(" three")),
      {
        type: "bulletList",
        content: [{ type: "listItem", content: [paragraph(text("four", link("https://a.test/")))] }],
      },
    ];
    expect(read(content, highlight("a", [2, 9]), highlight("b", [4, 19]))).toBe(
      "<p>on(a)<a e >(b)<strong><a <b two>></strong><a <b  t>>(/a)<b hree></p>" +
        '<ul><li><p><a href="https://a.test/" target="_blank" rel="noopener noreferrer nofollow"><b four></a>(/b)</p></li></ul>',
    );
  });

  it("draws three claims of a pile, and the number of each", () => {
    const pile = ["a", "b", "c", "d"].map((id) => highlight(id, [0, 2]));
    expect(read([paragraph(text("so"))], ...pile)).toBe("<p>(a)(b)(c)(d)<b <c <d so>>>(/a)(/b)(/c)(/d)</p>");
  });

  it("draws a claim at each of its places, and nothing of one that lies outside the text", () => {
    const content = [paragraph(text("again and again"))];
    expect(read(content, highlight("a", [0, 5], [10, 15]), highlight("b", [40, 50]))).toBe(
      "<p>(a)<a again>(/a) and (a)<a again>(/a)</p>",
    );
  });
});
