import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { NewsroomForm } from "@/components/people/newsroom-form";
import { NotForRole } from "@/components/people/not-for-role";
import { ScaleEditor } from "@/components/people/scale-editor";
import { can } from "@/lib/domain/policy";
import { getNewsroom } from "@/lib/server/newsroom";
import { listRatings } from "@/lib/server/ratings";
import { requirePage } from "@/lib/server/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.settings"))("title") };
}

export default async function SettingsPage() {
  const actor = await requirePage();
  // Everybody may read both; what this screen is for is changing them.
  if (!can(actor, "settings.manage")) return <NotForRole />;
  const [newsroom, ratings, t] = await Promise.all([
    getNewsroom(actor),
    listRatings(actor),
    getTranslations("people.settings"),
  ]);
  return (
    <PageBody narrow>
      <PageHead title={t("title")} />
      <NewsroomForm newsroom={newsroom} />
      <ScaleEditor ratings={ratings} />
    </PageBody>
  );
}
