import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AnnotationsScreen } from "@/components/annotations/annotations-screen";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { buttonClass } from "@/components/ui/button-look";
import { requirePage } from "@/lib/server/session";
import { loadArticle } from "../load-article";

type Props = { params: Promise<{ articleId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("annotations.title") };
}

export default async function AnnotationsPage({ params }: Props) {
  const [actor, { articleId }, t] = await Promise.all([requirePage(), params, getTranslations("annotations")]);
  const article = await loadArticle(actor, articleId);
  return (
    <PageBody>
      <PageHead title={t("title")} description={t("description", { headline: article.headline })}>
        <Link href={`/articles/${article.id}`} className={buttonClass({ variant: "quiet" })}>
          {t("toArticle")}
        </Link>
      </PageHead>
      <AnnotationsScreen key={article.revision.id} article={article} personId={actor.id} />
    </PageBody>
  );
}
