"use client";
/** What a person does to a claim, with its way back: the same whether it comes from the panel or from a key. */
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo } from "react";
import { toast } from "sonner";
import { useWorkspaceServices, type WorkspaceServices } from "@/components/workspace/workspace-context";
import type { Outbox } from "@/lib/client/outbox";
import { asKept, bindsVersion, type Edit, type EditableRecord, editKey, same } from "@/lib/client/outbox-queue";
import { withField } from "@/lib/client/seen-claim";
import { listenForUndo, undoStack } from "@/lib/client/undo";
import type { ClaimTransition, ClaimView } from "@/lib/domain/claim";
import type { EvidenceView } from "@/lib/domain/evidence";
import type { SourceView } from "@/lib/domain/source";
import type { SuggestionState } from "@/lib/domain/wording";
import type { WorkflowEvent, WorkflowState } from "@/lib/domain/workflow";
import { useOutbox } from "./claim-record";

type Field = Edit["field"];

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

/** Says to everybody, by eye and by ear, why nothing happened or what did. */
function useSay(): (sentence: string) => void {
  const { announce } = useWorkspaceServices();
  return useCallback(
    (sentence) => {
      announce(sentence);
      toast(sentence);
    },
    [announce],
  );
}

/** Ctrl/⌘ Z in the workspace, and the word on what it did, as that may be out of sight. */
export function useUndo({ announce, setActiveClaim, store }: WorkspaceServices): void {
  const t = useTranslations("claim.undo");
  useEffect(() => listenForUndo(), []);
  useEffect(
    () =>
      undoStack.onUndone(({ claimId, label }, isDone) => {
        const sentence = t(isDone ? "undone" : "changed", { what: label });
        announce(sentence);
        const onClick = () => setActiveClaim(claimId, { focus: "panel", scroll: true });
        toast(sentence, claimId !== null && store.get(claimId) ? { action: { label: t("show"), onClick } } : {});
      }),
    [announce, setActiveClaim, store, t],
  );
}

export function useClaimActions(claimId: string) {
  const t = useTranslations("claim");
  const words = useTranslations("wording");
  const outbox = useOutbox();
  const say = useSay();
  const { setActiveClaim } = useWorkspaceServices();
  return useMemo(() => {
    /** Remembers the way back and, for what is done in one stroke, offers it in a toast. */
    const remember = (label: string, undo: () => unknown, aloud = true) => {
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
      const left = asKept({ record, field, value: after });
      if (same(asKept({ record, field, value: before }), left)) return;
      const undo = () => {
        const view = outbox?.state(claimId).view;
        if (!outbox || !view) return;
        // It holds only over what the person left, and is a conflict over anything else.
        outbox.type(withField(view, record, recordId, field, left), { record, recordId, field, value: before });
        void outbox.flush(claimId);
      };
      remember(t(`undo.${field}`), undo, aloud);
    };

    /** False, with a word, when it would bind what was not seen. */
    const move = (transition: ClaimTransition, seen: ClaimView): boolean => {
      if (!outbox) return false;
      if (bindsVersion.has(transition.event) && outbox.state(claimId).unseen > 0) {
        say(t("refusal.unseen"));
        return false;
      }
      const key = outbox.move(seen, transition);
      whenDone(outbox, key, (view) => {
        const back = wayBack(seen, transition);
        const isOffered = back && view.abilities.events.some(({ event }) => event === back.event);
        const done = t(`done.${transition.event}`);
        if (!back || !isOffered) return void toast(done, { description: t("undo.none") });
        remember(done, () => {
          const now = outbox.state(claimId).seen;
          if (now?.state !== view.state) return false;
          outbox.move(now, back);
        });
      });
      return true;
    };

    /** Of whatever is suggested when it is sent, this text of the person's own included. */
    const decideWording = (seen: ClaimView, state: SuggestionState) => {
      if (!outbox) return;
      if (outbox.state(claimId).unseen > 0) return say(t("refusal.unseen"));
      const before = seen.suggestion?.state ?? "proposed";
      whenDone(outbox, outbox.decideWording(seen, { state }), (view) =>
        remember(words(`done.${state}`), () => {
          const now = outbox.state(claimId).seen;
          if (now?.suggestion?.state !== view.suggestion?.state || now?.wording !== view.wording) return false;
          outbox.decideWording(now, { state: before });
        }),
      );
    };

    return {
      move,
      noteEdit,
      decideWording,
      /** One stroke: a verdict, a confidence, a stance. Saved at once. */
      choose(seen: ClaimView, record: EditableRecord, recordId: string, field: Field, before: unknown, value: unknown) {
        if (!outbox || before === value) return;
        outbox.type(seen, { record, recordId, field, value });
        void outbox.flush(claimId);
        noteEdit(record, recordId, field, before, value, true);
      },
      /** The answer to a conflict: one's own text, the other one or a merge. */
      settle(
        { record, recordId, field }: Pick<Edit, "record" | "recordId" | "field">,
        mine: unknown,
        theirs: unknown,
        value: unknown,
      ) {
        outbox?.resolve(claimId, editKey(record, recordId, field), value);
        noteEdit(record, recordId, field, same(value, theirs) ? mine : theirs, value, true);
      },
      addEvidence(source: SourceView, isNew: boolean): string | null {
        if (!outbox) return null;
        const id = outbox.addEvidence(claimId, source, isNew);
        remember(t("evidence.added", { title: source.title }), () => outbox.removeEvidence(claimId, id));
        return id;
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
        remember(t("undo.evidenceOrdered"), () => outbox.orderEvidence(claimId, before));
      },
      trash() {
        if (!outbox) return;
        const key = outbox.trash(claimId);
        whenDone(outbox, key, () =>
          remember(t("undo.trashed"), () => {
            outbox.restore(claimId);
            setActiveClaim(claimId, { focus: "panel" });
          }),
        );
      },
    };
  }, [outbox, claimId, setActiveClaim, say, t, words]);
}

