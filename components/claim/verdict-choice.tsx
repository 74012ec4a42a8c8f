"use client";
import { useTranslations } from "next-intl";
import { useEffect, useId } from "react";
import { cx } from "@/components/ui/class-names";
import { VerdictBadge, verdictTint } from "@/components/ui/verdict-badge";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { call } from "@/lib/client/call";
import { type Confidence, confidences } from "@/lib/domain/claim";
import { endpoints } from "@/lib/domain/endpoints";
import { focusPart, partId, useClaimActions } from "./claim-actions";
import { useClaimRecord, useHeld } from "./claim-record";
import { FieldTrouble } from "./field-trouble";

/** The first ratings of the scale have a key each. */
const keyed = 5;

/** The verdict: one of the newsroom's scale, each by symbol, word and colour, with its key. */
export function VerdictChoice({ isEditable }: { isEditable: boolean }) {
  const t = useTranslations("claim.verdict");
  const { article, setArticle } = useWorkspaceServices();
  const { claimId, seen, shown } = useClaimRecord();
  const { choose } = useClaimActions(claimId);
  const held = useHeld("claim", claimId, "ratingId");
  const isRefused = held?.because === "refused";
  // A rating that is refused has been retired since the page was read: the scale as it is now no longer offers it.
  useEffect(() => {
    if (!isRefused) return;
    const reading = new AbortController();
    call(endpoints.getArticle, { params: { articleId: article.id }, signal: reading.signal }).then(
      setArticle,
      () => {},
    );
    return () => reading.abort();
  }, [isRefused, article.id, setArticle]);
  const troubleId = useId();
  const given = article.ratings.find(({ id }) => id === shown.ratingId) ?? null;
  const scale = article.ratings.filter(({ retired }) => !retired);
  const isOnScale = scale.some(({ id }) => id === shown.ratingId);
  if (!isEditable) return <VerdictBadge rating={given} />;
  const give = (value: string | null) => choose(seen, "claim", claimId, "ratingId", shown.ratingId, value);
  return (
    <>
      <div
        role="radiogroup"
        aria-labelledby={`${partId(claimId, "verdict")}-label`}
        {...(held && { "aria-describedby": troubleId })}
        className="grid grid-cols-[repeat(auto-fit,minmax(3.875rem,1fr))] gap-1"
      >
        {scale.map((rating, index) => {
          const isOn = rating.id === shown.ratingId;
          return (
            <label
              key={rating.id}
              title={rating.definition}
              className={cx(
                "relative flex min-h-14 cursor-pointer flex-col items-center justify-center rounded-md border px-0.5 py-1.5 text-center text-[0.6875rem]/tight has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                isOn
                  ? cx("border-current font-semibold", verdictTint[rating.color])
                  : "border-line-2 bg-sheet text-ink hover:border-edge hover:bg-wash",
              )}
            >
              <input
                type="radio"
                name={`verdict-${claimId}`}
                checked={isOn}
                onChange={() => give(rating.id)}
                {...((isOn || (index === 0 && !isOnScale)) && { "data-focus-here": true })}
                {...(index < keyed && { "aria-keyshortcuts": String(index + 1) })}
                className="sr-only"
              />
              <span aria-hidden className="text-[0.9375rem] font-bold">
                {rating.symbol}
              </span>
              <span>{rating.label}</span>
              {index < keyed && (
                <span
                  aria-hidden
                  className="absolute end-1 top-0.5 text-[0.625rem] font-normal text-ink-3 max-sm:hidden"
                >
                  {index + 1}
                </span>
              )}
            </label>
          );
        })}
      </div>
      {given?.retired && (
        <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
          <VerdictBadge rating={given} />
          {t("retired")}
        </p>
      )}
      {held && (
        <FieldTrouble
          id={troubleId}
          record="claim"
          recordId={claimId}
          field="ratingId"
          mine={shown.ratingId}
          held={held}
        />
      )}
    </>
  );
}

/** Takes the verdict away again. */
export function NoVerdict() {
  const t = useTranslations("claim.verdict");
  const { claimId, seen, shown } = useClaimRecord();
  const { choose } = useClaimActions(claimId);
  if (shown.ratingId === null) return null;
  return (
    <button
      type="button"
      className="link min-h-6"
      onClick={() => {
        choose(seen, "claim", claimId, "ratingId", shown.ratingId, null);
        focusPart(claimId, "verdict");
      }}
    >
      {t("clear")}
    </button>
  );
}

/** How sure the reviewer is. */
export function ConfidenceChoice({ isEditable }: { isEditable: boolean }) {
  const t = useTranslations("claim.confidence");
  const frame = useTranslations("frame.confidences");
  const { claimId, seen, shown } = useClaimRecord();
  const { choose } = useClaimActions(claimId);
  const held = useHeld("claim", claimId, "confidence");
  const labelId = useId();
  const troubleId = useId();
  if (!isEditable)
    return shown.confidence ? <p className="mt-1 text-sm text-ink-2">{frame(shown.confidence)}</p> : null;
  const give = (value: Confidence | null) => choose(seen, "claim", claimId, "confidence", shown.confidence, value);
  const choices = [null, ...confidences] as const;
  return (
    <>
      <div className="mt-2 flex items-center gap-2 text-sm">
        <span id={labelId} className="text-ink-2">
          {t("label")}
        </span>
        <div
          role="radiogroup"
          aria-labelledby={labelId}
          {...(held && { "aria-describedby": troubleId })}
          className="ms-auto flex gap-0.5 rounded-md bg-wash p-0.5"
        >
          {choices.map((choice) => (
            <label
              key={choice ?? "none"}
              className={cx(
                "flex min-h-6 cursor-pointer items-center rounded-sm px-2 has-focus-visible:outline-2 has-focus-visible:outline-focus",
                shown.confidence === choice
                  ? "bg-sheet font-semibold text-ink shadow-[0_0_0_1px_var(--line-2)]"
                  : "text-ink-2 hover:text-ink",
              )}
            >
              <input
                type="radio"
                name={`confidence-${claimId}`}
                checked={shown.confidence === choice}
                onChange={() => give(choice)}
                className="sr-only"
              />
              {t(choice ?? "none")}
            </label>
          ))}
        </div>
      </div>
      {held && (
        <FieldTrouble
          id={troubleId}
          record="claim"
          recordId={claimId}
          field="confidence"
          mine={shown.confidence}
          held={held}
        />
      )}
    </>
  );
}
