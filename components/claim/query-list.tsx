"use client";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/date";
import { type QueryView, queryAnswer } from "@/lib/domain/claim";
import { focusPart } from "./claim-actions";
import { useClaimRecord } from "./claim-record";
import { GrowingText } from "./growing-text";

/** The questions that the claim waits or waited for, each with its answer or the place for one. */
export function QueryList() {
  const { shown } = useClaimRecord();
  return (
    <ol className="space-y-2">
      {shown.queries.map((query) => (
        <li key={query.id} className="border-s-3 border-s-state-needs-info ps-2.5">
          <p className="text-sm text-ink-2">
            {query.askedBy.name} · <LocalTime at={query.askedAt} />
          </p>
          <p className="wrap-anywhere whitespace-pre-line">{query.question}</p>
          {query.answer !== null ? <Answer query={query} /> : <AnswerField query={query} />}
        </li>
      ))}
    </ol>
  );
}

function Answer({ query }: { query: QueryView }) {
  return (
    <div className="mt-1 ps-3">
      <p className="text-sm text-ink-2">
        {query.answeredBy?.name} · {query.answeredAt && <LocalTime at={query.answeredAt} />}
      </p>
      <p className="wrap-anywhere whitespace-pre-line">{query.answer}</p>
    </div>
  );
}

function AnswerField({ query }: { query: QueryView }) {
  const t = useTranslations("claim.queries");
  const { claimId, outbox, queue } = useClaimRecord();
  const name = `answer/${query.id}`;
  const text = (queue.drafts[name] as string | undefined) ?? "";
  const waiting = queue.entries.some(
    (entry) =>
      entry.kind === "command" &&
      !entry.held &&
      entry.request.name === "answerQuery" &&
      entry.request.params.queryId === query.id,
  );
  const errorId = useId();
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = () => {
    if (text.trim() === "") return;
    const result = queryAnswer.safeParse({ answer: text.trim() });
    if (!result.success) return setRefusal(result.error.issues[0]?.message ?? null);
    outbox.answerQuery(claimId, query.id, text.trim());
    outbox.draft(claimId, name, null);
    focusPart(claimId, "panel");
  };
  if (waiting) return <p className="mt-1 text-sm text-ink-2">{t("sending")}</p>;
  return (
    <div className="mt-1 flex flex-wrap items-end gap-1.5">
      <GrowingText
        aria-label={t("answerTo", { question: query.question })}
        placeholder={t("answer")}
        value={text}
        className="grow basis-0"
        aria-invalid={refusal !== null}
        {...(refusal && { "aria-describedby": errorId })}
        onValueChange={(value) => {
          setRefusal(null);
          outbox.draft(claimId, name, value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <Button size="sm" onClick={send} disabled={text.trim() === ""} focusableWhenDisabled>
        {t("send")}
      </Button>
      {refusal && (
        <p id={errorId} role="alert" className="w-full text-sm font-medium text-urgent">
          {refusal}
        </p>
      )}
    </div>
  );
}
