import { Copy, type LucideIcon, PencilLine, Unlink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AnchorState } from "@/lib/domain/anchor";
import { isSure } from "@/lib/domain/revision";
import { cx } from "./class-names";

type Unsure = Exclude<AnchorState, "anchored" | "moved">;

const icons: Record<Unsure, LucideIcon> = { altered: PencilLine, ambiguous: Copy, orphaned: Unlink };
/** The most pressing first. */
const pressing: readonly Unsure[] = ["orphaned", "ambiguous", "altered"];

/** Of several places, what most needs a person; null when all are sure. */
const unsureOf = (anchors: readonly { state: AnchorState }[]): Unsure | null =>
  anchors.every(({ state }) => isSure(state))
    ? null
    : (pressing.find((state) => anchors.some((anchor) => anchor.state === state)) ?? null);

type Props = { anchors: readonly { state: AnchorState }[]; iconOnly?: boolean; className?: string };

/** Whether a claim's words are still in the text: icon and word, only when that is not sure. Apart from verdict and work. */
export function AnchorBadge({ anchors, iconOnly = false, className }: Props) {
  const t = useTranslations("frame");
  const state = unsureOf(anchors);
  if (!state) return null;
  const Icon = icons[state];
  return (
    <span
      title={t(`anchorHints.${state}`)}
      className={cx("inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap text-urgent", className)}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2.2} />
      <span className={cx(iconOnly && "sr-only")}>{t(`anchorStates.${state}`)}</span>
    </span>
  );
}
