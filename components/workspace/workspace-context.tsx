"use client";
/** What every part of the workspace shares: the article, the claims in this browser, who is at work, and which claim is open. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { type ClaimStore, useClaim as useStoredClaim } from "@/lib/client/claim-store";
import type { Ledger } from "@/lib/client/ledger";
import type { ShownClaims } from "@/lib/client/shown-claims";
import type { ArticleView } from "@/lib/domain/article";
import type { ClaimSummary } from "@/lib/domain/claim";
import type { Actor } from "@/lib/domain/people";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { PlaceWork } from "./place-work";

/** Where the panel puts the focus when it opens; null leaves the focus where it is. */
export type PanelFocus = "panel" | "statement" | "verdict" | "rationale" | "evidence" | null;

type Opening = { id: string | null; focus: PanelFocus };
const nothing: Opening = { id: null, focus: null };

/** Which claim is open, kept outside React so that opening one draws anew only what shows it. */
export class ActiveClaim {
  private current = nothing;
  private readonly listeners = new Set<() => void>();

  readonly get = (): string | null => this.current.id;
  readonly opening = (): Opening => this.current;

  set(id: string | null, focus: PanelFocus): void {
    if (id === this.current.id && focus === this.current.focus) return;
    this.current = { id, focus };
    for (const listener of [...this.listeners]) listener();
  }

  /** The focus is wanted elsewhere by now: what has not taken it yet leaves it there. */
  settle(): void {
    this.set(this.current.id, null);
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
  /** The claims that the filter lets through. */
  shown: ShownClaims;
  active: ActiveClaim;
  ledger: Ledger;
  /** Opens a claim (its card becomes the panel, its words are outlined, the text goes there), or closes the open one with null. */
  setActiveClaim: (id: string | null, options?: { focus?: PanelFocus; scroll?: boolean }) => void;
  /** Closes the open claim and puts the caret to its words: back to the text. */
  closeClaim: () => void;
  /** The text, once it can be selected in. */
  surface: ArticleSurface | null;
  /** What is about to be done to places of claims. */
  places: PlaceWork;
  /** Brings the words of a claim into view and the caret to them: its first place here, or the one that begins at `start`. */
  showInText: (id: string, start?: number) => void;
  /** Says a sentence to screen readers, politely. */
  announce: (sentence: string) => void;
  /** The article after its metadata was corrected. */
  setArticle: (article: ArticleView) => void;
};

const WorkspaceContext = createContext<WorkspaceServices | null>(null);

export function WorkspaceProvider({ services, children }: { services: WorkspaceServices; children: ReactNode }) {
  return <WorkspaceContext value={services}>{children}</WorkspaceContext>;
}

/** Everything but which claim is open (`useActiveClaimId`): does not draw anew when another one opens. */
export function useWorkspaceServices(): WorkspaceServices {
  const services = useContext(WorkspaceContext);
  if (!services) throw new Error("Only inside a workspace");
  return services;
}

export function useActiveClaimId(): string | null {
  const { active } = useWorkspaceServices();
  return useSyncExternalStore(active.subscribe, active.get, () => null);
}

/** Where the focus goes in the panel of the open claim. */
export function usePanelFocus(): PanelFocus {
  const { active } = useWorkspaceServices();
  return useSyncExternalStore(active.subscribe, active.opening, () => nothing).focus;
}

/** One claim of this article; `version` 0 while it has not reached the server. */
export function useClaim(id: string): ClaimSummary | undefined {
  return useStoredClaim(useWorkspaceServices().store, id);
}
