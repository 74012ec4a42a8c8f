import { useTranslations } from "next-intl";
import { cx } from "@/components/ui/class-names";
import { verdictTint } from "@/components/ui/verdict-badge";
import type { RatingView } from "@/lib/domain/verdict";

/** A verdict where there is no room for its word: the symbol on its tint; the word is read out. */
export function VerdictSymbol({ rating, className }: { rating: RatingView | null; className?: string }) {
  const t = useTranslations("frame");
  return (
    <span
      title={rating?.label ?? t("noVerdict")}
      className={cx(
        "inline-grid size-5 shrink-0 place-items-center rounded-full text-xs leading-none font-bold",
        rating ? verdictTint[rating.color] : "bg-open-tint text-ink-2",
        className,
      )}
    >
      <span aria-hidden>{rating?.symbol ?? "·"}</span>
      <span className="sr-only">{rating?.label ?? t("noVerdict")}</span>
    </span>
  );
}
