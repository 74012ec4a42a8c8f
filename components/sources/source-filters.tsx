"use client";

import { useTranslations } from "next-intl";
import { FilterForm } from "@/components/frame/filter-form";
import { type SourceKind, sourceKinds } from "@/lib/domain/source";

type Props = { q: string | undefined; kind: SourceKind | undefined };

export function SourceFilters({ q, kind }: Props) {
  const t = useTranslations("sources.filters");
  const words = useTranslations("frame");
  return (
    <FilterForm
      action="/sources"
      label={t("label")}
      search={{ label: t("search"), placeholder: t("placeholder"), value: q ?? "" }}
      clear={q || kind ? "/sources" : undefined}
      filters={[
        {
          name: "kind",
          label: t("kind"),
          value: kind ?? "",
          options: [
            { value: "", label: t("anyKind") },
            ...sourceKinds.map((value) => ({ value, label: words(`sourceKinds.${value}`) })),
          ],
        },
      ]}
    />
  );
}
