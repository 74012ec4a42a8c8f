/**
 * Bytes -> text. Says what it took the encoding for, and refuses what is not text rather than showing a page of rubbish.
 */
import chardet from "chardet";
import iconv from "iconv-lite";
import { AppError } from "../domain/errors";

export type DecodedText = {
  text: string;
  /** As a person knows it: UTF-8, UTF-16, windows-1252 … */
  encoding: string;
  /** Plain sentences about what was guessed or could not be read. */
  notes: string[];
};

const byteOrderMarks: readonly { bytes: readonly number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe, 0, 0], encoding: "utf-32le" },
  { bytes: [0, 0, 0xfe, 0xff], encoding: "utf-32be" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];

/** Files that people drop here by mistake, by the bytes they begin with. Latin-1 strings. */
const knownFiles: readonly { start: string; message: string }[] = [
  { start: "%PDF-", message: "This is a PDF. Copy its text and paste it, or save it as .docx or .txt." },
  { start: "{\\rtf", message: "This is an RTF file. Save it as .docx or .txt and bring that in." },
  { start: "\xd0\xcf\x11\xe0", message: "This is an old Word or Excel file. Save it as .docx and bring that in." },
  { start: "PK\x03\x04", message: "This is a zip archive and not a Word document. Unpack it first." },
  { start: "\x1f\x8b", message: "This is a compressed file. Unpack it first." },
  { start: "\x89PNG", message: "This is a picture. Only text can be brought in." },
  { start: "\xff\xd8\xff", message: "This is a picture. Only text can be brought in." },
  { start: "GIF8", message: "This is a picture. Only text can be brought in." },
];

const notText = "This file does not hold text that can be read. Bring in .txt, .md, .html or .docx.";

/** @throws AppError `unsupported` when the bytes are known to be something else than text. */
export function refuseKnownFiles(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const known = knownFiles.find((file) => start.startsWith(file.start));
  if (known) throw new AppError("unsupported", known.message);
}

/**
 * Decodes by byte order mark, then by what the file or the server says of itself (`declared`), then UTF-8, then by detection.
 * @param declared The charset of a Content-Type header or of a `meta` element; believed only when it decodes cleanly.
 * @throws AppError `unsupported` for bytes that are not text in any encoding known here.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const mark = byteOrderMarks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (mark) {
    const text = mark.encoding === "utf-8" ? decodeUtf8(bytes)?.text : decodeAs(bytes, mark.encoding);
    if (text === undefined || text === null || looksBinary(text)) throw new AppError("unsupported", notText);
    return { text, encoding: mark.encoding, notes: [] };
  }
  refuseKnownFiles(bytes);
  const wide = wideEncoding(bytes);
  if (wide) {
    const text = decodeAs(bytes, wide);
    if (looksBinary(text)) throw new AppError("unsupported", notText);
    return { text, encoding: wide, notes: [guessed(wide)] };
  }
  if (declared && !/^utf-?8$/i.test(declared) && !/^utf-?16/i.test(declared) && iconv.encodingExists(declared)) {
    const encoding = webEncoding(declared);
    const text = decodeAs(bytes, encoding);
    if (!text.includes("\ufffd") && !looksBinary(text)) return { text, encoding, notes: [] };
  }
  const utf8 = decodeUtf8(bytes);
  if (utf8) {
    if (looksBinary(utf8.text)) throw new AppError("unsupported", notText);
    return { text: utf8.text, encoding: "utf-8", notes: utf8.notes };
  }
  const encoding = detectedEncoding(bytes);
  const text = encoding === null ? null : decodeAs(bytes, encoding);
  if (encoding === null || text === null || looksBinary(text) || share(text, /\ufffd/g) > 0.01) {
    throw new AppError("unsupported", notText);
  }
  return { text, encoding, notes: [guessed(encoding)] };
}

const guessed = (encoding: string) =>
  `The text does not say how it is encoded and was read as ${encoding}. Look at accented letters and quotation marks.`;

const decodeAs = (bytes: Uint8Array, encoding: string) =>
  iconv.decode(Buffer.from(bytes), encoding, { stripBOM: true });

/** Latin-1 on the web means windows-1252 (WHATWG Encoding Standard, 4.2). */
const webEncoding = (encoding: string) =>
  /^(iso-?8859-?1|latin-?1|us-ascii|ascii)$/i.test(encoding) ? "windows-1252" : encoding.toLowerCase();

/** Null when it is not UTF-8. A last character that is cut off, and a few damaged ones among many good, are told and kept. */
function decodeUtf8(bytes: Uint8Array): { text: string; notes: string[] } | null {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notes: [] };
  } catch {
    // Not whole; below.
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return { text, notes: ["The file ends in the middle of a character, so it may be cut off. Look at its end."] };
  } catch {
    // Not only its end.
  }
  const text = new TextDecoder("utf-8").decode(bytes);
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is left out
  const good = text.match(/[^\u0000-\u007f\ufffd]/g)?.length ?? 0;
  if (good < damaged * 4) return null;
  return { text, notes: [`${damaged} damaged characters could not be read and stand as \ufffd.`] };
}

/** UTF-16 without a byte order mark: nearly all its NULs fall on one side of each pair. */
function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, 64 * 1024);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index++) {
    if (sample[index] !== 0) continue;
    if (index % 2) odd++;
    else even++;
  }
  if (even + odd < sample.length / 40 || bytes.length % 2 === 1) return null;
  if (odd > even * 20) return "utf-16le";
  if (even > odd * 20) return "utf-16be";
  return null;
}

/** The likeliest encoding that reads without damage; single-byte Western text is windows-1252 unless something fits much better. */
function detectedEncoding(bytes: Uint8Array): string | null {
  const western = /^(iso-8859-1|windows-1252)$/i;
  const matches = chardet
    .analyse(bytes.subarray(0, 256 * 1024))
    .filter((match) => iconv.encodingExists(match.name) && !/^utf/i.test(match.name));
  const best = matches[0];
  if (!best) return null;
  const westernMatch = matches.find((match) => western.test(match.name));
  if (westernMatch && best.confidence - westernMatch.confidence < 15) return "windows-1252";
  return webEncoding(best.name);
}

/** Text has next to no control characters, NUL least of all. */
function looksBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
  return share(text, /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/g) > 0.005;
}

const share = (text: string, pattern: RegExp) => (text.match(pattern)?.length ?? 0) / Math.max(1, text.length);

/** The charset that an HTML file declares in its first 1,024 bytes, or null. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1] ?? null;
}
