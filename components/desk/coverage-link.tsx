import Link from "next/link";
import { useTranslations } from "next-intl";
import { Tooltip } from "@/components/ui/tooltip";
import { percentOf } from "@/lib/domain/ledger";
import type { Coverage } from "@/lib/domain/sentence-mark";

type Props = { articleId: string; coverage: Coverage };

/** How much of an article is accounted for, sentence by sentence: a percentage and a bar that lead to the ledger, the numbers on hover. */
export function CoverageLink({ articleId, coverage }: Props) {
  const t = useTranslations("ledger.desk");
  const percent = percentOf(coverage);
  const words = t("hint", coverage);
  return (
    <Tooltip content={words}>
      <Link
        href={`/articles/${articleId}?ledger=1`}
        prefetch={false}
        aria-label={words}
        className="inline-flex min-h-6 items-center gap-2 rounded-sm text-sm text-ink-2 no-underline tabular-nums hover:text-ink"
      >
        <span aria-hidden className="h-1.5 w-9 shrink-0 overflow-hidden rounded-full bg-line-2">
          <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
        </span>
        {t("percent", { percent })}
      </Link>
    </Tooltip>
  );
}
