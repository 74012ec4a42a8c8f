import { describe, expect, test } from "vitest";
import { plainText, type RichTextNode } from "../domain/rich-text";
import { articleSchema, parseDocument } from "../editor/schema";
import { readHtmlFragment, readHtmlPage } from "./html";

const read = (html: string) => readHtmlFragment(html).blocks;
const lines = (html: string) => read(html).map(plainText);
const p = (...content: RichTextNode[]): RichTextNode => ({ type: "paragraph", content });
const text = (text: string, ...marks: { type: string; attrs?: Record<string, unknown> }[]): RichTextNode => ({
  type: "text",
  text,
  ...(marks.length > 0 && { marks }),
});
const bold = { type: "bold" };
const italic = { type: "italic" };
const link = (href: string) => ({ type: "link", attrs: { href } });

describe("what is kept", () => {
  test("paragraphs, headings, quotes and lists", () => {
    expect(
      read("<h1>A</h1><p>b</p><h6>c</h6><blockquote><p>d</p></blockquote><ul><li>e<li>f<ol start=3><li>g</ol></ul>"),
    ).toEqual([
      { type: "heading", attrs: { level: 1 }, content: [text("A")] },
      p(text("b")),
      { type: "heading", attrs: { level: 4 }, content: [text("c")] },
      { type: "blockquote", content: [p(text("d"))] },
      {
        type: "bulletList",
        content: [
          { type: "listItem", content: [p(text("e"))] },
          {
            type: "listItem",
            content: [
              p(text("f")),
              { type: "orderedList", attrs: { start: 3 }, content: [{ type: "listItem", content: [p(text("g"))] }] },
            ],
          },
        ],
      },
    ]);
  });

  test("bold, italic and links, in whatever way a word processor writes them", () => {
    expect(
      read(
        '<p><b style="font-weight:normal">a<span style="font-weight:700">b</span></b><i>c</i><em><strong>d</strong></em><a href="https://e.example/">e</a></p>',
      ),
    ).toEqual([
      p(text("a"), text("b", bold), text("c", italic), text("d", bold, italic), text("e", link("https://e.example/"))),
    ]);
  });

  test("lists as Word pastes them", () => {
    const item = (marker: string, text: string) =>
      `<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span>&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>`;
    const { blocks } = readHtmlFragment(
      `${item("\u00b7", "a")}${item("\u00b7", "b")}<p class=MsoNormal>c</p>${item("3.", "d")}${item("4.", "e")}`,
    );
    const items = (...texts: string[]) => texts.map((each) => ({ type: "listItem", content: [p(text(each))] }));
    expect(blocks).toEqual([
      { type: "bulletList", content: items("a", "b") },
      p(text("c")),
      { type: "orderedList", attrs: { start: 3 }, content: items("d", "e") },
    ]);
  });

  test("line breaks, two of which part paragraphs", () => {
    expect(read("a<br>b<br><br>c<br>")).toEqual([p(text("a"), { type: "hardBreak" }, text("b")), p(text("c"))]);
  });

  test("blanks as a browser shows them", () => {
    expect(lines("  <p>  a\n  <b> b </b>  c </p> d <span> e</span><pre>f\n  g</pre>10&nbsp;000")).toEqual([
      "a b c",
      "d e",
      "f\n  g",
      "10\u00a0000",
    ]);
  });

  test("text of elements nobody has heard of, of captions and of cells", () => {
    const { blocks, notes } = readHtmlFragment(
      "<x-y>a</x-y><figure><img src=b.jpg width=600><figcaption>b</figcaption></figure><table><tr><td>c<td>d</table>",
    );
    expect(blocks.map(plainText)).toEqual(["a", "b", "c", "d"]);
    expect(notes).toEqual([
      "A picture was left out; its caption, if it has one, is kept as text.",
      "A table is kept as lines of text, one cell a line.",
    ]);
  });

  test("quotation marks that only the element stood for", () => {
    expect(lines("<p>She said <q>no</q>.</p>")).toEqual(["She said \u201cno\u201d."]);
  });
});