export type ClaimCommands = {
  /** The rating at this place of the newsroom's scale, from 0; the one that is given already is taken away. */
  setVerdict: (index: number) => void;
  addEvidence: () => void;
  focusRationale: () => void;
  suggestWording: () => void;
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

/** The button by which other words are suggested, or the field in which they are. */
export const startWordingId = (claimId: string) => `claim-${claimId}-wording-start`;

/** The ids by which the panel and its parts are found: by a key, by a link in "To submit: …". */
export const partId = (
  claimId: string,
  part: "panel" | "statement" | "verdict" | "rationale" | "evidence" | "wording" | "queries" | "quote",
) => `claim-${claimId}-${part}`;

/** What of a part takes the focus, the best first. */
const inOrder = ["[data-focus-here]", "[contenteditable='true']", "input:checked", "input", "textarea", "button"];

/** Puts the focus into a part of the panel. False when that part is not there. */
export function focusPart(claimId: string, part: Parameters<typeof partId>[1]): boolean {
  const place = document.getElementById(partId(claimId, part));
  if (!place) return false;
  if (part === "panel") place.focus({ preventScroll: true });
  else focusIn(place);
  return true;
}

/** Puts the focus to the best of what is in a place, or to the place itself. */
export function focusIn(place: HTMLElement): void {
  const inner = inOrder.map((selector) => place.querySelector<HTMLElement>(selector)).find(Boolean);
  const target = place.matches(inOrder.join()) ? place : (inner ?? place);
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

/** Presses a button of a panel that may still be being drawn. */
function pressSoon(id: string, tries = 30): void {
  const button = document.getElementById(id);
  if (button?.matches("textarea")) button.focus();
  else if (button) button.click();
  else if (tries > 0) requestAnimationFrame(() => pressSoon(id, tries - 1));
}

/** A verdict given by one key there could cost an approval, or the right to give one. */
const decided: readonly WorkflowState[] = ["in_review", "approved", "stale"];

/** For the key map: each does what its button does, on what is shown, or says why it cannot. */
export function useClaimCommands(claimId: string): ClaimCommands {
  const t = useTranslations("claim");
  const outbox = useOutbox();
  const say = useSay();
  const { article, actor, announce, setActiveClaim } = useWorkspaceServices();
  const { choose, move, trash } = useClaimActions(claimId);
  // As long as the claim is open, wherever its panel is drawn.
  useEffect(() => outbox?.look(claimId), [outbox, claimId]);
  return useMemo(() => {
    const withClaim = async (work: (seen: ClaimView, shown: ClaimView) => void) => {
      if (!outbox) return;
      if (!outbox.state(claimId).view) await outbox.open(claimId);
      const { seen, shown } = outbox.state(claimId);
      if (seen && shown) work(seen, shown);
    };
    const withEditable = (work: (seen: ClaimView, shown: ClaimView) => void) =>
      withClaim((seen, shown) => {
        if (seen.abilities.edit && !seen.trashedAt) work(seen, shown);
        else say(t("refusal.edit"));
      });
    const fire = (event: Extract<WorkflowEvent, "take" | "submit">) =>
      withClaim((seen) => {
        const offered = seen.abilities.events.find((one) => one.event === event);
        if (event === "take" && seen.assignee?.id === actor.id) return say(t("refusal.alreadyYours"));
        if (!offered) return say(t(`refusal.${event}`));
        if (offered.obstacles.length === 0) return void move({ event }, seen);
        say(`${t(`obstacles.to.${event}`)} ${offered.obstacles.map((o) => t(`obstacles.${o}`)).join(", ")}`);
      });
    const go = (part: "verdict" | "evidence" | "rationale") => {
      if (!focusPart(claimId, part)) setActiveClaim(claimId, { focus: part });
    };
    return {
      setVerdict: (index) =>
        void withEditable((seen, shown) => {
          const rating = article.ratings.filter(({ retired }) => !retired)[index];
          if (!rating) return;
          if (decided.includes(seen.state)) {
            go("verdict");
            return announce(t("verdict.opened"));
          }
          const value = shown.ratingId === rating.id ? null : rating.id;
          choose(seen, "claim", claimId, "ratingId", shown.ratingId, value);
          announce(value ? t("verdict.given", { rating: rating.label }) : t("verdict.taken"));
        }),
      addEvidence: () =>
        void withClaim((seen) => {
          if (seen.abilities.addEvidence && !seen.trashedAt) go("evidence");
          else say(t("refusal.edit"));
        }),
      focusRationale: () => void withEditable(() => go("rationale")),
      suggestWording: () => void withEditable(() => pressSoon(startWordingId(claimId))),
      take: () => void fire("take"),
      submit: () => void fire("submit"),
      abilities: () => outbox?.state(claimId).seen?.abilities ?? null,
      press: (event) => pressSoon(eventButtonId(claimId, event)),
      assign: (assigneeId) => void withClaim((seen) => void move({ event: "assign", assigneeId }, seen)),
      trash: () => {
        trash();
        setActiveClaim(null);
      },
    };
  }, [outbox, claimId, article, actor, announce, say, setActiveClaim, choose, move, trash, t]);
}
