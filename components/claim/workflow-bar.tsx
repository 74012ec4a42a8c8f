"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { NativeSelect } from "@/components/ui/select";
import { type ClaimTransition, claimTransition } from "@/lib/domain/claim";
import { setAsideReasons, type WorkflowEvent, type WorkflowState } from "@/lib/domain/workflow";
import { eventButtonId, focusPart, useClaimActions } from "./claim-actions";
import { ClaimPicker } from "./claim-picker";
import { useClaimRecord } from "./claim-record";
import { GrowingText } from "./growing-text";

/** The event that leads on from each state: the one button that stands out. */
const onwards: Partial<Record<WorkflowState, readonly WorkflowEvent[]>> = {
  open: ["take"],
  in_check: ["submit"],
  needs_info: ["resume"],
  in_review: ["approve", "withdraw"],
  returned: ["submit"],
  stale: ["approve", "submit"],
  set_aside: ["reopen"],
};
/** Events that need words first; they are asked for in place. */
const withForm = ["ask", "return", "set_aside"] as const;
type WithForm = (typeof withForm)[number];
const needsForm = (event: WorkflowEvent): event is WithForm => (withForm as readonly string[]).includes(event);

const shortcuts: Partial<Record<WorkflowEvent, string>> = { take: "a", submit: "s" };
const placeOf = {
  verdict: "verdict",
  rationale: "rationale",
  evidence: "evidence",
  anchor: "quote",
  open_query: "queries",
} as const;

/** Always in sight at the foot of the panel. A phone's sheet has another ground and a foot of its own, down to which it reaches. */
const barClass =
  "sticky bottom-0 z-10 -mx-px border-t border-line bg-sheet pt-2.5 pb-px max-[56.25rem]:bottom-[calc(-1*max(0.75rem,env(safe-area-inset-bottom)))] max-[56.25rem]:bg-paper max-[56.25rem]:pb-3";

