import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { ChangeListScreen } from "@/components/revision/change-list-screen";
import { buttonClass } from "@/components/ui/button-look";
import { requirePage } from "@/lib/server/session";
import { loadArticle } from "../load-article";

type Props = { params: Promise<{ articleId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("wording.list");
  return { title: t("title") };
}

export default async function ChangesPage({ params }: Props) {
  const [actor, { articleId }, t] = await Promise.all([requirePage(), params, getTranslations("wording.list")]);
  const { id, headline, revision } = await loadArticle(actor, articleId);
  return (
    <PageBody narrow>
      <PageHead title={t("title")} description={t("description", { headline, number: revision.number })}>
        <span className="flex flex-wrap gap-2 print:hidden">
          <Link href={`/articles/${id}/revisions`} className={buttonClass({ variant: "quiet" })}>
            {t("toRevisions")}
          </Link>
          <Link href={`/articles/${id}`} className={buttonClass({ variant: "quiet" })}>
            {t("toArticle")}
          </Link>
        </span>
      </PageHead>
      <ChangeListScreen articleId={id} actor={{ id: actor.id, name: actor.name }} />
    </PageBody>
  );
}
