"use client";
/** What this person decides about the claims of a new text: shown at once, saved at once, kept when it could not be. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { call } from "@/lib/client/call";
import { DecisionQueue, type Wanted } from "@/lib/client/decision-queue";
import { endpoints } from "@/lib/domain/endpoints";
import type { PersonRef } from "@/lib/domain/people";
import type { CarriedAnchor, RevisionDraftView } from "@/lib/domain/revision";
import { draftKey } from "./use-revisions";

export function useDecisions(draft: RevisionDraftView, actor: PersonRef) {
  const queries = useQueryClient();
  const draftId = draft.id;
  const [queue] = useState(() => {
    const send = (anchorId: string, wanted: Wanted) => {
      const params = { draftId, anchorId };
      return wanted
        ? call(endpoints.decideAnchor, { as: actor.id, params, body: wanted })
        : call(endpoints.undecideAnchor, { as: actor.id, params });
    };
    return new DecisionQueue(send, (saved) =>
      queries.setQueryData<RevisionDraftView>(
        draftKey(draftId),
        (known) =>
          known && {
            ...known,
            anchors: known.anchors.map((anchor) => (anchor.anchorId === saved.anchorId ? saved : anchor)),
          },
      ),
    );
  });
  const state = useSyncExternalStore(queue.subscribe, queue.get, queue.get);

  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    addEventListener("online", () => queue.retry(), { signal });
    addEventListener("beforeunload", (event) => queue.get().unsent.size > 0 && event.preventDefault(), { signal });
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
