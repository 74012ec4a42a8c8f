"use client";
/** What this person decides about the claims of a new text: shown at once, saved at once, kept when it could not be. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { call } from "@/lib/client/call";
import { DecisionQueue, type Wanted } from "@/lib/client/decision-queue";
import { dropDecision, keepDecision, readDecisions } from "@/lib/client/kept-decisions";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import type { PersonRef } from "@/lib/domain/people";
import type { CarriedAnchor, RevisionDraftView } from "@/lib/domain/revision";
import { draftKey } from "./use-revisions";

export function useDecisions(draft: RevisionDraftView, actor: PersonRef) {
  const queries = useQueryClient();
  const draftId = draft.id;
  const t = useTranslations("revisions.wizard.save");
  const isKept = useRef(true);
  const [queue] = useState(() => {
    const send = (anchorId: string, wanted: Wanted) => {
      const params = { draftId, anchorId };
      return wanted
        ? call(endpoints.decideAnchor, { as: actor.id, params, body: wanted })
        : call(endpoints.undecideAnchor, { as: actor.id, params });
    };
    const onSaved = (saved: CarriedAnchor) =>
      queries.setQueryData<RevisionDraftView>(
        draftKey(draftId),
        (known) =>
          known && {
            ...known,
            anchors: known.anchors.map((anchor) => (anchor.anchorId === saved.anchorId ? saved : anchor)),
          },
      );
    return new DecisionQueue(send, onSaved, {
      keep: (anchorId, wanted) => {
        if (!keepDecision(actor.id, draftId, anchorId, wanted)) isKept.current = false;
      },
      drop: (anchorId) => dropDecision(actor.id, draftId, anchorId),
    });
  });
  const state = useSyncExternalStore(queue.subscribe, queue.get, queue.get);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the text as it was read first
  useEffect(() => {
    const unsent = readDecisions(actor.id, draftId);
    const held = new Map<string, unknown>();
    for (const anchorId of unsent.keys()) {
      const anchor = draft.anchors.find((one) => one.anchorId === anchorId);
      if (!anchor) {
        dropDecision(actor.id, draftId, anchorId);
        unsent.delete(anchorId);
      } else if (anchor.decision && anchor.decision.by.id !== actor.id)
        held.set(anchorId, new AppError("conflict", t("other", { name: anchor.decision.by.name })));
    }
    queue.restore(unsent, held);
  }, [queue]);

  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    addEventListener("online", () => queue.retry(), { signal });
    addEventListener(
      "beforeunload",
      (event) => !isKept.current && queue.get().unsent.size > 0 && event.preventDefault(),
      { signal },
    );
    return () => leave.abort();
  }, [queue]);

  const anchors = useMemo(
    () =>
      draft.anchors.map((anchor) => {
        const wanted = state.unsent.get(anchor.anchorId);
        return wanted === undefined ? anchor : withDecision(anchor, wanted, actor);
      }),
    [draft.anchors, state.unsent, actor],
  );
  return { anchors, queue, state };
}

/** As it will be once the decision is saved. */
function withDecision(anchor: CarriedAnchor, wanted: Wanted, by: PersonRef): CarriedAnchor {
  if (wanted === null) return { ...anchor, decision: null };
  const places = {
    confirm: () => anchor.after,
    set_aside: () => null,
    attach: () =>
      wanted.kind === "attach" ? { start: wanted.start, end: wanted.end, words: wanted.exact } : anchor.after,
  };
  return {
    ...anchor,
    decision: { kind: wanted.kind, place: places[wanted.kind](), by, at: new Date().toISOString() },
  };
}
