"use client";
import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import type { Entry } from "@/lib/client/outbox-queue";
import { plainText, type RichText } from "@/lib/domain/rich-text";
import { useClaimRecord } from "./claim-record";

const textId = (key: string) => `unsent-${key}`;

/** What could not be saved, to be read and copied, and let go of only by the person. */
export function UnsentTexts({ entries }: { entries: readonly Entry[] }) {
  const t = useTranslations("claim.unsent");
  const fields = useTranslations("claim.fields");
  const { claimId, outbox } = useClaimRecord();
  const { announce } = useWorkspaceServices();
  const words = useEntryWords();
  const copy = async (key: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      announce(t("copied"));
    } catch {
      // Without the clipboard, over plain http say, the text is selected for Ctrl C.
      const place = document.getElementById(textId(key));
      if (place) getSelection()?.selectAllChildren(place);
      announce(t("selected"));
    }
  };
  const shown = entries.flatMap((entry) => {
    const text = words(entry);
    return text ? [{ entry, text }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <ul className="mt-2 space-y-2">
      {shown.map(({ entry, text }) => (
        <li key={entry.key} className="rounded-md bg-sheet p-2 text-sm">
          <p className="font-semibold text-ink-2">{entry.kind === "edit" ? fields(entry.field) : t("asked")}</p>
          <p
            id={textId(entry.key)}
            className="max-h-40 overflow-y-auto font-serif text-[0.9375rem] wrap-anywhere whitespace-pre-wrap"
          >
            {text}
          </p>
          <div className="mt-1 flex gap-1.5">
            <Button size="sm" onClick={() => void copy(entry.key, text)}>
              <Copy aria-hidden />
              {t("copy")}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => outbox.discard(claimId, entry.key)}>
              {t("discard")}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The words in an entry that somebody would miss; empty when it holds none. */
function useEntryWords(): (entry: Entry) => string {
  const frame = useTranslations("frame");
  const { article } = useWorkspaceServices();
  return (entry) => {
    if (entry.kind === "command") {
      const { request } = entry;
      if (request.name === "answerQuery") return request.body.answer;
      if (request.name === "createEvidence") return request.source.title;
      if (request.name === "createSource") return String(request.body.title);
      if (request.name !== "moveClaim") return "";
      const { body } = request;
      if (body.event === "ask") return body.query.question;
      return body.event === "return" ? body.reason : body.event === "set_aside" ? (body.note ?? "") : "";
    }
    const { field, value } = entry;
    if (value === null || value === undefined) return "";
    if (field === "rationale") return plainText(value as RichText);
    if (field === "ratingId") return article.ratings.find(({ id }) => id === value)?.label ?? "";
    if (field === "confidence") return frame(`confidences.${value as "low"}`);
    if (field === "stance") return frame(`stances.${value as "supports"}`);
    return String(value);
  };
}
