"use client";
/** The open claim, shared by the parts of its panel: what the person has before them, what waits to be sent, and what waits to be seen. */
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { type ClaimState, type Learnt, type Outbox, outboxOf } from "@/lib/client/outbox";
import {
  type EditableRecord,
  editKey,
  type Held,
  projected,
  type Queue,
  type Send,
  same,
  valueIn,
} from "@/lib/client/outbox-queue";
import type { ClaimView } from "@/lib/domain/claim";

const never = () => () => {};

/** The outbox of whoever is signed in; null while the page is rendered on the server. */
export function useOutbox(): Outbox | null {
  const { actor } = useWorkspaceServices();
  return useSyncExternalStore(
    never,
    () => outboxOf(actor.id),
    () => null,
  );
}

export type ClaimRecord = {
  claimId: string;
  outbox: Outbox;
  status: ClaimState["status"];
  queue: Queue;
  /** The claim of the server as the person has seen it. */
  seen: ClaimView;
  /** The same with all that they typed laid over it. */
  shown: ClaimView;
  /** Somebody changed what is not shown yet. */
  isBehind: boolean;
  catchUp: () => void;
};

const Context = createContext<ClaimRecord | null>(null);

export function ClaimRecordProvider({ record, children }: { record: ClaimRecord; children: ReactNode }) {
  return <Context value={record}>{children}</Context>;
}

export function useClaimRecord(): ClaimRecord {
  const record = useContext(Context);
  if (!record) throw new Error("Only inside a claim panel");
  return record;
}

/** Why a field is held, if it is. */
export function useHeld(record: EditableRecord, recordId: string, field: string): Held | null {
  const key = editKey(record, recordId, field);
  return useClaimRecord().queue.entries.find((entry) => entry.key === key)?.held ?? null;
}

/** What of a claim is read and written. A change of it by somebody else must not move under the hands of who is typing. */
const contents = [
  "statement",
  "claimant",
  "ratingId",
  "confidence",
  "rationale",
  "dueOn",
  "evidence",
  "queries",
  "changes",
] as const;
const sameContents = (a: ClaimView, b: ClaimView) => contents.every((name) => same(a[name], b[name]));

/** State, people and abilities as they are now; everything that is read and written as it was seen. */
function withContentsOf(view: ClaimView, seen: ClaimView): ClaimView {
  const { statement, claimant, ratingId, confidence, rationale, dueOn, evidence, queries, changes, version } = seen;
  return { ...view, statement, claimant, ratingId, confidence, rationale, dueOn, evidence, queries, changes, version };
}

/** What was seen, with the fields that this person has just had saved. */
function withOwn(seen: ClaimView, view: ClaimView, own: Send | null): ClaimView {
  if (own?.kind !== "patch") return seen;
  const { record, recordId, edits } = own;
  const saved = Object.fromEntries(edits.map((edit) => [edit.field, valueIn(view, edit)]));
  if (record === "claim") return { ...seen, ...saved };
  return { ...seen, evidence: seen.evidence.map((row) => (row.id === recordId ? { ...row, ...saved } : row)) };
}

/** What was seen, with the fields that are in conflict as the other side has them: those are shown already, beside one's own. */
function withShownConflicts(seen: ClaimView, queue: Queue): ClaimView {
  const theirs = new Map(
    queue.entries.flatMap((entry) =>
      entry.held?.because === "conflict" ? [[entry.key, entry.held.theirs] as const] : [],
    ),
  );
  if (theirs.size === 0) return seen;
  const over = <Row extends { id: string }>(record: EditableRecord, row: Row): Row => {
    const prefix = editKey(record, row.id, "");
    const fields = [...theirs].filter(([key]) => key.startsWith(prefix));
    return { ...row, ...Object.fromEntries(fields.map(([key, value]) => [key.slice(prefix.length), value])) };
  };
  return { ...over("claim", seen), evidence: seen.evidence.map((row) => over("evidence", row)) };
}

/** The next thing to show, after a view came in. Exported for its tests. */
export function nextSeen(
  seen: ClaimView | null,
  { view, before, own }: Pick<Learnt, "view" | "before" | "own">,
  isTyping: boolean,
): ClaimView {
  const onlyOwn = own !== null && seen?.version === before?.version && view.version <= (before?.version ?? 0) + 1;
  if (!seen || onlyOwn || own?.kind === "command" || !isTyping) return view;
  const mine = withOwn(seen, view, own);
  return sameContents(mine, view) ? view : withContentsOf(view, mine);
}

/** Whether somebody changed what is not shown here in any way. Versions of evidence count nothing that can be read. */
function isBehind(seen: ClaimView, view: ClaimView, queue: Queue): boolean {
  const plain = (claim: ClaimView) => ({ ...claim, evidence: claim.evidence.map((row) => ({ ...row, version: 0 })) });
  return !sameContents(plain(withShownConflicts(seen, queue)), plain(view));
}

/** Follows one claim: reads it, sends what is typed, and holds back what others change while the person is typing. */
export function useFollowedClaim(outbox: Outbox, claimId: string, isTyping: () => boolean) {
  const { store } = useWorkspaceServices();
  const state = useSyncExternalStore(
    outbox.subscribe,
    () => outbox.state(claimId),
    () => outbox.state(claimId),
  );
  const [seen, setSeen] = useState(state.view);

  useEffect(() => {
    const follow = (learnt: Learnt) => {
      store.apply(learnt.view);
      if (learnt.view.id === claimId) setSeen((current) => nextSeen(current, learnt, isTyping()));
    };
    return outbox.onLearnt(follow);
  }, [outbox, store, claimId, isTyping]);

  // What the live stream and other readers have brought.
  useEffect(() => {
    const read = () => {
      const view = store.view(claimId);
      if (view) outbox.learn(view);
      // Taken out of the list by somebody else: to the trash, or for good.
      else if (store.isLoaded() && !store.get(claimId)) void outbox.open(claimId);
      // Read as part of a list, which says that there is a newer one and not what it is.
      else if ((store.get(claimId)?.version ?? 0) > (outbox.state(claimId).view?.version ?? Number.POSITIVE_INFINITY))
        void outbox.open(claimId);
    };
    read();
    return store.subscribe(claimId, read);
  }, [outbox, store, claimId]);

  useEffect(() => {
    void outbox.open(claimId);
    return () => void outbox.flush(claimId);
  }, [outbox, claimId]);

  const base = seen ?? state.view;
  return {
    state,
    seen: base,
    shown: base && projected(base, state.queue),
    isBehind: base !== null && state.view !== null && isBehind(base, state.view, state.queue),
    catchUp: () => setSeen(state.view),
  };
}
