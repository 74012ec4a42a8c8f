"use client";
import { ArrowDown, ArrowUp, ChevronDown, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { type EvidenceView, stances } from "@/lib/domain/evidence";
import { useClaimActions } from "./claim-actions";
import { useClaimRecord, useHeld } from "./claim-record";
import { EvidenceLine, EvidenceWords, stanceLook } from "./evidence-reading";
import { FieldTrouble } from "./field-trouble";
import { TextField } from "./text-field";

type Props = {
  evidence: EvidenceView;
  isEditable: boolean;
  /** Whether its place in the order may be changed. */
  isMovable: boolean;
  isOpen: boolean;
  /** Just added here: the focus goes to its stance. */
  isFresh: boolean;
  place: { index: number; count: number };
  onToggle: () => void;
  onShift: (id: string, by: -1 | 1) => void;
  onRemove: (evidence: EvidenceView) => void;
};

/** One piece of evidence: its stance and source, what it says and what that shows. Opens in place to be written in. */
export function EvidenceRow({
  evidence,
  isEditable,
  isMovable,
  isOpen,
  isFresh,
  place,
  onToggle,
  onShift,
  onRemove,
}: Props) {
  const t = useTranslations("claim.evidence");
  const { queue } = useClaimRecord();
  const bodyId = useId();
  const row = useRef<HTMLLIElement>(null);
  const { edge } = stanceLook[evidence.stance];
  const isHeld = queue.entries.some((entry) => entry.kind === "edit" && entry.recordId === evidence.id && entry.held);
  const isWritten = isEditable && (isOpen || isHeld);

  useEffect(() => {
    if (!isFresh) return;
    row.current?.querySelector<HTMLElement>("input[type='radio']:checked")?.focus();
    row.current?.scrollIntoView({ block: "nearest" });
  }, [isFresh]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isMovable || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    // On a Mac these move the caret by paragraphs.
    if ((event.target as Element).matches("textarea, input:not([type='radio'])")) return;
    event.preventDefault();
    onShift(evidence.id, event.key === "ArrowUp" ? -1 : 1);
  };

  return (
    <li ref={row} onKeyDown={onKeyDown} className={cx("border-s-3 ps-2.5", edge)}>
      <div className="flex items-start gap-1">
        <div className="min-w-0 grow pt-0.5">
          <EvidenceLine stance={evidence.stance} source={evidence.source} locator={isWritten ? "" : evidence.locator} />
        </div>
        {isEditable && (
          <button
            type="button"
            aria-expanded={isWritten}
            aria-controls={bodyId}
            aria-label={t(isWritten ? "close" : "open", { title: evidence.source.title })}
            title={t(isWritten ? "done" : "edit")}
            onClick={onToggle}
            className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-wash hover:text-ink"
          >
            <ChevronDown aria-hidden className={cx("size-4 transition-transform", isWritten && "rotate-180")} />
          </button>
        )}
      </div>
      <div id={bodyId}>
        {isWritten ? (
          <EvidenceFields evidence={evidence}>
            {isMovable && (
              <>
                <span className="sr-only" id={`${bodyId}-place`}>
                  {t("place", { place: place.index + 1, count: place.count })}
                </span>
                <IconButton
                  size="sm"
                  label={t("up")}
                  shortcut="Alt ↑"
                  aria-describedby={`${bodyId}-place`}
                  disabled={place.index === 0}
                  focusableWhenDisabled
                  onClick={() => onShift(evidence.id, -1)}
                >
                  <ArrowUp aria-hidden />
                </IconButton>
                <IconButton
                  size="sm"
                  label={t("down")}
                  shortcut="Alt ↓"
                  aria-describedby={`${bodyId}-place`}
                  disabled={place.index === place.count - 1}
                  focusableWhenDisabled
                  onClick={() => onShift(evidence.id, 1)}
                >
                  <ArrowDown aria-hidden />
                </IconButton>
              </>
            )}
            <IconButton
              size="sm"
              label={t("remove", { title: evidence.source.title })}
              onClick={() => onRemove(evidence)}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </EvidenceFields>
        ) : (
          <EvidenceReading evidence={evidence} isEditable={isEditable} onOpen={onToggle} />
        )}
      </div>
    </li>
  );
}

type ReadingProps = { evidence: EvidenceView; isEditable: boolean; onOpen: () => void };

function EvidenceReading({ evidence, isEditable, onOpen }: ReadingProps) {
  const t = useTranslations("claim.evidence");
  if (!evidence.excerpt && !evidence.shows)
    return isEditable ? (
      <button type="button" onClick={onOpen} className="min-h-6 text-sm text-ink-3 hover:text-ink hover:underline">
        {t("addExcerpt")}
      </button>
    ) : null;
  return <EvidenceWords excerpt={evidence.excerpt} shows={evidence.shows} isShort />;
}

function EvidenceFields({ evidence, children }: { evidence: EvidenceView; children: ReactNode }) {
  const t = useTranslations("claim.evidence");
  const id = useId();
  const text = (field: "excerpt" | "locator" | "shows", className?: string) => (
    <>
      <label htmlFor={`${id}-${field}`} className="pt-1.5 text-sm text-ink-2">
        {t(`fields.${field}`)}
      </label>
      <TextField
        record="evidence"
        recordId={evidence.id}
        field={field}
        id={`${id}-${field}`}
        label={t(`fields.${field}`)}
        kind={field === "locator" ? "line" : "text"}
        value={evidence[field]}
        placeholder={t(`placeholders.${field}`)}
        {...(className && { className })}
      />
    </>
  );
  return (
    <div className="mt-1.5 grid grid-cols-[3.75rem_minmax(0,1fr)] gap-x-2 gap-y-1.5">
      <StanceChoice evidence={evidence} />
      {text("excerpt", "font-serif")}
      {text("locator")}
      {text("shows")}
      <div className="col-start-2 flex justify-end gap-0.5">{children}</div>
    </div>
  );
}

function StanceChoice({ evidence }: { evidence: EvidenceView }) {
  const t = useTranslations("claim.evidence");
  const frame = useTranslations("frame.stances");
  const { claimId, seen } = useClaimRecord();
  const { choose } = useClaimActions(claimId);
  const held = useHeld("evidence", evidence.id, "stance");
  const troubleId = useId();
  return (
    <div className="col-span-2">
      <div
        role="radiogroup"
        aria-label={t("stance")}
        {...(held && { "aria-describedby": troubleId })}
        className="flex gap-0.5 rounded-md bg-wash p-0.5"
      >
        {stances.map((stance) => {
          const { icon: Icon, ink } = stanceLook[stance];
          const isOn = evidence.stance === stance;
          return (
            <label
              key={stance}
              className={cx(
                "flex min-h-7 grow cursor-pointer items-center justify-center gap-1 rounded-sm px-1.5 text-sm whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-focus",
                isOn ? cx("bg-sheet font-semibold shadow-[0_0_0_1px_var(--line-2)]", ink) : "text-ink-2 hover:text-ink",
              )}
            >
              <input
                type="radio"
                name={`stance-${evidence.id}`}
                checked={isOn}
                onChange={() => choose(seen, "evidence", evidence.id, "stance", evidence.stance, stance)}
                className="sr-only"
              />
              <Icon aria-hidden className="size-3.5 shrink-0" />
              {frame(stance)}
            </label>
          );
        })}
      </div>
      {held && (
        <FieldTrouble
          id={troubleId}
          record="evidence"
          recordId={evidence.id}
          field="stance"
          mine={evidence.stance}
          held={held}
        />
      )}
    </div>
  );
}
