"use client";

import { ChevronRight, ExternalLink, Pencil, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { CalendarDate } from "@/components/ui/date";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import type { SourceListItem } from "@/lib/domain/source";
import { SourceForm } from "./source-form";
import { SourceUses } from "./source-uses";

export function SourceList({ sources, actorId }: { sources: readonly SourceListItem[]; actorId: string }) {
  const t = useTranslations("sources");
  return (
    <ul aria-label={t("list")} className="overflow-hidden rounded-lg border bg-sheet">
      {sources.map((source) => (
        <li key={source.id} className="not-first:border-t">
          <SourceLine source={source} actorId={actorId} />
        </li>
      ))}
    </ul>
  );
}

function SourceLine({ source, actorId }: { source: SourceListItem; actorId: string }) {
  const t = useTranslations("sources");
  const words = useTranslations("frame");
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState(false);
  const usesId = useId();
  if (editing)
    return (
      <article className="bg-wash/50 px-4 py-4">
        <SourceForm actorId={actorId} source={source} onClose={() => setEditing(false)} />
      </article>
    );
  return (
    <article className="px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <p className="font-serif text-[1.0625rem] leading-snug font-semibold wrap-anywhere">
            {source.url ? (
              <a
                href={source.url}
                target="_blank"
                rel="noopener noreferrer"
                className="text-ink no-underline hover:underline"
              >
                {source.title}
                <ExternalLink aria-hidden className="ms-1.5 mb-0.5 inline size-3.5 text-ink-3" />
                <span className="sr-only"> ({t("opensNewTab")})</span>
              </a>
            ) : (
              source.title
            )}
          </p>
          <p className="text-sm text-ink-2 wrap-anywhere">
            {[words(`sourceKinds.${source.kind}`), source.author, source.publisher].filter(Boolean).join(" · ")}
            {source.publishedOn && (
              <>
                {" · "}
                <CalendarDate day={source.publishedOn} />
              </>
            )}
          </p>
          <button
            type="button"
            data-line
            aria-expanded={open}
            aria-controls={usesId}
            disabled={source.claimCount === 0}
            onClick={() => setOpen(!open)}
            className="-ms-1 mt-1 inline-flex min-h-6 items-center gap-1 rounded-sm pe-1 text-sm text-accent disabled:ms-0 disabled:text-ink-3"
          >
            {source.claimCount > 0 && (
              <ChevronRight aria-hidden className={cx("size-4 transition-transform", open && "rotate-90")} />
            )}
            {t("uses.count", { count: source.claimCount })}
          </button>
        </div>
        <IconButton label={t("edit", { title: source.title })} onClick={() => setEditing(true)}>
          <Pencil aria-hidden />
        </IconButton>
      </div>
      <div id={usesId} className={open ? "mt-2 ps-4" : undefined}>
        {open && <SourceUses sourceId={source.id} />}
      </div>
    </article>
  );
}

export function AddSource({ actorId }: { actorId: string }) {
  const t = useTranslations("sources");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="md"
      title={t("form.addTitle")}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden />
          {t("add")}
        </Button>
      }
    >
      <SourceForm actorId={actorId} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
