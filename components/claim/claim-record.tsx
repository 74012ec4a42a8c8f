"use client";
/** The open claim, shared by the parts of its panel: what the person has before them, what waits to be sent, and what waits to be seen. */
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { type ClaimState, type Outbox, outboxOf } from "@/lib/client/outbox";
import { type EditableRecord, editKey, type Held, type Queue } from "@/lib/client/outbox-queue";
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
  /** How many things others have changed that are not shown yet. */
  unseen: number;
  /** Being written in, or only read; `kept`: no longer to be changed, but the text under the person's hands stays until they leave it. */
  mode: "write" | "kept" | "read";
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

/** Follows one claim: reads it, sends what is typed, and holds back what others change until it is asked for. */
export function useFollowedClaim(outbox: Outbox, claimId: string): ClaimState {
  const { store } = useWorkspaceServices();
  const state = useSyncExternalStore(
    outbox.subscribe,
    () => outbox.state(claimId),
    () => outbox.state(claimId),
  );

  useEffect(() => outbox.onLearnt(({ view }) => store.apply(view)), [outbox, store]);

  useEffect(() => {
    const leave = outbox.look(claimId);
    return () => {
      leave();
      void outbox.flush(claimId);
    };
  }, [outbox, claimId]);

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

  return state;
}
