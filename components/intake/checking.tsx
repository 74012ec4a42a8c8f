"use client";

import { Copy, Eye } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { IntakeCheck, IntakeFields } from "@/lib/client/intake-draft";
import { limits } from "@/lib/domain/limits";

const DraftEditor = dynamic(() => import("@/lib/editor/draft-editor"), { ssr: false });

/** Languages offered by name; whatever else was found is offered as well. */
const languages =
  "ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ka ko lt lv ms nb nl pl pt ro ru sk sl sq sr sv sw th tr uk ur vi zh".split(
    " ",
  );

type Props = {
  check: IntakeCheck;
  /** What is wrong, by the name of the field. */
  errors: Readonly<Partial<Record<keyof IntakeFields, string>>>;
  busy: boolean;
  onChange: (part: Partial<IntakeCheck>) => void;
  onSave: () => void;
  onBack: () => void;
  onClear: () => void;
};

/** What was found, open to correction, before any of it is kept. */
export function Checking({ check, errors, busy, onChange, onSave, onBack, onClear }: Props) {
  const t = useTranslations("intake");
  const form = useRef<HTMLFormElement>(null);
  const { draft, fields } = check;

  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [errors]);

  const field = (name: keyof IntakeFields) => ({
    value: fields[name],
    onChange: (event: { target: { value: string } }) => onChange({ fields: { ...fields, [name]: event.target.value } }),
  });

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSave();
      }}
    >
      <CheckHead
        {...{ busy, onBack, onClear }}
        checkId={check.id}
        title={t("check.title")}
        from={t(`check.from.${draft.origin}`, { name: draft.originName ?? "" })}
      />

      <div className="grid items-start gap-6 lg:grid-cols-[21rem_minmax(0,1fr)]">
        <div className="grid gap-4 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto lg:p-1">
          {draft.duplicates.length > 0 && <Duplicates check={check} onChange={onChange} />}
          <fieldset className="grid min-w-0 gap-3">
            <legend className="sr-only">{t("check.about")}</legend>
            <Field
              label={t("check.headline")}
              hint={draft.metadata.headline === null ? t("check.headlineHint") : undefined}
              error={errors.headline}
            >
              <Input {...field("headline")} maxLength={limits.line} required dir="auto" />
            </Field>
            <Field label={t("check.byline")} error={errors.byline}>
              <Input {...field("byline")} maxLength={limits.line} autoComplete="off" dir="auto" />
            </Field>
            <Field label={t("check.outlet")} error={errors.outlet}>
              <Input {...field("outlet")} maxLength={limits.line} autoComplete="off" dir="auto" />
            </Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label={t("check.publishedOn")} error={errors.publishedOn}>
                <Input {...field("publishedOn")} type="date" />
              </Field>
              <Field label={t("check.language")} error={errors.language}>
                <Language
                  value={fields.language}
                  onChange={(language) => onChange({ fields: { ...fields, language } })}
                />
              </Field>
            </div>
            <Field label={t("check.canonicalUrl")} error={errors.canonicalUrl}>
              <Input
                {...field("canonicalUrl")}
                type="url"
                inputMode="url"
                maxLength={limits.url}
                placeholder="https://"
              />
            </Field>
          </fieldset>
          <FoundNotes notes={draft.notes} />
        </div>

        <CheckedText
          check={check}
          label={t("check.text")}
          hint={t("check.textHint")}
          language={fields.language}
          onChange={onChange}
        />
      </div>

      <SaveBar check={check} busy={busy} action={t("check.save")} hint={t("check.saveHint")} />
    </form>
  );
}

type HeadProps = {
  /** A new one is a new screen. */
  checkId: string;
  title: string;
  /** How the text came. */
  from: string;
  busy: boolean;
  onBack: () => void;
  onClear: () => void;
};

