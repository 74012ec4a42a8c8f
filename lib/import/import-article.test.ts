import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { articleDraft } from "../domain/article";
import { limits } from "../domain/limits";
import { articleSchema, parseDocument } from "../editor/schema";
import { type ImportInput, importArticle } from "./import-article";
import { sampleDocx, wordParagraph } from "./sample-docx";

const file = (name: string, bytes: Uint8Array | string): ImportInput => ({
  from: "file",
  name,
  bytes: Buffer.from(bytes),
});
const paste = (text: string, html?: string): ImportInput => ({ from: "paste", text, html });
const draftOf = async (input: ImportInput) => (await importArticle(input)).draft;
const textOf = async (input: ImportInput) => {
  const document = parseDocument(articleSchema, (await draftOf(input)).document);
  return document.textBetween(0, document.content.size, "|");
};
const refusal = (input: ImportInput) =>
  importArticle(input).then(
    () => "read",
    (error) => `${error.code}: ${error.message}`,
  );

describe("the format", () => {
  test("is told by the bytes, whatever the name says", async () => {
    const docx = await sampleDocx(wordParagraph("Word."));
    expect(await textOf(file("notes.txt", docx))).toBe("Word.");
    expect(await textOf(file("article.docx", "Plain."))).toBe("Plain.");
    expect(await textOf(file("article.txt", "<!DOCTYPE html><p>Page <b>one</b>.</p>"))).toBe("Page one.");
    expect(await textOf(file("article", "Plain <b>too</b>."))).toBe("Plain <b>too</b>.");
    expect(await textOf(file("a.html", "<p>Piece.</p>"))).toBe("Piece.");
  });

  test("Markdown goes by its name, because plain text looks the same", async () => {
    expect(await textOf(file("a.md", "It *was*."))).toBe("It was.");
    expect(await textOf(file("a.txt", "It *was*."))).toBe("It *was*.");
  });

  test("a paste is rich when the clipboard was, and plain when that side is empty", async () => {
    expect(await textOf(paste("a.\n\nb.", "<p>c.</p>"))).toBe("c.");
    expect(await textOf(paste("a.\n\nb.", "<style>p{}</style> "))).toBe("a.|b.");
  });

  test("a page may be plain text", async () => {
    const page = {
      from: "page",
      address: "https://valley.example/a.txt",
      contentType: "text/plain; charset=utf-8",
      bytes: Buffer.from("<p>a."),
    } as const;
    const draft = await draftOf(page);
    expect(draft).toMatchObject({ origin: "url", originName: page.address, metadata: { canonicalUrl: page.address } });
    expect(await textOf(page)).toBe("<p>a.");
  });

  test("a page is decoded as its server says, else as it says itself", async () => {
    const html = (head: string) =>
      iconv.encode(`<!doctype html><html>${head}<body><p>Фабрика</p></body></html>`, "windows-1251");
    for (const [contentType, head] of [
      ["text/html; charset=windows-1251", ""],
      ["text/html", '<meta charset="windows-1251">'],
    ] as const) {
      expect(await textOf({ from: "page", address: "https://a.example/", contentType, bytes: html(head) })).toBe(
        "Фабрика",
      );
    }
  });
});

