"use client";

import { Link2, Unlink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { AvatarStack } from "@/components/ui/avatar";
import { CalendarDate, DueDate, LocalTime } from "@/components/ui/date";
import { Tooltip } from "@/components/ui/tooltip";
import type { ArticleListItem } from "@/lib/domain/article";
import type { RatingView } from "@/lib/domain/verdict";
import { ArticleActions } from "./article-actions";
import { CoverageLink } from "./coverage-link";
import { RestoreButton } from "./restore-button";
import { StateBar } from "./state-bar";
import { VerdictTally } from "./verdict-tally";

type Props = { articles: readonly ArticleListItem[]; ratings: readonly RatingView[]; trash: boolean };

/** One line an article; on a phone each line is a card. */
export function ArticleTable({ articles, ratings, trash }: Props) {
  const t = useTranslations("desk.table");
  const words = useTranslations("ledger.desk");
  const ratingsById = new Map(ratings.map((rating) => [rating.id, rating]));
  return (
    <table aria-label={t("label")} className="block w-full xl:table xl:table-fixed xl:border-collapse">
      <thead className="max-xl:sr-only">
        <tr className="border-b text-start text-sm text-ink-2 [&>th]:px-3 [&>th]:pb-2 [&>th]:text-start [&>th]:font-medium">
          <th scope="col" className="ps-4!">
            {t("article")}
          </th>
          <th scope="col" className="w-66">
            {t("progress")}
          </th>
          <th scope="col" className="w-50">
            {t("verdicts")}
          </th>
          <th scope="col" className="w-26">
            {words("column")}
          </th>
          <th scope="col" className="w-26">
            {t("people")}
          </th>
          <th scope="col" className="w-38">
            {t("due")}
          </th>
          <th scope="col" className="w-26">
            {t(trash ? "trashed" : "activity")}
          </th>
          <th scope="col" className="w-12">
            <span className="sr-only">{t("actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody className="grid gap-3 md:grid-cols-2 xl:table-row-group">
        {articles.map((article) => (
          <ArticleRow key={article.id} article={article} ratings={ratingsById} trash={trash} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { article: ArticleListItem; ratings: ReadonlyMap<string, RatingView>; trash: boolean };

function ArticleRow({ article, ratings, trash }: RowProps) {
  const t = useTranslations("desk");
  const settled =
    article.claims > 0 && (article.states.approved ?? 0) + (article.states.set_aside ?? 0) === article.claims;
  const address = `/articles/${article.id}`;
  const cell = "block min-w-0 xl:table-cell xl:px-3 xl:py-2.5 xl:align-middle";
  return (
    <tr className="relative flex flex-wrap content-start items-center gap-x-3 gap-y-2 rounded-lg border bg-sheet p-4 xl:table-row xl:rounded-none xl:border-0 xl:border-b xl:p-0 xl:hover:bg-wash/55">
      <th scope="row" className={`${cell} text-start font-normal max-xl:w-full max-xl:pe-9 xl:ps-4!`}>
        <Link
          href={address}
          data-line
          title={article.headline}
          className="inline-block py-px font-serif text-[1.0625rem] xl:line-clamp-2 leading-snug font-semibold text-ink no-underline text-pretty hover:underline hover:decoration-1 hover:underline-offset-3"
        >
          {article.headline}
        </Link>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
          {article.outlet && <span className="truncate">{article.outlet}</span>}
          {article.publishedOn && <CalendarDate day={article.publishedOn} />}
          <Link
            href={address}
            prefetch={false}
            className="inline-flex min-h-6 items-center text-ink-2 underline decoration-transparent underline-offset-3 hover:decoration-current"
          >
            {t("row.claims", { count: article.claims })}
          </Link>
          {article.lost > 0 && (
            <Link
              href={`${address}?anchor=orphaned`}
              prefetch={false}
              className="inline-flex min-h-6 items-center gap-1 font-medium text-urgent underline decoration-transparent underline-offset-3 hover:decoration-current"
            >
              <Unlink aria-hidden className="size-3.5" />
              {t("row.lost", { count: article.lost })}
            </Link>
          )}
          {article.shared && (
            <Tooltip content={t("row.sharedHint")}>
              <span className="inline-flex items-center gap-1">
                <Link2 aria-hidden className="size-3.5" />
                {t("row.shared")}
              </span>
            </Tooltip>
          )}
        </p>
      </th>
      <td className={`${cell} max-xl:w-full max-xl:empty:hidden`}>
        {article.claims > 0 && <StateBar articleId={article.id} states={article.states} />}
      </td>
      <td className={`${cell} max-xl:w-full max-xl:empty:hidden`}>
        {article.ratings.length > 0 && (
          <VerdictTally articleId={article.id} counts={article.ratings} ratings={ratings} />
        )}
      </td>
      <td className={`${cell} max-xl:empty:hidden`}>
        {article.coverage.sentences > 0 && <CoverageLink articleId={article.id} coverage={article.coverage} />}
      </td>
      <td className={cell}>
        <AvatarStack people={article.people} label={t("row.people")} />
      </td>
      <td className={`${cell} text-sm max-xl:empty:hidden`}>
        {article.dueOn && <DueDate day={article.dueOn} settled={settled || trash} />}
      </td>
      <td className={`${cell} text-sm text-ink-2 max-xl:ms-auto`}>
        <span className="xl:sr-only">{t(trash ? "table.trashed" : "row.lastActivity")} </span>
        <LocalTime at={article.trashedAt ?? article.lastActivityAt} />
      </td>
      <td className={`${cell} xl:pe-3 xl:text-end ${trash ? "" : "max-xl:absolute max-xl:end-2 max-xl:top-2"}`}>
        {trash ? <RestoreButton article={article} /> : <ArticleActions article={article} />}
      </td>
    </tr>
  );
}
