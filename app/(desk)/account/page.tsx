import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageBody, PageHead } from "@/components/frame/page-head";
import { AccountScreen } from "@/components/people/account-screen";
import { getPerson } from "@/lib/server/people";
import { requirePage } from "@/lib/server/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.account"))("title") };
}

export default async function AccountPage() {
  const actor = await requirePage();
  const person = await getPerson(actor, actor.id);
  const [t, words] = await Promise.all([getTranslations("people.account"), getTranslations("frame.roles")]);
  return (
    <PageBody narrow>
      <PageHead title={t("title")} description={t("description", { email: person.email, role: words(person.role) })} />
      <AccountScreen person={person} />
    </PageBody>
  );
}
