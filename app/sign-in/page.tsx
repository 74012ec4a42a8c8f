import { Info } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { OutsideFrame } from "@/components/people/outside-frame";
import { PasswordInput } from "@/components/people/password-input";
import { Avatar } from "@/components/ui/avatar";
import { buttonClass } from "@/components/ui/button-look";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { samePath, typedCookie } from "@/lib/server/auth";
import { environment } from "@/lib/server/env";
import { findNewsroom } from "@/lib/server/newsroom";
import { isUnclaimed } from "@/lib/server/people";
import { getActor } from "@/lib/server/session";
import { mailWay, outsideWays } from "@/lib/server/sign-in-ways";
import { demoPassword, demoPeople } from "@/prisma/demo/people";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.signIn"))("title") };
}

type Props = { searchParams: Promise<Record<"next" | "error" | "sent", string | string[] | undefined>> };

/** Plain forms: it works before, and without, any script. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = samePath([query.next].flat()[0] ?? "/", environment().CLAIMDESK_URL);
  if (await getActor()) redirect(next);
  if (await isUnclaimed()) redirect("/set-up");
  const t = await getTranslations("people");
  const newsroom = await findNewsroom();
  const error = [query.error].flat()[0];
  const typed = (await cookies()).get(typedCookie)?.value ?? "";
  const outside = outsideWays();
  return (
    <OutsideFrame newsroom={newsroom?.name ?? null} title={t("signIn.title")}>
      {error === "SessionEnded" && <Note>{t("signIn.sessionEnded")}</Note>}
      {error && error !== "SessionEnded" && (
        <ErrorNote>{t(`signIn.errors.${t.has(`signIn.errors.${error}`) ? error : "other"}`)}</ErrorNote>
      )}
      {query.sent && <Note>{t("signIn.sent")}</Note>}
      <form method="post" action="/api/auth/callback/credentials" className="grid gap-4">
        <input type="hidden" name="callbackUrl" value={next} />
        <Field label={t("fields.email")} name="email">
          <Input type="email" autoComplete="username" required defaultValue={typed} autoFocus={typed === ""} />
        </Field>
        <Field label={t("fields.password")} name="password">
          <PasswordInput autoComplete="current-password" required autoFocus={typed !== ""} />
        </Field>
        <button type="submit" className={buttonClass({ variant: "primary" })}>
          {t("signIn.submit")}
        </button>
        {mailWay() && (
          <button type="submit" formAction="/api/auth/signin/email" formNoValidate className={buttonClass()}>
            {t("signIn.mail")}
          </button>
        )}
      </form>
      {outside.length > 0 && (
        <>
          <p className="flex items-center gap-3 text-sm text-ink-2 before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
            {t("signIn.or")}
          </p>
          {outside.map(({ id, name }) => (
            <form key={id} method="post" action={`/api/auth/signin/${id}`} className="grid">
              <input type="hidden" name="callbackUrl" value={next} />
              <button type="submit" className={buttonClass()}>
                {t("signIn.outside", { name })}
              </button>
            </form>
          ))}
        </>
      )}
      {newsroom?.demo ? <DemoPeople next={next} /> : <p className="text-sm text-ink-2">{t("signIn.forgotten")}</p>}
    </OutsideFrame>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex gap-3 rounded-lg border bg-sheet px-4 py-3">
      <Info aria-hidden className="mt-0.5 size-4.5 shrink-0 text-accent" />
      {children}
    </p>
  );
}

async function DemoPeople({ next }: { next: string }) {
  const t = await getTranslations("people.signIn.demo");
  const words = await getTranslations("frame.roles");
  return (
    <section aria-labelledby="demo" className="mt-2 rounded-lg border bg-sheet p-4">
      <h2 id="demo" className="font-semibold">
        {t("title")}
      </h2>
      <p className="text-ink-2">
        {t("intro")} <span className="font-medium whitespace-nowrap text-ink select-all">{demoPassword}</span>
      </p>
      <ul className="mt-3 grid gap-1.5">
        {Object.values(demoPeople).map((person) => (
          <li key={person.id}>
            <form method="post" action="/api/auth/callback/credentials">
              <input type="hidden" name="callbackUrl" value={next} />
              <input type="hidden" name="email" value={person.email} />
              <input type="hidden" name="password" value={demoPassword} />
              <button
                type="submit"
                aria-label={`${t("as", { name: person.name })}, ${words(person.role)}`}
                className={buttonClass({}, "h-auto w-full justify-start! py-1.5 text-start")}
              >
                <Avatar person={person} decorative />
                <span className="grow">{person.name}</span>
                <span className="text-sm text-ink-2">{words(person.role)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
