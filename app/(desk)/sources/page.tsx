import { BookMarked, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readAddress, writeAddress } from "@/components/frame/address";
import { ListKeys } from "@/components/frame/list-keys";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { IgnoredNote, Paging } from "@/components/frame/paging";
import { SourceFilters } from "@/components/sources/source-filters";
import { AddSource, SourceList } from "@/components/sources/source-list";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { requirePage } from "@/lib/server/session";
import { listSources } from "@/lib/server/sources";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sources"))("title") };
}

export default async function SourcesPage({ searchParams }: Props) {
  const actor = await requirePage();
  const { query, ignored } = readAddress(endpoints.listSources.query, await searchParams);
  const { cursor, ...filters } = query;
  const [page, t, words] = await Promise.all([
    listSources(actor, query).catch((error: unknown) => {
      // A place in the list that is none any more: back to its beginning.
      if (cursor && error instanceof AppError && error.code === "invalid") redirect(writeAddress("/sources", filters));
      throw error;
    }),
    getTranslations("sources"),
    getTranslations("frame.filters"),
  ]);
  const narrowed = Boolean(query.q || query.kind);
  return (
    <PageBody>
      <ListKeys />
      <PageHead title={t("title")} description={t("description")}>
        <AddSource actorId={actor.id} />
      </PageHead>
      <div className="group">
        {(page.items.length > 0 || narrowed || cursor) && <SourceFilters q={query.q} kind={query.kind} />}
        <IgnoredNote names={ignored} />
        {page.items.length > 0 ? (
          <div className="transition-opacity group-has-data-pending:opacity-60">
            <SourceList sources={page.items} actorId={actor.id} />
          </div>
        ) : narrowed ? (
          <EmptyState
            icon={SearchX}
            title={t("empty.nothingFound")}
            action={
              <Link href="/sources" className={buttonClass()}>
                {words("clear")}
              </Link>
            }
          >
            {query.q && t("empty.nothingFoundBody")}
          </EmptyState>
        ) : (
          <EmptyState icon={BookMarked} title={t("empty.title")}>
            {t("empty.body")}
          </EmptyState>
        )}
      </div>
      <Paging
        first={cursor ? writeAddress("/sources", filters) : null}
        next={page.next && writeAddress("/sources", { ...filters, cursor: page.next })}
      />
    </PageBody>
  );
}
