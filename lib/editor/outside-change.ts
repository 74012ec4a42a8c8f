/**
 * A text that comes from elsewhere (a colleague's, a merge, an undo) into an editor that somebody types in: only what differs is
 * replaced, so that the caret stays with its words, and the editor's own undo never takes it for typing. It decides nothing.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";

const outsideChange = "outsideChange";

/** The change that makes the document of `state` to `doc`; null when they are the same. */
export function changeFromOutside(state: EditorState, doc: Node): Transaction | null {
  const start = state.doc.content.findDiffStart(doc.content);
  const end = state.doc.content.findDiffEnd(doc.content);
  if (start === null || !end) return null;
  // What repeats itself is found from both sides: "aa" to "aaa" differs nowhere and everywhere.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const change = state.tr.replace(start, end.a + overlap, doc.slice(start, end.b + overlap));
  return change.setMeta(outsideChange, true).setMeta("addToHistory", false).setMeta("preventUpdate", true);
}

/**
 * An editor that keeps focus and caret but takes no typing while `isOpen` says no: one that is not editable would lose both.
 * What comes from outside still comes in.
 */
export const takesTypingWhile = (isOpen: () => boolean): Extension =>
  Extension.create({
    name: "takesTypingWhile",
    addProseMirrorPlugins: () => [
      new Plugin({
        filterTransaction: (transaction) =>
          !transaction.docChanged || transaction.getMeta(outsideChange) === true || isOpen(),
      }),
    ],
  });
