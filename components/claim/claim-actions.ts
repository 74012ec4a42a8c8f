"use client";
/** What a person does to a claim, with its way back: the same whether it comes from the panel or from a key. */
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "sonner";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import type { Outbox } from "@/lib/client/outbox";
import type { Edit, EditableRecord } from "@/lib/client/outbox-queue";
import { listenForUndo, undoStack } from "@/lib/client/undo";
import type { ClaimTransition, ClaimView } from "@/lib/domain/claim";
import type { EvidenceView } from "@/lib/domain/evidence";
import type { WorkflowEvent } from "@/lib/domain/workflow";
import { useOutbox } from "./claim-record";

type Field = Edit["field"];

/** The claim with one field as the person left it: undoing holds only over that, and is a conflict over anything else. */
function withField(view: ClaimView, record: EditableRecord, recordId: string, field: Field, value: unknown): ClaimView {
  if (record === "claim") return { ...view, [field]: value };
  const evidence = view.evidence.map((row) => (row.id === recordId ? { ...row, [field]: value } : row));
  return { ...view, evidence };
}

/** Calls back once when what was asked has been done. */
function whenDone(outbox: Outbox, key: string, then: (view: ClaimView) => void): void {
  const leave = outbox.onLearnt(({ own, view }) => {
    if (own?.kind !== "command" || own.command.key !== key) return;
    leave();
    then(view);
  });
}

/** The event that leads back, where the table has one. */
function wayBack(before: ClaimView, move: ClaimTransition): ClaimTransition | null {
  switch (move.event) {
    case "submit":
      return { event: "withdraw" };
    case "withdraw":
      return { event: "submit" };
    case "set_aside":
      return { event: "reopen" };
    case "assign":
      return before.assignee ? { event: "assign", assigneeId: before.assignee.id } : null;
    case "reopen":
      return before.setAsideAs
        ? {
            event: "set_aside",
            reason: before.setAsideAs,
            ...(before.stateReason && { note: before.stateReason }),
            ...(before.duplicateOfId && { duplicateOfId: before.duplicateOfId }),
          }
        : null;
    default:
      return null;
  }
}

export function useClaimActions(claimId: string) {
  const t = useTranslations("claim");
  const outbox = useOutbox();
  const services = useWorkspaceServices();
  return useMemo(() => {
    /** Remembers the way back and, for what is done in one stroke, offers it in a toast. */
    const remember = (label: string, undo: () => void, aloud = true) => {
      listenForUndo();
      const id = undoStack.push({ claimId, label, undo, place: location.pathname });
      if (aloud) toast(label, { action: { label: t("undo.action"), onClick: () => undoStack.undo({ id }) } });
    };

    const noteEdit = (
      record: EditableRecord,
      recordId: string,
      field: Field,
      before: unknown,
      after: unknown,
      aloud: boolean,
    ) => {
      if (before === after) return;
      const undo = () => {
        const view = outbox?.state(claimId).view;
        if (!outbox || !view) return;
        outbox.type(withField(view, record, recordId, field, after), { record, recordId, field, value: before });
        void outbox.flush(claimId);
      };
      remember(t(`undo.${field}`), undo, aloud);
    };

    const move = (transition: ClaimTransition, seen: ClaimView) => {
      if (!outbox) return;
      const key = outbox.move(seen, transition);
      whenDone(outbox, key, (view) => {
        const back = wayBack(seen, transition);
        const isOffered = back && view.abilities.events.some(({ event }) => event === back.event);
        const done = t(`done.${transition.event}`);
        if (!back || !isOffered) return void toast(done);
        remember(done, () => {
          const now = outbox.state(claimId).view;
          if (now) move(back, now);
        });
      });
    };

    return {
      move,
      noteEdit,
      /** One stroke: a verdict, a confidence, a stance. Saved at once. */
      choose(seen: ClaimView, record: EditableRecord, recordId: string, field: Field, before: unknown, value: unknown) {
        if (!outbox || before === value) return;
        outbox.type(seen, { record, recordId, field, value });
        void outbox.flush(claimId);
        noteEdit(record, recordId, field, before, value, true);
      },
      removeEvidence(evidence: EvidenceView) {
        if (!outbox) return;
        outbox.removeEvidence(claimId, evidence.id);
        remember(t("undo.evidenceRemoved", { title: evidence.source.title }), () =>
          outbox.restoreEvidence(claimId, evidence),
        );
      },
      orderEvidence(before: string[], after: string[]) {
        if (!outbox) return;
        outbox.orderEvidence(claimId, after);
        remember(t("undo.evidenceOrdered"), () => outbox.orderEvidence(claimId, before), false);
      },
      trash() {
        if (!outbox) return;
        const key = outbox.trash(claimId);
        whenDone(outbox, key, () =>
          remember(t("undo.trashed"), () => {
            outbox.restore(claimId);
            services.setActiveClaim(claimId, { focus: "panel" });
          }),
        );
      },
    };
  }, [outbox, claimId, services, t]);
}

