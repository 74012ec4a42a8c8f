"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Field } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { PasswordInput } from "./password-input";
import { useSubmission } from "./use-submission";

/** Sets the password that a link stands for, then signs in with it. */
export function RenewPasswordForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("people");
  const { button, message, fields, submit } = useSubmission();

  async function renew(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const password = String(new FormData(form).get("password") ?? "");
    const set = await submit(endpoints.renewPassword.body, { token, password }, (body) =>
      call(endpoints.renewPassword, { body }),
    );
    if (set) form.submit();
  }

  return (
    <form method="post" action="/api/auth/callback/credentials" onSubmit={renew} noValidate className="grid gap-4">
      <noscript>{t("noScript")}</noscript>
      {message && <ErrorNote title={t("refused.title")}>{message}</ErrorNote>}
      {/* Visible to password managers, which file the new password under it. */}
      <input type="text" name="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field
        label={t("fields.newPassword")}
        hint={t("fields.passwordHint", { least: limits.passwordMin })}
        error={fields.password}
        name="password"
      >
        <PasswordInput autoComplete="new-password" required maxLength={limits.passwordMax} />
      </Field>
      <Button type="submit" variant="primary" {...button}>
        {t("renew.submit")}
      </Button>
    </form>
  );
}
