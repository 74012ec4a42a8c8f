"use client";
/** What every part of the workspace shares: the article, the claims in this browser, who is at work, and which claim is open. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { ClaimStore, PendingChange } from "@/lib/client/claim-store";
import * as store from "@/lib/client/claim-store";
import type { ArticleView } from "@/lib/domain/article";
import type { ClaimSummary, ClaimView } from "@/lib/domain/claim";
import type { Actor } from "@/lib/domain/people";

/** Where the panel puts the focus when it opens; null leaves the focus where it is. */
export type PanelFocus = "panel" | "statement" | "verdict" | "rationale" | "evidence" | null;

/** Which claim is open, kept outside React so that a card is drawn anew only when it opens or closes itself. */
export class ActiveClaim {
  private current: string | null = null;
  private readonly listeners = new Set<() => void>();

  readonly get = (): string | null => this.current;

  set(id: string | null): void {
    if (id === this.current) return;
    this.current = id;
    for (const listener of [...this.listeners]) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export type WorkspaceServices = {
  article: ArticleView;
  /** Who is signed in in this browser. */
  actor: Pick<Actor, "id" | "name" | "role">;
  store: ClaimStore;
  active: ActiveClaim;
  /** Opens a claim (its card becomes the panel, its words are outlined, the text goes there), or closes the open one with null. */
  setActiveClaim: (id: string | null, options?: { focus?: PanelFocus; scroll?: boolean }) => void;
  /** Brings the words of a claim into view and the caret to them: "back to the text". */
  showInText: (id: string) => void;
  /** Says a sentence to screen readers, politely. */
  announce: (sentence: string) => void;
  /** The article after its metadata was corrected. */
  setArticle: (article: ArticleView) => void;
};

const WorkspaceContext = createContext<WorkspaceServices | null>(null);

export function WorkspaceProvider({ services, children }: { services: WorkspaceServices; children: ReactNode }) {
  return <WorkspaceContext value={services}>{children}</WorkspaceContext>;
}

/** Everything but which claim is open: does not draw anew when another one opens. */
export function useWorkspaceServices(): WorkspaceServices {
  const services = useContext(WorkspaceContext);
  if (!services) throw new Error("Only inside a workspace");
  return services;
}

export function useActiveClaimId(): string | null {
  const { active } = useWorkspaceServices();
  return useSyncExternalStore(active.subscribe, active.get, () => null);
}

/** Whether this claim is the open one; drawn anew only when that changes. */
export function useIsActive(id: string): boolean {
  const { active } = useWorkspaceServices();
  const read = () => active.get() === id;
  return useSyncExternalStore(active.subscribe, read, () => false);
}

export function useWorkspace(): WorkspaceServices & { activeClaimId: string | null } {
  const services = useWorkspaceServices();
  return { ...services, activeClaimId: useActiveClaimId() };
}

/** One claim of this article; `version` 0 while it has not reached the server. */
export function useClaim(id: string): ClaimSummary | undefined {
  return store.useClaim(useWorkspaceServices().store, id);
}

/** One claim whole, once it has been read; whoever needs it asks the server and hands the answer to `store.apply`. */
export function useClaimView(id: string): ClaimView | undefined {
  return store.useClaimView(useWorkspaceServices().store, id);
}

/** What somebody else changed in the open claim: "3 new · show", where showing is `store.showPending(id)`. */
export function usePendingChange(id: string): PendingChange | undefined {
  return store.usePendingChange(useWorkspaceServices().store, id);
}

export function useClaimIds(): readonly string[] {
  return store.useClaimIds(useWorkspaceServices().store);
}
