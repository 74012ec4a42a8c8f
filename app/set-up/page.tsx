import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/people/account-form";
import { OutsideFrame } from "@/components/people/outside-frame";
import { isUnclaimed } from "@/lib/server/people";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.setUp"))("title") };
}

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function SetUpPage({ searchParams }: Props) {
  if (!(await isUnclaimed())) notFound();
  const token = [(await searchParams).token].flat()[0] ?? null;
  const t = await getTranslations("people.setUp");
  return (
    <OutsideFrame title={t("title")} intro={t("intro")}>
      <AccountForm purpose="setUp" token={token} />
    </OutsideFrame>
  );
}
