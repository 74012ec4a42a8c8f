"use client";
/** The texts of an article: those that were put under check, and those on their way in. */
import { ArrowRight, FileDiff, FilePlus2, ListChecks, Trash2, Undo2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/people/confirm-dialog";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { LocalTime } from "@/components/ui/date";
import { useFailureWords } from "@/components/ui/failure";
import type { ArticleView } from "@/lib/domain/article";
import type { RevisionList } from "@/lib/domain/revision";
import { useRevisionDeeds, useRevisions } from "./use-revisions";
import { Waiting } from "./waiting";

type Revision = RevisionList["revisions"][number];
type Asked = { what: "undo"; revision: Revision } | { what: "discard"; draftId: string };
type Props = { article: Pick<ArticleView, "id" | "trashedAt">; personId: string };

export function RevisionScreen({ article, personId }: Props) {
  const t = useTranslations("revisions");
  const failure = useFailureWords();
  const list = useRevisions(article.id);
  const { undo, discard } = useRevisionDeeds(article.id, personId);
  const [asked, setAsked] = useState<Asked | null>(null);
  const isTrashed = article.trashedAt !== null;
  const base = `/articles/${article.id}/revisions`;

  if (!list.data) return <Waiting query={list} failed="list" />;
  const { revisions, drafts } = list.data;

  async function doAsked() {
    if (!asked) return;
    try {
      if (asked.what === "undo") {
        await undo(asked.revision.id);
        toast(t("undo.done", { number: asked.revision.number }));
      } else {
        await discard(asked.draftId);
        toast(t("discard.done"));
      }
    } catch (error) {
      toast.error(failure(error));
      void list.refetch();
    }
  }

  return (
    <div className="grid gap-6">
      {isTrashed ? (
        <p className="text-ink-2">{t("list.trashed")}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Link href={`${base}/new`} className={buttonClass({ variant: "primary" })}>
            <FilePlus2 aria-hidden />
            {t("list.new")}
          </Link>
          <Link href={`/articles/${article.id}/changes`} className={buttonClass()}>
            <ListChecks aria-hidden />
            {t("list.changes")}
          </Link>
          {revisions.length > 1 && (
            <Link href={`${base}/compare`} className={buttonClass()}>
              <FileDiff aria-hidden />
              {t("list.compareAny")}
            </Link>
          )}
        </div>
      )}
      {drafts.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts" className="mb-2 text-lg font-semibold">
            {t("list.drafts")}
          </h2>
          <ul className="grid rounded-lg border bg-sheet">
            {drafts.map((draft) => (
              <DraftRow
                key={draft.id}
                draft={draft}
                href={isTrashed ? null : `/articles/${article.id}/revision-drafts/${draft.id}`}
                onDiscard={() => setAsked({ what: "discard", draftId: draft.id })}
              />
            ))}
          </ul>
        </section>
      )}
      <ol aria-label={t("list.label")} className="grid rounded-lg border bg-sheet">
        {revisions.map((revision, index) => (
          <RevisionRow
            key={revision.id}
            {...{ revision, base }}
            before={revisions[index + 1] ?? null}
            onUndo={revision.canUndo && !isTrashed ? () => setAsked({ what: "undo", revision }) : null}
          />
        ))}
      </ol>
      {asked && (
        <ConfirmDialog
          title={asked.what === "undo" ? t("undo.title", { number: asked.revision.number }) : t("discard.title")}
          action={t(`${asked.what}.action`)}
          onConfirm={doAsked}
          onClose={() => setAsked(null)}
        >
          {t(`${asked.what}.body`)}
        </ConfirmDialog>
      )}
    </div>
  );
}

const rowClass = "flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 not-last:border-b";

type RevisionRowProps = {
  revision: Revision;
  /** The one that it followed. */
  before: Revision | null;
  base: string;
  onUndo: (() => void) | null;
};

function RevisionRow({ revision, before, base, onUndo }: RevisionRowProps) {
  const t = useTranslations("revisions");
  const { number, isCurrent } = revision;
  const article = base.slice(0, base.lastIndexOf("/"));
  return (
    <li className={rowClass}>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link href={isCurrent ? article : `${base}/${revision.id}`} className="link font-semibold">
            {t("revision", { number })}
          </Link>
          {isCurrent && (
            <span className="rounded-full bg-accent-tint px-2 py-px text-sm font-semibold text-accent">
              {t("list.current")}
            </span>
          )}
        </p>
        <How of={revision} />
      </div>
      {before && (
        <Link
          href={`${base}/compare?${new URLSearchParams({ from: before.id, to: revision.id })}`}
          className={buttonClass({ size: "sm" })}
        >
          <FileDiff aria-hidden />
          {t("list.compare", { number: before.number })}
        </Link>
      )}
      {onUndo && (
        <Button size="sm" variant="danger" onClick={onUndo}>
          <Undo2 aria-hidden />
          {t("list.takeBack")}
        </Button>
      )}
    </li>
  );
}

type DraftRowProps = { draft: RevisionList["drafts"][number]; href: string | null; onDiscard: () => void };

function DraftRow({ draft, href, onDiscard }: DraftRowProps) {
  const t = useTranslations("revisions.list");
  const { name } = draft.createdBy;
  return (
    <li className={rowClass}>
      <div className="min-w-0 grow">
        <How of={draft} />
      </div>
      {href && (
        <Link href={href} aria-label={t("goOnWith", { name })} className={buttonClass({ size: "sm" })}>
          <ArrowRight aria-hidden />
          {t("goOn")}
        </Link>
      )}
      {draft.canDiscard && (
        <Button size="sm" variant="danger" onClick={onDiscard} aria-label={t("discardOf", { name })}>
          <Trash2 aria-hidden />
          {t("discard")}
        </Button>
      )}
    </li>
  );
}

/** Who brought it in, when, and how it came. */
function How({ of }: { of: Pick<Revision, "origin" | "originName" | "characters" | "createdBy" | "createdAt"> }) {
  const t = useTranslations("revisions");
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-ink-2">
      <span>{of.createdBy.name}</span>
      <span aria-hidden>·</span>
      <LocalTime at={of.createdAt} shape="full" />
      <span aria-hidden>·</span>
      <span className="min-w-0 break-words">{t(`origins.${of.origin}`, { name: of.originName ?? "" })}</span>
      <span aria-hidden>·</span>
      <span className="tabular-nums">{t("characters", { count: of.characters })}</span>
    </p>
  );
}