/** What is looked over, and the ways back. It takes the focus when another text comes. */
export function CheckHead({ checkId, title, from, busy, onBack, onClear }: HeadProps) {
  const t = useTranslations("intake.check");
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new draft is a new screen
  useEffect(() => heading.current?.focus(), [checkId]);
  return (
    <div className="mb-4 flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <h2 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-hidden">
        {title}
      </h2>
      <p className="min-w-0 break-words text-ink-2">{from}</p>
      <div className="ms-auto flex gap-2">
        <Button variant="quiet" size="sm" onClick={onBack} disabled={busy}>
          {t("back")}
        </Button>
        <Button variant="quiet" size="sm" onClick={onClear} disabled={busy}>
          {t("again")}
        </Button>
      </div>
    </div>
  );
}

/** What an import says of its own work. */
export function FoundNotes({ notes }: { notes: readonly string[] }) {
  const t = useTranslations("intake");
  if (notes.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 flex items-center gap-2 text-sm font-medium text-ink-2">
        <Eye aria-hidden className="size-4" />
        {t("check.notes")}
      </h3>
      <ul className="grid list-disc gap-1 ps-5 text-sm text-ink-2">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}

type TextProps = {
  check: IntakeCheck;
  label: string;
  hint: string;
  language: string;
  onChange: (part: Partial<IntakeCheck>) => void;
};

/** The text that was found, open to correction. */
export function CheckedText({ check, label, hint, language, onChange }: TextProps) {
  const { edits } = check;
  return (
    <section className="min-w-0">
      <p className="mb-2 text-sm text-ink-2">{hint}</p>
      {/* As tall before the editor has come as after: what stands below it must not move under a hand that is about to press it. */}
      <div className="min-h-[80dvh] rounded-lg border border-edge bg-sheet px-4 py-5 focus-within:outline-2 focus-within:outline-focus sm:px-8 [&_.tiptap]:min-h-[70dvh]">
        <DraftEditor
          key={check.id}
          initial={check.document}
          label={label}
          language={language}
          kept={edits?.kept}
          onChange={(document, characters, kept) =>
            onChange({ document, characters, ...(edits && { edits: { ...edits, kept } }) })
          }
        />
      </div>
    </section>
  );
}

/** The button that keeps it, and how long the text is. */
export function SaveBar({
  check,
  busy,
  action,
  hint,
}: {
  check: IntakeCheck;
  busy: boolean;
  action: string;
  hint: string;
}) {
  const t = useTranslations("intake");
  const tooLong = check.characters > limits.articleCharacters;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-paper px-4 py-2.5 sm:-mx-6 sm:px-6">
      <Button type="submit" variant="primary" disabled={busy} focusableWhenDisabled>
        {action}
      </Button>
      <p className={cx("text-sm", tooLong ? "font-semibold text-urgent" : "text-ink-2")}>
        {t("check.characters", { count: check.characters, most: limits.articleCharacters })}
      </p>
      <p className="text-sm text-ink-2 max-sm:hidden">{hint}</p>
    </div>
  );
}

function Duplicates({ check, onChange }: { check: IntakeCheck; onChange: (part: Partial<IntakeCheck>) => void }) {
  const t = useTranslations("intake");
  return (
    <section className="rounded-lg border border-context bg-context-tint px-4 py-3">
      <h3 className="flex items-center gap-2 font-semibold">
        <Copy aria-hidden className="size-4 shrink-0" />
        {t("duplicates.title")}
      </h3>
      <ul className="mt-1 grid gap-1.5">
        {check.draft.duplicates.map(({ id, headline, because }) => (
          <li key={id}>
            <span className="break-words">{headline}</span>{" "}
            <span className="text-ink-2">({t(`duplicates.${because}`)})</span>{" "}
            <Link
              href={`/articles/${id}`}
              className="link inline-block min-h-6"
              aria-label={`${t("duplicates.open")}: ${headline}`}
            >
              {t("duplicates.open")}
            </Link>
          </li>
        ))}
      </ul>
      <label className="mt-2 flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={check.allowDuplicate}
          onChange={(event) => onChange({ allowDuplicate: event.target.checked })}
        />
        {t("duplicates.allow")}
      </label>
    </section>
  );
}

function Language({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const locale = useLocale();
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([locale], { type: "language" });
    const all = languages.includes(value) ? languages : [...languages, value];
    return all
      .map((language) => ({ value: language, label: names.of(language) ?? language }))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
  }, [locale, value]);
  return <Select options={options} value={value} onValueChange={onChange} />;
}
