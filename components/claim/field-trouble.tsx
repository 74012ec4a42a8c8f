"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { type Edit, type EditableRecord, editKey, type Held } from "@/lib/client/outbox-queue";
import { type DiffPart, wordDiff } from "@/lib/client/word-diff";
import { emptyRichText, plainText, type RichText } from "@/lib/domain/rich-text";
import { focusIn, useClaimActions } from "./claim-actions";
import { useChangeAuthor } from "./claim-history";
import { useClaimRecord } from "./claim-record";
import { GrowingText } from "./growing-text";
import { RichTextInput } from "./rich-text-input";

type Props = {
  id: string;
  record: EditableRecord;
  recordId: string;
  field: Edit["field"];
  mine: unknown;
  held: Held;
};

/** What stands in the way of saving a field, at the field: a reason, or the other person's text beside one's own. */
export function FieldTrouble({ id, held, ...edit }: Props) {
  const { claimId, outbox } = useClaimRecord();
  const t = useTranslations("claim");
  if (held.because === "conflict") return <Conflict id={id} {...edit} theirs={held.theirs} />;
  const key = editKey(edit.record, edit.recordId, edit.field);
  const message = held.because === "refused" ? held.message : t(`held.${held.because}`);
  return (
    <p id={id} role="alert" className="mt-1 flex flex-wrap items-center gap-x-2 text-sm font-medium text-urgent">
      {message}
      <button type="button" className="link min-h-6 font-normal" onClick={() => outbox.retry(claimId, key)}>
        {t("held.retry")}
      </button>
    </p>
  );
}

type ConflictProps = Omit<Props, "held"> & { theirs: unknown };

/** The same field changed on both sides: both texts, what differs marked, and the person chooses. */
function Conflict({ id, record, recordId, field, mine, theirs }: ConflictProps) {
  const t = useTranslations("claim.conflict");
  const fields = useTranslations("claim.fields");
  const { claimId, outbox, queue } = useClaimRecord();
  const { settle } = useClaimActions(claimId);
  const author = useChangeAuthor(claimId, field) ?? t("somebody");
  const words = useWords();
  const place = useRef<HTMLFieldSetElement>(null);
  const draft = `merge/${editKey(record, recordId, field)}`;
  const merge = queue.drafts[draft] as { value: unknown } | undefined;
  const [isOpenedHere, setOpenedHere] = useState(false);
  const setMerge = (value: unknown) => outbox.draft(claimId, draft, { value });
  const endMerge = () => outbox.draft(claimId, draft, null);
  const resolve = (value: unknown) => {
    const around = place.current?.parentElement;
    if (around) focusIn(around);
    endMerge();
    settle({ record, recordId, field }, mine, theirs, value);
  };
  const left = useDeferredValue(words(field, mine));
  const right = words(field, theirs);
  const diff = useMemo(() => wordDiff(left, right), [left, right]);
  const canMerge = !chosenFields.has(field);
  return (
    <fieldset
      ref={place}
      id={id}
      aria-label={t("label", { field: fields(field) })}
      className="mt-2 min-w-0 rounded-md border border-disputed bg-disputed-tint p-2.5"
    >
      <p role="alert" className="mb-2 text-sm">
        {t("told", { author, field: fields(field) })}
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        <Side name={t("mine")} parts={diff.left} mark="mine">
          <Button size="sm" onClick={() => resolve(mine)}>
            {t("keepMine")}
          </Button>
        </Side>
        <Side name={author} parts={diff.right} mark="theirs">
          <Button size="sm" onClick={() => resolve(theirs)}>
            {t("takeTheirs")}
          </Button>
        </Side>
      </div>
      {canMerge && !merge && (
        <button
          type="button"
          className="link mt-2 min-h-6 text-sm"
          onClick={() => {
            setOpenedHere(true);
            setMerge(startOfMerge(field, mine));
          }}
        >
          {t("merge")}
        </button>
      )}
      {merge && (
        <div className="mt-2">
          {field === "rationale" ? (
            <RichTextInput
              label={t("mergeLabel")}
              name={draft}
              value={merge.value as RichText}
              onValueChange={setMerge}
              autoFocus={isOpenedHere}
            />
          ) : (
            <GrowingText
              aria-label={t("mergeLabel")}
              data-field={draft}
              value={merge.value as string}
              onValueChange={setMerge}
              autoFocus={isOpenedHere}
            />
          )}
          <div className="mt-2 flex gap-2">
            <Button size="sm" variant="primary" onClick={() => resolve(merge.value)}>
              {t("saveMerge")}
            </Button>
            <Button size="sm" variant="quiet" onClick={endMerge}>
              {t("cancelMerge")}
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  );
}

/** One of several, of which there is no mixture. */
const chosenFields: ReadonlySet<string> = new Set(["ratingId", "confidence", "stance", "dueOn", "wordingAnchorId"]);

const startOfMerge = (field: string, mine: unknown): unknown =>
  field === "rationale" ? (mine ?? emptyRichText) : String(mine ?? "");

type SideProps = { name: string; parts: DiffPart[]; mark: "mine" | "theirs"; children: ReactNode };

function Side({ name, parts, mark, children }: SideProps) {
  const t = useTranslations("claim.conflict");
  const isEmpty = parts.every(({ text }) => text.trim() === "");
  return (
    <div className="flex min-w-0 flex-col rounded-md bg-sheet p-2">
      <p className="mb-1 text-xs font-semibold text-ink-2">{name}</p>
      <p className="mb-2 grow font-serif text-[0.9375rem] wrap-anywhere whitespace-pre-wrap">
        {isEmpty ? (
          <span className="font-sans text-sm text-ink-3">{t("empty")}</span>
        ) : (
          parts.map((part, index) =>
            part.kind === "same" ? (
              part.text
            ) : (
              <mark
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one diff have no other name
                key={index}
                className={
                  mark === "mine"
                    ? "rounded-[2px] bg-accent-tint text-ink underline decoration-accent decoration-2"
                    : "rounded-[2px] bg-disputed-tint text-ink underline decoration-disputed decoration-dashed decoration-2"
                }
              >
                {part.text}
              </mark>
            ),
          )
        )}
      </p>
      <div>{children}</div>
    </div>
  );
}

/** A value in words, as the two sides of a conflict show it. */
function useWords(): (field: Edit["field"], value: unknown) => string {
  const t = useTranslations("frame");
  const { article } = useWorkspaceServices();
  const { seen } = useClaimRecord();
  return (field, value) => {
    if (value === null || value === undefined || value === "") return "";
    if (field === "rationale") return plainText(value as RichText);
    if (field === "ratingId") {
      const rating = article.ratings.find(({ id }) => id === value);
      return rating ? `${rating.symbol} ${rating.label}` : "";
    }
    if (field === "confidence") return t(`confidences.${value as "low"}`);
    if (field === "stance") return t(`stances.${value as "supports"}`);
    if (field === "wordingAnchorId") return seen.anchors.find(({ id }) => id === value)?.exact ?? "";
    return String(value);
  };
}
