import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { NewRevision } from "@/components/revision/new-revision";
import { buttonClass } from "@/components/ui/button-look";
import { requirePage } from "@/lib/server/session";
import { loadArticle } from "../../load-article";

type Props = { params: Promise<{ articleId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("revisions.new.title") };
}

export default async function NewRevisionPage({ params }: Props) {
  const [actor, { articleId }, t] = await Promise.all([requirePage(), params, getTranslations("revisions")]);
  const { id, version, headline, language, revision } = await loadArticle(actor, articleId);
  return (
    <PageBody>
      <PageHead title={t("new.title")} description={t("new.description", { headline })}>
        <Link href={`/articles/${id}/revisions`} className={buttonClass({ variant: "quiet" })}>
          {t("toRevisions")}
        </Link>
      </PageHead>
      <NewRevision key={id} article={{ id, version, headline, language, revision }} personId={actor.id} />
    </PageBody>
  );
}
