"use client";
/**
 * The claims of one article in this browser, in the order of the text. One change tells whoever shows that claim, and
 * nobody else. It never talks to the server: `live.ts` and the outbox bring it what they learn.
 */
import { useCallback, useDeferredValue, useSyncExternalStore } from "react";
import { type ClaimSummary, type ClaimView, standsIn, summaryOf } from "../domain/claim";
import { isPlaced } from "../domain/revision";

/** What happened, for whoever keeps a drawing of all claims (the highlights, the strip). `set` means: start anew from `all()`. */
export type ClaimChange =
  | { type: "set" }
  | { type: "upsert"; claim: ClaimSummary; before: ClaimSummary | undefined }
  | { type: "remove"; claim: ClaimSummary };

type Listener = () => void;

/** A claim that was marked here and has not reached the server yet. */
export const unsavedVersion = 0;

/** Where the claim begins in the text: its first anchor that still stands there; null when it has none (an orphan). */
export function placeOf(claim: ClaimSummary): { start: number; end: number } | null {
  let first: { start: number; end: number } | null = null;
  for (const anchor of claim.anchors) {
    if (!isPlaced(anchor.state)) continue;
    if (!first || anchor.start < first.start || (anchor.start === first.start && anchor.end > first.end))
      first = anchor;
  }
  return first;
}

