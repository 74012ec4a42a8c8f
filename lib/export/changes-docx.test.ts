import fc from "fast-check";
import { Parser } from "htmlparser2";
import JSZip from "jszip";
import { describe, expect, test } from "vitest";
import type { RichText } from "../domain/rich-text";
import { withReplacements } from "../domain/wording";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument } from "../editor/schema";
import { importArticle } from "../import/import-article";
import { changesDocx, type MarkedChange } from "./changes-docx";

const text = (value: string, ...marks: object[]) => ({ type: "text", text: value, ...(marks.length > 0 && { marks }) });
const paragraph = (...content: object[]) => ({ type: "paragraph", ...(content.length > 0 && { content }) });
const item = (...content: object[]) => ({ type: "listItem", content });
const bold = { type: "bold" };
const link = { type: "link", attrs: { href: "https://harbour.example/plan?a=1&b=2" } };

const story = {
  type: "doc",
  content: [
    { type: "heading", attrs: { level: 2 }, content: [text("The new harbour")] },
    paragraph(text("The council voted for "), text("the plan", bold, link), text(" in March. It costs a third less.")),
    { type: "bulletList", content: [item(paragraph(text("first the quay"))), item(paragraph(text("then the crane")))] },
    {
      type: "orderedList",
      attrs: { start: 3 },
      content: [item(paragraph(text("third"))), item(paragraph(text("fourth")), paragraph(text("and more of it")))],
    },
    { type: "blockquote", content: [paragraph(text("“We are glad,” she said."))] },
    paragraph(text("One line"), { type: "hardBreak" }, text("and another & <one>.")),
  ],
} as unknown as RichText;

const canonical = (document: RichText) => CanonicalText.of(parseDocument(articleSchema, document)).text;
const change = (document: RichText, words: string, wording: string, note = ""): MarkedChange => {
  const start = canonical(document).indexOf(words);
  if (start < 0) throw new Error(`Not in the text: ${words}`);
  return { start, end: start + words.length, wording, note, author: "Élodie & Co", at: "2026-11-28T05:00:00.000Z" };
};

async function made(document: RichText, changes: MarkedChange[]) {
  const bytes = await changesDocx({ headline: "The harbour", language: "en", document, changes });
  const zip = await JSZip.loadAsync(bytes);
  const part = async (name: string) => (await zip.file(`word/${name}`)?.async("string")) ?? "";
  return { bytes, zip, part, xml: await part("document.xml") };
}