/** What the person may do with the claim now, what is still in the way, and the words that some of it needs. */
export function WorkflowBar({ children }: { children?: ReactNode }) {
  const t = useTranslations("claim");
  const { claimId, outbox, queue, seen, shown } = useClaimRecord();
  const { move } = useClaimActions(claimId);
  // Until the person opens or closes one: the form whose words an earlier visit has left.
  const [chosen, setForm] = useState<WithForm | null | undefined>(undefined);
  const form = chosen === undefined ? withForm.find((name) => queue.drafts[name] !== undefined) : chosen;
  const offered = shown.abilities.events.filter(({ event }) => event !== "assign");
  const primary = (onwards[shown.state] ?? []).find((event) => offered.some((one) => one.event === event));
  const pending = queue.entries.find(
    (entry) => entry.kind === "command" && entry.request.name === "moveClaim" && !entry.held,
  );
  const pendingEvent =
    pending?.kind === "command" && pending.request.name === "moveClaim" ? pending.request.body.event : null;
  const isSlow = useLasting(pendingEvent !== null);
  const isHeld = queue.entries.some(({ kind, held }) => kind === "edit" && held);
  const isOffered = offered.some(({ event }) => event === form);
  // One that the person has opened stays under their hands when a colleague has made it impossible.
  const open = form && (isOffered || chosen === form) ? form : null;

  const ofForm: FormProps = {
    // One that an earlier visit has left takes no focus.
    autoFocus: chosen !== undefined,
    isOffered,
    onDone: () => {
      setForm(null);
      focusPart(claimId, "panel");
    },
  };

  const fire = (event: WorkflowEvent) => {
    if (needsForm(event)) return setForm(open === event ? null : event);
    if (event === "assign") return;
    setForm(null);
    void outbox.flush(claimId);
    move({ event }, seen);
  };
  const obstaclesOf = (event: WorkflowEvent) => offered.find((one) => one.event === event)?.obstacles ?? [];
  const label = (event: WorkflowEvent) =>
    event === "approve" && shown.state === "stale" ? t("events.approveAgain") : t(`events.${event}`);
  const obstacles = primary ? obstaclesOf(primary) : [];
  const isBlocked = obstacles.length > 0 || (isHeld && (primary === "submit" || primary === "approve"));
  const shortcut = primary && shortcuts[primary];

  return (
    <div className={barClass}>
      {open === "ask" && <AskForm {...ofForm} />}
      {open === "return" && <ReturnForm {...ofForm} />}
      {open === "set_aside" && <SetAsideForm {...ofForm} />}
      {primary && isBlocked && (
        <p className="mb-2 text-sm text-ink-2">
          {t(`obstacles.to.${primary}`)}{" "}
          {obstacles.map((obstacle, index) => (
            <span key={obstacle}>
              {index > 0 && ", "}
              {obstacle in placeOf ? (
                <button
                  type="button"
                  className="link min-h-6"
                  onClick={() => focusPart(claimId, placeOf[obstacle as keyof typeof placeOf])}
                >
                  {t(`obstacles.${obstacle}`)}
                </button>
              ) : (
                t(`obstacles.${obstacle}`)
              )}
            </span>
          ))}
          {isHeld && `${obstacles.length > 0 ? ", " : ""}${t("obstacles.held")}`}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        {primary && (
          <Button
            id={eventButtonId(claimId, primary)}
            size="sm"
            variant="primary"
            className="h-8"
            disabled={isBlocked || pending !== undefined}
            focusableWhenDisabled
            aria-busy={pendingEvent === primary}
            {...(shortcut && { "aria-keyshortcuts": shortcut })}
            onClick={() => fire(primary)}
          >
            {label(primary)}
            {shortcut && (
              <span aria-hidden className="max-sm:hidden">
                <Kbd>{shortcut}</Kbd>
              </span>
            )}
          </Button>
        )}
        {offered
          .filter(({ event }) => event !== primary)
          .map(({ event, obstacles: inTheWay }) => (
            <Button
              key={event}
              id={eventButtonId(claimId, event)}
              size="sm"
              className="h-8"
              {...(needsForm(event) && { "aria-expanded": open === event })}
              disabled={inTheWay.length > 0 || pending !== undefined}
              focusableWhenDisabled
              title={inTheWay.map((obstacle) => t(`obstacles.${obstacle}`)).join(", ")}
              onClick={() => fire(event)}
            >
              {label(event)}
            </Button>
          ))}
        <div className="ms-auto flex items-center gap-0.5">{children}</div>
      </div>
      {pendingEvent && isSlow && (
        <p role="status" className="mt-1.5 text-sm text-ink-2">
          {t("pending", { event: label(pendingEvent) })}
        </p>
      )}
    </div>
  );
}

/** True once it has been so for a second: what is over at once needs no words. */
function useLasting(isSo: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return setLasts(false);
    const timer = setTimeout(() => setLasts(true), 1_000);
    return () => clearTimeout(timer);
  }, [isSo]);
  return lasts && isSo;
}

/** A text that is kept while it is being written, and let go when it has been given off. */
function useDraftText(name: string): [string, (text: string | null) => void] {
  const { claimId, outbox, queue } = useClaimRecord();
  return [(queue.drafts[name] as string | undefined) ?? "", (text) => outbox.draft(claimId, name, text)];
}

type FormProps = { autoFocus: boolean; isOffered: boolean; onDone: () => void };

function AskForm({ autoFocus, isOffered, onDone }: FormProps) {
  const t = useTranslations("claim.forms");
  const { claimId, seen } = useClaimRecord();
  const { move } = useClaimActions(claimId);
  const [question, setQuestion] = useDraftText("ask");
  return (
    <ReasonForm
      label={t("question")}
      hint={t("questionHint")}
      value={question}
      onValueChange={setQuestion}
      action={t("ask")}
      autoFocus={autoFocus}
      isOffered={isOffered}
      canSend={question.trim() !== ""}
      move={() => ({ event: "ask", query: { id: newId(), question: question.trim() } })}
      onCancel={onDone}
      onSend={(transition) => {
        move(transition, seen);
        setQuestion(null);
        onDone();
      }}
    />
  );
}

function ReturnForm({ autoFocus, isOffered, onDone }: FormProps) {
  const t = useTranslations("claim.forms");
  const { claimId, seen } = useClaimRecord();
  const { move } = useClaimActions(claimId);
  const [reason, setReason] = useDraftText("return");
  return (
    <ReasonForm
      label={t("returnReason")}
      value={reason}
      onValueChange={setReason}
      action={t("return")}
      autoFocus={autoFocus}
      isOffered={isOffered}
      canSend={reason.trim() !== ""}
      move={() => ({ event: "return", reason: reason.trim() })}
      onCancel={onDone}
      onSend={(transition) => {
        if (!move(transition, seen)) return;
        setReason(null);
        onDone();
      }}
    />
  );
}

