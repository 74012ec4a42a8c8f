"use client";

import { type Content, type Editor, EditorContent, useEditor } from "@tiptap/react";
import type { RichText } from "@/lib/domain/rich-text";
import { articleDraftExtensions, toRichText } from "@/lib/editor/schema";

type Props = {
  initial: RichText;
  label: string;
  language: string;
  onChange: (document: RichText) => void;
};

/** The text as it will stand, while it can still be corrected. */
export default function ArticleText({ initial, label, language, onChange }: Props) {
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
