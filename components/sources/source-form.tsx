"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { v7 as newId } from "uuid";
import { writeAddress } from "@/components/frame/address";
import { useSubmission } from "@/components/people/use-submission";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/select";
import { call } from "@/lib/client/call";
import { dropSourceDraft, keepSourceDraft, readSourceDraft } from "@/lib/client/source-drafts";
import { endpoints } from "@/lib/domain/endpoints";
import {
  type SourceListItem,
  sourceCreate,
  sourceKind,
  sourceKinds,
  sourcePatch,
  sourceView,
} from "@/lib/domain/source";
import {
  contested,
  draftOf,
  emptyDraft,
  inputOf,
  merged,
  restored,
  type SourceDraft,
  type SourceField,
  sourceFields,
} from "./source-draft";

type Props = {
  actorId: string;
  /** The source to correct; none to add one. */
  source?: SourceListItem;
  onClose: () => void;
};

/** Corrects a source in its place, or adds one. What was typed stays, whatever becomes of the saving. */
export function SourceForm({ actorId, source, onClose }: Props) {
  const t = useTranslations("sources.form");
  const words = useTranslations("frame");
  const router = useRouter();
  const { button, message, fields: errors, error, submit } = useSubmission();
  const [id] = useState(() => source?.id ?? newId());
  const place = source?.id ?? "new";
  const [kept] = useState(() => readSourceDraft(actorId, place));
  const asItIs = source ? draftOf(source) : emptyDraft;
  // What was kept goes on from the source as it was then, so that what others changed since is still told.
  const [base, setBase] = useState(() =>
    kept
      ? { version: kept.version, draft: restored(asItIs, kept.base) }
      : { version: source?.version ?? 0, draft: asItIs },
  );
  const [draft, setDraft] = useState(() => (kept ? restored(base.draft, kept.fields) : base.draft));
  const [clash, setClash] = useState<{ theirs: SourceDraft; fields: SourceField[] } | null>(null);
  const twin = error?.code === "duplicate" ? sourceView.safeParse(error.details.current).data : undefined;
  const set = (field: SourceField) => (value: string) => write({ ...draft, [field]: value });

  function write(next: SourceDraft, over = base) {
    setDraft(next);
    if (sourceFields.every((field) => next[field] === over.draft[field])) return dropSourceDraft(actorId, place);
    keepSourceDraft(actorId, place, { version: over.version, base: over.draft, fields: next });
  }

  function leave() {
    dropSourceDraft(actorId, place);
    onClose();
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const saved = source
      ? await submit(sourcePatch, inputOf(draft), (body) =>
          call(endpoints.updateSource, { as: actorId, params: { sourceId: id }, version: base.version, body }).catch(
            takeTheirs,
          ),
        )
      : await submit(sourceCreate, { id, ...inputOf(draft) }, (body) =>
          call(endpoints.createSource, { as: actorId, body }),
        );
    if (!saved) return;
    toast(t(source ? "saved" : "added"));
    router.refresh();
    leave();
  }

  /** A conflict lays theirs beside mine; the next save is made on what was seen. */
  function takeTheirs(thrown: unknown): never {
    const { code, details } = thrown as { code?: string; details?: { current?: unknown } };
    const current = code === "conflict" ? sourceView.safeParse(details?.current).data : undefined;
    if (current) {
      const theirs = draftOf(current);
      const both = merged(base.draft, draft, theirs);
      setClash({ theirs, fields: contested(base.draft, both, theirs) });
      const seen = { version: current.version, draft: theirs };
      setBase(seen);
      write(both, seen);
    }
    throw thrown;
  }

  function theirWords(name: SourceField, theirs: SourceDraft): string {
    if (theirs[name] === "") return t("theirsEmpty");
    return t("theirs", { value: name === "kind" ? words(`sourceKinds.${theirs.kind}`) : theirs[name] });
  }

  const field = (name: SourceField, control: ReactNode, hint?: string) => (
    <div className={name === "title" || name === "url" ? "sm:col-span-2" : undefined}>
      <Field label={t(name)} hint={hint} error={errors[name]}>
        {control}
      </Field>
      {clash?.fields.includes(name) && draft[name] !== clash.theirs[name] && (
        <p className="mt-1 flex flex-wrap items-center gap-2 rounded-md bg-context-tint px-2.5 py-1.5 text-sm">
          <span className="min-w-0 wrap-anywhere">{theirWords(name, clash.theirs)}</span>
          <Button size="sm" onClick={() => set(name)(clash.theirs[name])}>
            {t("useTheirs")}
          </Button>
        </p>
      )}
    </div>
  );

  return (
    <form onSubmit={save} aria-label={t(source ? "editTitle" : "addTitle")} className="grid gap-3 sm:grid-cols-2">
      {source && source.claimCount > 0 && (
        <p className="text-sm text-ink-2 sm:col-span-2">{t("shared", { count: source.claimCount })}</p>
      )}
      {kept && <p className="text-sm text-ink-2 sm:col-span-2">{t("kept")}</p>}
      {error?.code === "conflict" ? (
        <ErrorNote title={t("conflictTitle")} className="sm:col-span-2">
          {t("conflict")}
        </ErrorNote>
      ) : twin ? (
        <ErrorNote
          className="sm:col-span-2"
          action={
            <Link href={writeAddress("/sources", { q: twin.url ?? twin.title })} className="link">
              {t("showDuplicate")}
            </Link>
          }
        >
          {t("duplicate", { title: twin.title })}
        </ErrorNote>
      ) : (
        message && <ErrorNote className="sm:col-span-2">{message}</ErrorNote>
      )}
      {field("title", <Input value={draft.title} onValueChange={set("title")} autoFocus required maxLength={500} />)}
      {field("author", <Input value={draft.author} onValueChange={set("author")} maxLength={500} />)}
      {field("publisher", <Input value={draft.publisher} onValueChange={set("publisher")} maxLength={500} />)}
      {field(
        "kind",
        <NativeSelect
          value={draft.kind}
          onChange={(event) => write({ ...draft, kind: sourceKind.parse(event.target.value) })}
          className="w-full"
        >
          {sourceKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words(`sourceKinds.${kind}`)}
            </option>
          ))}
        </NativeSelect>,
      )}
      {field(
        "publishedOn",
        <Input value={draft.publishedOn} onValueChange={set("publishedOn")} placeholder="2023-05-14" maxLength={10} />,
        t("publishedOnHint"),
      )}
      {field("url", <Input type="url" inputMode="url" value={draft.url} onValueChange={set("url")} />, t("urlHint"))}
      <div className="mt-1 flex justify-end gap-2 sm:col-span-2">
        <Button onClick={leave}>{words("cancel")}</Button>
        <Button type="submit" variant="primary" {...button}>
          {words("save")}
        </Button>
      </div>
    </form>
  );
}
