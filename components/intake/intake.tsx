"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { call } from "@/lib/client/call";
import type { IntakeFields } from "@/lib/client/intake-draft";
import { type ArticleDraft, articleCreate } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { Checking } from "./checking";
import { Giving } from "./giving";
import { IntakeNotices, useIntake } from "./use-intake";

type FieldErrors = Partial<Record<keyof IntakeFields, string>>;
/** What is wrong with the fields of one check; another one has nothing wrong with it yet. */
type Refused = { checkId: string; errors: FieldErrors };
const nothingWrong: FieldErrors = {};

/** An article in: give it, check what was found, save. */
export function Intake({ personId }: { personId: string }) {
  const t = useTranslations("intake");
  const router = useRouter();
  const { draft, setCheck, clear, run, startOver, back, busy, told, giving } = useIntake(personId, null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { check } = draft;
  const errors = refused && refused.checkId === check?.id ? refused.errors : nothingWrong;

  function save(id = check?.id) {
    if (!check || !id) return;
    const { draft: found, fields, document, allowDuplicate } = check;
    const body = {
      id,
      ...metadataOf(fields),
      document,
      origin: found.origin,
      originName: found.originName,
      ...(allowDuplicate && { allowDuplicate }),
    };
    const wrong = fieldErrorsOf(articleCreate.safeParse(body).error?.issues ?? []);
    if (fields.headline.trim() === "") wrong.headline = t("check.headlineNeeded");
    setRefused({ checkId: id, errors: wrong });
    if (Object.keys(wrong).length > 0) return;
    void run({ what: "save" }, async () => {
      try {
        await call(endpoints.createArticle, { as: personId, body });
      } catch (error) {
        if (error instanceof AppError && error.code === "duplicate") {
          setCheck({ draft: { ...found, duplicates: error.details.current as ArticleDraft["duplicates"] } });
        }
        if (error instanceof AppError && error.details.fields)
          setRefused({ checkId: id, errors: fieldErrorsOf(error.details.fields) });
        throw error;
      }
      await clear();
      router.push(`/articles/${id}`);
    });
  }

  /** What was saved stays as it is; this becomes an article beside it. */
  function saveAsNew() {
    const id = newId();
    setCheck({ id });
    save(id);
  }

  // An answer was lost, and what was saved then has been changed here since.
  const isOtherSaved = told.failure?.what === "save" && told.failure.code === "conflict";
  return (
    <div className="grid gap-4">
      <IntakeNotices
        {...told}
        title={(what) => t(`error.${what}`)}
        doing={{ save: t("busy.save") }}
        action={
          isOtherSaved && (
            <span className="flex flex-wrap items-center gap-3">
              <Button size="sm" onClick={saveAsNew}>
                {t("error.saveAsNew")}
              </Button>
              <a href={`/articles/${check?.id}`} target="_blank" rel="noopener" className="link">
                {t("error.openSaved")}
              </a>
            </span>
          )
        }
      />
      {check && draft.step === "check" ? (
        <Checking
          check={check}
          errors={errors}
          busy={busy}
          onChange={setCheck}
          onSave={() => save()}
          onBack={back}
          onClear={startOver}
        />
      ) : (
        <Giving {...giving} />
      )}
    </div>
  );
}

function metadataOf(fields: IntakeFields) {
  const orNull = (value: string) => (value.trim() === "" ? null : value.trim());
  return {
    headline: fields.headline.trim(),
    byline: orNull(fields.byline),
    outlet: orNull(fields.outlet),
    publishedOn: orNull(fields.publishedOn),
    canonicalUrl: orNull(fields.canonicalUrl),
    language: fields.language,
  };
}

const fieldNames = ["headline", "byline", "outlet", "publishedOn", "canonicalUrl", "language"] as const;

function fieldErrorsOf(issues: readonly { path: string | readonly PropertyKey[]; message: string }[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) {
    const name = fieldNames.find((field) => field === (typeof path === "string" ? path : path[0]));
    if (name) errors[name] ??= message;
  }
  return errors;
}
