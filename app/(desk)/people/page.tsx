import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageBody } from "@/components/frame/page-head";
import { NotForRole } from "@/components/people/not-for-role";
import { PeopleScreen } from "@/components/people/people-screen";
import { ifAllowed } from "@/lib/server/allowed";
import { listInvitations } from "@/lib/server/invitations";
import { listPeople } from "@/lib/server/people";
import { requirePage } from "@/lib/server/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.people"))("title") };
}

export default async function PeoplePage() {
  const actor = await requirePage();
  const lists = await ifAllowed(() => Promise.all([listPeople(actor), listInvitations(actor)]));
  if (!lists) return <NotForRole />;
  const [people, invitations] = lists;
  return (
    <PageBody>
      <PeopleScreen self={actor.id} people={people} invitations={invitations} />
    </PageBody>
  );
}
