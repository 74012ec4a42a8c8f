"use client";
/**
 * The claims that the filter lets through, in the order of the text, kept up with the store and the filter. The claim that
 * is open is always among them: a filter never takes away what a person is working on.
 */
import { useDeferredValue, useSyncExternalStore } from "react";
import type { ClaimSummary } from "../domain/claim";
import { type ClaimFilter, everything, isEverything, testOf } from "./claim-filter";
import { type ClaimChange, type ClaimStore, firstFrom } from "./claim-store";

/** A change of what is shown; `claim` comes or changes, or is no longer shown. `set` means: everything anew. */
export type ShownChange = { type: "set" } | { type: "show"; claim: ClaimSummary } | { type: "hide"; id: string };

export class ShownClaims {
  private current: ClaimFilter = everything;
  private test: ((claim: ClaimSummary) => boolean) | null = null;
  private kept: string | null = null;
  private claims: readonly ClaimSummary[];
  private claimIds: readonly string[];
  private readonly listeners = new Set<() => void>();
  private readonly changeListeners = new Set<(change: ShownChange) => void>();

  constructor(private readonly store: ClaimStore) {
    this.claims = store.all();
    this.claimIds = store.ids();
  }

  /** Follows the store until the returned function is called. */
  follow(): () => void {
    this.readAnew();
    return this.store.subscribeToChanges((change) => this.take(change));
  }

  readonly filter = (): ClaimFilter => this.current;

  setFilter(filter: ClaimFilter): void {
    this.current = filter;
    this.test = isEverything(filter) ? null : testOf(filter);
    this.readAnew();
  }

  /** Keeps a claim among the shown ones whatever the filter says. */
  keep(id: string | null): void {
    const before = this.kept;
    if (before === id) return;
    const [leaves, comes] = [before, id].map((one) => (one === null ? undefined : this.store.get(one)));
    this.kept = id;
    if (!this.test) return;
    this.read();
    if (leaves && !this.isShown(leaves)) this.tell({ type: "hide", id: leaves.id });
    if (comes && !this.test(comes)) this.tell({ type: "show", claim: comes });
  }

  readonly ids = (): readonly string[] => this.claimIds;

  all(): readonly ClaimSummary[] {
    return this.claims;
  }

  isShown(claim: ClaimSummary): boolean {
    return this.test === null || claim.id === this.kept || this.test(claim);
  }

  /** The shown claims that begin from `start` to before `end`. */
  between(start: number, end: number): readonly ClaimSummary[] {
    return this.claims.slice(firstFrom(this.claims, start), firstFrom(this.claims, end));
  }

  /** The claim after or before one in the text; from nothing, the first at or after `from`. */
  next(id: string | null, step: 1 | -1, from = 0): string | null {
    const ids = this.claimIds;
    const at = id === null ? -1 : ids.indexOf(id);
    if (at !== -1) return ids[at + step] ?? null;
    const first = firstFrom(this.claims, from);
    return (step === 1 ? ids[first] : ids[first - 1]) ?? null;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  subscribeToChanges(listener: (change: ShownChange) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  private take(change: ClaimChange): void {
    if (change.type === "set") {
      this.readAnew();
      return;
    }
    const shown = change.type === "upsert" && this.isShown(change.claim);
    this.read();
    this.tell(shown ? { type: "show", claim: change.claim } : { type: "hide", id: change.claim.id });
  }

  private readAnew(): void {
    this.read();
    this.tell({ type: "set" });
  }

  private read(): void {
    if (this.test === null) {
      this.claims = this.store.all();
      this.claimIds = this.store.ids();
      return;
    }
    this.claims = this.store.all().filter((claim) => this.isShown(claim));
    const ids = this.claims.map((claim) => claim.id);
    const same = ids.length === this.claimIds.length && ids.every((id, index) => id === this.claimIds[index]);
    if (!same) this.claimIds = ids;
  }

  private tell(change: ShownChange): void {
    for (const listener of [...this.changeListeners]) listener(change);
    for (const listener of [...this.listeners]) listener();
  }
}

/** The shown ids in the order of the text; the same array until they change. Cards, rows and counts are drawn after the words. */
export function useShownIds(shown: ShownClaims): readonly string[] {
  return useDeferredValue(useSyncExternalStore(shown.subscribe, shown.ids, shown.ids));
}

export function useClaimFilter(shown: ShownClaims): ClaimFilter {
  return useSyncExternalStore(shown.subscribe, shown.filter, shown.filter);
}