describe("a draft", () => {
  test("is what the contract says, for every kind of input", async () => {
    for (const input of [
      file("a.txt", "One.\n\nTwo."),
      file("a.md", "# A\n\n- b"),
      paste("x", "<p>y <a href='https://e.example'>z</a></p>"),
      file("a.docx", await sampleDocx(wordParagraph("A."))),
    ]) {
      const { draft, sha256 } = await importArticle(input);
      expect(articleDraft.parse({ ...draft, duplicates: [] })).toEqual({ ...draft, duplicates: [] });
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("has the same digest for the same text from different places", async () => {
    const digests = await Promise.all(
      [file("a.txt", "One.\n\nTwo."), file("b.html", "<p>One.</p><p><b>Two.</b></p>"), paste("One.\r\n\r\nTwo.")].map(
        async (input) => (await importArticle(input)).sha256,
      ),
    );
    expect(new Set(digests).size).toBe(1);
  });

  test("of a rich text takes headline, date and outlet from its lines as from plain text", async () => {
    const html =
      "<h1>River rises</h1><p>By Ada Moreno</p><p>date 2025-11-28 The river rose in the night.</p><p>Reuters</p>";
    const draft = await draftOf(paste("", html));
    expect(draft.metadata).toMatchObject({
      headline: "River rises",
      byline: "Ada Moreno",
      publishedOn: "2025-11-28",
      outlet: "Reuters",
    });
    expect(await textOf(paste("", html))).toBe("The river rose in the night.");
  });

  test("of one word is that word", async () => {
    expect(await draftOf(paste("Nothing"))).toMatchObject({ characters: 7, metadata: { headline: null } });
  });
});

describe("limits", () => {
  test("an article of exactly as many characters as it may have comes in, and one with one more does not", async () => {
    const sentence = "The river rose in the night and fell again. ";
    const text = sentence
      .repeat(Math.ceil(limits.articleCharacters / sentence.length))
      .slice(0, limits.articleCharacters - 1);
    expect(await draftOf(paste(`${text}.`))).toMatchObject({ characters: limits.articleCharacters });
    expect(await refusal(paste(`${text}..`))).toBe(
      "too_large: This text has 1,000,001 characters; an article may have 1,000,000. Bring it in as several.",
    );
  });

  test("lists, quotes, headings and line breaks count as the canonical text counts them", async () => {
    const html = (last: string) =>
      `<p>z.</p><h2>a</h2><ul><li>b<br>c<li>d</ul><blockquote><p>e</p><p>${last}</p></blockquote>`;
    const { characters } = await draftOf(paste("", html("f")));
    expect(characters).toBe("z.\n\na\n\nb\nc\n\nd\n\ne\n\nf".length);
    const filled = html("f".repeat(limits.articleCharacters - characters + 1));
    expect(await draftOf(paste("", filled))).toMatchObject({ characters: limits.articleCharacters });
    expect(await refusal(paste("", filled.replace("z", "zz")))).toMatch(/^too_large: .*1,000,001/);
  });

  test("a file above the limit is not looked at", async () => {
    expect(await refusal(file("a.txt", Buffer.alloc(limits.uploadBytes + 1, "a")))).toBe(
      "too_large: A file may have at most 25 MB.",
    );
  });

  test.each([
    ["an empty file", file("a.txt", "")],
    ["nothing but blanks", file("a.txt", " \n\t\n\u200b")],
    ["nothing but markup", file("a.html", "<p></p><br><script>x</script>")],
    ["an empty paste", paste("", "<p></p>")],
    [
      "a page without text",
      {
        from: "page",
        address: "https://a.example/",
        contentType: "text/html",
        bytes: Buffer.from("<html><nav></nav></html>"),
      } as const,
    ],
  ])("%s is refused", async (_, input) => {
    expect(await refusal(input)).toMatch(/^invalid: /);
  });
});

test("whatever is pasted or dropped becomes a document, or is refused in words", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.string({ unit: "binary", maxLength: 2_000 }).map((text) => Buffer.from(text)),
  );
  const fragment = fc.constantFrom(
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "<b>",
    "</b>",
    "<a href='javascript:x'>",
    "<br>",
    "<table>",
    "<td>",
    "<blockquote>",
    "</ul>",
    "<h2>",
    "<pre>",
    "text ",
    "\u0000",
    "\ud800",
    "<!--",
    "&amp;",
    "<svg>",
  );
  const html = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(""));
  const input = fc.oneof(
    fc.record({
      from: fc.constant("file" as const),
      name: fc.constantFrom("a.txt", "a.md", "a.html", "a.docx"),
      bytes,
    }),
    fc.record({ from: fc.constant("paste" as const), text: fc.string({ unit: "binary" }), html }),
  );
  await fc.assert(
    fc.asyncProperty(input, async (given) => {
      const outcome = await importArticle(given).catch((error) => error);
      if (outcome instanceof Error) {
        expect(outcome.name, outcome.stack ?? "").toBe("AppError");
        return;
      }
      const { draft } = outcome;
      expect(articleDraft.safeParse({ ...draft, duplicates: [] }).error).toBeUndefined();
      expect(JSON.stringify(draft.document)).not.toMatch(/javascript:/);
    }),
    { numRuns: 300 },
  );
});