describe("what is not", () => {
  test("scripts, styles, forms, hidden text and trackers", () => {
    const { blocks, notes } = readHtmlFragment(
      "<p>a<script>alert(1)</script><style>p{}</style><noscript>n</noscript><template>t</template><textarea>x</textarea><span hidden>h</span><span style='display: none'>i</span><img width=1 height=1 src=t.gif></p><svg><text>s</text></svg>",
    );
    expect(blocks.map(plainText)).toEqual(["a"]);
    expect(notes).toEqual([]);
  });

  test.each([
    "javascript:alert(1)",
    " jAvaScRipt:alert(1)",
    "java\nscript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//no-base.example/",
    "relative.html",
  ])("the address of a link to %s, whose text stays", (href) => {
    const { blocks, notes } = readHtmlFragment(`<p><a href="${href}">text</a></p>`);
    expect(blocks).toEqual([p(text("text"))]);
    expect(notes).toHaveLength(1);
  });

  test("event handlers, styles and classes: nothing of HTML is in the document", () => {
    const json = JSON.stringify(
      read('<p class="x" onclick="alert(1)" style="color:red" id="y">a<img src=x onerror=alert(1)></p>'),
    );
    expect(json).toBe(JSON.stringify([p(text("a"))]));
  });

  test("tracking parameters of links", () => {
    expect(read('<a href="https://a.example/b?utm_source=x&id=7&fbclid=y">c</a>')).toEqual([
      p(text("c", link("https://a.example/b?id=7"))),
    ]);
  });

  test("markup in text is text", () => {
    expect(lines("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")).toEqual(["<script>alert(1)</script>"]);
  });
});

test("whatever comes in is a document of the schema", () => {
  const hostile = [
    "<li>alone",
    "<ul>text<p>p</p><ul><li>nested</ul></ul>",
    "<ul><li><ul><li>deep</ul></ul>",
    "<ol><li><h2>heading</h2><blockquote>quote</blockquote></ol>",
    "<ol start=-5><li>a</ol><ol start=1e400><li>b</ol>",
    "<blockquote><blockquote><ul><li></ul></blockquote></blockquote>x",
    "<h1><p>a</p><ul><li>b</ul></h1>",
    "<a href='https://a.example'><p>a</p><p>b</p></a>",
    `${"<ul><li>".repeat(100)}deep`,
    `${"<blockquote>".repeat(200)}deeper`,
    "<b><i><b><a href='https://a.example'><i>all</b></i>",
    "<p>\u0000\ud800<br><br><br></p><p>x",
    "<table><tr><th>a</th></tr></table><dl><dt>b<dd>c</dl>",
    "<![CDATA[x]]><!-- y --><?z ?>w",
  ];
  for (const html of hostile) {
    const document = parseDocument(articleSchema, { type: "doc", content: read(html) });
    expect(document.textContent.length, html).toBeGreaterThan(0);
  }
});

describe("the guard", () => {
  test("lets 256 levels through and refuses 257, ten thousand and a million", () => {
    expect(lines(`${"<div>".repeat(254)}a`)).toEqual(["a"]);
    for (const depth of [258, 10_000, 1_000_000])
      expect(() => read("<div>".repeat(depth))).toThrow(/nested more than 256/);
  });

  test("refuses more elements than can be read, and one with too many attributes", () => {
    expect(() => read("<br>".repeat(200_001))).toThrow(/more than 200,000 tags/);
    expect(() => read(`<p ${Array.from({ length: 600 }, (_, i) => `a${i}`).join(" ")}>`)).toThrow(/attributes/);
  });
});

const story = Array.from(
  { length: 8 },
  (_, i) =>
    `<p>Paragraph ${i} of the story tells, in a sentence with a comma, what happened on that day in the valley.</p>`,
).join("");
const page = (
  head: string,
  body = "",
) => `<!doctype html><html lang="en-GB"><head><title>River rises | Valley Post</title>${head}</head><body>
  <nav><a href="/">Home</a> <a href="/news">News</a></nav>
  <main><article><h1>River rises</h1><p class="byline">By Ada Moreno</p>${story}${body}</article></main>
  <aside><p>Subscribe to our newsletter, it is free and comes every week.</p></aside><footer><p>Copyright, imprint, cookies</p></footer></body></html>`;
