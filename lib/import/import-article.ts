/**
 * The one pipeline behind paste, file and address: picks the format by what the bytes are, reads it, checks the document against
 * the schema and the limits. Knows no database, no session and no network, and runs in a worker that can be ended at any time.
 */
import type { ArticleDraft } from "../domain/article";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { RichText, RichTextNode } from "../domain/rich-text";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument, toRichText } from "../editor/schema";
import { refuseLongText, textDigest } from "./article-text";
import { declaredCharset, decodeText } from "./decode-text";
import { isZip, readDocx, refuseEncryptedDocx } from "./docx";
import { type FoundMetadata, type ImportedText, nothingFound } from "./draft";
import { readHtmlFragment, readHtmlMetadata, readHtmlPage } from "./html";
import { guessLanguage } from "./language-guess";
import { readMarkdown } from "./markdown";
import { readPlainText } from "./plain-text";
import { takeWireLines } from "./wire-lines";

export type ImportInput =
  /** What a clipboard held. */
  | { from: "paste"; text: string; html?: string | undefined }
  | { from: "file"; name: string; bytes: Uint8Array }
  | ({ from: "page" } & FetchedPage);

/** A page as it was fetched; `address` after redirects, `contentType` as the server said it. */
export type FetchedPage = { address: string; contentType: string | null; bytes: Uint8Array };

/** A draft before anybody has looked for duplicates, and the SHA-256 (hex) of its canonical text in UTF-8. */
export type ImportedArticle = { draft: Omit<ArticleDraft, "duplicates">; sha256: string };

/**
 * @throws AppError `invalid` when there is no text or the file is damaged, `unsupported` when it is no text, `too_large` above any
 * of `limits`.
 */
export async function importArticle(input: ImportInput): Promise<ImportedArticle> {
  const { text, origin, originName } = await readInput(input);
  if (text.blocks.length === 0) throw new AppError("invalid", emptyMessages[input.from]);
  // Counted before the document is built: what is far too long must not take the time that building it would.
  refuseLongText(countCharacters(text.blocks));
  const document = parseDocument(articleSchema, { type: "doc", content: text.blocks } satisfies RichText);
  const canonical = CanonicalText.of(document).text;
  return {
    draft: {
      document: toRichText(document),
      characters: canonical.length,
      metadata: { ...text.metadata, language: text.metadata.language ?? guessLanguage(canonical) },
      origin,
      originName: originName?.slice(0, limits.url).toWellFormed() ?? null,
      notes: text.notes,
    },
    sha256: textDigest(canonical),
  };
}

/** The length that the canonical text of these blocks will have. */
function countCharacters(blocks: readonly RichTextNode[]): number {
  let characters = 0;
  let textBlocks = 0;
  const walk = (node: RichTextNode) => {
    if (node.type === "text") characters += node.text?.length ?? 0;
    else if (node.type === "hardBreak") characters++;
    else if (node.type === "paragraph" || node.type === "heading") textBlocks++;
    node.content?.forEach(walk);
  };
  blocks.forEach(walk);
  return characters + "\n\n".length * Math.max(0, textBlocks - 1);
}

const emptyMessages = {
  paste: "There is no text here. Paste the article, or type it.",
  file: "There is no text in this file.",
  page: "No article text was found on this page. It may need scripts or a subscription; paste the text instead.",
} as const;

type ReadInput = { text: ImportedText; origin: ArticleDraft["origin"]; originName: string | null };

async function readInput(input: ImportInput): Promise<ReadInput> {
  if (input.from === "paste") {
    return { text: takeWireLines(readPaste(input.text, input.html)), origin: "paste", originName: null };
  }
  if (input.from === "page") return { text: readPage(input), origin: "url", originName: input.address };
  if (input.bytes.length > limits.uploadBytes) {
    throw new AppError("too_large", `A file may have at most ${limits.uploadBytes / 1024 / 1024} MB.`);
  }
  return { text: await readFile(input.name, input.bytes), origin: "file", originName: input.name };
}

/** The rich side of a clipboard, unless it holds no text. */
function readPaste(text: string, html: string | undefined): ImportedText {
  const rich = html ? readHtmlFragment(html) : null;
  return rich && rich.blocks.length > 0 ? rich : readPlainText(text);
}

function decodePage({ contentType, bytes }: FetchedPage) {
  const charset = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? "")?.[1] ?? null;
  const { text, notes } = decodeText(bytes, charset ?? declaredCharset(bytes));
  const isPlain = /^text\/(plain|markdown)/i.test(contentType ?? "") || !looksLikeHtml(text);
  return { text, notes, isPlain };
}

/**
 * What a page says of itself, whether or not there is an article in it; nothing of a page that is plain text.
 * @throws AppError `unsupported` when it is no text, `too_large` above the limits of markup.
 */
export function pageMetadata(page: FetchedPage): FoundMetadata {
  const { text, isPlain } = decodePage(page);
  return isPlain ? nothingFound : readHtmlMetadata(text, page.address);
}

function readPage(page: FetchedPage): ImportedText {
  const { address } = page;
  const { text, notes, isPlain } = decodePage(page);
  const read = isPlain ? takeWireLines(readPlainText(text)) : readHtmlPage(text, address);
  return {
    ...read,
    metadata: { ...read.metadata, canonicalUrl: read.metadata.canonicalUrl ?? address },
    notes: [...notes, ...read.notes],
  };
}

/** What the bytes are decides; the name only tells Markdown from plain text, which look alike. */
async function readFile(name: string, bytes: Uint8Array): Promise<ImportedText> {
  if (bytes.length === 0) throw new AppError("invalid", "This file is empty.");
  if (isZip(bytes)) return readDocx(bytes);
  refuseEncryptedDocx(bytes);
  const isHtmlName = /\.x?html?$/i.test(name);
  const { text, notes } = decodeText(bytes, isHtmlName ? declaredCharset(bytes) : null);
  const read =
    isHtmlName || looksLikeHtml(text)
      ? readHtmlPage(text, null)
      : /\.(md|markdown)$/i.test(name)
        ? readMarkdown(text)
        : readPlainText(text);
  const cleaned = takeWireLines(read);
  return { ...cleaned, notes: [...notes, ...cleaned.notes] };
}

/** True when the text begins as an HTML document does; a text that merely mentions a tag does not. */
const looksLikeHtml = (text: string) =>
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(
    text.slice(0, 4_000),
  );
