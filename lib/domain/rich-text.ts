/**
 * The shape of Tiptap JSON as it is stored and sent. Which nodes and marks are allowed is said by `lib/editor/schema.ts`;
 * here only what can be said without ProseMirror, so that a wrong shape is refused before any of it is built.
 */
import { z } from "zod";
import { isStorable } from "./text";

export type RichTextMark = { type: string; attrs?: Record<string, unknown> | undefined };
export type RichTextNode = {
  type: string;
  attrs?: Record<string, unknown> | undefined;
  content?: RichTextNode[] | undefined;
  marks?: RichTextMark[] | undefined;
  text?: string | undefined;
};
/** A whole document: its root is of type `doc`. */
export type RichText = RichTextNode & { type: "doc" };

const maxDepth = 32;

function isNode(value: unknown, depth: number): boolean {
  if (depth > maxDepth || typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const node = value as Record<string, unknown>;
  if (typeof node.type !== "string") return false;
  if (node.text !== undefined && (typeof node.text !== "string" || !isStorable(node.text))) return false;
  if (node.marks !== undefined && !(Array.isArray(node.marks) && node.marks.every((mark) => isNode(mark, depth + 1))))
    return false;
  if (node.content === undefined) return true;
  return Array.isArray(node.content) && node.content.every((child) => isNode(child, depth + 1));
}

/** Accepts any well-formed Tiptap JSON; the editor schema decides afterwards what it may hold. */
export const richText = z.custom<RichText>(
  (value) => isNode(value, 0) && (value as RichTextNode).type === "doc",
  "Not a text document",
);

/** The text of a document without any markup, blocks on lines of their own: for search, digests and emptiness. */
export function plainText(node: RichTextNode): string {
  if (node.type === "text") return node.text ?? "";
  if (node.type === "hardBreak") return "\n";
  const inner = (node.content ?? []).map(plainText);
  const inline = node.type === "paragraph" || node.type === "heading";
  return inner.join(inline ? "" : "\n");
}

export const emptyRichText: RichText = { type: "doc", content: [{ type: "paragraph" }] };
