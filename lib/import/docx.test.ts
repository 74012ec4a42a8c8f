import { describe, expect, test } from "vitest";
import { limits } from "../domain/limits";
import { plainText } from "../domain/rich-text";
import { isZip, readDocx, refuseEncryptedDocx } from "./docx";
import { bombEntries, sampleDocx, wordBody, wordParagraph, zipThatLies } from "./sample-docx";

const lines = async (bytes: Uint8Array) => (await readDocx(bytes)).blocks.map(plainText);
const refusal = (bytes: Uint8Array) =>
  readDocx(bytes).then(
    () => "read",
    (error) => `${error.code}: ${error.message}`,
  );
const core = (title: string, author: string) =>
  `<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:creator>${author}</dc:creator></cp:coreProperties>`;

describe("a Word document", () => {
  test("gives its paragraphs, runs, links and headline", async () => {
    const body = `${wordParagraph("River rises", "Heading1")}<w:p><w:r><w:t xml:space="preserve">The river </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>rose</w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t xml:space="preserve"> again</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>${wordParagraph("It fell.")}`;
    const rels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://valley.example/" TargetMode="External"/></Relationships>`;
    const { blocks, metadata } = await readDocx(await sampleDocx(body, { "word/_rels/document.xml.rels": rels }));
    expect(metadata.headline).toBe("River rises");
    expect(blocks).toEqual([
      {
        type: "paragraph",
        content: [
          { type: "text", text: "The river " },
          { type: "text", text: "rose", marks: [{ type: "bold" }] },
          { type: "text", text: " again", marks: [{ type: "link", attrs: { href: "https://valley.example/" } }] },
          { type: "text", text: "." },
        ],
      },
      { type: "paragraph", content: [{ type: "text", text: "It fell." }] },
    ]);
  });

  test("has a title and an author in its properties, which the text knows better", async () => {
    const body = wordParagraph("The river rose in the night, and the bridge was closed in the morning.");
    const read = async (title: string) =>
      (await readDocx(await sampleDocx(body, { "docProps/core.xml": core(title, "Ada Moreno") }))).metadata;
    expect(await read("River rises")).toMatchObject({ headline: "River rises", byline: "Ada Moreno" });
    expect((await read("Document1")).headline).toBeNull();
  });

  test("loses what was deleted and keeps what was inserted under change tracking", async () => {
    expect(
      await lines(
        await sampleDocx(
          `<w:p><w:r><w:t xml:space="preserve">The river rose. </w:t></w:r><w:del w:id="1"><w:r><w:delText>Twice.</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>Once.</w:t></w:r></w:ins></w:p>`,
        ),
      ),
    ).toEqual(["The river rose. Once."]);
  });

  test("may have pictures of any size, which are never unpacked", async () => {
    const [types, rels] = bombEntries(0);
    const zip = zipThatLies([
      ...[types, rels].filter((entry) => entry !== undefined),
      { name: "word/media/large.png", data: Buffer.alloc(limits.unpackedBytes + 1) },
      { name: "word/document.xml", data: Buffer.from(wordBody(wordParagraph("A."))) },
    ]);
    expect(await lines(zip)).toEqual(["A."]);
  });
});

describe("is refused", () => {
  test("a bomb that says how large it is, at once", async () => {
    const zip = zipThatLies(bombEntries(limits.unpackedBytes + 1));
    expect(zip.length).toBeLessThan(200_000);
    expect(await refusal(zip)).toMatch(/^too_large: .*50 MB/);
  });

  test("a bomb that lies about it, when it has unpacked more than it said", async () => {
    expect(await refusal(zipThatLies(bombEntries(limits.unpackedBytes + 1, 1_000)))).toMatch(/^invalid: .*damaged/);
  });

  test("many parts that are too large together", async () => {
    const parts = Array.from({ length: 60 }, (_, i) => ({
      name: `word/part${i}.xml`,
      data: Buffer.alloc(1_000_000, " "),
    }));
    expect(await refusal(zipThatLies([...bombEntries(10), ...parts]))).toMatch(/^too_large: /);
  });

  test("ten thousand nested elements", async () => {
    expect(await refusal(await sampleDocx("<w:p>".repeat(10_000) + "</w:p>".repeat(10_000)))).toMatch(
      /^too_large: .*nested/,
    );
  });

  test("a truncated file, wherever it is cut", async () => {
    const whole = await sampleDocx(wordParagraph("A paragraph."));
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await refusal(whole.subarray(0, Math.floor(whole.length * share))), String(share)).toMatch(
        /^invalid: .*damaged/,
      );
    }
  });

  test("broken XML", async () => {
    expect(await refusal(await sampleDocx("<w:p><w:r></w:p>"))).toMatch(/^invalid: .*damaged/);
  });

  test("an encrypted zip, and the file that Word makes with a password", async () => {
    const [types, rels, document] = bombEntries(100);
    const zip = zipThatLies([types, rels, { ...document, encrypted: true }] as Parameters<typeof zipThatLies>[0]);
    expect(await refusal(zip)).toMatch(/^unsupported: .*password/);
    const ole = Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.alloc(600),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]);
    expect(() => refuseEncryptedDocx(ole)).toThrow(/password/);
    expect(() => refuseEncryptedDocx(ole.subarray(0, 500))).not.toThrow();
  });

  test("other archives, each by its name", async () => {
    const zip = (...names: string[]) => zipThatLies(names.map((name) => ({ name, data: Buffer.from("x") })));
    expect(await refusal(zip("[Content_Types].xml", "xl/workbook.xml"))).toMatch(/not a Word document/);
    expect(await refusal(zip("content.xml", "META-INF/manifest.xml"))).toMatch(/OpenDocument/);
    expect(await refusal(zip("photo.jpg"))).toMatch(/zip archive/);
    expect(isZip(zip("a"))).toBe(true);
  });
});
