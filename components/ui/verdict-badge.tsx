import { useTranslations } from "next-intl";
import type { RatingView } from "@/lib/domain/verdict";
import { cx } from "./class-names";

type Rating = Pick<RatingView, "label" | "symbol" | "color" | "definition">;

/** Tint and ink of each colour family of the scale. */
export const verdictTint: Record<RatingView["color"], string> = {
  verified: "bg-verified-tint text-verified",
  context: "bg-context-tint text-context",
  disputed: "bg-disputed-tint text-disputed",
  false: "bg-false-tint text-false",
  unverifiable: "bg-unverifiable-tint text-unverifiable",
};

/** The verdict of a claim: symbol, word and colour together. */
export function VerdictBadge({ rating, className }: { rating: Rating | null; className?: string }) {
  const t = useTranslations("frame");
  const shape = "inline-flex items-center gap-1.5 rounded-full px-2 py-px text-sm font-semibold whitespace-nowrap";
  if (!rating) return <span className={cx(shape, "bg-open-tint text-ink-2", className)}>{t("noVerdict")}</span>;
  return (
    <span title={rating.definition} className={cx(shape, verdictTint[rating.color], className)}>
      <span aria-hidden className="font-bold">
        {rating.symbol}
      </span>
      {rating.label}
    </span>
  );
}
