"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints, type ResponseOf } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { useSubmission } from "./use-submission";

type Newsroom = ResponseOf<typeof endpoints.getNewsroom>;

/** The newsroom's name and its one rule. */
export function NewsroomForm({ newsroom }: { newsroom: Newsroom }) {
  const t = useTranslations("people.settings");
  const words = useTranslations("frame");
  const router = useRouter();
  const { button, message, fields, error, submit } = useSubmission();
  const [saved, setSaved] = useState(newsroom);
  const [name, setName] = useState(newsroom.name);
  const [fourEyes, setFourEyes] = useState(newsroom.fourEyes);
  const conflict = endpoints.getNewsroom.response.safeParse(error?.details.current);

  async function save(event: FormEvent) {
    event.preventDefault();
    // After a conflict the next save is made on what was shown.
    const { version } = conflict.success ? conflict.data : saved;
    const done = await submit(endpoints.updateNewsroom.body, { name, fourEyes }, async (body) => {
      const changed = await call(endpoints.updateNewsroom, { version, body });
      setSaved(changed);
      setName(changed.name);
    });
    if (!done) return;
    toast(t("saved"));
    // The frame shows the name.
    router.refresh();
  }

  return (
    <form onSubmit={save} noValidate className="grid gap-5 rounded-lg border bg-sheet p-5">
      {message && (
        <ErrorNote title={message}>
          {conflict.success && t("now", { name: conflict.data.name, fourEyes: String(conflict.data.fourEyes) })}
        </ErrorNote>
      )}
      <Field label={t("name")} hint={t("nameHint")} error={fields.name}>
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={limits.line} />
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 text-sm font-medium text-ink-2">{t("fourEyes.label")}</legend>
        {[true, false].map((on) => (
          <label
            key={String(on)}
            className="flex items-start gap-2.5 rounded-md border px-3 py-2 has-checked:border-accent has-checked:bg-accent-tint"
          >
            <input
              type="radio"
              name="fourEyes"
              checked={fourEyes === on}
              onChange={() => setFourEyes(on)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="font-semibold">{t(`fourEyes.${on}`)}</span>
              <span className="block text-sm text-ink-2">{t(`fourEyes.${on}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div>
        <Button type="submit" variant="primary" {...button}>
          {words("save")}
        </Button>
      </div>
    </form>
  );
}
