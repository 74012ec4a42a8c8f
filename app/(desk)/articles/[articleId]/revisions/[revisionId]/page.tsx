import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageBody } from "@/components/frame/page-head";
import { PastRevision } from "@/components/revision/past-revision";
import { requirePage } from "@/lib/server/session";
import { loadPastRevision } from "./load-past-revision";

type Props = {
  params: Promise<{ articleId: string; revisionId: string }>;
  searchParams: Promise<{ claim?: string | string[] }>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [actor, address, { claim }, t] = await Promise.all([
    requirePage(),
    params,
    searchParams,
    getTranslations("past"),
  ]);
  const { article, past } = await loadPastRevision(actor, address.articleId, address.revisionId, [claim].flat()[0]);
  return { title: `${t("title", { number: past?.revision.number ?? 0 })}, ${article.headline}` };
}

/** A revision as it was when the next one replaced it. The one under check is the workspace's. */
export default async function PastRevisionPage({ params, searchParams }: Props) {
  const [actor, { articleId, revisionId }, search] = await Promise.all([requirePage(), params, searchParams]);
  const [claimId] = [search.claim].flat();
  const { article, past } = await loadPastRevision(actor, articleId, revisionId, claimId);
  if (!past) redirect(`/articles/${article.id}${claimId ? `?${new URLSearchParams({ claim: claimId })}` : ""}`);
  return (
    <PageBody>
      <PastRevision {...{ article, past, claimId }} />
    </PageBody>
  );
}
