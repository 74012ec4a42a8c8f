import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/people/account-form";
import { OutsideFrame } from "@/components/people/outside-frame";
import { findInvitation } from "@/lib/server/invitations";
import { findNewsroom } from "@/lib/server/newsroom";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const newsroom = (await findNewsroom())?.name ?? "Claimdesk";
  return { title: (await getTranslations("people.join"))("title", { newsroom }) };
}

export default async function JoinPage({ params }: Props) {
  const { token } = await params;
  const invitation = await findInvitation(token);
  if (!invitation || invitation.person) notFound();
  const t = await getTranslations("people.join");
  const role = (await getTranslations("frame.roles"))(invitation.role);
  const newsroom = (await findNewsroom())?.name ?? "Claimdesk";
  return (
    <OutsideFrame
      title={t("title", { newsroom })}
      intro={
        <>
          {t("intro", { role })} {t(`roleHints.${invitation.role}`)}
        </>
      }
    >
      <AccountForm purpose="join" token={token} email={invitation.email} />
    </OutsideFrame>
  );
}
