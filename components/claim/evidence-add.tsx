"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { BookOpen, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { controlClass, Field, Input } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { popupClass } from "@/components/ui/layer";
import { NativeSelect } from "@/components/ui/select";
import { useSettled } from "@/components/ui/use-settled";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import {
  type SourceFound,
  type SourceKind,
  type SourceListItem,
  type SourceView,
  sourceCreate,
  sourceKinds,
} from "@/lib/domain/source";
import { urlKey, webAddress } from "@/lib/domain/text";
import { addressIn, readCitation, type SourceDraft } from "./citation";
import { focusPart } from "./claim-actions";
import { useClaimRecord } from "./claim-record";

type Props = { onAdd: (source: SourceView, isNew: boolean) => void };

/**
 * What is in the field and, once it is to be a new source, in its form, with the text that it was read from: kept like
 * everything that is typed, put away or not.
 */
type Draft = { text: string; form: SourceDraft | null; from?: string; isAway?: boolean };
const noDraft: Draft = { text: "", form: null };
const draftName = "evidence";

export function EvidenceAdd({ onAdd }: Props) {
  const t = useTranslations("claim.evidence");
  const { claimId, outbox, queue } = useClaimRecord();
  const { announce } = useWorkspaceServices();
  const draft = (queue.drafts[draftName] as Draft | undefined) ?? noDraft;
  const keep = (next: Draft) => outbox.draft(claimId, draftName, next.text === "" && !next.form ? null : next);
  const [told, setTold] = useState<string | null>(null);
  // A form that an earlier visit has left takes no focus.
  const [isOpenedHere, setOpenedHere] = useState(false);
  const openForm = (form: SourceDraft) => {
    setOpenedHere(true);
    keep({ text: draft.text, form, from: draft.text });
  };
  const leaveForm = (next: Draft) => {
    keep(next);
    flushSync(() => setOpenedHere(false));
    focusPart(claimId, "evidence");
  };

  useEffect(() => outbox.onReused((source) => setTold(t("reused", { title: source.title }))), [outbox, t]);

  const add = (source: SourceView, isNew: boolean) => {
    keep(noDraft);
    setTold(null);
    onAdd(source, isNew);
    announce(t("added", { title: source.title }));
  };

  return (
    <div className="mt-2">
      {draft.form && !draft.isAway ? (
        <NewSource
          form={draft.form}
          autoFocus={isOpenedHere}
          onChange={(form) => keep({ ...draft, form })}
          onPutAway={() => leaveForm({ ...draft, isAway: true })}
          onCancel={() => leaveForm({ text: draft.text, form: null })}
          onAdd={add}
        />
      ) : (
        <>
          {/* Above the field: the list below it comes and goes with the focus. */}
          {draft.form && (
            <button
              type="button"
              className="link mb-1.5 min-h-6 text-start text-sm"
              onClick={() => draft.form && openForm(draft.form)}
            >
              {t("goOn", { title: draft.form.title || t("untitled") })}
            </button>
          )}
          <SourceField
            text={draft.text}
            onTextChange={(text) => keep({ ...draft, text })}
            onPick={(source) => add(source, false)}
            onNew={() => openForm(draft.form && draft.from === draft.text ? draft.form : readCitation(draft.text))}
          />
        </>
      )}
      {told && (
        <p role="status" className="mt-1.5 text-sm text-ink-2">
          {told}
        </p>
      )}
    </div>
  );
}

type FieldProps = {
  text: string;
  onTextChange: (text: string) => void;
  onPick: (source: SourceView) => void;
  onNew: () => void;
};

const mostHits = 6;