function SetAsideForm({ autoFocus, isOffered, onDone }: FormProps) {
  const t = useTranslations("claim.forms");
  const frame = useTranslations("frame.setAside");
  const { claimId, seen } = useClaimRecord();
  const { move } = useClaimActions(claimId);
  const [note, setNote] = useDraftText("set_aside");
  const [reason, setReason] = useState<(typeof setAsideReasons)[number]>("opinion");
  const [target, setTarget] = useState<string | null>(null);
  return (
    <ReasonForm
      label={t("note")}
      value={note}
      onValueChange={setNote}
      action={t("setAside")}
      autoFocus={false}
      isOffered={isOffered}
      canSend={reason !== "duplicate" || target !== null}
      move={() => ({
        event: "set_aside",
        reason,
        ...(note.trim() && { note: note.trim() }),
        ...(reason === "duplicate" && target && { duplicateOfId: target }),
      })}
      onCancel={onDone}
      onSend={(transition) => {
        move(transition, seen);
        setNote(null);
        onDone();
      }}
    >
      <NativeSelect
        aria-label={t("reason")}
        className="w-full"
        value={reason}
        autoFocus={autoFocus}
        onChange={(event) => setReason(event.target.value as typeof reason)}
      >
        {setAsideReasons.map((kind) => (
          <option key={kind} value={kind}>
            {frame(kind)}
          </option>
        ))}
      </NativeSelect>
      {reason === "duplicate" && <ClaimPicker exceptId={claimId} value={target} onValueChange={setTarget} />}
    </ReasonForm>
  );
}

type ReasonFormProps = {
  label: string;
  hint?: string;
  value: string;
  onValueChange: (value: string) => void;
  action: string;
  autoFocus: boolean;
  isOffered: boolean;
  canSend: boolean;
  /** What is asked for by it, once the schema has let it through. */
  move: () => ClaimTransition;
  onSend: (move: ClaimTransition) => void;
  onCancel: () => void;
  children?: ReactNode;
};

function ReasonForm({
  label,
  hint,
  value,
  onValueChange,
  action,
  autoFocus,
  isOffered,
  canSend: isComplete,
  move,
  onSend,
  onCancel,
  children,
}: ReasonFormProps) {
  const frame = useTranslations("frame");
  const fieldId = useId();
  const t = useTranslations("claim.refusal");
  const canSend = isOffered && isComplete;
  const [wrong, setRefusal] = useState<string | null>(null);
  const refusal = isOffered ? wrong : t("form");
  const send = () => {
    const asked = move();
    const result = claimTransition.safeParse(asked);
    if (result.success) onSend(asked);
    else setRefusal(result.error.issues[0]?.message ?? null);
  };
  return (
    <form
      aria-label={action}
      className="mb-2.5 space-y-2 rounded-md border border-line-2 bg-wash p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) send();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") {
          event.stopPropagation();
          onCancel();
        }
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && canSend) {
          event.preventDefault();
          send();
        }
      }}
    >
      {children}
      <div>
        <label htmlFor={fieldId} className="mb-1 block text-sm font-medium text-ink-2">
          {label}
        </label>
        <GrowingText
          id={fieldId}
          autoFocus={autoFocus}
          value={value}
          aria-invalid={refusal !== null}
          {...(refusal && { "aria-describedby": `${fieldId}-refusal` })}
          onValueChange={(next) => {
            setRefusal(null);
            onValueChange(next);
          }}
        />
        {refusal && (
          <p id={`${fieldId}-refusal`} role="alert" className="mt-1 text-sm font-medium text-urgent">
            {refusal}
          </p>
        )}
      </div>
      {hint && <p className="text-sm text-ink-2">{hint}</p>}
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="quiet" onClick={onCancel}>
          {frame("cancel")}
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={!canSend} focusableWhenDisabled>
          {action}
        </Button>
      </div>
    </form>
  );
}
