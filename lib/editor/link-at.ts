/** Which link of an article stands at a place of its document. Tells only of addresses that may be opened. */
import type { EditorState } from "@tiptap/pm/state";
import { webAddress } from "../domain/text";

/** The address of the link at a ProseMirror position, also at either of its ends; null without one, or one that is not http(s). */
export function linkAt({ doc }: EditorState, position: number): string | null {
  const place = doc.resolve(position);
  for (const node of [place.nodeAfter, place.nodeBefore]) {
    const href: unknown = node?.marks.find((mark) => mark.type.name === "link")?.attrs.href;
    if (typeof href === "string") return webAddress(href)?.href ?? null;
  }
  return null;
}