/** An address, a citation or words: finds what the library has, or makes a new source of it. */
function SourceField({ text, onTextChange, onPick, onNew }: FieldProps) {
  const t = useTranslations("claim.evidence");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const url = addressIn(text);
  const asked = (url ? (urlKey(url) ?? text) : text).trim().slice(0, limits.line);
  const question = useSettled(asked);
  const { data, isError, isFetching, isPlaceholderData, fetchStatus } = useQuery({
    queryKey: ["sources", question],
    queryFn: ({ signal }) => call(endpoints.listSources, { query: { q: question }, signal }),
    enabled: isOpen && question.length > 1,
    placeholderData: keepPreviousData,
    retry: false,
  });
  // Until the answer to what stands in the field is there, the list is that of a moment ago.
  const isAnswered = data !== undefined && !isPlaceholderData;
  const isCurrent = question === asked && (question.length < 2 || isAnswered || isError || fetchStatus === "paused");
  const hits = question.length > 1 ? (data?.items ?? []).toSorted(exactFirst(url)).slice(0, mostHits) : [];
  const isShown = isOpen && text.trim() !== "";
  const count = hits.length + 1;
  const at = Math.min(active, count - 1);
  const [waits, setWaits] = useState(false);
  const pick = (index: number) => {
    setWaits(false);
    setOpen(false);
    const hit = hits[index];
    if (hit) onPick(sourceOf(hit));
    else onNew();
  };
  // Enter came before the answer: it takes what is first in that.
  useEffect(() => {
    if (waits && isShown && isCurrent) pick(at);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (!isShown) {
      if (event.key === "ArrowDown") setOpen(true);
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setActive((at + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isCurrent) pick(at);
      else setWaits(true);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const list = useRef<HTMLDivElement>(null);
  // Not when it only opens: nothing moves because of a press into the field.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it grows with what is typed
  useEffect(() => {
    if (isShown) list.current?.scrollIntoView({ block: "nearest" });
  }, [text, count]);
  const optionClass = (index: number) =>
    cx(
      "flex min-h-8 cursor-default items-start gap-2 rounded-sm px-2 py-1.5 text-sm [&>svg]:mt-0.5 [&>svg]:size-3.5 [&>svg]:shrink-0",
      index === at && "bg-accent-tint outline-2 -outline-offset-2 outline-focus/40",
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears that the focus has left the field and its list
    <div
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setWaits(false);
        setOpen(false);
      }}
    >
      <div className="relative">
        <input
          data-focus-here
          data-field="evidence"
          role="combobox"
          aria-expanded={isShown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(isShown && { "aria-activedescendant": `${id}-${at}` })}
          aria-label={t("add")}
          aria-keyshortcuts="e"
          placeholder={t("addPlaceholder")}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            onTextChange(event.target.value);
            setActive(0);
            setWaits(false);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          className={cx(controlClass, "h-9 pe-9")}
        />
        {text === "" && (
          <span aria-hidden className="pointer-events-none absolute end-2 top-2 max-sm:hidden">
            <Kbd>e</Kbd>
          </span>
        )}
        {/* Over what is below, so that nothing moves under a pointer whose press takes the focus away and closes the list. */}
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t("found")}
          tabIndex={-1}
          hidden={!isShown}
          className={cx(popupClass, "absolute inset-x-0 top-full z-20 mt-1 scroll-my-16 p-1")}
        >
          {hits.map((hit, index) => (
            <Option
              key={hit.id}
              id={`${id}-${index}`}
              isOn={index === at}
              className={optionClass(index)}
              onPick={() => pick(index)}
            >
              <BookOpen aria-hidden />
              <span className="min-w-0 grow wrap-anywhere">
                <span className="font-medium">{hit.title}</span>
                <span className="text-ink-2">
                  {[hit.author, hit.publisher, hit.publishedOn].filter(Boolean).map((part) => `, ${part}`)}
                </span>
                <span className="block text-xs text-ink-3">
                  {url && hit.url && urlKey(hit.url) === urlKey(url)
                    ? t("sameAddress")
                    : t("uses", { count: hit.claimCount })}
                </span>
              </span>
            </Option>
          ))}
          <Option
            id={`${id}-${hits.length}`}
            isOn={at === hits.length}
            className={optionClass(hits.length)}
            onPick={() => pick(hits.length)}
          >
            <Plus aria-hidden />
            <span className="min-w-0 grow wrap-anywhere">
              {t("makeNew")} <span className="text-ink-2">{t("quoted", { text: text.trim().slice(0, 80) })}</span>
            </span>
          </Option>
          {isError && (
            <p aria-hidden className="px-2 py-1.5 text-sm text-ink-2">
              {t("searchFailed")}
            </p>
          )}
        </div>
      </div>
      <p role="status" className="sr-only">
        {!isShown ? "" : isError ? t("searchFailed") : isFetching ? "" : t("hits", { count: hits.length })}
      </p>
    </div>
  );
}

type OptionProps = { id: string; isOn: boolean; className: string; onPick: () => void; children: React.ReactNode };

function Option({ id, isOn, className, onPick, children }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox hears the keys for its options
    // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant of the combobox
    <div
      id={id}
      role="option"
      aria-selected={isOn}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={className}
    >
      {children}
    </div>
  );
}

