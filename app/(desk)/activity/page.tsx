import { History, X } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ActivityFilters } from "@/components/activity/activity-filters";
import { ActivityList } from "@/components/activity/activity-list";
import { readAddress, writeAddress } from "@/components/frame/address";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { IgnoredNote, Paging } from "@/components/frame/paging";
import { ChipLink } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { listActivity } from "@/lib/server/activity";
import { listColleagues } from "@/lib/server/desk";
import { requirePage } from "@/lib/server/session";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activity"))("title") };
}

export default async function ActivityPage({ searchParams }: Props) {
  const actor = await requirePage();
  const { query, ignored } = readAddress(endpoints.listActivity.query, await searchParams);
  const { cursor, ...filters } = query;
  const [page, colleagues, t] = await Promise.all([
    listActivity(actor, query).catch((error: unknown) => {
      // A place in the record that is none: back to its beginning.
      if (cursor && error instanceof AppError && error.code === "invalid") redirect(writeAddress("/activity", filters));
      throw error;
    }),
    listColleagues(actor),
    getTranslations("activity"),
  ]);
  const headline = filters.articleId && page.items.find((line) => line.headline)?.headline;
  return (
    <PageBody>
      <PageHead title={t("title")} description={t(`description.${actor.role}`)} />
      <div className="group max-w-5xl">
        {actor.role !== "reviewer" && (
          <ActivityFilters
            personId={filters.personId}
            articleId={filters.articleId}
            colleagues={colleagues}
            actorId={actor.id}
          />
        )}
        <IgnoredNote names={ignored} />
        {filters.articleId && (
          <p className="mb-4">
            <ChipLink on href={writeAddress("/activity", { personId: filters.personId })} className="max-w-full">
              <span className="truncate">
                {headline ? t("filters.article", { headline }) : t("filters.oneArticle")}
              </span>
              <X aria-hidden />
              <span className="sr-only">{t("filters.allArticles")}</span>
            </ChipLink>
          </p>
        )}
        {page.items.length > 0 ? (
          <div className="transition-opacity group-has-data-pending:opacity-60">
            <ActivityList
              lines={page.items}
              names={new Map(colleagues.map(({ id, name }) => [id, name]))}
              personId={filters.personId}
              oneArticle={Boolean(filters.articleId)}
            />
          </div>
        ) : filters.personId || filters.articleId ? (
          <EmptyState icon={History} title={t("empty.nothingFound")} />
        ) : (
          <EmptyState icon={History} title={t("empty.title")}>
            {t("empty.body")}
          </EmptyState>
        )}
        <Paging
          first={cursor ? writeAddress("/activity", filters) : null}
          next={page.next && writeAddress("/activity", { ...filters, cursor: page.next })}
        />
      </div>
    </PageBody>
  );
}
