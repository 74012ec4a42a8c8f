"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { type PersonView, personView } from "@/lib/domain/people";
import { useSubmission } from "./use-submission";

type Props = {
  person: PersonView;
  onRenamed: (person: PersonView) => void;
  /** Somebody was first: the person as they stand now. */
  onConflict: (person: PersonView) => void;
  onClose: () => void;
};

export function RenameDialog({ person, onRenamed, onConflict, onClose }: Props) {
  const t = useTranslations("people");
  const words = useTranslations("frame");
  const { button, message, fields, error, submit } = useSubmission();
  const [name, setName] = useState(person.name);
  const fresh = personView.safeParse(error?.details.current);
  const version = fresh.success ? fresh.data.version : person.version;

  async function rename(event: FormEvent) {
    event.preventDefault();
    const { id: personId } = person;
    const done = await submit(endpoints.updatePerson.body, { name }, async (body) =>
      onRenamed(await call(endpoints.updatePerson, { params: { personId }, version, body })),
    );
    if (done) onClose();
  }

  function close() {
    if (fresh.success) onConflict(fresh.data);
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={t("people.rename.title", { name: person.name })}>
      <form onSubmit={rename} className="grid gap-4">
        {message && (
          <ErrorNote>
            {fresh.success ? `${message} ${t("people.rename.now", { name: fresh.data.name })}` : message}
          </ErrorNote>
        )}
        <Field label={t("people.rename.label")} hint={t("people.rename.hint")} error={fields.name}>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={limits.line} />
        </Field>
        <DialogActions>
          <Button onClick={close}>{words("cancel")}</Button>
          <Button type="submit" variant="primary" {...button}>
            {words("save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
