"use client";
/** Makes a share link: whom it is for, and until when. */
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { v7 as newId } from "uuid";
import { useSubmission } from "@/components/people/use-submission";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { type SharingView, shareLinkCreate } from "@/lib/domain/publication";

/** The id is made once: whatever was lost on the way, sending it again makes one link. */
export type ShareLinkDraft = { id: string; label: string; lastDay: string };
export const newShareLink = (): ShareLinkDraft => ({ id: newId(), label: "", lastDay: "" });

type Props = {
  articleId: string;
  draft: ShareLinkDraft;
  onDraft: (draft: ShareLinkDraft) => void;
  onChange: (sharing: SharingView) => void;
};

/** The last moment of a day, as whoever chose the day reckons it. */
const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString();

export function ShareLinkForm({ articleId, draft, onDraft, onChange }: Props) {
  const t = useTranslations("publication.sharing");
  const { button, message, fields, submit } = useSubmission();
  const { id, label, lastDay } = draft;

  function make(event: FormEvent) {
    event.preventDefault();
    const input = { id, label: label.trim() || null, expiresAt: lastDay ? endOf(lastDay) : null };
    void submit(shareLinkCreate, input, async (body) => {
      const sharing = await call(endpoints.createShareLink, { params: { articleId }, body });
      onDraft(newShareLink());
      onChange(sharing);
    });
  }

  return (
    <form onSubmit={make} className="mt-4 grid gap-3 border-t pt-4">
      <p className="font-medium">{t("newLink")}</p>
      <div className="flex flex-wrap gap-3">
        <Field label={t("label")} hint={t("labelHint")} error={fields.label} className="grow basis-56">
          <Input
            value={label}
            maxLength={limits.line}
            onChange={(event) => onDraft({ ...draft, label: event.currentTarget.value })}
          />
        </Field>
        <Field label={t("expiresOn")} hint={t("expiresHint")} error={fields.expiresAt} className="grow basis-44">
          <Input
            type="date"
            value={lastDay}
            onChange={(event) => onDraft({ ...draft, lastDay: event.currentTarget.value })}
          />
        </Field>
      </div>
      {message && (
        <p role="alert" className="text-urgent">
          {message}
        </p>
      )}
      <Button type="submit" {...button} className="justify-self-start">
        {t("make")}
      </Button>
    </form>
  );
}
