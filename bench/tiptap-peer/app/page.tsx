"use client";
/** A plain Tiptap editor with the schema and the looks of the article, in which `h` sets a mark on what is selected. */
import "@/app/globals.css";
import "@/components/workspace/workspace.css";
import { Editor, type JSONContent, Mark } from "@tiptap/core";
import { useEffect, useRef } from "react";
import type { TextRange } from "@/lib/domain/anchor";
import type { RichText } from "@/lib/domain/rich-text";
import { CanonicalText } from "@/lib/editor/canonical-text";
import { articleExtensions } from "@/lib/editor/schema";

declare global {
  interface Window {
    /** Puts the document there, with a mark on each range. */
    openPeer?: (document: RichText, claims: TextRange[]) => void;
  }
}

const claim = Mark.create({
  name: "claim",
  inclusive: false,
  // Claims overlap.
  excludes: "",
  addAttributes: () => ({ "data-claim": { default: null } }),
  renderHTML: ({ HTMLAttributes }) => ["span", { class: "claim-mark v-none s-open", ...HTMLAttributes }, 0],
});

export default function Page() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.openPeer = (document, claims) => {
      const editor = new Editor({
        element: host.current,
        extensions: [...articleExtensions, claim],
        content: document as JSONContent,
        injectCSS: false,
      });
      const text = CanonicalText.of(editor.state.doc);
      const { tr } = editor.state;
      const mark = (id: string) => editor.schema.mark("claim", { "data-claim": id });
      claims.forEach((range, index) => {
        for (const { from, to } of text.piecesOf(range)) tr.addMark(from, to, mark(`${index}`));
      });
      editor.view.dispatch(tr);
      addEventListener("keydown", (event) => {
        if (event.key !== "h") return;
        event.preventDefault();
        editor.commands.setMark("claim", { "data-claim": crypto.randomUUID() });
      });
    };
  }, []);
  return <div ref={host} className="article article-text mx-auto max-w-[42.5rem] py-24" />;
}
