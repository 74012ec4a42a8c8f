"use client";
import { BookText, Check, CircleHelp, CloudUpload, CornerUpRight, PencilLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { AnchorBadge } from "@/components/ui/anchor-badge";
import { Avatar } from "@/components/ui/avatar";
import { cx } from "@/components/ui/class-names";
import { StateBadge, stateLook } from "@/components/ui/state-badge";
import { VerdictBadge } from "@/components/ui/verdict-badge";
import { unsavedVersion } from "@/lib/client/claim-store";
import type { ClaimSummary } from "@/lib/domain/claim";
import { type Ratings, ratingOf } from "./claim-look";
import { VerdictSymbol } from "./verdict-symbol";
import { useClaim, useWorkspaceServices } from "./workspace-context";

type Props = { id: string; ratings: Ratings; size: "full" | "line" };

/** A claim beside its text, closed: one press opens it in its place. Drawn anew only when this claim changes. */
export const ClaimCard = memo(function ClaimCard({ id, ratings, size }: Props) {
  const claim = useClaim(id);
  const { setActiveClaim } = useWorkspaceServices();
  if (!claim) return null;
  return (
    <button
      type="button"
      aria-expanded={false}
      data-card={id}
      onClick={() => setActiveClaim(id, { focus: "panel" })}
      className={cx(
        "block w-full rounded-lg border border-line bg-sheet text-start transition-[border-color,box-shadow] hover:border-edge hover:shadow-[0_2px_8px_rgb(0_0_0/0.06)] focus-visible:rounded-lg",
        size === "full" ? "px-3 py-2.5" : "h-9 px-2.5",
      )}
    >
      {size === "full" ? <FullCard claim={claim} ratings={ratings} /> : <LineCard claim={claim} ratings={ratings} />}
    </button>
  );
});

type Part = { claim: ClaimSummary; ratings: Ratings };

function FullCard({ claim, ratings }: Part) {
  return (
    <>
      <span className="flex items-center gap-2.5">
        <VerdictBadge rating={ratingOf(claim, ratings)} />
        <StateBadge state={claim.state} />
        <AnchorBadge anchors={claim.anchors} />
        <ClaimCounts claim={claim} className="ms-auto" />
        {claim.assignee && <Avatar person={claim.assignee} size="sm" />}
      </span>
      <span className="mt-1.5 line-clamp-2 break-words">{claim.statement}</span>
      <FromElsewhere claim={claim} />
    </>
  );
}

function LineCard({ claim, ratings }: Part) {
  const t = useTranslations("frame");
  const { icon: Icon, ink } = stateLook[claim.state];
  return (
    <span className="flex h-full items-center gap-2">
      <VerdictSymbol rating={ratingOf(claim, ratings)} />
      <span className="min-w-0 grow truncate">{claim.statement}</span>
      <AnchorBadge anchors={claim.anchors} iconOnly />
      <span title={t(`states.${claim.state}`)} className="shrink-0">
        <Icon aria-hidden className={cx("size-3.5", ink)} strokeWidth={2.4} />
        <span className="sr-only">{t(`states.${claim.state}`)}</span>
      </span>
    </span>
  );
}

/** The article that a claim belongs to, when that is another one. */
export function FromElsewhere({ claim }: { claim: ClaimSummary }) {
  const t = useTranslations("workspace.card");
  if (!claim.home) return null;
  return (
    <span className="mt-1 flex items-center gap-1.5 text-sm text-ink-2">
      <CornerUpRight aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 truncate">{t("from", { headline: claim.home.headline })}</span>
    </span>
  );
}

/** Sources and open queries as icon and number; the words are read out. And whether the claim has reached the server. */
export function ClaimCounts({ claim, className }: { claim: ClaimSummary; className?: string }) {
  const t = useTranslations("workspace.card");
  const item = "inline-flex items-center gap-1 text-sm tabular-nums text-ink-2";
  return (
    <span className={cx("inline-flex items-center gap-2.5", className)}>
      {claim.version === unsavedVersion && (
        <span title={t("unsent")} className={item}>
          <CloudUpload aria-hidden className="size-3.5" />
          <span className="sr-only">{t("unsent")}</span>
        </span>
      )}
      {claim.suggestion && claim.suggestion !== "declined" && (
        <span title={t(`wording.${claim.suggestion}`)} className={item}>
          <PencilLine
            aria-hidden
            className={cx("size-3.5", claim.suggestion === "accepted" && "text-verified")}
            strokeWidth={claim.suggestion === "accepted" ? 2.6 : 1.8}
          />
          {claim.suggestion === "accepted" && <Check aria-hidden className="-ms-1 size-3 text-verified" />}
          <span className="sr-only">{t(`wording.${claim.suggestion}`)}</span>
        </span>
      )}
      {claim.sources.length > 0 && (
        <span title={t("sources", { count: claim.sources.length })} className={item}>
          <BookText aria-hidden className="size-3.5" />
          <span aria-hidden>{claim.sources.length}</span>
          <span className="sr-only">{t("sources", { count: claim.sources.length })}</span>
        </span>
      )}
      {claim.openQueries > 0 && (
        <span title={t("queries", { count: claim.openQueries })} className={item}>
          <CircleHelp aria-hidden className="size-3.5" />
          <span aria-hidden>{claim.openQueries}</span>
          <span className="sr-only">{t("queries", { count: claim.openQueries })}</span>
        </span>
      )}
    </span>
  );
}
