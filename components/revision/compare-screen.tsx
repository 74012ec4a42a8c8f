"use client";
/** Any two revisions of an article, what changed between them word by word. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import type { RevisionList } from "@/lib/domain/revision";
import { type TextChanges, textChanges } from "@/lib/domain/text-changes";
import { ChangedText, type ChangesView, type TextNames } from "./changed-text";
import { ClaimsOnChanges } from "./claims-on-changes";
import { useRevisions } from "./use-revisions";
import { Waiting } from "./waiting";

type Props = { article: { id: string; language: string } };

export function CompareScreen({ article }: Props) {
  const t = useTranslations("revisions");
  const list = useRevisions(article.id);
  if (!list.data) return <Waiting query={list} failed="list" />;
  const { revisions } = list.data;
  if (revisions.length < 2) return <EmptyState title={t("compare.one")} />;
  return <Chosen revisions={revisions} articleId={article.id} language={article.language} />;
}

type ChosenProps = { revisions: RevisionList["revisions"]; articleId: string; language: string };

function Chosen({ revisions, articleId, language }: ChosenProps) {
  const t = useTranslations("revisions");
  const search = useSearchParams();
  const named = (name: string) => revisions.find(({ id }) => id === search.get(name))?.id;
  const [newest, second] = revisions;
  const from = named("from") ?? second?.id ?? "";
  const to = named("to") ?? newest?.id ?? "";
  const view: ChangesView = search.get("view") === "sides" ? "sides" : "inline";
  const put = (name: string, value: string) => {
    const next = new URLSearchParams({ from, to, view, [name]: value });
    // The texts are here already: only the address changes.
    window.history.replaceState(null, "", `?${next}`);
  };
  const numberOf = (id: string) => revisions.find((one) => one.id === id)?.number ?? 0;
  const nameOf = (id: string) => t("revision", { number: numberOf(id) });
  const options = revisions.map(({ id, number }) => ({ value: id, label: t("revision", { number }) }));
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <Field label={t("compare.from")} className="w-44">
          <Select options={options} value={from} onValueChange={(value) => put("from", value)} />
        </Field>
        <Field label={t("compare.to")} className="w-44">
          <Select options={options} value={to} onValueChange={(value) => put("to", value)} />
        </Field>
        <ViewChoice view={view} onChange={(value) => put("view", value)} />
      </div>
      <p className="flex flex-wrap gap-x-4">
        {[from, to].map((id, index) => (
          <Link
            // biome-ignore lint/suspicious/noArrayIndexKey: one for each of the two
            key={index}
            href={`/articles/${articleId}/revisions/${id}`}
            className="link inline-flex min-h-6 items-center"
          >
            {t("compare.open", { number: numberOf(id) })}
          </Link>
        ))}
      </p>
      {from === to ? (
        <p role="status">{t("compare.choose")}</p>
      ) : (
        <Compared {...{ articleId, from, to, view, language }} names={{ before: nameOf(from), after: nameOf(to) }} />
      )}
    </div>
  );
}

export function ViewChoice({ view, onChange }: { view: ChangesView; onChange: (view: ChangesView) => void }) {
  const t = useTranslations("revisions.compare");
  return (
    <fieldset className="flex gap-1.5">
      <legend className="sr-only">{t("view")}</legend>
      <Chip on={view === "inline"} onClick={() => onChange("inline")}>
        {t("inline")}
      </Chip>
      <Chip on={view === "sides"} onClick={() => onChange("sides")}>
        {t("sides")}
      </Chip>
    </fieldset>
  );
}

type ComparedProps = {
  articleId: string;
  from: string;
  to: string;
  view: ChangesView;
  language: string;
  names: TextNames;
};

function Compared({ articleId, from, to, view, language, names }: ComparedProps) {
  const [before, after] = [useRevisionText(from), useRevisionText(to)];
  const changes = useMemo(
    () => (before.data === undefined || after.data === undefined ? null : textChanges(before.data, after.data)),
    [before.data, after.data],
  );
  if (!changes) return <Waiting query={before.isError ? before : after} failed="compare" />;
  return (
    <>
      <ChangeCounts changes={changes} />
      <ClaimsOnChanges {...{ articleId, from, to, changes }} />
      <ChangedText {...{ changes, view, language, names }} />
    </>
  );
}

export function ChangeCounts({ changes: { blocks, cut, added, movedPassages } }: { changes: TextChanges }) {
  const t = useTranslations("revisions.compare");
  const isEqual = !blocks.some(({ isChanged }) => isChanged);
  return (
    <p role="status" className="text-ink-2">
      {isEqual ? t("equal") : t("counts", { cut, added, moved: movedPassages })}
    </p>
  );
}

/** A revision never changes. */
export const useRevisionText = (revisionId: string) =>
  useQuery({
    queryKey: ["revision", revisionId],
    queryFn: async ({ signal }) => (await call(endpoints.getRevision, { params: { revisionId }, signal })).text,
    staleTime: Number.POSITIVE_INFINITY,
  });