const jsonLd = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe("a web page", () => {
  test("gives its article and not its furniture", () => {
    const { blocks, notes } = readHtmlPage(page(""), "https://valley.example/news/7?utm_source=x#top");
    const all = blocks.map(plainText).join("\n");
    expect(all).toContain("Paragraph 0 of the story");
    expect(all).toContain("Paragraph 7 of the story");
    expect(all).not.toMatch(/newsletter|imprint|Home|River rises/);
    expect(notes[0]).toContain("Only the article was taken");
  });

  test("says what it is in JSON-LD", () => {
    const graph = {
      "@context": "https://schema.org",
      "@graph": [
        { "@type": "WebSite", name: "x" },
        {
          "@type": ["NewsArticle"],
          headline: "River rises &amp; falls",
          author: [{ "@type": "Person", name: "Ada Moreno" }, { name: "Li Wei" }],
          publisher: { name: "Valley Post" },
          datePublished: "2025-11-28T23:30:00-05:00",
          inLanguage: "en",
          mainEntityOfPage: { "@id": "https://valley.example/news/river" },
        },
      ],
    };
    expect(readHtmlPage(page(jsonLd(graph)), "https://valley.example/news/7").metadata).toEqual({
      headline: "River rises & falls",
      byline: "Ada Moreno, Li Wei",
      outlet: "Valley Post",
      publishedOn: "2025-11-28",
      canonicalUrl: "https://valley.example/news/river",
      language: "en-GB",
    });
  });

  test("or in OpenGraph and meta elements", () => {
    const head = `<meta property="og:title" content="River rises"><meta property="og:site_name" content="Valley Post">
      <meta name="author" content="By Ada Moreno"><meta property="article:published_time" content="2025-11-28T08:00Z">
      <meta property="article:author" content="https://social.example/ada"><link rel="canonical" href="/news/river">`;
    expect(readHtmlPage(page(head), "https://valley.example/news/7").metadata).toMatchObject({
      headline: "River rises",
      byline: "Ada Moreno",
      outlet: "Valley Post",
      publishedOn: "2025-11-28",
      canonicalUrl: "https://valley.example/news/river",
    });
  });

  test("or in nothing but its text", () => {
    expect(
      readHtmlPage(page("", '<time datetime="2025-11-28">today</time>'), "https://valley.example/news/7").metadata,
    ).toMatchObject({
      headline: "River rises",
      publishedOn: "2025-11-28",
      canonicalUrl: "https://valley.example/news/7",
    });
  });

  test.each([
    ["broken JSON-LD", '<script type="application/ld+json">{"@type":"NewsArticle",</script>'],
    [
      "JSON-LD of the wrong types",
      jsonLd({ "@type": "NewsArticle", headline: { a: 1 }, author: 7, datePublished: ["x"], url: {}, publisher: null }),
    ],
    ["JSON-LD that is no object", jsonLd(null)],
    ["a canonical link to a script", '<link rel="canonical" href="javascript:alert(1)">'],
    ["a canonical link to the front page", '<link rel="canonical" href="https://valley.example/">'],
    ["a language that is none", "<meta property='og:locale' content='not a language'>"],
  ])("survives %s", (_, head) => {
    const { metadata } = readHtmlPage(page(head), "https://valley.example/news/7");
    expect(metadata).toMatchObject({
      headline: "River rises",
      canonicalUrl: "https://valley.example/news/7",
      publishedOn: null,
    });
  });

  test("resolves links against its address", () => {
    const { blocks } = readHtmlPage(
      page("", '<p>More about it in <a href="../river.html">an older story</a>, and much more.</p>'),
      "https://valley.example/news/7",
    );
    expect(JSON.stringify(blocks)).toContain('"https://valley.example/river.html"');
  });

  test("saved by a browser still knows where it came from", () => {
    const saved = page("").replace("<html", "<!-- saved from url=(0028)https://valley.example/news/ -->\n<html");
    expect(readHtmlPage(saved, null).metadata.canonicalUrl).toBe("https://valley.example/news/");
  });

  test("that is a plain document is taken whole", () => {
    const { blocks } = readHtmlPage(
      "<html><head><title>Note</title></head><body><h1>Note</h1><p>Short.</p></body></html>",
      null,
    );
    expect(blocks.map(plainText)).toEqual(["Short."]);
  });

  test("may leave out the tags that HTML lets it leave out", () => {
    const minified = `<!doctype html><html lang=en><meta charset=utf-8><title>River rises</title><meta name=author content="Ada Moreno"><nav>Home</nav><main>${story}</main>`;
    for (const html of [minified, minified.replace("<html lang=en>", "")]) {
      const { blocks, metadata } = readHtmlPage(html, "https://valley.example/news/7");
      expect(metadata).toMatchObject({ headline: "River rises", byline: "Ada Moreno" });
      expect(blocks).toHaveLength(8);
    }
    expect(readHtmlPage("<html><meta charset=utf-8><p>Short.", null).blocks.map(plainText)).toEqual(["Short."]);
  });

  test("without an article gives next to nothing, says so, and is no error", () => {
    const { blocks, notes } = readHtmlPage("<html><body><nav>Sign in</nav><script src=x></script></body></html>", null);
    expect(blocks.map(plainText).join("").length).toBeLessThan(20);
    expect(notes.join()).toContain("Very little text was found");
    expect(readHtmlPage("<html><body><nav></nav><script src=x></script></body></html>", null).blocks).toEqual([]);
  });
});
