import { FilePlus2, Newspaper, SearchX, Trash2 } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ArticleTable } from "@/components/desk/article-table";
import { DeskFilters } from "@/components/desk/desk-filters";
import { deskAddress, isNarrowed } from "@/components/desk/desk-query";
import { DeskRefresh } from "@/components/desk/desk-refresh";
import { readAddress } from "@/components/frame/address";
import { ListKeys } from "@/components/frame/list-keys";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { IgnoredNote, Paging } from "@/components/frame/paging";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { type ArticleQuery, articleQuery } from "@/lib/domain/article";
import { AppError } from "@/lib/domain/errors";
import { listArticles, listColleagues } from "@/lib/server/desk";
import { listRatings } from "@/lib/server/ratings";
import { requirePage } from "@/lib/server/session";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The three names of this screen: the desk, the queue of an editor, the trash. */
const placeOf = ({ trash, state }: ArticleQuery) => (trash ? "trash" : state === "in_review" ? "review" : "articles");
const titles = { articles: "title", review: "reviewTitle", trash: "trashTitle" } as const;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { query } = readAddress(articleQuery, await searchParams);
  return { title: (await getTranslations("desk"))(titles[placeOf(query)]) };
}

export default async function ArticlesPage({ searchParams }: Props) {
  const actor = await requirePage();
  const { query, ignored } = readAddress(articleQuery, await searchParams);
  const [page, ratings, colleagues, t] = await Promise.all([
    listArticles(actor, query).catch((error: unknown) => {
      // A place in the list that is none any more: back to its beginning.
      if (query.cursor && error instanceof AppError && error.code === "invalid")
        redirect(deskAddress({ ...query, cursor: undefined }));
      throw error;
    }),
    listRatings(actor),
    listColleagues(actor),
    getTranslations("desk"),
  ]);
  const place = placeOf(query);
  const narrowed = isNarrowed(query);
  const bringIn = (
    <Link href="/articles/new" className={buttonClass({ variant: "primary" })}>
      <FilePlus2 aria-hidden />
      {t("bringIn")}
    </Link>
  );
  return (
    <PageBody>
      <ListKeys />
      <DeskRefresh />
      <PageHead
        title={t(titles[place])}
        description={
          place === "review" ? t("reviewDescription") : place === "trash" ? t("trashDescription") : undefined
        }
      >
        {place === "trash" ? (
          <Link href="/articles" className={buttonClass()}>
            {t("backToArticles")}
          </Link>
        ) : (
          <>
            <Link href={deskAddress({ trash: "1" })} className={buttonClass({ variant: "quiet" })}>
              <Trash2 aria-hidden />
              {t("trash")}
            </Link>
            {bringIn}
          </>
        )}
      </PageHead>
      <div className="group">
        {(page.total > 0 || narrowed) && (
          <DeskFilters query={query} ratings={ratings} colleagues={colleagues} actorId={actor.id} />
        )}
        <IgnoredNote names={ignored} />
        <p role="status" className={page.total > 0 ? "mb-3 text-sm text-ink-2" : "sr-only"}>
          {t(narrowed ? "found" : "total", { count: page.total })}
        </p>
        {page.items.length > 0 ? (
          <div className="transition-opacity group-has-data-pending:opacity-60 xl:overflow-hidden xl:rounded-lg xl:border xl:bg-sheet xl:pt-2.5 xl:[&_tr:last-child]:border-b-0">
            <ArticleTable articles={page.items} ratings={ratings} trash={place === "trash"} />
          </div>
        ) : (
          <Nothing place={place} query={query} bringIn={bringIn} />
        )}
      </div>
      <Paging
        first={query.cursor ? deskAddress({ ...query, cursor: undefined }) : null}
        next={page.next && deskAddress({ ...query, cursor: page.next })}
      />
    </PageBody>
  );
}

type NothingProps = { place: keyof typeof titles; query: ArticleQuery; bringIn: React.ReactNode };

async function Nothing({ place, query, bringIn }: NothingProps) {
  const t = await getTranslations("desk");
  const onlyQueue = place === "review" && !query.q && !query.rating && !query.person && !query.due;
  if (onlyQueue)
    return (
      <EmptyState icon={Newspaper} title={t("empty.queue")}>
        {t("empty.queueBody")}
      </EmptyState>
    );
  if (isNarrowed(query))
    return (
      <EmptyState
        icon={SearchX}
        title={t("empty.nothingFound")}
        action={
          <Link href={deskAddress({ trash: query.trash, sort: query.sort })} className={buttonClass()}>
            {t("filters.clear")}
          </Link>
        }
      >
        {query.q && t("empty.nothingFoundBody")}
      </EmptyState>
    );
  if (place === "trash")
    return (
      <EmptyState icon={Trash2} title={t("empty.trash")}>
        {t("empty.trashBody")}
      </EmptyState>
    );
  return (
    <EmptyState icon={Newspaper} title={t("empty.title")} action={bringIn}>
      {t("empty.body")}
    </EmptyState>
  );
}
