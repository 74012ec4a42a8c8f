import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OutsideFrame } from "@/components/people/outside-frame";
import { RenewPasswordForm } from "@/components/people/renew-password-form";
import { findInvitation } from "@/lib/server/invitations";
import { findNewsroom } from "@/lib/server/newsroom";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.renew"))("title") };
}

export default async function NewPasswordPage({ params }: Props) {
  const { token } = await params;
  const person = (await findInvitation(token))?.person;
  if (!person || person.disabledAt) notFound();
  const t = await getTranslations("people.renew");
  const newsroom = await findNewsroom();
  return (
    <OutsideFrame newsroom={newsroom?.name ?? null} title={t("title")} intro={t("intro", { name: person.name })}>
      <RenewPasswordForm token={token} email={person.email} />
    </OutsideFrame>
  );
}