/** What stands there once every tracked change is accepted, or refused, as a reader of Office Open XML has it (ECMA-376, 17.13.5). */
function settled(xml: string, what: "accepted" | "refused"): string {
  let result = "";
  let isKept = true;
  let isText = false;
  let inMark = false;
  let isEndKept = true;
  const gone = what === "accepted" ? "w:del" : "w:ins";
  const parser = new Parser(
    {
      onopentag(name) {
        if (name === "w:p") isEndKept = true;
        if (name === "w:pPr") inMark = true;
        if (name === gone && inMark) isEndKept = false;
        else if (name === gone) isKept = false;
        if (name === "w:br" && isKept) result += "\n";
        isText = name === "w:t" || name === "w:delText";
      },
      ontext(value) {
        if (isText && isKept) result += value;
      },
      onclosetag(name) {
        if (name === "w:pPr") inMark = false;
        if (name === gone && !inMark) isKept = true;
        if (name === "w:p" && isEndKept) result += "\n\n";
        isText = false;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return result.replace(/^The harbour\n\n/, "").replace(/\n\n$/, "");
}

describe("the article as a Word document with its changes tracked", () => {
  const changes = [
    change(story, "voted for the plan in March", "put off the plan until May", "The minutes say so.\nPage 3."),
    change(story, "then the crane", "then two cranes\n\nand a road"),
    change(story, "and more of it\n\n“We are glad,” she said.", "and more, she said."),
    change(story, "One line\nand another", "One line and\none more"),
  ];

  test("accepted it is the text that was asked for, refused the one under check", async () => {
    const { xml } = await made(story, changes);
    expect(settled(xml, "refused")).toBe(canonical(story));
    expect(settled(xml, "accepted")).toBe(withReplacements(canonical(story), changes).text);
    expect(xml).toContain('w:author="Élodie &amp; Co" w:date="2026-11-28T05:00:00.000Z"');
    const ids = [...xml.matchAll(/<w:(?:ins|del) w:id="(\d+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("keeps the form of the text, and the note as a comment on the words", async () => {
    const { xml, part } = await made(story, changes);
    expect(xml).toContain('<w:pStyle w:val="Heading2"/>');
    expect(xml).toContain('<w:pStyle w:val="Quote"/>');
    expect(xml).toMatch(/<w:hyperlink[^>]*>.*<w:b\/>.*the plan/);
    expect(await part("_rels/document.xml.rels")).toContain("harbour.example/plan?a=1&amp;b=2");
    const comments = await part("comments.xml");
    expect(comments).toContain("The minutes say so.");
    for (const mark of ["commentRangeStart", "commentRangeEnd", "commentReference"])
      expect(xml.match(new RegExp(`<w:${mark} `, "g"))).toHaveLength(1);
  });

  test("is read by the import as the text that was asked for", async () => {
    const [first, second] = changes as [MarkedChange, MarkedChange];
    const asked = [first, { ...second, wording: "then two cranes" }];
    const { bytes } = await made(story, asked);
    const input = { from: "file", name: "changes.docx", bytes } as const;
    const { document, metadata } = (await importArticle(input)).draft;
    expect(metadata.headline).toBe("The harbour");
    expect(canonical(document)).toBe(withReplacements(canonical(story), asked).text);
    const types = document.content?.map(({ type }) => type) ?? [];
    expect(types).toEqual(expect.arrayContaining(["heading", "bulletList", "orderedList", "blockquote"]));
  });

  test("without changes it is the text; of two that overlap the first is carried out", async () => {
    const { xml, zip } = await made(story, []);
    expect(settled(xml, "accepted")).toBe(canonical(story));
    expect(Object.keys(zip.files)).not.toContain("word/comments.xml");
    const both = [
      change(story, "The council voted", "The council did not vote"),
      change(story, "voted for", "spoke of"),
    ];
    expect(settled((await made(story, both)).xml, "accepted")).toContain("The council did not vote for the plan");
  });

  test("holds nothing that no XML may hold", async () => {
    const odd = { type: "doc", content: [paragraph(text("A\u000bB\u0001C"))] } as unknown as RichText;
    const { xml } = await made(odd, [change(odd, "B", "D\u0002")]);
    expect(settled(xml, "accepted")).toBe("ADC");
  });
});

test("whatever is asked for at whatever place, accepting gives it and refusing takes it back", async () => {
  const words = fc.stringMatching(/^[a-d]{1,3}( [a-d]{1,3}){0,6}$/);
  const blocks = fc.array(words, { minLength: 1, maxLength: 5 });
  const wording = fc.array(words, { maxLength: 3 }).map((parts) => parts.join("\n\n"));
  await fc.assert(
    fc.asyncProperty(
      blocks,
      fc.array(fc.tuple(fc.nat(200), fc.nat(30), wording), { maxLength: 4 }),
      async (parts, asked) => {
        const document = { type: "doc", content: parts.map((part) => paragraph(text(part))) } as unknown as RichText;
        const whole = canonical(document);
        let at = 0;
        const changes = asked.flatMap(([from, length, wording]): MarkedChange[] => {
          const start = at + (from % 20);
          const end = Math.min(whole.length, start + length);
          // An anchor begins and ends with a word.
          if (start >= end || /^\s|\s$/.test(whole.slice(start, end))) return [];
          at = end;
          return [{ start, end, wording, note: "", author: "A", at: "2026-11-28T05:00:00.000Z" }];
        });
        const { xml } = await made(document, changes);
        expect(settled(xml, "refused")).toBe(whole);
        expect(settled(xml, "accepted")).toBe(withReplacements(whole, changes).text);
      },
    ),
    { numRuns: 100 },
  );
});
