/**
 * An editor that can be read, walked and selected in by mouse, touch and keyboard, and in which nothing can be typed. It stays
 * editable in the browser's eyes, since only then the arrow keys move a caret and Shift selects; every change is refused, in
 * the browser's events and, for what those cannot prevent (an input method), once more in ProseMirror.
 */
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

const refuse = (_: EditorView, event: Event) => {
  event.preventDefault();
  return true;
};

export function readOnlyPlugin(): Plugin {
  return new Plugin({
    filterTransaction: (transaction) => !transaction.docChanged,
    props: {
      handleDOMEvents: {
        // The browser's own keys walk and select; ProseMirror's would catch Tab and Enter and keep the focus in.
        keydown: () => true,
        keypress: refuse,
        beforeinput: refuse,
        paste: refuse,
        drop: refuse,
        cut: refuse,
      },
    },
  });
}

export const readOnly = Extension.create({
  name: "readOnly",
  // Before every other plugin, so that none sees a key first.
  priority: 10_000,
  addProseMirrorPlugins: () => [readOnlyPlugin()],
});
