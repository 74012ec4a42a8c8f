"use client";
import { type Editor, EditorContent, type JSONContent, useEditor, useEditorState } from "@tiptap/react";
import { Bold, Italic, Link2, List, ListOrdered } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { asKept, same } from "@/lib/client/outbox-queue";
import { emptyRichText, type RichText } from "@/lib/domain/rich-text";
import { changeFromOutside, takesTypingWhile } from "@/lib/editor/outside-change";
import { isAllowedLink, rationaleExtensions } from "@/lib/editor/schema";
import { proseClass } from "./prose-class";

type Props = {
  label?: string;
  labelledBy?: string;
  describedBy?: string;
  /** By which a panel that is drawn anew finds it again. */
  name?: string;
  value: RichText | null;
  onValueChange: (value: RichText) => void;
  onFocus?: () => void;
  onBlur?: () => void;
  placeholder?: string;
  isInvalid?: boolean;
  /** The text stays and can be walked in, and takes no typing. */
  isReadOnly?: boolean;
  autoFocus?: boolean;
};

/** The same JSON; Tiptap's type only spells an absent key another way. */
const asContent = (value: RichText | null) => (value ?? emptyRichText) as JSONContent;

/** A rationale to write in: paragraphs, lists, bold, italic, links; nothing else can be typed or pasted into it. */
export function RichTextInput(props: Props) {
  const { value, onValueChange, onFocus, onBlur, isInvalid = false, isReadOnly = false, autoFocus = false } = props;
  const t = useTranslations("claim.editor");
  const latest = useRef({ onValueChange, isReadOnly });
  latest.current = { onValueChange, isReadOnly };
  const frame = useRef<HTMLDivElement>(null);
  const [isLinking, setLinking] = useState(false);
  const [extensions] = useState(() => [...rationaleExtensions, takesTypingWhile(() => !latest.current.isReadOnly)]);
  const editor = useEditor({
    extensions,
    content: asContent(value),
    immediatelyRender: false,
    autofocus: autoFocus ? "end" : false,
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        ...(props.name && { "data-field": props.name }),
        ...(props.label && { "aria-label": props.label }),
        ...(props.labelledBy && { "aria-labelledby": props.labelledBy }),
        class: cx(proseClass, "min-h-16 px-2.5 py-1.5 outline-hidden"),
      },
    },
    onUpdate: ({ editor }) => latest.current.onValueChange(editor.getJSON() as RichText),
  });

  useEffect(() => {
    editor?.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: {
          ...(editor.options.editorProps.attributes as Record<string, string>),
          "aria-invalid": String(isInvalid),
          "aria-readonly": String(isReadOnly),
          ...(props.describedBy && { "aria-describedby": props.describedBy }),
        },
      },
    });
  }, [editor, isInvalid, isReadOnly, props.describedBy]);

  // What comes from elsewhere (another tab, a merge, an undo) replaces the text; what was typed here is there already.
  useEffect(() => {
    if (!editor || same(asKept({ record: "claim", field: "rationale", value: editor.getJSON() }), value)) return;
    const change = changeFromOutside(editor.state, editor.schema.nodeFromJSON(asContent(value)));
    if (change) editor.view.dispatch(change);
  }, [editor, value]);

  const openLink = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isReadOnly) setLinking(true);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears of keys and focus on their way up from the text
    <div
      ref={frame}
      onKeyDown={openLink}
      onFocus={(event) => {
        if (!frame.current?.contains(event.relatedTarget)) onFocus?.();
      }}
      onBlur={(event) => {
        if (!frame.current?.contains(event.relatedTarget)) onBlur?.();
      }}
      className={cx(
        "relative rounded-md border bg-sheet has-[[contenteditable]:focus-visible]:outline-2 has-[[contenteditable]:focus-visible]:outline-focus",
        isInvalid ? "border-urgent" : "border-edge",
      )}
    >
      {editor && !isReadOnly && (
        <Toolbar editor={editor} onLink={() => setLinking((is) => !is)} isLinking={isLinking} />
      )}
      {editor && isLinking && !isReadOnly && <LinkRow editor={editor} onClose={() => setLinking(false)} />}
      <div className="relative max-h-[40vh] overflow-y-auto pointer-coarse:[&_.ProseMirror]:text-lg">
        {props.placeholder && (!editor || editor.isEmpty) && (
          <p aria-hidden className="pointer-events-none absolute px-2.5 py-1.5 text-base text-ink-3">
            {props.placeholder}
          </p>
        )}
        <EditorContent editor={editor} />
        {!editor && <div className="min-h-16" aria-label={t("loading")} role="status" />}
      </div>
    </div>
  );
}

