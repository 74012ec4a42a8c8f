"use client";

/** An article's text in an editor, while it can still be corrected: before it is kept as a revision, and never after. */
import { type Content, EditorContent, useEditor } from "@tiptap/react";
import { useCallback, useEffect, useRef } from "react";
import type { KeptRange } from "../domain/kept-text";
import type { RichText } from "../domain/rich-text";
import { CanonicalText } from "./canonical-text";
import { KeptPieces } from "./kept-pieces";
import { articleDraftExtensions, toRichText } from "./schema";

/** Milliseconds without a key before the change is told: copying a million characters at each of them would be felt. */
const quiet = 250;

type Props = {
  initial: RichText;
  label: string;
  /** BCP 47. */
  language: string;
  /** What of a text that it was begun with `initial` still has; none for all of it. */
  kept?: readonly KeptRange[] | undefined;
  /** Shortly after a change, and at once when the editor is left: the whole document, the length of its canonical text (UTF-16), what it kept. */
  onChange: (document: RichText, characters: number, kept: KeptRange[]) => void;
};

/** Takes `initial` once; a new text needs a new key. Loaded by itself, so a default export. */
export default function DraftEditor({ initial, label, language, kept, onChange }: Props) {
  const pieces = useRef<KeptPieces | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
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
    onCreate: ({ editor: { state } }) => {
      pieces.current = kept ? KeptPieces.from(state.doc, kept) : KeptPieces.all(state.doc);
    },
    onTransaction: ({ transaction }) => pieces.current?.follow(transaction.mapping),
    onUpdate: () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(tell, quiet);
    },
    onBlur: () => tell(),
  });

  const latest = useRef({ editor, onChange });
  latest.current = { editor, onChange };
  const tell = useCallback(() => {
    const { editor, onChange } = latest.current;
    if (!timer.current || !editor || editor.isDestroyed) return;
    clearTimeout(timer.current);
    timer.current = null;
    const { doc } = editor.state;
    onChange(toRichText(doc), CanonicalText.of(doc).text.length, pieces.current?.ranges(doc) ?? []);
  }, []);
  useEffect(() => {
    addEventListener("pagehide", tell);
    return () => {
      removeEventListener("pagehide", tell);
      tell();
    };
  }, [tell]);

  return <EditorContent editor={editor} />;
}
