import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { Intake } from "@/components/intake/intake";
import { requirePage } from "@/lib/server/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("intake.title") };
}

export default async function IntakePage() {
  const [{ id }, t] = await Promise.all([requirePage(), getTranslations("intake")]);
  return (
    <PageBody>
      <PageHead title={t("title")} description={t("description")} />
      <Intake personId={id} />
    </PageBody>
  );
}
