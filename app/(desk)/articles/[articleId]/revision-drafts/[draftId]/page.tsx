import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { Wizard } from "@/components/revision/wizard";
import { buttonClass } from "@/components/ui/button-look";
import { requirePage } from "@/lib/server/session";
import { loadArticle } from "../../load-article";

type Props = { params: Promise<{ articleId: string; draftId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("revisions.wizard.title") };
}

export default async function WizardPage({ params }: Props) {
  const [actor, { articleId, draftId }, t] = await Promise.all([requirePage(), params, getTranslations("revisions")]);
  const { id, headline, ratings } = await loadArticle(actor, articleId);
  return (
    <PageBody>
      <PageHead title={t("wizard.title")} description={headline}>
        <Link href={`/articles/${id}/revisions`} className={buttonClass({ variant: "quiet" })}>
          {t("toRevisions")}
        </Link>
      </PageHead>
      <Wizard key={draftId} {...{ draftId, ratings }} articleId={id} actor={{ id: actor.id, name: actor.name }} />
    </PageBody>
  );
}
