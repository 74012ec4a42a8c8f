"use client";
/** The claim that is open, whole: beside the text in the margin, in a sheet on a phone. Every field saves itself. */
import { ChevronDown, Ellipsis, Lock, Undo2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { iconButtonClass } from "@/components/ui/button-look";
import { cx } from "@/components/ui/class-names";
import { DueDate } from "@/components/ui/date";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { StateBadge } from "@/components/ui/state-badge";
import { type PanelFocus, useClaim, useWorkspaceServices } from "@/components/workspace/workspace-context";
import { isKeeping, type Outbox, setKeeping } from "@/lib/client/outbox";
import { undoStack } from "@/lib/client/undo";
import { focusPart, partId, useClaimActions } from "./claim-actions";
import { ClaimHistory } from "./claim-history";
import { type ClaimRecord, ClaimRecordProvider, useClaimRecord, useFollowedClaim, useOutbox } from "./claim-record";
import { EvidenceList } from "./evidence-list";
import { PanelNotices } from "./panel-notices";
import { PanelPart } from "./panel-part";
import { QueryList } from "./query-list";
import { RationaleField } from "./rationale-field";
import { RichTextReading } from "./rich-text-input";
import { SaveWord, useSaveAnnouncements } from "./save-word";
import { TextField } from "./text-field";
import { ConfidenceChoice, NoVerdict, VerdictChoice } from "./verdict-choice";
import { WhereItStands } from "./where-it-stands";
import { WordingPart } from "./wording-part";
import { WorkflowBar } from "./workflow-bar";

type Props = { claimId: string; focus?: PanelFocus; onClose?: () => void };

export function ClaimPanel(props: Props) {
  const outbox = useOutbox();
  if (!outbox) return <PanelBeforeReading claimId={props.claimId} />;
  return <FollowedPanel key={props.claimId} outbox={outbox} {...props} />;
}

const typesIn = "textarea, [contenteditable='true'], input:not([type='radio'])";

function FollowedPanel({ outbox, claimId, focus = null, onClose }: Props & { outbox: Outbox }) {
  const t = useTranslations("claim");
  const { announce } = useWorkspaceServices();
  const root = useRef<HTMLElement>(null);
  /** The field that is typed in. */
  const [writing, setWriting] = useState(() => (focused?.claimId === claimId ? focused.field : undefined));
  const { status, seen, shown, unseen, queue } = useFollowedClaim(outbox, claimId);
  useSaveAnnouncements(announce);
  useFocusOnOpening(root, claimId, seen === null ? null : focus);
  useFocusKept(root, claimId, () => setWriting(undefined));

  if (!seen || !shown) {
    if (status === "gone") return <p className="p-3 text-sm">{t("gone.told")}</p>;
    return <PanelBeforeReading claimId={claimId} {...(status === "unreachable" && { outbox })} />;
  }
  /** Out of a field, to where single keys act; the next Escape closes. */
  const leaveField = (event: KeyboardEvent) => {
    const field = event.target as HTMLElement;
    if (event.key !== "Escape" || event.nativeEvent.isComposing || !field.matches(typesIn)) return;
    // A field may want the key for itself; the rationale's editor takes it and does nothing with it.
    if (event.defaultPrevented && !field.isContentEditable) return;
    event.preventDefault();
    root.current?.focus({ preventScroll: true });
  };
  /** The field of the claim that is typed in; a question or an answer is no such field. */
  const fieldOf = (target: EventTarget | null) =>
    target instanceof HTMLElement && root.current?.contains(target) ? target.dataset.field : undefined;
  const isEditable = seen.abilities.edit && seen.trashedAt === null && status !== "gone";
  // Evidence may go on being written where the rest may not.
  const isEvidence =
    writing === "evidence" ||
    writing?.startsWith("source/") ||
    shown.abilities.editEvidence.some((id) => writing?.includes(id));
  const mode = isEditable ? "write" : writing !== undefined && !isEvidence ? "kept" : "read";
  const record: ClaimRecord = {
    ...{ claimId, outbox, seen, unseen, status, queue, mode },
    // What may no longer be changed is shown as it is; what was typed meanwhile stands in a notice. Evidence is everybody's to add.
    shown: mode === "read" ? { ...seen, evidence: shown.evidence, abilities: shown.abilities } : shown,
  };
  return (
    <ClaimRecordProvider record={record}>
      <section
        ref={root}
        id={partId(claimId, "panel")}
        tabIndex={-1}
        aria-label={t("label")}
        onKeyDown={leaveField}
        onFocus={({ target }) => {
          setWriting(fieldOf(target));
          focused = { claimId, field: fieldOf(target) };
        }}
        onBlur={({ relatedTarget }) => {
          setWriting(fieldOf(relatedTarget));
          if (!root.current?.contains(relatedTarget)) focused = null;
        }}
        className="outline-hidden"
      >
        <PanelBody {...(onClose && { onClose })} />
      </section>
    </ClaimRecordProvider>
  );
}

/** Where the focus is in a panel. React tells no blur of what it takes away itself, so this stays until the focus is elsewhere. */
let focused: { claimId: string; field: string | undefined } | null = null;

/**
 * What had the focus may go away (evidence removed, a button whose event is done, a panel that moves to another place of the
 * page): the focus then goes to the same field, or else to the panel, and never out of it.
 */
function useFocusKept(root: React.RefObject<HTMLElement | null>, claimId: string, onLost: () => void): void {
  const { active } = useWorkspaceServices();
  useEffect(
    () => () => {
      if (active.get() !== claimId) focused = null;
    },
    [active, claimId],
  );
  useEffect(() => {
    const isLost = () => focused?.claimId === claimId && document.activeElement === document.body;
    if (!isLost()) return;
    let tries = 20;
    let frame = 0;
    const attempt = () => {
      if (!isLost()) return;
      const name = focused?.field;
      const field = name === undefined ? null : root.current?.querySelector<HTMLElement>(`[data-field="${name}"]`);
      if (field) {
        field.focus();
        if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
      } else if (name !== undefined && tries-- > 0) frame = requestAnimationFrame(attempt);
      else {
        onLost();
        root.current?.focus({ preventScroll: true });
      }
    };
    // Not at once: between two fields the focus is nowhere for a moment.
    frame = requestAnimationFrame(attempt);
    return () => cancelAnimationFrame(frame);
  });
}

/** Openings whose wish for the focus was granted or has lapsed: a panel that is drawn anew does not take the focus again. */
const granted = new WeakSet<object>();

/**
 * Once for each opening, and again when another part is asked for; never from where the person has gone meanwhile. The
 * rationale's editor comes a moment after the rest.
 */
function useFocusOnOpening(root: React.RefObject<HTMLElement | null>, claimId: string, focus: PanelFocus): void {
  const { active } = useWorkspaceServices();
  const [from] = useState(() => document.activeElement);
  useEffect(() => {
    const opening = active.opening();
    if (!focus || granted.has(opening)) return;
    let tries = 20;
    let frame = 0;
    const attempt = () => {
      const at = document.activeElement;
      const isFree = !at || at === document.body || at === from || root.current?.contains(at) || at.matches(readText);
      const isThere = focus !== "rationale" || isDrawn(claimId);
      if (isFree && !isThere && tries-- > 0) {
        frame = requestAnimationFrame(attempt);
        return;
      }
      granted.add(opening);
      if (isFree) focusPart(claimId, focus);
    };
    attempt();
    return () => cancelAnimationFrame(frame);
  }, [root, claimId, focus, active, from]);
}

/** The text of the article, which holds the focus while it is read. */
const readText = "[role='textbox'][aria-readonly='true']";
const isDrawn = (claimId: string) =>
  document.getElementById(partId(claimId, "rationale"))?.querySelector("[contenteditable='true']") != null;

function PanelBody({ onClose }: { onClose?: () => void }) {
  const t = useTranslations("claim");
  const { claimId, shown, seen, status, mode } = useClaimRecord();
  const isWritten = mode !== "read";
  const canChoose = mode === "write";
  const id = (part: Parameters<typeof partId>[1]) => partId(claimId, part);
  return (
    <div className="flex flex-col gap-3">
      <PanelHead {...(onClose && { onClose })} />
      <PanelNotices />
      {!canChoose && !seen.trashedAt && status !== "gone" && <WhyReadOnly />}
      <WhereItStands />
      <PanelPart id={id("statement")} label={t("fields.statement")}>
        {isWritten ? (
          <TextField
            record="claim"
            recordId={claimId}
            field="statement"
            value={shown.statement}
            labelledBy={`${id("statement")}-label`}
            className="font-serif text-[0.9375rem]/[1.45]"
          />
        ) : (
          <p className="font-serif text-[0.9375rem]/[1.45] wrap-anywhere whitespace-pre-line">{shown.statement}</p>
        )}
      </PanelPart>
      <Details />
      <PanelPart id={id("verdict")} label={t("fields.ratingId")} aside={canChoose && <NoVerdict />}>
        <VerdictChoice isEditable={canChoose} />
        <ConfidenceChoice isEditable={canChoose} />
      </PanelPart>
      <PanelPart id={id("rationale")} label={t("fields.rationale")}>
        {isWritten ? (
          <RationaleField />
        ) : shown.rationale ? (
          <RichTextReading value={shown.rationale} />
        ) : (
          <p className="text-sm text-ink-2">{t("rationale.none")}</p>
        )}
      </PanelPart>
      <PanelPart id={id("evidence")} label={t("evidence.label", { count: shown.evidence.length })}>
        <EvidenceList isWritten={isWritten} />
      </PanelPart>
      <WordingPart />
      {shown.queries.length > 0 && (
        <PanelPart id={id("queries")} label={t("queries.label", { count: shown.queries.length })}>
          <QueryList />
        </PanelPart>
      )}
      <ClaimHistory />
      {status !== "gone" && (
        <WorkflowBar>
          <UndoButton />
          <PanelMenu />
        </WorkflowBar>
      )}
    </div>
  );
}

function PanelHead({ onClose }: { onClose?: () => void }) {
  const t = useTranslations("claim");
  const { seen } = useClaimRecord();
  return (
    <header className="flex items-start gap-2">
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1 pt-0.5">
        <h2 className="sr-only">{t("label")}</h2>
        <StateBadge state={seen.state} />
        <Assignee />
        {seen.dueOn && <DueDate day={seen.dueOn} settled={seen.state === "approved"} className="text-sm" />}
      </div>
      {/* Wider screens have it in the bar above the text. */}
      <SaveWord className="pt-0.5 sm:hidden" />
      {onClose && (
        <IconButton size="sm" label={t("close")} shortcut="Esc" onClick={onClose} className="-me-1.5 -mt-0.5">
          <X aria-hidden />
        </IconButton>
      )}
    </header>
  );
}

function Assignee() {
  const t = useTranslations("claim.assignee");
  const { article } = useWorkspaceServices();
  const { claimId, seen } = useClaimRecord();
  const { move } = useClaimActions(claimId);
  const { assignee } = seen;
  const canAssign = seen.abilities.events.some(({ event }) => event === "assign");
  const name = (
    <>
      {assignee && <Avatar person={assignee} size="sm" decorative className="size-5 text-[0.5625rem]" />}
      <span className="truncate">{assignee?.name ?? t("nobody")}</span>
    </>
  );
  if (!canAssign) return <span className="inline-flex min-w-0 items-center gap-1.5 text-sm text-ink-2">{name}</span>;
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t("change", { name: assignee?.name ?? t("nobody") })}
          className="-mx-1 inline-flex min-h-6 min-w-0 items-center gap-1.5 rounded-sm px-1 text-sm text-ink-2 hover:bg-wash hover:text-ink"
        >
          {name}
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </button>
      }
    >
      <MenuChoice
        label={t("label")}
        value={assignee?.id ?? ""}
        onValueChange={(assigneeId) => move({ event: "assign", assigneeId }, seen)}
        options={article.people.map((person) => ({
          value: person.id,
          label: person.name,
          icon: <Avatar person={person} size="sm" decorative />,
        }))}
      />
    </Menu>
  );
}

