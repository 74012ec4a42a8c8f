"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/date";
import type { QueryView } from "@/lib/domain/claim";
import { limits } from "@/lib/domain/limits";
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
  const send = () => {
    if (text.trim() === "") return;
    outbox.answerQuery(claimId, query.id, text.trim());
    outbox.draft(claimId, name, null);
  };
  if (waiting) return <p className="mt-1 text-sm text-ink-2">{t("sending")}</p>;
  return (
    <div className="mt-1 flex items-end gap-1.5">
      <GrowingText
        aria-label={t("answerTo", { question: query.question })}
        placeholder={t("answer")}
        value={text}
        maxLength={limits.textField}
        onValueChange={(value) => outbox.draft(claimId, name, value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <Button size="sm" onClick={send} disabled={text.trim() === ""} focusableWhenDisabled>
        {t("send")}
      </Button>
    </div>
  );
}
