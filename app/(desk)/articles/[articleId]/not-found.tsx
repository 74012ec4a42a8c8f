import { FileQuestion } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageBody } from "@/components/frame/page-head";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";

export default async function ArticleNotFound() {
  const t = await getTranslations("workspace.notFound");
  return (
    <PageBody>
      <EmptyState
        icon={FileQuestion}
        title={t("title")}
        action={
          <Link href="/articles" className={buttonClass({ variant: "primary" })}>
            {t("action")}
          </Link>
        }
      >
        {t("body")}
      </EmptyState>
    </PageBody>
  );
}