/** Why nothing can be written here, and who could. */
function WhyReadOnly() {
  const t = useTranslations("claim.readOnly");
  const { seen } = useClaimRecord();
  const who = seen.assignee?.name ?? "";
  const reason =
    seen.state === "in_review"
      ? t("inReview")
      : seen.state === "set_aside"
        ? t("setAside")
        : who
          ? t("held", { who })
          : t("other");
  return (
    <p role="status" className="flex items-start gap-2 text-sm text-ink-2">
      <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {reason}
    </p>
  );
}

/** Who says it, and until when it has to be checked. */
function Details() {
  const t = useTranslations("claim");
  const { claimId, shown, seen, mode } = useClaimRecord();
  const isEditable = mode !== "read";
  const canSetDue = seen.abilities.due;
  const cell = (label: string, content: ReactNode) => (
    <div className="min-w-0">
      <p aria-hidden className="mb-1 text-sm font-semibold text-ink-2">
        {label}
      </p>
      {content}
    </div>
  );
  if (!isEditable && !shown.claimant && !canSetDue) return null;
  return (
    <div className={cx("grid gap-2", canSetDue && "grid-cols-[minmax(0,1fr)_9.25rem]")}>
      {(isEditable || shown.claimant) &&
        cell(
          t("fields.claimant"),
          isEditable ? (
            <TextField
              record="claim"
              recordId={claimId}
              field="claimant"
              kind="line"
              value={shown.claimant ?? ""}
              label={t("fields.claimant")}
              placeholder={t("claimantPlaceholder")}
            />
          ) : (
            <p className="wrap-anywhere">{shown.claimant}</p>
          ),
        )}
      {canSetDue &&
        cell(
          t("fields.dueOn"),
          <TextField
            record="claim"
            recordId={claimId}
            field="dueOn"
            kind="date"
            value={shown.dueOn ?? ""}
            label={t("fields.dueOn")}
          />,
        )}
    </div>
  );
}

