/**
 * The one list of Tiptap extensions, and so the one document schema, of an article and of a rationale.
 * Imports, the server's checks, the workspace and the public page all use it; nothing else may name an extension.
 */
import { type Extensions, getSchema } from "@tiptap/core";
import { Node as ProseMirrorNode, type Schema } from "@tiptap/pm/model";
import StarterKit from "@tiptap/starter-kit";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { RichText, RichTextMark, RichTextNode } from "../domain/rich-text";
import { isStorable } from "../domain/text";

const linkProtocols = /^(https?|mailto):/i;

/** True when a link may be kept: http, https or mailto, and nothing that a browser would read as another scheme. */
export function isAllowedLink(href: unknown): href is string {
  if (typeof href !== "string" || href.length > limits.url || !isStorable(href)) return false;
  try {
    return linkProtocols.test(new URL(href).protocol) && linkProtocols.test(href.trim());
  } catch {
    return false;
  }
}

const link = {
  openOnClick: false,
  autolink: true,
  protocols: ["http", "https", "mailto"],
  isAllowedUri: (href: string) => isAllowedLink(href),
  HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
};

const off = { code: false, codeBlock: false, strike: false, underline: false, horizontalRule: false } as const;

const article = {
  ...off,
  heading: { levels: [1, 2, 3, 4] as (1 | 2 | 3 | 4)[] },
  link,
  dropcursor: false,
  gapcursor: false,
  trailingNode: false,
} as const;

/** Paragraphs, headings 1 to 4, lists, block quotes, line breaks; bold, italic, links. */
export const articleExtensions: Extensions = [StarterKit.configure({ ...article, undoRedo: false })];

/** The same schema, for a text that may still be corrected before it is kept: with undo. */
export const articleDraftExtensions: Extensions = [StarterKit.configure(article)];

/** What a rationale may hold: paragraphs, lists, line breaks; bold, italic, links. */
export const rationaleExtensions: Extensions = [
  StarterKit.configure({
    ...off,
    heading: false,
    blockquote: false,
    link,
    dropcursor: false,
    gapcursor: false,
    trailingNode: false,
  }),
];

export const articleSchema: Schema = getSchema(articleExtensions);
export const rationaleSchema: Schema = getSchema(rationaleExtensions);

/** The attributes that say something of a text. Any other, such as a class that came with a paste, goes back to the schema's own. */
const keptAttributes: Readonly<Record<string, readonly [name: string, holds: (value: unknown) => boolean]>> = {
  heading: ["level", (level) => [1, 2, 3, 4].includes(level as number)],
  orderedList: [
    "start",
    (start) => Number.isInteger(start) && (start as number) >= 0 && (start as number) <= 1_000_000,
  ],
  // One that is not allowed is kept until it is refused below, in words that name it.
  link: ["href", () => true],
};

function withPlainAttributes(node: RichTextNode): RichTextNode;
function withPlainAttributes(mark: RichTextMark): RichTextMark;
function withPlainAttributes({ attrs, ...rest }: RichTextNode): RichTextNode {
  const [name, holds] = keptAttributes[rest.type] ?? [];
  const kept = name !== undefined && holds?.(attrs?.[name]) ? { attrs: { [name]: attrs?.[name] } } : {};
  return {
    ...rest,
    ...kept,
    ...(rest.content && { content: rest.content.map((child) => withPlainAttributes(child)) }),
    ...(rest.marks && { marks: rest.marks.map((mark) => withPlainAttributes(mark)) }),
  };
}

/**
 * A stored or sent document as a ProseMirror node, checked against the schema, every link among its marks allowed.
 * @throws AppError `invalid` with what is wrong.
 */
export function parseDocument(schema: Schema, json: RichText): ProseMirrorNode {
  let node: ProseMirrorNode;
  try {
    node = ProseMirrorNode.fromJSON(schema, withPlainAttributes(json));
    node.check();
  } catch (cause) {
    throw new AppError("invalid", "This text holds something that cannot be kept.", {}, { cause });
  }
  node.descendants((child) => {
    for (const mark of child.marks) {
      if (mark.type.name === "link" && !isAllowedLink(mark.attrs.href)) {
        throw new AppError("invalid", "A link in the text is not http, https or mailto.", {
          fields: [{ path: "document", message: inWords(mark.attrs.href) }],
        });
      }
    }
  });
  return node;
}

/** What stood where a link should: JSON may hold anything there. */
const inWords = (href: unknown): string =>
  typeof href === "string" ? href.slice(0, 100).toWellFormed() : "Not an address";

/** The JSON of a node, in the shape that is stored. */
export function toRichText(node: ProseMirrorNode): RichText {
  return node.toJSON() as RichTextNode as RichText;
}
