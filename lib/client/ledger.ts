"use client";
/**
 * The sentence ledger of one text in this browser: which of its sentences claims and marks account for, with the marks that wait to be sent
 * laid over those of the server. It never talks to the server: the queue and the live stream bring it what they learn.
 */
import { useSyncExternalStore } from "react";
import type { TextRange } from "../domain/anchor";
import {
  type Account,
  accountsOf,
  type ClaimPlace,
  ledgerSentences,
  sentenceAfter,
  touches,
  withMarks,
} from "../domain/ledger";
import type { PersonRef } from "../domain/people";
import { isPlaced } from "../domain/revision";
import type { Coverage, MarkKind, SentenceMark, SentenceMarked, SentenceMarkList } from "../domain/sentence-mark";
import type { ClaimChange, ClaimStore } from "./claim-store";
import type { Wish } from "./kept-marks";
import { whenIdle } from "./when-idle";

export type LedgerSentence = TextRange & { account: Account<SentenceMark> };

/** Indexes of sentences that are accounted for otherwise than before; null for all. */
export type LedgerChange = readonly number[] | null;

const nothing: readonly LedgerSentence[] = [];

export class Ledger {
  private text = "";
  private bounds: TextRange[] = [];
  private saved: readonly SentenceMark[] = [];
  /** What the server has answered to marks of this browser, and of which sentences, until a list holds it. */
  private answers: { answer: SentenceMarked; sentences: readonly TextRange[] }[] = [];
  private readonly own = new Set<number>();
  private isRead = false;
  private all = nothing;
  private known: Coverage | null = null;
  private calledOff: (() => void) | null = null;
  private readonly listeners = new Set<(change: LedgerChange) => void>();

  private wishes: readonly Wish[] = [];

  constructor(
    private readonly claims: ClaimStore,
    private readonly actor: PersonRef,
  ) {}

  /** Follows the claims until the returned function is called. */
  follow(): () => void {
    const leave = this.claims.subscribeToChanges((change) => {
      // What does not move a claim is told by most changes.
      if (!isSamePlace(change)) this.calledOff ??= whenIdle(() => this.count());
    });
    return () => {
      leave();
      this.calledOff?.();
      this.calledOff = null;
    };
  }

  /** The text, once it is there; its sentences are found again when its language is corrected. */
  setText(text: string, language: string): void {
    this.text = text;
    this.bounds = ledgerSentences(text, language);
    this.all = nothing;
    this.count();
  }

  /** The marks as the server has them. */
  setMarks({ marks, lastEvent }: SentenceMarkList): void {
    this.isRead = true;
    this.saved = marks;
    // A list that was read before an answer does not hold it.
    this.answers = this.answers.filter(({ answer }) => (answer.event ?? 0) > lastEvent);
    for (const { answer, sentences: named } of this.answers) this.lay(answer, named);
    this.count();
  }

  /** What waits to be sent. */
  setWishes(wishes: readonly Wish[]): void {
    this.wishes = wishes;
    this.count();
  }

  /** The server's answer to what was wished for these sentences. */
  take(answer: SentenceMarked, sentences: readonly TextRange[]): void {
    if (answer.event !== null) this.own.add(answer.event);
    this.answers.push({ answer, sentences });
    this.lay(answer, sentences);
    this.count();
  }

  private lay({ marks }: SentenceMarked, sentences: readonly TextRange[]): void {
    const kept = this.saved.filter((mark) => ![...sentences, ...marks].some((range) => touches(range, mark)));
    this.saved = [...kept, ...marks].sort((one, other) => one.start - other.start);
  }

  /** Whether an event tells of what this browser has done itself. */
  isOwn(event: number): boolean {
    return this.own.has(event);
  }

  /** All of them in order; none before text, claims and marks are known. */
  readonly sentences = (): readonly LedgerSentence[] => {
    if (this.calledOff) this.count();
    return this.all;
  };

  /** Null before it is known. */
  readonly coverage = (): Coverage | null => this.known;

  /** The next sentence that nothing accounts for, from an offset on or back, around the end of the text; -1 when there is none. */
  next(offset: number, step: 1 | -1): number {
    const all = this.sentences();
    const count = all.length;
    const from = sentenceAfter(all, offset);
    const isIn = (all[from]?.start ?? Number.POSITIVE_INFINITY) < offset;
    const first = step === 1 ? from : from - (isIn ? 0 : 1);
    for (let walked = 0; walked < count; walked += 1) {
      const index = (((first + step * walked) % count) + count) % count;
      if (all[index]?.account === null) return index;
    }
    return -1;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.subscribeToChanges(listener);

  subscribeToChanges(listener: (change: LedgerChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Counts anew what is accounted for, and tells what has changed. */
  private count(): void {
    this.calledOff?.();
    this.calledOff = null;
    if (!this.isRead || !this.claims.isLoaded() || this.text === "") return;
    const before = this.all;
    const accounts = accountsOf(this.bounds, placesOf(this.claims), this.marks());
    const changed: number[] = [];
    this.all = this.bounds.map((bounds, index) => {
      const account = accounts[index] ?? null;
      const known = before[index];
      if (known && isSameAccount(known.account, account)) return known;
      changed.push(index);
      return { ...bounds, account };
    });
    if (changed.length === 0 && this.known) return;
    this.known = {
      sentences: this.all.length,
      accounted: this.all.reduce((sum, { account }) => sum + (account ? 1 : 0), 0),
    };
    for (const listener of [...this.listeners]) listener(before === nothing ? null : changed);
  }

  /** Those of the server with those that wait laid over them. */
  private marks(): readonly SentenceMark[] {
    const { actor, wishes } = this;
    if (wishes.length === 0) return this.saved;
    const at = new Date().toISOString();
    const markOf = ({ start, end }: TextRange, kind: MarkKind) => ({ start, end, kind, by: actor, at });
    return withMarks(
      this.text,
      this.saved,
      wishes.map((wish) => ({ range: wish, mark: wish.kind && markOf(wish, wish.kind) })),
    );
  }
}

function placesOf(claims: ClaimStore): ClaimPlace[] {
  return claims
    .all()
    .flatMap(({ id, anchors }) =>
      anchors.flatMap(({ start, end, state }) => (isPlaced(state) ? [{ id, start, end }] : [])),
    );
}

function isSamePlace(change: ClaimChange): boolean {
  if (change.type !== "upsert" || !change.before) return false;
  const [now, before] = [change.claim.anchors, change.before.anchors];
  return (
    now.length === before.length &&
    now.every(({ start, end, state }, index) => {
      const was = before[index];
      return was?.start === start && was.end === end && isPlaced(was.state) === isPlaced(state);
    })
  );
}

/** Of marks only who and what: when one's own was set is the browser's clock first, and then the server's. */
function isSameAccount(one: Account<SentenceMark>, other: Account<SentenceMark>): boolean {
  if (one?.by === "claim") return other?.by === "claim" && one.claimId === other.claimId;
  if (one?.by === "mark")
    return other?.by === "mark" && one.mark.kind === other.mark.kind && one.mark.by.id === other.mark.by.id;
  return other === null;
}

export function useCoverage(ledger: Ledger): Coverage | null {
  return useSyncExternalStore(ledger.subscribe, ledger.coverage, () => null);
}