/** The same text, only to be read. */
export function RichTextReading({ value }: { value: RichText }) {
  const editor = useEditor({
    extensions: rationaleExtensions,
    content: asContent(value),
    immediatelyRender: false,
    editable: false,
    editorProps: { attributes: { class: proseClass } },
  });
  useEffect(() => {
    if (editor && !same(editor.getJSON(), value)) editor.commands.setContent(asContent(value), { emitUpdate: false });
  }, [editor, value]);
  return <EditorContent editor={editor} />;
}

type ToolbarProps = { editor: Editor; onLink: () => void; isLinking: boolean };

function Toolbar({ editor, onLink, isLinking }: ToolbarProps) {
  const t = useTranslations("claim.editor");
  const on = useEditorState({
    editor,
    selector: ({ editor }) => ({
      bold: editor.isActive("bold"),
      italic: editor.isActive("italic"),
      bulletList: editor.isActive("bulletList"),
      orderedList: editor.isActive("orderedList"),
      link: editor.isActive("link"),
    }),
  });
  const chain = () => editor.chain().focus();
  return (
    <div role="toolbar" aria-label={t("toolbar")} className="flex gap-0.5 border-b border-line px-1 py-0.5">
      <Tool label={t("bold")} isOn={on.bold} onPress={() => chain().toggleBold().run()}>
        <Bold />
      </Tool>
      <Tool label={t("italic")} isOn={on.italic} onPress={() => chain().toggleItalic().run()}>
        <Italic />
      </Tool>
      <Tool label={t("bullets")} isOn={on.bulletList} onPress={() => chain().toggleBulletList().run()}>
        <List />
      </Tool>
      <Tool label={t("numbers")} isOn={on.orderedList} onPress={() => chain().toggleOrderedList().run()}>
        <ListOrdered />
      </Tool>
      <Tool label={t("link")} isOn={on.link || isLinking} onPress={onLink}>
        <Link2 />
      </Tool>
    </div>
  );
}

type ToolProps = { label: string; isOn: boolean; onPress: () => void; children: ReactNode };

function Tool({ label, isOn, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      className={cx(
        "grid size-6 place-items-center rounded-sm text-ink-2 hover:bg-wash hover:text-ink [&_svg]:size-3.5",
        isOn && "bg-accent-tint text-accent",
      )}
    >
      {children}
    </button>
  );
}

function LinkRow({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const t = useTranslations("claim.editor");
  const errorId = useId();
  const [href, setHref] = useState<string>(String(editor.getAttributes("link").href ?? "https://"));
  const [isWrong, setWrong] = useState(false);
  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const apply = () => {
    const address = href.trim();
    if (address === "" || address === "https://") {
      editor.chain().focus().extendMarkRange("link").unsetLink().run();
      return onClose();
    }
    if (!isAllowedLink(address)) return setWrong(true);
    if (editor.state.selection.empty && !editor.isActive("link"))
      editor
        .chain()
        .focus()
        .insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] })
        .run();
    else editor.chain().focus().extendMarkRange("link").setLink({ href: address }).run();
    onClose();
  };
  return (
    <div className="border-b border-line p-1.5">
      <div className="flex gap-1.5">
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens because the person asked to type an address
          autoFocus
          aria-label={t("address")}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? errorId : undefined}
          value={href}
          inputMode="url"
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setHref(event.target.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Escape") {
              event.stopPropagation();
              close();
            }
            if (event.key === "Enter") {
              event.preventDefault();
              apply();
            }
          }}
          className={cx(controlClass, "h-7")}
        />
        <Button size="sm" onClick={apply}>
          {t("setLink")}
        </Button>
      </div>
      {isWrong && (
        <p id={errorId} role="alert" className="mt-1 text-sm font-medium text-urgent">
          {t("wrongLink")}
        </p>
      )}
    </div>
  );
}
