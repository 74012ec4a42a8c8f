"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { PasswordInput } from "./password-input";
import { useSubmission } from "./use-submission";

type Props =
  /** The first admin's account; without a token from the address it is asked for. */
  | { purpose: "setUp"; token: string | null }
  /** An account from an invitation, which may be for one e-mail address only. */
  | { purpose: "join"; token: string; email: string | null };

/**
 * Makes an account, then signs in with it: the form is one for sign-in as well, and is sent there once the account is made.
 */
export function AccountForm(props: Props) {
  const t = useTranslations("people");
  const { button, message, fields, submit } = useSubmission();

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const text = (name: string) => String(typed.get(name) ?? "");
    const account = { name: text("name"), email: text("email"), password: text("password"), token: text("token") };
    const made =
      props.purpose === "setUp"
        ? await submit(endpoints.setUp.body, { ...account, newsroom: text("newsroom") }, (body) =>
            call(endpoints.setUp, { body }),
          )
        : await submit(endpoints.acceptInvitation.body, account, (body) => call(endpoints.acceptInvitation, { body }));
    if (made) form.submit();
  }

  const fixedEmail = props.purpose === "join" ? props.email : null;
  return (
    <form method="post" action="/api/auth/callback/credentials" onSubmit={make} noValidate className="grid gap-4">
      <noscript>{t("noScript")}</noscript>
      {message && <ErrorNote title={t("refused.title")}>{message}</ErrorNote>}
      {props.token !== null ? (
        <input type="hidden" name="token" value={props.token} />
      ) : (
        <Field label={t("fields.token")} hint={t("fields.tokenHint")} error={fields.token} name="token">
          <Input autoComplete="off" spellCheck={false} required />
        </Field>
      )}
      {props.purpose === "setUp" && (
        <Field label={t("fields.newsroom")} error={fields.newsroom} name="newsroom">
          <Input autoComplete="organization" required maxLength={limits.line} />
        </Field>
      )}
      <Field label={t("fields.name")} hint={t("fields.nameHint")} error={fields.name} name="name">
        <Input autoComplete="name" required maxLength={limits.line} />
      </Field>
      <Field label={t("fields.email")} error={fields.email} name="email">
        <Input
          type="email"
          autoComplete="username"
          required
          {...(fixedEmail !== null && { readOnly: true, defaultValue: fixedEmail })}
        />
      </Field>
      <Field
        label={t("fields.password")}
        hint={t("fields.passwordHint", { least: limits.passwordMin })}
        error={fields.password}
        name="password"
      >
        <PasswordInput autoComplete="new-password" required maxLength={limits.passwordMax} />
      </Field>
      {props.purpose === "setUp" && fields.token && props.token !== null && (
        <ErrorNote title={t("refused.title")}>{fields.token}</ErrorNote>
      )}
      <Button type="submit" variant="primary" {...button}>
        {t(`${props.purpose}.submit`)}
      </Button>
    </form>
  );
}
