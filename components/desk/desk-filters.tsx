"use client";

import { useTranslations } from "next-intl";
import { FilterForm } from "@/components/frame/filter-form";
import { type ArticleQuery, articleSorts } from "@/lib/domain/article";
import type { PersonRef } from "@/lib/domain/people";
import type { RatingView } from "@/lib/domain/verdict";
import { workflowStates } from "@/lib/domain/workflow";
import { deskAddress, isNarrowed } from "./desk-query";

type Props = {
  query: ArticleQuery;
  ratings: readonly RatingView[];
  colleagues: readonly PersonRef[];
  actorId: string;
};

export function DeskFilters({ query, ratings, colleagues, actorId }: Props) {
  const t = useTranslations("desk");
  const words = useTranslations("frame");
  const others = colleagues.filter(({ id }) => id !== actorId);
  return (
    <FilterForm
      action="/articles"
      label={t("filters.label")}
      search={{ label: t("search.label"), placeholder: t("search.placeholder"), value: query.q ?? "" }}
      kept={{ trash: query.trash }}
      clear={isNarrowed(query) ? deskAddress({ trash: query.trash, sort: query.sort }) : undefined}
      filters={[
        {
          name: "state",
          label: t("filters.state"),
          value: query.state ?? "",
          options: [
            { value: "", label: t("filters.anyState") },
            ...workflowStates.map((value) => ({ value, label: words(`states.${value}`) })),
          ],
        },
        {
          name: "rating",
          label: t("filters.rating"),
          value: query.rating ?? "",
          options: [
            { value: "", label: t("filters.anyRating") },
            ...ratings.map(({ id, symbol, label }) => ({ value: id, label: `${symbol} ${label}` })),
          ],
        },
        {
          name: "person",
          label: t("filters.person"),
          value: query.person ?? "",
          options: [
            { value: "", label: t("filters.anyPerson") },
            { value: actorId, label: t("filters.me") },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ],
        },
        {
          name: "due",
          label: t("filters.due"),
          value: query.due ?? "",
          options: [
            { value: "", label: t("filters.anyDue") },
            { value: "overdue", label: t("filters.overdue") },
            { value: "week", label: t("filters.week") },
          ],
        },
        {
          name: "anchor",
          label: t("filters.anchor"),
          value: query.anchor ?? "",
          options: [
            { value: "", label: t("filters.anyAnchor") },
            { value: "orphaned", label: t("filters.orphaned") },
          ],
        },
        {
          name: "sort",
          label: t("sort.label"),
          value: query.sort,
          options: articleSorts.map((value) => ({ value, label: t(`sort.${value}`) })),
        },
      ]}
    />
  );
}