export type ClaimCommands = {
  /** The rating at this place of the newsroom's scale, from 0; the one that is given already is taken away. */
  setVerdict: (index: number) => void;
  addEvidence: () => void;
  focusRationale: () => void;
  take: () => void;
  submit: () => void;
  /** What the person may do with the claim now; null until it has been read. */
  abilities: () => ClaimView["abilities"] | null;
  /** Presses the button of an event in the panel, which asks in place for the words that some events need. */
  press: (event: WorkflowEvent) => void;
  assign: (personId: string) => void;
  trash: () => void;
};

/** The button of an event in the panel of a claim. */
export const eventButtonId = (claimId: string, event: WorkflowEvent) => `claim-${claimId}-event-${event}`;

/** The ids by which the panel's parts are found: by a key, by a link in "To submit: …". */
export const partId = (
  claimId: string,
  part: "statement" | "verdict" | "rationale" | "evidence" | "queries" | "quote",
) => `claim-${claimId}-${part}`;

/** What of a part takes the focus, the best first. */
const inOrder = ["[data-focus-here]", "[contenteditable='true']", "input:checked", "input", "textarea", "button"];

/** Puts the focus into a part of the panel. False when that part is not there. */
export function focusPart(claimId: string, part: Parameters<typeof partId>[1]): boolean {
  const place = document.getElementById(partId(claimId, part));
  if (!place) return false;
  const inner = inOrder.map((selector) => place.querySelector<HTMLElement>(selector)).find(Boolean);
  const target = place.matches(inOrder.join()) ? place : (inner ?? place);
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

/** For the key map: each does what its button does, or says why it cannot. */
export function useClaimCommands(claimId: string): ClaimCommands {
  const t = useTranslations("claim");
  const outbox = useOutbox();
  const { article, actor, announce, setActiveClaim } = useWorkspaceServices();
  const { choose, move, trash } = useClaimActions(claimId);
  return useMemo(() => {
    const withClaim = async (work: (claim: ClaimView, shown: ClaimView) => void) => {
      if (!outbox) return;
      if (!outbox.state(claimId).view) await outbox.open(claimId);
      const { view, shown } = outbox.state(claimId);
      if (view && shown) work(view, shown);
    };
    const say = (sentence: string) => {
      announce(sentence);
      toast(sentence);
    };
    const fire = (event: Extract<WorkflowEvent, "take" | "submit">) =>
      withClaim((view) => {
        const offered = view.abilities.events.find((one) => one.event === event);
        if (event === "take" && view.assignee?.id === actor.id) return say(t("refusal.alreadyYours"));
        if (!offered) return say(t(`refusal.${event}`));
        if (offered.obstacles.length === 0) return move({ event }, view);
        say(`${t(`obstacles.to.${event}`)} ${offered.obstacles.map((o) => t(`obstacles.${o}`)).join(", ")}`);
      });
    const go = (part: "evidence" | "rationale") => {
      if (!focusPart(claimId, part)) setActiveClaim(claimId, { focus: part });
    };
    return {
      setVerdict: (index) =>
        void withClaim((view, shown) => {
          const rating = article.ratings.filter(({ retired }) => !retired)[index];
          if (!rating) return;
          if (!view.abilities.edit) return say(t("refusal.edit"));
          const value = shown.ratingId === rating.id ? null : rating.id;
          choose(view, "claim", claimId, "ratingId", shown.ratingId, value);
          announce(value ? t("verdict.given", { rating: rating.label }) : t("verdict.taken"));
        }),
      addEvidence: () => go("evidence"),
      focusRationale: () => go("rationale"),
      take: () => void fire("take"),
      submit: () => void fire("submit"),
      abilities: () => outbox?.state(claimId).shown?.abilities ?? null,
      press: (event) => document.getElementById(eventButtonId(claimId, event))?.click(),
      assign: (assigneeId) => void withClaim((view) => move({ event: "assign", assigneeId }, view)),
      trash: () => {
        trash();
        setActiveClaim(null);
      },
    };
  }, [outbox, claimId, article, actor, announce, setActiveClaim, choose, move, trash, t]);
}
