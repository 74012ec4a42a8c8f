"use client";
/** Every shown claim in one list, however many: what the cards and the strip show by place, told in order. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, memo, useDeferredValue, useEffect, useRef } from "react";
import { AnchorBadge } from "@/components/ui/anchor-badge";
import { Avatar } from "@/components/ui/avatar";
import { StateBadge } from "@/components/ui/state-badge";
import { VerdictBadge } from "@/components/ui/verdict-badge";
import { useShownIds } from "@/lib/client/shown-claims";
import { ClaimCounts, FromElsewhere } from "./claim-card";
import { type Ratings, ratingOf } from "./claim-look";
import { OpenCard } from "./open-claim";
import { useActiveClaimId, useClaim, useWorkspaceServices } from "./workspace-context";

type Props = {
  ratings: Ratings;
  /** The claim that the list opens at. */
  startAt: string | null;
};

const rowHeight = 74;

export function ClaimList({ ratings, startAt }: Props) {
  const t = useTranslations("workspace.list");
  const { shown } = useWorkspaceServices();
  const ids = useShownIds(shown);
  // As beside the text: the words first.
  const activeId = useDeferredValue(useActiveClaimId());
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 6,
  });

  // Once for each claim that is opened: what others add or take away moves nobody.
  const scrolledTo = useRef<string | null>(null);
  useEffect(() => {
    if (activeId === null) scrolledTo.current = null;
    if (activeId === null || activeId === scrolledTo.current) return;
    const index = ids.indexOf(activeId);
    if (index === -1) return;
    scrolledTo.current = activeId;
    rows.scrollToIndex(index, { align: "auto" });
  }, [activeId, ids, rows]);

  // Once, for whoever came from "All claims of this paragraph".
  const begun = useRef(false);
  useEffect(() => {
    const index = begun.current || startAt === null ? -1 : ids.indexOf(startAt);
    begun.current = true;
    if (index !== -1) rows.scrollToIndex(index, { align: "start" });
  }, [startAt, ids, rows]);

  /** Arrow keys walk the rows, Home and End go to the ends, also to rows that do not exist yet. */
  const walk = (event: KeyboardEvent) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-index]");
    if (!row || !(event.target as Element).matches("[data-card]")) return;
    const at = Number(row.dataset.index);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 };
    const to = steps[event.key];
    if (to === undefined || to < 0 || to >= ids.length) return;
    event.preventDefault();
    rows.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] [data-card]`)?.focus(),
    );
  };

  return (
    <div
      ref={scroller}
      data-claim-list
      className="min-h-0 grow overflow-y-auto overscroll-contain rounded-lg border bg-sheet"
    >
      {/** biome-ignore lint/a11y/useSemanticElements: rows come and go, and each says where it is in the whole. */}
      <div
        role="list"
        aria-label={t("label", { count: ids.length })}
        onKeyDown={walk}
        className="relative"
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const id = ids[index];
          if (id === undefined) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above.
            <div
              key={key}
              ref={rows.measureElement}
              role="listitem"
              aria-setsize={ids.length}
              aria-posinset={index + 1}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {id === activeId ? (
                <div className="border-b bg-paper p-2">
                  <OpenCard id={id} />
                </div>
              ) : (
                <ClaimRow id={id} number={index + 1} ratings={ratings} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const ClaimRow = memo(function ClaimRow({ id, number, ratings }: { id: string; number: number; ratings: Ratings }) {
  const claim = useClaim(id);
  const { setActiveClaim } = useWorkspaceServices();
  if (!claim) return null;
  return (
    <button
      type="button"
      aria-expanded={false}
      data-card={id}
      onClick={() => setActiveClaim(id, { focus: "panel", scroll: true })}
      className="flex w-full gap-3 border-b px-3 py-2.5 text-start -outline-offset-2 hover:bg-wash"
    >
      <span className="w-7 shrink-0 pt-px text-end text-sm tabular-nums text-ink-3">{number}</span>
      <span className="min-w-0 grow">
        <span className="line-clamp-2 break-words">{claim.statement}</span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <VerdictBadge rating={ratingOf(claim, ratings)} />
          <StateBadge state={claim.state} />
          <AnchorBadge anchors={claim.anchors} />
          <ClaimCounts claim={claim} />
        </span>
        <FromElsewhere claim={claim} />
      </span>
      {claim.assignee && <Avatar person={claim.assignee} size="sm" />}
    </button>
  );
});
