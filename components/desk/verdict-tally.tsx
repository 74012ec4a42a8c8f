import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { cx } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import { verdictTint } from "@/components/ui/verdict-badge";
import type { RatingView } from "@/lib/domain/verdict";

type Props = {
  articleId: string;
  counts: readonly { ratingId: string; count: number }[];
  ratings: ReadonlyMap<string, RatingView>;
};

/** How many claims of an article have which verdict, each number leading to its claims. */
export function VerdictTally({ articleId, counts, ratings }: Props) {
  const t = useTranslations("desk.row");
  const format = useFormatter();
  return (
    <ul aria-label={t("verdicts")} className="flex flex-wrap gap-0.5">
      {counts.map(({ ratingId, count }) => {
        const rating = ratings.get(ratingId);
        if (!rating) return null;
        const words = t("ratingCount", { count, rating: rating.label });
        return (
          <li key={ratingId}>
            <Tooltip content={words}>
              <Link
                href={`/articles/${articleId}?rating=${ratingId}`}
                aria-label={words}
                prefetch={false}
                className={cx(
                  "flex h-6 min-w-6 items-center justify-center gap-1 rounded-full px-1.5 text-sm font-semibold no-underline tabular-nums hover:brightness-95 focus-visible:rounded-full",
                  verdictTint[rating.color],
                )}
              >
                <span aria-hidden>{rating.symbol}</span>
                {format.number(count)}
              </Link>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