const exactFirst = (url: string | null) => {
  const key = url && urlKey(url);
  const rank = (hit: SourceListItem) => (key && hit.url && urlKey(hit.url) === key ? 0 : 1);
  return (a: SourceListItem, b: SourceListItem) => rank(a) - rank(b);
};

function sourceOf({ claimCount, ...source }: SourceListItem): SourceView {
  return source;
}

type NewSourceProps = {
  form: SourceDraft;
  autoFocus: boolean;
  onChange: (form: SourceDraft) => void;
  /** Out of sight and kept. */
  onPutAway: () => void;
  onCancel: () => void;
  onAdd: Props["onAdd"];
};

/** What the page at the address of a source says of itself, as long as nobody has written its title; and how far that is, in words. */
function useLookUp({ url, title }: SourceDraft): { found: SourceFound | null; words: string | null } {
  const t = useTranslations("claim.source");
  const address = useSettled(url.trim());
  const [untitled] = useState(title === "");
  const { data, error, isFetching } = useQuery({
    queryKey: ["source-preview", address],
    queryFn: ({ signal }) => call(endpoints.previewSource, { body: { url: address }, signal }),
    enabled: untitled && webAddress(address) !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (isFetching) return { found: null, words: t("looking") };
  if (error) return { found: null, words: error instanceof AppError ? t("unread", { why: error.message }) : null };
  if (!data) return { found: null, words: null };
  return { found: data, words: data.title === null ? t("silent") : t("found") };
}

const orNull = (text: string) => (text.trim() === "" ? null : text);

/** What is not known of a new source, asked in place. */
function NewSource({ form, autoFocus, onChange, onPutAway, onCancel, onAdd }: NewSourceProps) {
  const t = useTranslations("claim.source");
  const kinds = useTranslations("frame.sourceKinds");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const set = (change: Partial<SourceDraft>) => onChange({ ...form, ...change });
  const lookUp = useLookUp(form);
  const { found } = lookUp;
  // What the person has written stands; what the page says of itself only fills what is empty.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer, whatever is typed afterwards
  useEffect(() => {
    const blank = Object.entries(found ?? {}).filter(
      ([name, value]) => value && form[name as keyof SourceFound] === "",
    );
    if (blank.length > 0) set(Object.fromEntries(blank));
  }, [found]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const { title, author, publisher, publishedOn, url, kind } = form;
    const result = sourceCreate.safeParse({
      ...{ id: newId(), title, kind },
      ...{ author: orNull(author), publisher: orNull(publisher), publishedOn: orNull(publishedOn), url: orNull(url) },
    });
    if (result.success) return onAdd({ ...result.data, version: 1, createdAt: new Date().toISOString() }, true);
    const found = result.error.issues.map(({ path, message }) => [String(path[0]), message] as const);
    setErrors(Object.fromEntries(found));
    const first = found[0]?.[0];
    if (first) (event.currentTarget as HTMLFormElement).querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  const text = (name: Exclude<keyof SourceDraft, "kind">, more: Record<string, unknown> = {}) => (
    <Field label={t(name)} name={name} error={errors[name]}>
      <Input
        name={name}
        data-field={`source/${name}`}
        value={form[name]}
        autoComplete="off"
        onChange={(event) => {
          set({ [name]: event.target.value });
          setErrors(({ [name]: _, ...others }) => others);
        }}
        {...more}
      />
    </Field>
  );
  return (
    <form
      onSubmit={save}
      noValidate
      aria-label={t("label")}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onPutAway();
      }}
      className="space-y-2 rounded-md border border-line-2 bg-wash p-2.5"
    >
      {text("title", { autoFocus, required: true })}
      {text("url", { inputMode: "url", placeholder: "https://" })}
      <p role="status" className="text-sm text-ink-2 empty:hidden">
        {lookUp.words}
      </p>
      <div className="grid grid-cols-2 gap-2">
        {text("author")}
        {text("publisher")}
        {text("publishedOn", { placeholder: t("datePlaceholder") })}
        <Field label={t("kind")}>
          <NativeSelect
            aria-label={t("kind")}
            className="w-full"
            value={form.kind}
            onChange={(event) => set({ kind: event.target.value as SourceKind })}
          >
            {sourceKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kinds(kind)}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <div className="flex justify-end gap-2 pt-1">
        <Button size="sm" variant="quiet" type="button" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button size="sm" variant="primary" type="submit">
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