/** The order of the text: by start, the longer first, then by age (ids are UUIDv7); orphans last. */
function compare(a: ClaimSummary, b: ClaimSummary): number {
  const [one, other] = [placeOf(a), placeOf(b)];
  const byPlace =
    one && other ? one.start - other.start || other.end - one.end : Number(one === null) - Number(other === null);
  return byPlace || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export class ClaimStore {
  private readonly claims = new Map<string, ClaimSummary>();
  private readonly views = new Map<string, ClaimView>();
  /** Replaced, never changed in place, so that it can serve as a snapshot. */
  private ordered: readonly ClaimSummary[] = [];
  private orderedIds: readonly string[] = [];
  private readonly claimListeners = new Map<string, Set<Listener>>();
  private readonly changeListeners = new Set<(change: ClaimChange) => void>();
  private readonly heard = new Map<string, number>();
  private loaded = false;

  constructor(readonly articleId: string) {}

  /**
   * All claims at once, as the list of the article brings them. What was marked here and is not saved yet stays, and so does
   * what was heard since the list was asked for (`since`, in milliseconds of `performance.now()`): the list may be older.
   */
  set(claims: readonly ClaimSummary[], since = Number.POSITIVE_INFINITY): void {
    const known = new Map(this.claims);
    const isFresh = (id: string) => this.heardAt(id) >= since;
    this.claims.clear();
    for (const claim of claims) {
      const held = known.get(claim.id);
      if (!held && isFresh(claim.id)) continue;
      this.claims.set(claim.id, held && held.version > claim.version ? held : claim);
    }
    for (const [id, claim] of known)
      if (!this.claims.has(id) && (claim.version === unsavedVersion || isFresh(id))) this.claims.set(id, claim);
    for (const [id, view] of this.views) if (this.claims.get(id)?.version !== view.version) this.views.delete(id);
    this.loaded = true;
    this.order([...this.claims.values()].sort(compare));
    for (const id of new Set([...known.keys(), ...this.claims.keys()])) {
      if (known.get(id) !== this.claims.get(id)) this.tell(id);
    }
    this.tellChange({ type: "set" });
  }

  /** False until the claims have come from the server for the first time. */
  isLoaded(): boolean {
    return this.loaded;
  }

  /** The answer of the server to a read or a write. An older one than what is known, or of other articles, changes nothing. */
  apply(view: ClaimView): void {
    const known = this.claims.get(view.id);
    const isHere = standsIn(view, this.articleId);
    if (!isHere && !known) return;
    this.heard.set(view.id, performance.now());
    if (known && known.version > view.version) return;
    this.views.set(view.id, view);
    if (view.trashedAt || !isHere) this.remove(view.id);
    else this.place(summaryOf(view, this.articleId));
  }

  /** When this claim was last heard of, in milliseconds of `performance.now()`; long ago for never. */
  heardAt(id: string): number {
    return this.heard.get(id) ?? Number.NEGATIVE_INFINITY;
  }

  /** A claim as it is hoped to be (marked here, or changed and not yet answered), or as a list brought it. */
  applySummary(claim: ClaimSummary): void {
    const known = this.claims.get(claim.id);
    if (known && known.version > claim.version) return;
    this.place(claim);
  }

  /** It is in the trash or gone. */
  remove(id: string): void {
    this.heard.set(id, performance.now());
    const claim = this.claims.get(id);
    if (!claim) return;
    this.claims.delete(id);
    this.views.delete(id);
    const index = this.indexOf(claim);
    this.order(this.ordered.toSpliced(index, 1));
    this.tell(id);
    this.tellChange({ type: "remove", claim });
  }

  get(id: string): ClaimSummary | undefined {
    return this.claims.get(id);
  }

  /** The claim whole, when it has been read and nothing newer is known of it. */
  view(id: string): ClaimView | undefined {
    return this.views.get(id);
  }

  /** Ids in the order of the text. The same array until the order changes. */
  ids(): readonly string[] {
    return this.orderedIds;
  }

  all(): readonly ClaimSummary[] {
    return this.ordered;
  }

  /** Calls back when this claim or its view changes. */
  subscribe(id: string, listener: Listener): () => void {
    const listeners = this.claimListeners.get(id) ?? new Set();
    this.claimListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.claimListeners.delete(id);
    };
  }

  subscribeToChanges(listener: (change: ClaimChange) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  private place(claim: ClaimSummary): void {
    const before = this.claims.get(claim.id);
    const view = this.views.get(claim.id);
    if (view && view.version !== claim.version) this.views.delete(claim.id);
    this.claims.set(claim.id, claim);
    if (before && compare(before, claim) === 0) {
      // In its old place: the ids stay the same array, so that no list is drawn anew.
      this.ordered = this.ordered.with(this.indexOf(before), claim);
    } else {
      const without = before ? this.ordered.toSpliced(this.indexOf(before), 1) : this.ordered;
      this.order(without.toSpliced(insertionPoint(without, claim), 0, claim));
    }
    this.tell(claim.id);
    this.tellChange({ type: "upsert", claim, before });
  }

  private order(ordered: readonly ClaimSummary[]): void {
    this.ordered = ordered;
    this.orderedIds = ordered.map((claim) => claim.id);
  }

  private indexOf(claim: ClaimSummary): number {
    return insertionPoint(this.ordered, claim);
  }

  private tell(id: string): void {
    for (const listener of [...(this.claimListeners.get(id) ?? [])]) listener();
  }

  private tellChange(change: ClaimChange): void {
    for (const listener of [...this.changeListeners]) listener(change);
  }
}

/** Index of the first claim that begins at `offset` or after it, or is an orphan. The claims are in the order of the text. */
export function firstFrom(ordered: readonly ClaimSummary[], offset: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = placeOf(ordered[middle] as ClaimSummary);
    if (place && place.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first claim that does not come before `claim`. */
function insertionPoint(ordered: readonly ClaimSummary[], claim: ClaimSummary): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(ordered[middle] as ClaimSummary, claim) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One claim; drawn anew only when that claim changes. */
export function useClaim(store: ClaimStore, id: string): ClaimSummary | undefined {
  const subscribe = useCallback((listener: Listener) => store.subscribe(id, listener), [store, id]);
  const read = () => store.get(id);
  return useSyncExternalStore(subscribe, read, read);
}

/** All claims in the order of the text; drawn anew when any of them changes, after what is more urgent. For what counts them. */
export function useAllClaims(store: ClaimStore): readonly ClaimSummary[] {
  const subscribe = useCallback((listener: Listener) => store.subscribeToChanges(listener), [store]);
  const read = () => store.all();
  return useDeferredValue(useSyncExternalStore(subscribe, read, read));
}
