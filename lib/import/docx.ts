/**
 * Word documents -> blocks. The zip is opened here, its parts counted as they unpack (a header may lie), and mammoth gets a
 * new zip with nothing in it but the parts that hold text: no picture, macro, embedded file or bomb ever reaches it.
 */
import type { Readable } from "node:stream";
import { Parser } from "htmlparser2";
import JSZip from "jszip";
import mammoth from "mammoth";
import yauzl from "yauzl";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import { metadataLine } from "./clean-text";
import { type FoundMetadata, type ImportedText, mergeMetadata, nothingFound } from "./draft";
import { readHtmlFragment } from "./html";
import { guardMarkup } from "./html-guard";
import { takeWireLines } from "./wire-lines";

/** A document has some dozens of parts, a picture each at most. */
const mostEntries = 10_000;
/** Word writes several elements for each run of text. */
const xmlLimits = { depth: limits.htmlDepth, elements: limits.htmlElements * 10 };

const damaged = (cause?: unknown) =>
  new AppError(
    "invalid",
    "This Word document is damaged or cut off. Open it in Word, save it again, and bring that in.",
    {},
    { cause },
  );
const locked = () =>
  new AppError("unsupported", "This document is protected with a password. Save it without one and bring that in.");

/** True for bytes that begin as a zip archive does. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** A .docx with a password is no zip but an OLE file that holds an encrypted one. @throws AppError `unsupported` for such a file. */
export function refuseEncryptedDocx(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOle = buffer.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  if (isOle && buffer.includes(Buffer.from("EncryptedPackage", "utf16le"))) throw locked();
}

/**
 * @throws AppError `unsupported` for a zip that is no Word document or is encrypted, `too_large` for one that unpacks to more than
 * `limits.unpackedBytes`, `invalid` for a damaged one.
 */
export async function readDocx(bytes: Uint8Array): Promise<ImportedText> {
  const parts = await textParts(bytes);
  for (const [name, part] of parts)
    if (name.endsWith(".xml")) guardMarkup(part.toString("utf8"), { xml: true, most: xmlLimits });
  const { html, notes } = await convert(parts);
  const read = readHtmlFragment(html);
  const text = takeWireLines({ ...read, notes: [...read.notes, ...notes] });
  const properties = documentProperties(parts.get("docProps/core.xml")?.toString("utf8") ?? "");
  return {
    ...text,
    metadata: mergeMetadata(text.metadata, properties),
    notes:
      text.metadata.byline === null && properties.byline !== null
        ? [...text.notes, "The byline is the author named in the file's properties, who may only have typed it."]
        : text.notes,
  };
}

/** The XML parts by name, unpacked. */
async function textParts(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  const names = new Set<string>();
  let unpacked = 0;
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (zip.entryCount > mostEntries) throw tooLarge();
    for await (const entry of zip.eachEntry()) {
      names.add(entry.fileName);
      if (!/\.(xml|rels)$/.test(entry.fileName) || parts.has(entry.fileName)) continue;
      if (entry.isEncrypted()) throw locked();
      if (unpacked + entry.uncompressedSize > limits.unpackedBytes) throw tooLarge();
      const part = await readPart(await zip.openReadStreamPromise(entry), limits.unpackedBytes - unpacked);
      unpacked += part.length;
      parts.set(entry.fileName, part);
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  }
  if (names.has("[Content_Types].xml") && [...names].some((name) => /^word\/document\d*\.xml$/.test(name)))
    return parts;
  if (names.has("content.xml") && names.has("META-INF/manifest.xml")) {
    throw new AppError("unsupported", "This is an OpenDocument file. Save it as .docx and bring that in.");
  }
  if (names.has("[Content_Types].xml")) {
    throw new AppError(
      "unsupported",
      "This is an Office file but not a Word document. Bring in .docx, .txt, .md or .html.",
    );
  }
  throw new AppError("unsupported", "This is a zip archive and not a Word document. Unpack it first.");
}

const tooLarge = () =>
  new AppError(
    "too_large",
    `This document unpacks to more than ${limits.unpackedBytes / 1024 / 1024} MB and was not opened.`,
  );

/** Counts what really comes out, and stops at `most` bytes. */
async function readPart(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      stream.destroy();
      throw tooLarge();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
];

async function convert(parts: Map<string, Buffer>): Promise<{ html: string; notes: string[] }> {
  const zip = new JSZip();
  for (const [name, part] of parts) zip.file(name, part);
  const buffer = await zip.generateAsync({ type: "nodebuffer", compression: "STORE" });
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap,
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      },
    );
    // The arrows that lead from a footnote back to its place are for clicking, not for reading.
    const html = value.replace(/<a href="#(?:foot|end)note-ref-[^"]*">\u2191<\/a>/g, "");
    return { html, notes: html === value ? [] : ["Footnotes stand at the end of the text."] };
  } catch (error) {
    throw damaged(error);
  }
}

const propertyFields: Readonly<Record<string, "headline" | "byline">> = {
  "dc:title": "headline",
  "dc:creator": "byline",
};

/** Title and author of the file's properties, which are often left over from another document. */
function documentProperties(xml: string): FoundMetadata {
  const found = { ...nothingFound };
  let open: "headline" | "byline" | undefined;
  const parser = new Parser(
    {
      onopentag(name) {
        open = propertyFields[name];
      },
      ontext(text) {
        if (open) found[open] = (found[open] ?? "") + text;
      },
      onclosetag() {
        open = undefined;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  const headline = metadataLine(found.headline);
  return {
    ...found,
    headline: headline && /^(microsoft word\b|untitled|document\s*\d*$)/i.test(headline) ? null : headline,
    byline: metadataLine(found.byline),
  };
}
