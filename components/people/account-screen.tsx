"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { type PersonView, personView } from "@/lib/domain/people";
import { ConfirmDialog } from "./confirm-dialog";
import { PasswordInput } from "./password-input";
import { useSubmission } from "./use-submission";

const panel = "grid gap-4 rounded-lg border bg-sheet p-5";

/** One's own account. */
export function AccountScreen({ person }: { person: PersonView }) {
  return (
    <div className="grid gap-6">
      <NameForm person={person} />
      <PasswordForm email={person.email} />
      <Sessions person={person} />
    </div>
  );
}

function NameForm({ person: given }: { person: PersonView }) {
  const t = useTranslations("people");
  const words = useTranslations("frame");
  const router = useRouter();
  const { button, message, fields, error, submit } = useSubmission();
  const [person, setPerson] = useState(given);
  const [name, setName] = useState(given.name);
  const conflict = personView.safeParse(error?.details.current);

  async function save(event: FormEvent) {
    event.preventDefault();
    const { id: personId } = person;
    const { version } = conflict.success ? conflict.data : person;
    const saved = await submit(endpoints.updatePerson.body, { name }, async (body) => {
      const changed = await call(endpoints.updatePerson, { params: { personId }, version, body });
      setPerson(changed);
      setName(changed.name);
    });
    if (!saved) return;
    toast(t("account.nameSaved"));
    // The frame shows the name.
    router.refresh();
  }

  return (
    <form onSubmit={save} noValidate className={panel} aria-labelledby="name-heading">
      <h2 id="name-heading" className="text-lg font-semibold">
        {t("account.name")}
      </h2>
      {message && (
        <ErrorNote title={message}>
          {conflict.success && t("people.rename.now", { name: conflict.data.name })}
        </ErrorNote>
      )}
      <Field label={t("fields.name")} hint={t("fields.nameHint")} error={fields.name}>
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="name"
          maxLength={limits.line}
        />
      </Field>
      <div>
        <Button type="submit" {...button}>
          {words("save")}
        </Button>
      </div>
    </form>
  );
}

function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("people");
  const { button, message, fields, submit } = useSubmission();

  async function change(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const input = { current: String(typed.get("current") ?? ""), next: String(typed.get("next") ?? "") };
    const changed = await submit(endpoints.changePassword.body, input, (body) =>
      call(endpoints.changePassword, { body }),
    );
    if (!changed) return;
    form.reset();
    toast(t("account.passwordChanged"));
  }

  return (
    <form onSubmit={change} noValidate className={panel} aria-labelledby="password-heading">
      <div>
        <h2 id="password-heading" className="text-lg font-semibold">
          {t("account.password")}
        </h2>
        <p className="text-ink-2">{t("account.passwordHint")}</p>
      </div>
      {message && <ErrorNote>{message}</ErrorNote>}
      {/* For password managers, which file the new password under it. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field label={t("account.current")} error={fields.current} name="current">
        <PasswordInput autoComplete="current-password" maxLength={limits.passwordMax} />
      </Field>
      <Field
        label={t("fields.newPassword")}
        hint={t("fields.passwordHint", { least: limits.passwordMin })}
        error={fields.next}
        name="next"
      >
        <PasswordInput autoComplete="new-password" maxLength={limits.passwordMax} />
      </Field>
      <div>
        <Button type="submit" {...button}>
          {t("account.changePassword")}
        </Button>
      </div>
    </form>
  );
}

function Sessions({ person }: { person: PersonView }) {
  const t = useTranslations("people");
  const { message, run } = useSubmission();
  const [asked, setAsked] = useState(false);

  async function signOut() {
    const done = await run(() => call(endpoints.signOutPerson, { params: { personId: person.id } }));
    // A full load: nothing of the signed-in screens stays in memory.
    if (done) window.location.assign("/sign-in");
  }

  return (
    <section className={panel} aria-labelledby="sessions-heading">
      <div>
        <h2 id="sessions-heading" className="text-lg font-semibold">
          {t("account.sessions")}
        </h2>
        <p className="text-ink-2">{t("account.sessionsHint", { count: person.sessions })}</p>
      </div>
      {message && <ErrorNote>{message}</ErrorNote>}
      <div>
        <Button variant="danger" onClick={() => setAsked(true)}>
          {t("people.signOut.action")}
        </Button>
      </div>
      {asked && (
        <ConfirmDialog
          title={t("account.signOutTitle")}
          action={t("people.signOut.action")}
          onConfirm={signOut}
          onClose={() => setAsked(false)}
        >
          {t("people.signOut.body", { count: person.sessions, self: "true" })}
        </ConfirmDialog>
      )}
    </section>
  );
}
