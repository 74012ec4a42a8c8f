"use client";

/** An article's text in an editor, while it can still be corrected: before it is kept as a revision, and never after. */
import { type Content, type Editor, EditorContent, useEditor } from "@tiptap/react";
import type { RichText } from "../domain/rich-text";
import { articleDraftExtensions, toRichText } from "./schema";

type Props = {
  initial: RichText;
  label: string;
  /** BCP 47. */
  language: string;
  /** After each change, with the whole document. */
  onChange: (document: RichText) => void;
};

/** Takes `initial` once; a new text needs a new key. Loaded by itself, so a default export. */
export default function DraftEditor({ initial, label, language, onChange }: Props) {
  const editor = useEditor({
    extensions: articleDraftExtensions,
    content: initial as Content,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    injectCSS: false,
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        lang: language,
        dir: "auto",
        class:
          "article max-w-none whitespace-break-spaces outline-hidden [&>*]:[contain-intrinsic-size:auto_6rem] [&>*]:[content-visibility:auto]",
      },
    },
    onUpdate: ({ editor }: { editor: Editor }) => onChange(toRichText(editor.state.doc)),
  });
  return <EditorContent editor={editor} />;
}
