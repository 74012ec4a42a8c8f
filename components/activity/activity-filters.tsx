"use client";

import { useTranslations } from "next-intl";
import { FilterForm } from "@/components/frame/filter-form";
import type { PersonRef } from "@/lib/domain/people";

type Props = {
  personId: string | undefined;
  articleId: string | undefined;
  colleagues: readonly PersonRef[];
  actorId: string;
};

export function ActivityFilters({ personId, articleId, colleagues, actorId }: Props) {
  const t = useTranslations("activity.filters");
  return (
    <FilterForm
      action="/activity"
      label={t("label")}
      kept={{ articleId }}
      clear={personId || articleId ? "/activity" : undefined}
      filters={[
        {
          name: "personId",
          label: t("person"),
          value: personId ?? "",
          options: [
            { value: "", label: t("anybody") },
            { value: actorId, label: t("me") },
            ...colleagues.filter(({ id }) => id !== actorId).map(({ id, name }) => ({ value: id, label: name })),
          ],
        },
      ]}
    />
  );
}
