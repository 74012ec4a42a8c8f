/**
 * Text from outside, made fit to be kept: well-formed UTF-16, no NUL, no control characters, none of the invisible characters
 * that break search and anchors without being read. Never changes a character that a reader sees: no Unicode normalization,
 * no change of quotation marks, dashes or no-break spaces, because a quote must stay verbatim.
 */
import { limits } from "../domain/limits";

/**
 * Soft hyphen, zero-width space, word joiner, byte order mark, and the invisible operators. Zero-width joiner and non-joiner
 * stay (emoji, Persian, Indic scripts need them), and so do directional marks, which change what is read.
 */
const invisible = /[\u00AD\u200B\u2060-\u2064\uFEFF]/g;
/** C0 and C1 controls and DEL, except tab and line feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/**
 * The text without what cannot or should not be kept. Line ends of every kind become `\n` (a paragraph separator becomes two);
 * half of a surrogate pair becomes U+FFFD. Linear in its length.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u0085/g, "\n")
    .replace(/\u2029|\f/g, "\n\n")
    .replace(/\u00AD\n/g, "")
    .replace(controls, "")
    .replace(invisible, "");
}

/** How many invisible characters `cleanText` takes out. */
export function countInvisible(text: string): number {
  return text.match(invisible)?.length ?? 0;
}

/** One line fit for a metadata field, or null when nothing is left or it is too long to be what it was taken for. */
export function metadataLine(text: string | null | undefined): string | null {
  if (!text) return null;
  const folded = cleanText(text.slice(0, limits.line * 4))
    .replace(/\s+/g, " ")
    .trim();
  return folded !== "" && folded.length <= limits.line ? folded : null;
}
