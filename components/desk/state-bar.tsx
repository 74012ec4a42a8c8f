import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { cx } from "@/components/ui/class-names";
import { stateLook, statesByProgress } from "@/components/ui/state-badge";
import { Tooltip } from "@/components/ui/tooltip";
import type { WorkflowState } from "@/lib/domain/workflow";

type Props = { articleId: string; states: Partial<Record<WorkflowState, number>> };

/** How far the check of an article has come: a stacked bar, and below it the same in numbers that lead to the claims they count. */
export function StateBar({ articleId, states }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const parts = statesByProgress.flatMap((state) => {
    const count = states[state] ?? 0;
    const words = t("desk.row.stateCount", { count, state: t(`frame.states.${state}`) });
    return count > 0 ? [{ state, count, words, href: `/articles/${articleId}?state=${state}` }] : [];
  });
  return (
    <div className="min-w-0">
      {/* For the pointer only: the numbers below are the same links, with names. */}
      <div aria-hidden className="flex gap-0.5">
        {parts.map(({ state, count, words, href }) => (
          <Tooltip key={state} content={words} side="top">
            <Link
              href={href}
              tabIndex={-1}
              prefetch={false}
              style={{ flexGrow: count }}
              className="group basis-1 py-1.5 first:*:rounded-s-full last:*:rounded-e-full"
            >
              <span className={cx("block h-2.5 group-hover:brightness-110", stateLook[state].fill)} />
            </Link>
          </Tooltip>
        ))}
      </div>
      <ul aria-label={t("desk.row.states")} className="-ms-1 flex flex-wrap">
        {parts.map(({ state, count, words, href }) => {
          const { icon: Icon, ink } = stateLook[state];
          return (
            <li key={state}>
              <Tooltip content={words}>
                <Link
                  href={href}
                  aria-label={words}
                  prefetch={false}
                  className="flex h-6 min-w-6 items-center gap-1 rounded-sm px-1 text-sm text-ink-2 no-underline tabular-nums hover:bg-wash hover:text-ink"
                >
                  <Icon aria-hidden className={cx("size-3.5 shrink-0", ink)} strokeWidth={2.4} />
                  {format.number(count)}
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
