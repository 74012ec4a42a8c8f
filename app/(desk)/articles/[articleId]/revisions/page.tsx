import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { RevisionScreen } from "@/components/revision/revision-screen";
import { buttonClass } from "@/components/ui/button-look";
import { requirePage } from "@/lib/server/session";
import { loadArticle } from "../load-article";

type Props = { params: Promise<{ articleId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("revisions.title") };
}

export default async function RevisionsPage({ params }: Props) {
  const [actor, { articleId }, t] = await Promise.all([requirePage(), params, getTranslations("revisions")]);
  const { id, headline, trashedAt } = await loadArticle(actor, articleId);
  return (
    <PageBody narrow>
      <PageHead title={t("title")} description={t("description", { headline })}>
        <Link href={`/articles/${id}`} className={buttonClass({ variant: "quiet" })}>
          {t("toArticle")}
        </Link>
      </PageHead>
      <RevisionScreen article={{ id, trashedAt }} personId={actor.id} />
    </PageBody>
  );
}
