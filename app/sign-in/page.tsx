import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { samePath, typedCookie } from "@/lib/server/auth";
import { environment } from "@/lib/server/env";
import { getActor } from "@/lib/server/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.signIn"))("title") };
}

type Props = { searchParams: Promise<{ next?: string | string[]; error?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = samePath([query.next].flat()[0] ?? "/", environment().CLAIMDESK_URL);
  if (await getActor()) redirect(next);
  const t = await getTranslations("people.signIn");
  const error = [query.error].flat()[0];
  const typed = (await cookies()).get(typedCookie)?.value ?? "";
  return (
    <main>
      <h1>{t("title")}</h1>
      {error && (
        <p role="alert">{t.has(`errors.${error}` as never) ? t(`errors.${error}` as never) : t("errors.other")}</p>
      )}
      <form method="post" action="/api/auth/callback/credentials">
        <input type="hidden" name="callbackUrl" value={next} />
        <label>
          {t("email")}
          <input name="email" type="email" autoComplete="username" required defaultValue={typed} />
        </label>
        <label>
          {t("password")}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit">{t("submit")}</button>
      </form>
    </main>
  );
}
