"use client";

/** An article's text in an editor, while it can still be corrected: before it is kept as a revision, and never after. */
import { type Content, type Editor, EditorContent, useEditor } from "@tiptap/react";
import type { RichText } from "../domain/rich-text";
import { CanonicalText } from "./canonical-text";
import { articleDraftExtensions, toRichText } from "./schema";

type Props = {
  initial: RichText;
  label: string;
  /** BCP 47. */
  language: string;
  /** After each change, with the whole document and the length of its canonical text (UTF-16). */
  onChange: (document: RichText, characters: number) => void;
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
          "article mx-auto whitespace-break-spaces outline-hidden [&>*]:[contain-intrinsic-size:auto_6rem] [&>*]:[content-visibility:auto]",
      },
    },
    onUpdate: ({ editor }: { editor: Editor }) =>
      onChange(toRichText(editor.state.doc), CanonicalText.of(editor.state.doc).text.length),
  });
  return <EditorContent editor={editor} />;
}
