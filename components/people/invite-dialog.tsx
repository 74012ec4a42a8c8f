"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { type InvitationView, type Role, roles } from "@/lib/domain/people";
import { useSubmission } from "./use-submission";

type Props = { onMade: (invitation: InvitationView) => void; onClose: () => void };

export function InviteDialog({ onMade, onClose }: Props) {
  const t = useTranslations("people");
  const words = useTranslations("frame");
  const { button, message, fields, submit } = useSubmission();
  // One id for the dialog's life: sending twice makes one invitation.
  const [id] = useState(() => newId());
  const [role, setRole] = useState<Role>("reviewer");
  const [email, setEmail] = useState("");

  async function invite(event: FormEvent) {
    event.preventDefault();
    const input = { id, role, email: email.trim() === "" ? null : email };
    await submit(endpoints.createInvitation.body, input, async (body) =>
      onMade(await call(endpoints.createInvitation, { body })),
    );
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("people.invite.title")}
      description={t("people.invite.description")}
    >
      <form onSubmit={invite} noValidate className="grid gap-4">
        {message && <ErrorNote>{message}</ErrorNote>}
        <fieldset className="grid gap-1.5">
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("people.columns.role")}</legend>
          {roles.map((one) => (
            <label
              key={one}
              className="flex items-start gap-2.5 rounded-md border bg-sheet px-3 py-2 has-checked:border-accent has-checked:bg-accent-tint"
            >
              <input
                type="radio"
                name="role"
                value={one}
                checked={role === one}
                onChange={() => setRole(one)}
                className="mt-1 accent-accent"
              />
              <span>
                <span className="font-semibold">{words(`roles.${one}`)}</span>
                <span className="block text-sm text-ink-2">{t(`join.roleHints.${one}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field label={t("people.invite.email")} hint={t("people.invite.emailHint")} error={fields.email}>
          <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>{words("cancel")}</Button>
          <Button type="submit" variant="primary" {...button}>
            {t("people.invite.submit")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
