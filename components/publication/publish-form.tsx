"use client";
/** Publishes what is approved; the first time a link is made in the same step, because without one nobody could read it. */
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { toast } from "sonner";
import { v7 as newId } from "uuid";
import { useSubmission } from "@/components/people/use-submission";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { publicationCreate, type SharingView } from "@/lib/domain/publication";

/** The ids are made once: whatever was lost on the way, sending it again publishes it once. */
export type PublicationDraft = { id: string; linkId: string; note: string };
export const newPublication = (): PublicationDraft => ({ id: newId(), linkId: newId(), note: "" });

type Props = {
  articleId: string;
  sharing: SharingView;
  draft: PublicationDraft;
  onDraft: (draft: PublicationDraft) => void;
  onChange: (sharing: SharingView) => void;
};

export function PublishForm({ articleId, sharing, draft, onDraft, onChange }: Props) {
  const t = useTranslations("publication.sharing");
  const ledger = useTranslations("ledger");
  const { button, message, fields, submit } = useSubmission();
  const number = (sharing.publications[0]?.number ?? 0) + 1;
  const first = number === 1;

  function publish(event: FormEvent) {
    event.preventDefault();
    const params = { articleId };
    void submit(publicationCreate, { id: draft.id, note: draft.note || null }, async (body) => {
      let published = await call(endpoints.createPublication, { params, body });
      if (first) {
        const link = { id: draft.linkId, label: null, expiresAt: null };
        published = await call(endpoints.createShareLink, { params, body: link });
      }
      onDraft(newPublication());
      onChange(published);
      toast(t("published", { number }));
    });
  }

  return (
    <form onSubmit={publish} className="mt-4 grid gap-3">
      {!first && (
        <Field label={t("note")} hint={t("noteHint")} error={fields.note}>
          <Input
            value={draft.note}
            maxLength={limits.line}
            onChange={(event) => onDraft({ ...draft, note: event.currentTarget.value })}
          />
        </Field>
      )}
      <p className="text-sm text-ink-2">{ledger("publish", { count: sharing.unaccounted })}</p>
      {message && (
        <p role="alert" className="text-urgent">
          {message}
        </p>
      )}
      <Button type="submit" variant={first ? "primary" : "default"} {...button} className="justify-self-start">
        {first ? t("publishFirst") : t("publishAgain", { number })}
      </Button>
    </form>
  );
}
