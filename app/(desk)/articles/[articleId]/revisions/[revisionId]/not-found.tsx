import { FileQuestion } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { PageBody } from "@/components/frame/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export default async function RevisionNotFound() {
  const t = await getTranslations("past.notFound");
  return (
    <PageBody>
      <EmptyState icon={FileQuestion} title={<h1>{t("title")}</h1>}>
        {t("body")}
      </EmptyState>
    </PageBody>
  );
}
