"use client";

import { FileUp, Globe } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { controlClass, Field, Input, Textarea } from "@/components/ui/field";
import type { IntakeDraft } from "@/lib/client/intake-draft";
import { limits } from "@/lib/domain/limits";
import { webAddress } from "@/lib/domain/text";
import { DropHint } from "./drop-hint";
import { useFileDrop } from "./file-drop";

export type Given = IntakeDraft["given"];

type Props = {
  given: Given;
  busy: boolean;
  onChange: (given: Given) => void;
  onPaste: () => void;
  onFile: (file: File, others: number) => void;
  onPage: () => void;
  /** Back to what was found before, when there is any. */
  onReturn: (() => void) | null;
};

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** The three ways in: a paste, a file, an address. */
export function Giving({ given, busy, onChange, onPaste, onFile, onPage, onReturn }: Props) {
  const t = useTranslations("intake");
  const chooser = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [urlError, setUrlError] = useState<string | null>(null);
  const [edited, setEdited] = useState(false);
  const hint = useId();
  const takeFiles = ([file, ...others]: File[]) => file && onFile(file, others.length);
  const held = useFileDrop(takeFiles, !busy);
  const count = given.text.length;
  const tooLong = count > limits.articleCharacters;

  // What was pasted before this script ran stands in the field and nowhere else; the next drawing would take it away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the field becomes ours
  useLayoutEffect(() => {
    const early = field.current?.value ?? "";
    if (early !== "" && given.text === "") onChange({ ...given, text: early });
  }, []);

  function paste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const html = event.clipboardData.getData("text/html");
    const wholeField = given.text.trim() === "" || selectsAll(event.currentTarget);
    if (event.clipboardData.files.length > 0 && !event.clipboardData.getData("text/plain")) {
      event.preventDefault();
      takeFiles([...event.clipboardData.files]);
    } else if (html && wholeField && html.length <= limits.documentBytes / 2) {
      event.preventDefault();
      setEdited(false);
      onChange({ ...given, text: event.clipboardData.getData("text/plain"), html });
    }
  }

  function fetchPage(event: FormEvent) {
    event.preventDefault();
    const wrong = webAddress(given.url.trim()) === null;
    setUrlError(wrong ? t("page.wrong") : null);
    if (!wrong) onPage();
  }

  function readByKey(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || count === 0 || tooLong) return;
    event.preventDefault();
    onPaste();
  }

  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onPaste();
        }}
      >
        <Field
          label={t("paste.label")}
          error={tooLong ? t("paste.tooLong", { count, most: limits.articleCharacters }) : null}
        >
          <Textarea
            ref={field}
            value={given.text}
            placeholder={t("paste.placeholder")}
            rows={14}
            dir="auto"
            spellCheck={false}
            className="field-sizing-fixed max-h-[60vh] min-h-72 font-serif text-lg leading-relaxed"
            onPaste={paste}
            onKeyDown={readByKey}
            onChange={(event) => {
              setEdited(given.html !== null || (edited && event.target.value !== ""));
              onChange({ ...given, text: event.target.value, html: null });
            }}
          />
        </Field>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button type="submit" variant="primary" disabled={busy || count === 0 || tooLong} focusableWhenDisabled>
            {t("paste.read")}
          </Button>
          {onReturn && (
            <Button variant="quiet" onClick={onReturn}>
              {t("paste.return")}
            </Button>
          )}
          <p className="text-sm text-ink-2">{t("paste.count", { count, most: limits.articleCharacters })}</p>
          {given.html !== null && (
            <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
              {t("paste.rich")}
              <button type="button" className="link min-h-6" onClick={() => onChange({ ...given, html: null })}>
                {t("paste.plainInstead")}
              </button>
            </p>
          )}
          {edited && given.html === null && <p className="text-sm text-ink-2">{t("paste.edited")}</p>}
        </div>
      </form>

      <div className="grid gap-6">
        <section aria-labelledby={`${hint}-file`}>
          <h2 id={`${hint}-file`} className="mb-1 text-sm font-medium text-ink-2">
            {t("file.label")}
          </h2>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".txt,.text,.md,.markdown,.html,.htm,.xhtml,.docx"
            onChange={(event) => {
              takeFiles([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
          <Button
            disabled={busy}
            focusableWhenDisabled
            className="w-full"
            aria-describedby={hint}
            onClick={() => chooser.current?.click()}
          >
            <FileUp aria-hidden />
            {t("file.choose")}
          </Button>
          <p id={hint} className="mt-1 text-sm text-ink-2">
            {t("file.hint", { most: megabytes(limits.uploadBytes) })}
          </p>
        </section>

        <form onSubmit={fetchPage} noValidate>
          <Field label={t("page.label")} hint={t("page.hint")} error={urlError}>
            <Input
              type="url"
              inputMode="url"
              autoComplete="off"
              maxLength={limits.url}
              placeholder={t("page.placeholder")}
              value={given.url}
              className={controlClass}
              onChange={(event) => onChange({ ...given, url: event.target.value })}
            />
          </Field>
          <Button
            type="submit"
            disabled={busy || given.url.trim() === ""}
            focusableWhenDisabled
            className="mt-2 w-full"
          >
            <Globe aria-hidden />
            {t("page.fetch")}
          </Button>
        </form>
      </div>

      {held && <DropHint>{t("file.drop")}</DropHint>}
    </div>
  );
}

const selectsAll = ({ selectionStart, selectionEnd, value }: HTMLTextAreaElement) =>
  selectionStart === 0 && selectionEnd === value.length;
