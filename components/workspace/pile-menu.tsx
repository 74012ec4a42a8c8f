"use client";
/** A click on words that several claims share: which of them is meant? */
import { Menu as Base } from "@base-ui/react/menu";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { itemClass, layer, popupClass } from "@/components/ui/layer";
import { StateBadge } from "@/components/ui/state-badge";
import type { Place } from "@/lib/editor/article-surface";
import { type Ratings, ratingOf } from "./claim-look";
import { VerdictSymbol } from "./verdict-symbol";
import { useClaim } from "./workspace-context";

export type Pile = { ids: string[]; at: Place };

type Props = { pile: Pile | null; ratings: Ratings; onChoose: (id: string) => void; onClose: () => void };

export function PileMenu({ pile, ratings, onChoose, onClose }: Props) {
  const t = useTranslations("workspace.pile");
  const anchor = useMemo(() => {
    if (!pile) return null;
    const { left, top, right, bottom } = pile.at;
    return { getBoundingClientRect: () => new DOMRect(left, top, right - left, bottom - top) };
  }, [pile]);
  return (
    <Base.Root open={pile !== null} onOpenChange={(open) => !open && onClose()} modal={false}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          className={layer}
        >
          <Base.Popup
            aria-label={t("label", { count: pile?.ids.length ?? 0 })}
            className={`${popupClass} max-h-[min(24rem,var(--available-height))] w-[min(24rem,calc(100vw-1rem))] overflow-y-auto p-1`}
          >
            <p className="px-2.5 pt-1.5 pb-1 text-xs font-semibold text-ink-3">
              {t("label", { count: pile?.ids.length ?? 0 })}
            </p>
            {pile?.ids.map((id) => (
              <Base.Item key={id} className={itemClass} onClick={() => onChoose(id)}>
                <PileLine id={id} ratings={ratings} />
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function PileLine({ id, ratings }: { id: string; ratings: Ratings }) {
  const claim = useClaim(id);
  if (!claim) return null;
  return (
    <>
      <VerdictSymbol rating={ratingOf(claim, ratings)} />
      <span className="line-clamp-2 min-w-0 grow">{claim.statement}</span>
      <StateBadge state={claim.state} className="shrink-0" />
    </>
  );
}
