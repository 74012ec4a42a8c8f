/**
 * Plain text -> paragraphs. Undoes what mails and wires do to text (lines wrapped by hand, paragraphs told by a blank line, by
 * an indent or by nothing but a line end), and never changes a word.
 */
import type { RichTextNode } from "../domain/rich-text";
import { cleanText, countInvisible } from "./clean-text";
import { type ImportedText, nothingFound } from "./draft";

/** UTF-16 code units. Nobody wraps by hand wider than this; nobody's wrapped text is narrower. */
const widestWrap = 130;
const narrowestWrap = 40;
/** Of the lines that have another one below them, so many must be full, or the text was not wrapped by hand. */
const fewestFull = 0.6;
/** A line that ends so near to the widest one was ended by the wrap, whatever word comes next. */
const nearlyFull = 0.75;

const listItem = /^(?:[\u2022\u25cf\u25aa\u2023*\u2013\u2014-]|\d{1,3}[.)])\s+/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** The paragraphs of a text, in order; none is empty. Linear in its length. */
export function readPlainText(text: string): ImportedText {
  const lines = cleanText(text)
    .split("\n")
    .map((line) => line.trimEnd());
  const width = wrapWidth(lines);
  const paragraphs: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) paragraphs.push(joinLines(open));
    open = [];
  };
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const before = lines[index - 1] ?? "";
    const continues =
      width !== null && line !== "" && !isIndented(raw, before) && !listItem.test(line) && isFull(before, line, width);
    if (!continues) close();
    if (line !== "") open.push(line);
  }
  close();
  const invisible = countInvisible(text.replace(/^\ufeff/, ""));
  return {
    blocks: paragraphs.map(paragraph),
    metadata: nothingFound,
    notes: [
      ...(width !== null && paragraphs.length < lines.filter((line) => line !== "").length
        ? ["Lines that were wrapped by hand were joined into paragraphs."]
        : []),
      ...(invisible > 0 ? [`${invisible} invisible characters (soft hyphens, zero-width spaces) were taken out.`] : []),
    ],
  };
}

const paragraph = (text: string): RichTextNode => ({ type: "paragraph", content: [{ type: "text", text }] });

/** Wires begin a paragraph with two blanks or more, or a tab; a text that is indented as a whole begins none with it. */
function isIndented(line: string, before: string): boolean {
  const indent = (text: string) => text.length - text.trimStart().length + (text.startsWith("\t") ? 1 : 0);
  return indent(line) >= 2 && indent(line) > indent(before);
}

/** Where lines were wrapped by hand, in UTF-16 code units, or null when they were not. A few longer ones (addresses) do not count. */
function wrapWidth(lines: readonly string[]): number | null {
  const lengths = lines
    .filter((line) => line !== "")
    .map((line) => line.length)
    .sort((a, b) => a - b);
  const width = lengths[Math.ceil(lengths.length * 0.98) - 1] ?? 0;
  if (width < narrowestWrap || width > widestWrap) return null;
  const followed = lines.flatMap((line, index) => {
    const next = lines[index + 1]?.trim();
    return line !== "" && next && !listItem.test(next) ? [isFull(line, next, width)] : [];
  });
  return followed.filter(Boolean).length >= followed.length * fewestFull && followed.length > 0 ? width : null;
}

/** True when a wrap at `width` would have ended `line` before the first word of `next`: so the line end means nothing. */
function isFull(line: string, next: string, width: number): boolean {
  const word = next.split(/\s/, 1)[0]?.length ?? 0;
  return line.length + 1 + word > width || line.length >= width * nearlyFull;
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line, index) => (index === 0 ? line : separator(lines[index - 1] ?? "", line) + line)).join("");
}

/** A blank, but none in a word that has a hyphen of its own, and none in scripts that are written without blanks. */
function separator(before: string, after: string): "" | " " {
  const brokenWord = /\p{L}-$/u.test(before) && /^\p{Ll}/u.test(after);
  const withoutBlanks = unspaced.test(before.slice(-1)) && unspaced.test(after.charAt(0));
  return brokenWord || withoutBlanks ? "" : " ";
}