function UndoButton() {
  const t = useTranslations("claim.undo");
  const { claimId } = useClaimRecord();
  const last = useSyncExternalStore(
    undoStack.subscribe,
    () => undoStack.last(claimId),
    () => null,
  );
  if (!last) return null;
  return (
    <IconButton
      size="sm"
      label={t("last", { what: last.label })}
      shortcut="Ctrl Z"
      onClick={() => undoStack.undo({ id: last.id })}
    >
      <Undo2 aria-hidden />
    </IconButton>
  );
}

function PanelMenu() {
  const t = useTranslations("claim.menu");
  const { claimId, outbox, seen } = useClaimRecord();
  const { trash } = useClaimActions(claimId);
  const [keeps, setKeeps] = useState(isKeeping);
  const { closeClaim } = useWorkspaceServices();
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" aria-label={t("label")} title={t("label")} className={iconButtonClass("sm")}>
          <Ellipsis aria-hidden />
        </button>
      }
    >
      <MenuItem
        onClick={() => {
          void setKeeping(outbox, !keeps);
          setKeeps(!keeps);
        }}
      >
        {t(keeps ? "keepOff" : "keepOn")}
      </MenuItem>
      {seen.abilities.trash && !seen.trashedAt && (
        <>
          <MenuSeparator />
          <MenuItem
            danger
            onClick={() => {
              trash();
              closeClaim();
            }}
          >
            {t("trash")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** What is known of the claim before it has been read whole, so that nothing jumps when it has. */
function PanelBeforeReading({ claimId, outbox }: { claimId: string; outbox?: Outbox }) {
  const t = useTranslations("claim");
  const claim = useClaim(claimId);
  return (
    <section aria-label={t("label")} aria-busy={!outbox} className="flex flex-col gap-3">
      {claim && <StateBadge state={claim.state} />}
      {claim && <p className="font-serif text-[0.9375rem]/[1.45]">{claim.statement}</p>}
      {outbox ? (
        <div role="alert" className="text-sm">
          <p>{t("unreachable")}</p>
          <Button size="sm" className="mt-2" onClick={() => void outbox.open(claimId)}>
            {t("tryAgain")}
          </Button>
        </div>
      ) : (
        <div className="min-h-72" />
      )}
    </section>
  );
}
