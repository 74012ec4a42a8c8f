import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OutsideFrame } from "@/components/people/outside-frame";
import { buttonClass } from "@/components/ui/button-look";
import { samePath } from "@/lib/server/auth";
import { environment } from "@/lib/server/env";
import { findNewsroom } from "@/lib/server/newsroom";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.signIn.link"))("title") };
}

type Props = { searchParams: Promise<Record<"token" | "next", string | string[] | undefined>> };

/** Where a link in a mail leads: opening it does nothing, the button uses it up. */
export default async function SignInLinkPage({ searchParams }: Props) {
  const query = await searchParams;
  const token = [query.token].flat()[0];
  if (!token) redirect("/sign-in?error=Verification");
  const next = samePath([query.next].flat()[0] ?? "/", environment().CLAIMDESK_URL);
  const t = await getTranslations("people.signIn.link");
  const newsroom = await findNewsroom();
  return (
    <OutsideFrame newsroom={newsroom?.name ?? null} title={t("title")} intro={t("intro")}>
      <form method="post" action={`/api/auth/callback/email?${new URLSearchParams({ token })}`} className="grid">
        <input type="hidden" name="callbackUrl" value={next} />
        <button type="submit" className={buttonClass({ variant: "primary" })}>
          {t("submit")}
        </button>
      </form>
    </OutsideFrame>
  );
}
