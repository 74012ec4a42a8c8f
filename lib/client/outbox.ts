"use client";
/**
 * The one way from the workspace to the server for whatever a person writes. What is typed is kept in this browser before it
 * is sent, sent in order for each claim, tried again after whatever may pass (no connection, a server that restarts, a session
 * that has ended), and held with its reason after what will not. It never sends in another person's name, never overwrites
 * what somebody else wrote unseen, and never lets go of a text that neither the server nor the person has taken.
 */
import { useSyncExternalStore } from "react";
import { v7 as newId } from "uuid";
import type { AnchorView } from "../domain/anchor";
import type { ClaimCreate, ClaimTransition, ClaimView } from "../domain/claim";
import { type Endpoint, endpoints } from "../domain/endpoints";
import { AppError } from "../domain/errors";
import type { EvidenceView } from "../domain/evidence";
import type { SourceView } from "../domain/source";
import type { WordingDecision } from "../domain/wording";
import { call, Unreachable } from "./call";
import { clearKeptMarks, countKeptMarks } from "./kept-marks";
import {
  asKept,
  asked,
  contested,
  drafted,
  type Edit,
  type Entry,
  editKey,
  emptyQueue,
  isEmpty,
  leaving,
  namesVersion,
  nextSend,
  orphaned,
  projected,
  type Queue,
  type Request,
  rebased,
  refused,
  resolved,
  retried,
  type Send,
  same,
  sourceReplaced,
  taken,
  typed,
  valueIn,
  without,
} from "./outbox-queue";
import { browserStorage, memoryStorage, type QueueStorage } from "./outbox-storage";
import { seenOver, unseen, withField, withOwn } from "./seen-claim";

/** What stands between the outbox and the server, for all claims alike. */
export type Trouble = "offline" | "retrying" | "signed_out";

export type SaveState =
  | { kind: "saved" /** Milliseconds since 1970; null when nothing was saved yet. */; at: number | null }
  | { kind: "saving" }
  | {
      kind: "offline" | "retrying" | "signed_out" /** Whether a reload would keep it. */;
      kept: boolean;
      waiting: number;
    }
  | { kind: "held" /** The claims where the person has to decide or look. */; claimIds: string[] };

export type ClaimState = {
  status: "loading" | "ready" | "gone" | "unreachable";
  /** The claim as the server last said it. */
  view: ClaimView | null;
  /** The same as the person has seen it: what others changed in an open claim waits until it is asked for. */
  seen: ClaimView | null;
  /** What was seen, with all that waits to be sent laid over it. */
  shown: ClaimView | null;
  /** How many things others have changed that are not shown yet. */
  unseen: number;
  queue: Queue;
};

/** A view that came in, over what was known before it, and what of ours it answers. */
export type Learnt = { view: ClaimView; before: ClaimView | null; own: Send | null };

export type Ports = {
  storage: QueueStorage;
  send: (send: Send) => Promise<unknown>;
  readClaim: (claimId: string) => Promise<ClaimView>;
  /** Runs the work while no other tab of this person sends for this claim. */
  exclusively: (name: string, work: () => Promise<void>) => Promise<void>;
  /** Tells the other tabs. */
  tell: (message: Message) => void;
  isOnline: () => boolean;
};

export type Message =
  | { about: "queue"; userId: string; claimId: string }
  | { about: "view"; userId: string; view: ClaimView }
  | { about: "signed_in"; userId: string }
  | { about: "cleared"; userId: string }
  | { about: "keeping"; userId: string };

/** Words of the text under check of an article. */
export type WordsIn = { articleId: string; revisionId: string; start: number; end: number; exact: string };

type Mirror = { confirmed: Queue; ahead: ((queue: Queue) => Queue)[]; now: Queue };

/** From the last keystroke to the sending; and at the latest so long after the first, for whoever never pauses. */
const pause = 700;
const longestPause = 5_000;
const longestWait = 60_000;

export class Outbox {
  private storage: QueueStorage;
  private readonly mirrors = new Map<string, Mirror>();
  private readonly views = new Map<string, ClaimView>();
  private readonly statuses = new Map<string, ClaimState["status"]>();
  private readonly states = new Map<string, ClaimState>();
  /** The claims that are open before the person, by how many parts of the page. */
  private readonly looked = new Map<string, { by: number; isReading: boolean; seen: ClaimView | null }>();
  private readonly timers = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
  private readonly sending = new Set<string>();
  private readonly again = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly learners = new Set<(learnt: Learnt) => void>();
  private readonly reuseListeners = new Set<(source: SourceView) => void>();
  private trouble: Trouble | null = null;
  private failures = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private savedAt: number | null = null;
  private saveState: SaveState = { kind: "saved", at: null };
  private stopped = false;

  constructor(
    readonly userId: string,
    readonly ports: Ports,
  ) {
    this.storage = ports.storage;
  }

  // What a person does.

  /** Every keystroke in a field of a claim or of its evidence. `seen` is the claim as it stood before the person. */
  type(seen: ClaimView, edit: Pick<Edit, "record" | "recordId" | "field" | "value">): void {
    const { record, recordId, field } = edit;
    const rowIn = (view: ClaimView) => (record === "claim" ? view : view.evidence.find(({ id }) => id === recordId));
    // Evidence that has not reached the server yet is only in what waits.
    const row = rowIn(seen) ?? rowIn(projected(seen, this.queue(seen.id)));
    if (!row) return;
    const base = (row as Record<string, unknown>)[field];
    const typedAt = Date.now();
    const input = { ...edit, base, version: row.version, typedAt };
    this.change(seen.id, (queue) => this.over(typed(queue, input)));
    // Nothing is left to send where the other side says the same: it is seen by that.
    const view = this.views.get(seen.id);
    const waits = this.queue(seen.id).entries.some(({ key }) => key === editKey(record, recordId, field));
    const stands = view && valueIn(view, edit);
    if (!waits && stands !== undefined && same(stands, asKept(edit)))
      this.see(seen.id, (known) => withField(known, record, recordId, field, stands));
    this.soon(seen.id);
  }

  /** A question, a reason, a new source that is being written and not given off yet: kept, never sent. */
  draft(claimId: string, name: string, value: unknown): void {
    this.change(claimId, (queue) => drafted(queue, name, value));
  }

  move(seen: ClaimView, transition: ClaimTransition): string {
    return this.ask(seen.id, { name: "moveClaim", params: { claimId: seen.id }, body: transition }, seen);
  }

  decideWording(seen: ClaimView, decision: WordingDecision): string {
    return this.ask(seen.id, { name: "decideWording", params: { claimId: seen.id }, body: decision }, seen);
  }

  /** The claim is there at once; `provisional` is how it looks until the server has answered. */
  createClaim(articleId: string, body: ClaimCreate, provisional: ClaimView): void {
    this.views.set(body.id, provisional);
    this.statuses.set(body.id, "ready");
    this.ask(body.id, { name: "createClaim", params: { articleId }, body });
  }

  /**
   * The claims that were marked in an article and have not reached the server, those of an earlier visit included.
   * `provisional` says how one looks until it has.
   */
  unsentClaims(articleId: string, provisional: (body: ClaimCreate) => ClaimView): ClaimView[] {
    return [...this.mirrors.values()].flatMap(({ now: { claimId, entries } }) => {
      const requests = entries.flatMap((entry) => (entry.kind === "command" ? [entry.request] : []));
      const made = requests.find(({ name }) => name === "createClaim");
      if (made?.name !== "createClaim" || made.params.articleId !== articleId) return [];
      if (requests.some(({ name }) => name === "trashClaim")) return [];
      const view = this.views.get(claimId) ?? provisional(made.body as ClaimCreate);
      if (!this.views.has(claimId)) {
        this.views.set(claimId, view);
        this.statuses.set(claimId, "ready");
        this.states.delete(claimId);
      }
      return [view];
    });
  }

  /** The claims with places that have not reached the server, as they will stand. */
  unsentPlaces(): ClaimView[] {
    return [...this.mirrors.values()].flatMap(({ now }) => {
      const view = this.views.get(now.claimId);
      return view && now.entries.some(changesPlace) ? [projected(view, now)] : [];
    });
  }

  trash(claimId: string): string {
    return this.ask(claimId, { name: "trashClaim", params: { claimId } });
  }

  restore(claimId: string): string {
    return this.ask(claimId, { name: "restoreClaim", params: { claimId } });
  }

  answerQuery(claimId: string, queryId: string, answer: string): string {
    return this.ask(claimId, { name: "answerQuery", params: { queryId }, body: { answer } });
  }

  /** Puts a source to use; a source that is not in the library yet is made first. Gives back the id of the new evidence. */
  addEvidence(claimId: string, source: SourceView, isNew: boolean): string {
    const id = newId();
    if (isNew) {
      const { version, createdAt, ...body } = source;
      this.ask(claimId, { name: "createSource", params: {}, body });
    }
    const body = { id, sourceId: source.id, stance: "gives_context" as const, excerpt: "", locator: "", shows: "" };
    this.ask(claimId, { name: "createEvidence", params: { claimId }, body, source });
    return id;
  }

  removeEvidence(claimId: string, evidenceId: string): string {
    return this.ask(claimId, { name: "removeEvidence", params: { evidenceId } });
  }

  restoreEvidence(claimId: string, evidence: EvidenceView): string {
    return this.ask(claimId, { name: "restoreEvidence", params: { evidenceId: evidence.id }, evidence });
  }

  orderEvidence(claimId: string, ids: string[]): string {
    return this.ask(claimId, { name: "orderEvidence", params: { claimId }, body: { ids } });
  }

  /** Says on which words of a text the claim stands, of an anchor as it was seen or of a new one. Gives back the name of the change. */
  place(
    seen: ClaimView,
    { anchorId, articleId, before, ...words }: { anchorId: string; before: AnchorView | null } & WordsIn,
  ): { change: string; key: string } {
    const body = { ...words, change: newId() };
    const params = { claimId: seen.id, anchorId };
    return {
      change: body.change,
      key: this.ask(seen.id, { name: "placeClaim", params, body, articleId, before }, seen),
    };
  }

  removePlace(seen: ClaimView, before: AnchorView): { change: string; key: string } {
    const change = newId();
    const params = { claimId: seen.id, anchorId: before.id };
    return { change, key: this.ask(seen.id, { name: "removePlace", params, query: { change }, before }, seen) };
  }

  undoPlaceChange(claimId: string, changeId: string): string {
    return this.ask(claimId, { name: "undoPlaceChange", params: { changeId } });
  }

  /** The answer to a conflict: mine, theirs or a merge of both. */
  resolve(claimId: string, key: string, value: unknown): void {
    const entry = this.queue(claimId).entries.find((one) => one.key === key);
    if (entry?.kind === "edit" && entry.held?.because === "conflict") {
      const { record, recordId, field, held } = entry;
      this.see(claimId, (seen) => withField(seen, record, recordId, field, held.theirs));
    }
    this.change(claimId, (queue) => resolved(queue, key, value));
    void this.flush(claimId);
  }

  /** Lets go of something that is held; only ever because the person said so. */
  discard(claimId: string, key: string): void {
    this.change(claimId, (queue) => without(queue, key));
    void this.flush(claimId);
  }

  /** Lets go of all that waits for a claim, when it is never to be made. */
  abandon(claimId: string): void {
    this.change(claimId, () => emptyQueue(claimId));
  }

  retry(claimId: string, key: string): void {
    this.change(claimId, (queue) => this.over(retried(queue, key)));
    void this.flush(claimId);
  }

  /** Gives back the key of what was asked, by which `onLearnt` tells that it was done. */
  private ask(claimId: string, request: Request, seen?: ClaimView): string {
    const command = {
      key: newId(),
      request,
      version: seen?.version ?? null,
      seen: seen?.state ?? null,
      askedAt: Date.now(),
    };
    this.change(claimId, (queue) => asked(queue, command));
    void this.flush(claimId);
    return command.key;
  }

  // What is known.

  /**
   * The claim is open before the person until the function that is given back is called: it is read, and from then on what
   * others change in it waits for `catchUp`.
   */
  look(claimId: string): () => void {
    const known = this.views.get(claimId) ?? null;
    const looked = this.looked.get(claimId) ?? { by: 0, isReading: true, seen: known };
    this.looked.set(claimId, looked);
    looked.by += 1;
    if (looked.by === 1)
      void this.open(claimId).finally(() => {
        looked.isReading = false;
      });
    return () => {
      looked.by -= 1;
      if (looked.by > 0) return;
      this.looked.delete(claimId);
      this.states.delete(claimId);
    };
  }

  /** Shows what others have changed. */
  catchUp(claimId: string): void {
    this.see(claimId, (seen) => this.views.get(claimId) ?? seen);
    this.notify();
  }

  private see(claimId: string, change: (seen: ClaimView) => ClaimView): void {
    const looked = this.looked.get(claimId);
    if (!looked?.seen) return;
    looked.seen = change(looked.seen);
    this.states.delete(claimId);
  }

  state(claimId: string): ClaimState {
    const known = this.states.get(claimId);
    if (known) return known;
    const queue = this.queue(claimId);
    const view = this.views.get(claimId) ?? null;
    if (view) this.see(claimId, (known) => seenOver(known, view, queue));
    const seen = this.looked.get(claimId)?.seen ?? view;
    const state: ClaimState = {
      ...{ status: this.statuses.get(claimId) ?? "loading", view, seen, queue },
      shown: seen && projected(seen, queue),
      unseen: seen && view ? unseen(seen, view) : 0,
    };
    this.states.set(claimId, state);
    return state;
  }

  getSaveState = (): SaveState => this.saveState;

  /** How many texts and requests have not reached the server, drafts included. */
  unsent(): number {
    return [...this.mirrors.values()].reduce(
      (sum, { now }) => sum + now.entries.length + Object.keys(now.drafts).length,
      0,
    );
  }

  isDurable(): boolean {
    return this.storage.durable;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Every view of a claim that the server has answered with, here or in another tab. */
  onLearnt(learner: (learnt: Learnt) => void): () => void {
    this.learners.add(learner);
    return () => this.learners.delete(learner);
  }

  /** A new source turned out to be in the library already, by its address. */
  onReused(listener: (source: SourceView) => void): () => void {
    this.reuseListeners.add(listener);
    return () => this.reuseListeners.delete(listener);
  }

  /** A view that came from elsewhere: the live stream, a read. An older one than what is known changes nothing. */
  learn(view: ClaimView, own: Send | null = null): void {
    const before = this.views.get(view.id) ?? null;
    const isOlder = before !== null && before.version > view.version;
    if (!own && (isOlder || same(before, view))) return;
    this.see(view.id, (seen) => {
      const isOnlyOwn = own !== null && seen.version === before?.version && view.version <= before.version + 1;
      if (isOnlyOwn) return view;
      return withOwn(seen, isOlder ? before : view, [...this.queue(view.id).entries, ...entriesOf(own, view)]);
    });
    if (!isOlder) {
      this.views.set(view.id, view);
      this.statuses.set(view.id, "ready");
      this.states.delete(view.id);
      const looked = this.looked.get(view.id);
      if (looked && (looked.isReading || !looked.seen)) looked.seen = view;
    }
    if (!own && this.mirrors.has(view.id)) {
      this.change(view.id, (queue) => this.over(queue));
      void this.flush(view.id);
    }
    for (const learner of [...this.learners]) learner({ view, before, own });
    this.notify();
  }

  /** Reads the claim from the server. */
  async open(claimId: string): Promise<void> {
    const provisional = this.views.get(claimId)?.version === 0;
    if (provisional) return;
    try {
      const view = await this.ports.readClaim(claimId);
      if (this.trouble === "signed_out") this.trouble = null;
      this.learn(view);
      this.notify();
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") this.lost(claimId);
      else if (error instanceof AppError && error.code === "unauthenticated") this.stumble("signed_out");
      else if (!this.views.has(claimId)) this.setStatus(claimId, "unreachable");
    }
  }

  // The engine.

  /** Reads what an earlier visit, or another tab, has left, and sends it. */
  async start(): Promise<void> {
    let kept: Queue[] = [];
    try {
      kept = await this.storage.all();
    } catch {
      this.fallBack();
    }
    for (const queue of kept) {
      const ahead = this.mirrors.get(queue.claimId)?.ahead ?? [];
      this.setMirror(queue.claimId, queue, ahead);
    }
    this.ports.tell({ about: "signed_in", userId: this.userId });
    this.notify();
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** The connection, the window or the session may be back: tries everything at once. */
  wake(): void {
    this.failures = 0;
    clearTimeout(this.retryTimer);
    for (const claimId of this.mirrors.keys()) void this.flush(claimId);
    for (const [claimId, status] of this.statuses) if (status === "unreachable") void this.open(claimId);
    // With nothing to send, one read tells whether the session is back.
    const [known] = this.views.keys();
    if (this.trouble === "signed_out" && known) void this.open(known);
  }

  /** Sends what waits for this claim now: on blur, on closing, before a workflow event. */
  async flush(claimId: string): Promise<void> {
    const waiting = this.timers.get(claimId);
    if (waiting) clearTimeout(waiting.timer);
    this.timers.delete(claimId);
    if (this.stopped || !nextSend(this.queue(claimId))) return;
    if (this.sending.has(claimId)) {
      this.again.add(claimId);
      return;
    }
    this.sending.add(claimId);
    try {
      await this.ports.exclusively(`${this.userId}/${claimId}`, () => this.sendAll(claimId));
    } finally {
      this.sending.delete(claimId);
      this.notify();
    }
    if (this.again.delete(claimId)) await this.flush(claimId);
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.mirrors.keys()].map((claimId) => this.flush(claimId)));
  }

  hear(message: Message): void {
    if (message.userId !== this.userId) return;
    if (message.about === "queue") void this.reload(message.claimId);
    else if (message.about === "view") this.learn(message.view);
    else if (message.about === "cleared") this.forget();
    else if (message.about === "signed_in") this.wake();
  }

  /** Everything of this person that waits is removed, here and in the other tabs. For signing out. */
  async clear(): Promise<void> {
    await this.storage.clear().catch(() => {});
    this.forget();
    this.ports.tell({ about: "cleared", userId: this.userId });
  }

  /** Moves what waits from one place to the other, when the person switches keeping on or off. */
  async keepIn(storage: QueueStorage): Promise<void> {
    const old = this.storage;
    this.storage = storage;
    for (const { now } of this.mirrors.values()) if (!isEmpty(now)) await storage.change(now.claimId, () => now);
    if (old.durable) await old.clear().catch(() => {});
    this.notify();
  }

  private forget(): void {
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.mirrors.clear();
    this.states.clear();
    this.notify();
  }

  private queue(claimId: string): Queue {
    return this.mirrors.get(claimId)?.now ?? emptyQueue(claimId);
  }

  /** The queue over the newest view that is known, so that nothing goes out on a version that is known to be old. */
  private over(queue: Queue): Queue {
    const view = this.views.get(queue.claimId);
    return view && view.version > 0 ? rebased(queue, view) : queue;
  }

  /**
   * Changes a queue here at once and in the browser's storage behind it. What is changed while the storage is still busy is
   * laid over its answer again, so no keystroke is lost to a slow disk or to another tab.
   */
  private change(claimId: string, change: (queue: Queue) => Queue): Promise<void> {
    const mirror = this.mirrors.get(claimId);
    this.setMirror(claimId, mirror?.confirmed ?? emptyQueue(claimId), [...(mirror?.ahead ?? []), change]);
    this.notify();
    return this.storage
      .change(claimId, change)
      .catch(() => {
        this.fallBack();
        return this.storage.read(claimId);
      })
      .then((confirmed) => {
        const ahead = (this.mirrors.get(claimId)?.ahead ?? []).filter((other) => other !== change);
        this.setMirror(claimId, confirmed, ahead);
        if (this.storage.durable) this.ports.tell({ about: "queue", userId: this.userId, claimId });
        this.notify();
      });
  }

  /** The browser keeps nothing (private window, full disk): what waits lives in this tab alone, and the word says so. */
  private fallBack(): void {
    if (!this.storage.durable) return;
    this.storage = memoryStorage([...this.mirrors.values()].map(({ now }) => now));
  }

  private async reload(claimId: string): Promise<void> {
    const before = this.mirrors.get(claimId)?.ahead ?? [];
    const confirmed = await this.storage.read(claimId).catch(() => null);
    if (!confirmed) return;
    const ahead = this.mirrors.get(claimId)?.ahead ?? before;
    this.setMirror(claimId, confirmed, ahead);
    this.notify();
  }

  private setMirror(claimId: string, confirmed: Queue, ahead: Mirror["ahead"]): void {
    const now = ahead.reduce((queue, change) => change(queue), confirmed);
    const before = this.mirrors.get(claimId);
    if (isEmpty(now) && ahead.length === 0) this.mirrors.delete(claimId);
    else this.mirrors.set(claimId, { confirmed, ahead, now: before && same(before.now, now) ? before.now : now });
    if (!before || before.now !== this.mirrors.get(claimId)?.now) this.states.delete(claimId);
  }

  private setStatus(claimId: string, status: ClaimState["status"]): void {
    this.statuses.set(claimId, status);
    this.states.delete(claimId);
    this.notify();
  }

  private soon(claimId: string): void {
    const waiting = this.timers.get(claimId);
    const since = waiting?.since ?? Date.now();
    if (waiting) clearTimeout(waiting.timer);
    const rest = Math.max(0, Math.min(pause, since + longestPause - Date.now()));
    this.timers.set(claimId, { since, timer: setTimeout(() => void this.flush(claimId), rest) });
  }

  private async sendAll(claimId: string): Promise<void> {
    // Another tab may have sent it while this one waited for its turn.
    await this.reload(claimId);
    let stale = 0;
    for (;;) {
      const send = nextSend(this.queue(claimId));
      if (!send || this.stopped) return;
      await this.change(claimId, (queue) => leaving(queue, send));
      const versionBefore = this.views.get(claimId)?.version ?? null;
      try {
        await this.accept(claimId, send, await this.ports.send(send), versionBefore);
      } catch (error) {
        if (!(await this.fail(claimId, send, error))) return;
        if (error instanceof AppError && error.code === "conflict" && ++stale > 5) return this.stumble("retrying");
      }
    }
  }

  private async accept(claimId: string, send: Send, answer: unknown, versionBefore: number | null): Promise<void> {
    this.trouble = null;
    this.failures = 0;
    this.savedAt = Date.now();
    if (send.kind === "command" && send.command.request.name === "createSource") {
      const source = answer as SourceView;
      const asked = send.command.request.body.id;
      await this.change(claimId, (queue) => {
        const rest = without(queue, send.command.key);
        return source.id === asked ? rest : sourceReplaced(rest, asked, source);
      });
      if (source.id !== asked) for (const listener of [...this.reuseListeners]) listener(source);
      return;
    }
    const trashed = send.kind === "command" && send.command.request.name === "trashClaim";
    if (!trashed) {
      const view = answer as ClaimView;
      // The queue first: a listener that reads the state must not see the old text for a moment.
      const known = this.views.get(claimId);
      const newer = known && known.version > view.version ? known : null;
      const settled = this.change(claimId, (queue) => {
        const rest = taken(queue, send, view, versionBefore);
        return newer ? rebased(rest, newer) : rest;
      });
      this.learn(view, send);
      await settled;
      this.ports.tell({ about: "view", userId: this.userId, view });
    } else {
      await this.change(claimId, (queue) => taken(queue, send, null, versionBefore));
      this.learn(await this.ports.readClaim(claimId), send);
    }
  }

  /** True when there may be something else to send; false when all of it has to wait. */
  private async fail(claimId: string, send: Send, error: unknown): Promise<boolean> {
    if (!(error instanceof AppError)) {
      const connected = error instanceof Unreachable && error.cause === undefined;
      this.stumble(connected && this.ports.isOnline() ? "retrying" : "offline");
      return false;
    }
    this.trouble = null;
    switch (error.code) {
      case "unauthenticated":
        this.stumble("signed_out");
        return false;
      case "unavailable":
      case "rate_limited":
        this.stumble("retrying", error.details.retryAfter);
        return false;
      case "conflict": {
        const current = error.details.current as ClaimView | undefined;
        if (!current) break;
        this.learn(current);
        await this.change(claimId, (queue) => contested(queue, send, current));
        return true;
      }
      case "not_found":
        return this.explainAbsence(claimId, send, error.message);
    }
    await this.change(claimId, (queue) => refused(queue, send, error.message, error.details.fields));
    // A refusal means that the claim is not as it is shown here, or may no longer be changed: look again.
    void this.open(claimId);
    return true;
  }

  /** Is it the claim that is gone, or only the piece of evidence? */
  private async explainAbsence(claimId: string, send: Send, message: string): Promise<boolean> {
    try {
      const view = await this.ports.readClaim(claimId);
      this.learn(view);
      await this.change(claimId, (queue) => {
        const moved = rebased(queue, view);
        return send.kind === "patch" && send.record === "evidence" ? moved : refused(moved, send, message);
      });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") {
        this.lost(claimId);
        return false;
      }
      return this.fail(claimId, send, error);
    }
  }

  private lost(claimId: string): void {
    this.setStatus(claimId, "gone");
    if (this.mirrors.has(claimId)) void this.change(claimId, orphaned);
  }

  private stumble(trouble: Trouble, retryAfter?: number): void {
    this.trouble = trouble;
    const wait = Math.min(longestWait, retryAfter !== undefined ? retryAfter * 1000 : 1000 * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.flushAll(), wait);
    this.notify();
  }

  private notify(): void {
    this.saveState = this.nextSaveState();
    for (const listener of [...this.listeners]) listener();
  }

  private nextSaveState(): SaveState {
    const queues = [...this.mirrors.values()].map(({ now }) => now);
    const waiting = queues.reduce((sum, { entries }) => sum + entries.filter(({ held }) => !held).length, 0);
    const claimIds = queues.filter(({ entries }) => entries.some(({ held }) => held)).map(({ claimId }) => claimId);
    const next: SaveState =
      this.trouble === "signed_out" || (this.trouble && waiting > 0)
        ? { kind: this.trouble, kept: this.storage.durable, waiting }
        : claimIds.length > 0
          ? { kind: "held", claimIds }
          : waiting > 0
            ? { kind: "saving" }
            : { kind: "saved", at: this.savedAt };
    return same(this.saveState, next) ? this.saveState : next;
  }
}

const changesPlace = (entry: Entry): boolean =>
  entry.kind === "command" && !entry.held && ["placeClaim", "removePlace"].includes(entry.request.name);

/** What was sent, with each field as the server has taken it. */
function entriesOf(send: Send | null, view: ClaimView): Entry[] {
  if (!send) return [];
  if (send.kind === "command") return [send.command];
  return send.edits.map((edit) => ({ ...edit, value: valueIn(view, edit) }));
}

// The outbox of this page.

const channelName = "claimdesk-outbox";
const keepingKey = "claimdesk-keep-unsent";
const sendLimit = 30_000;

/** What leaves the browser for one entry. `as` names the person: the server refuses when somebody else has signed in meanwhile. */
function transmit(userId: string) {
  return (send: Send): Promise<unknown> => {
    const how = { as: userId, signal: AbortSignal.timeout(sendLimit) };
    if (send.kind === "patch") {
      const body = Object.fromEntries(send.edits.map(({ field, value }) => [field, value]));
      const { recordId, version } = send;
      return send.record === "claim"
        ? call(endpoints.updateClaim, { ...how, params: { claimId: recordId }, version, body })
        : call(endpoints.updateEvidence, { ...how, params: { evidenceId: recordId }, version, body });
    }
    const { request, version } = send.command;
    return call(
      endpoints[request.name] as Endpoint,
      {
        ...how,
        params: request.params,
        ...("body" in request && { body: request.body }),
        ...("query" in request && { query: request.query }),
        ...(namesVersion.has(request.name) && { version }),
      } as never,
    );
  };
}

/** Web Locks exist only over https and on localhost; without them `If-Match` still keeps two tabs from harm. */
async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(`claimdesk-outbox/${name}`, work);
}

/** Whether this browser may keep text that waits to be sent; off on a shared computer. */
export function isKeeping(): boolean {
  try {
    return localStorage.getItem(keepingKey) !== "no";
  } catch {
    return true;
  }
}

const storageOf = (userId: string): QueueStorage => (isKeeping() ? browserStorage(userId) : memoryStorage());

let current: { outbox: Outbox; end: () => void } | null = null;
const currentListeners = new Set<() => void>();

function begin(userId: string): { outbox: Outbox; end: () => void } {
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(channelName) : null;
  const outbox = new Outbox(userId, {
    storage: storageOf(userId),
    send: transmit(userId),
    readClaim: (claimId) => call(endpoints.getClaim, { as: userId, params: { claimId } }),
    exclusively,
    tell: (message) => channel?.postMessage(message),
    isOnline: () => navigator.onLine,
  });
  const ending = new AbortController();
  const { signal } = ending;
  channel?.addEventListener(
    "message",
    ({ data }: MessageEvent<Message>) => {
      if (data.about === "keeping" && data.userId === userId) void outbox.keepIn(storageOf(userId));
      else outbox.hear(data);
    },
    { signal },
  );
  addEventListener("online", () => outbox.wake(), { signal });
  addEventListener("focus", () => outbox.wake(), { signal });
  addEventListener("pagehide", () => void outbox.flushAll(), { signal });
  document.addEventListener(
    "visibilitychange",
    () => (document.visibilityState === "visible" ? outbox.wake() : void outbox.flushAll()),
    { signal },
  );
  addEventListener(
    "beforeunload",
    (event) => {
      if (!outbox.isDurable() && outbox.unsent() > 0) event.preventDefault();
    },
    { signal },
  );
  void outbox.start();
  return {
    outbox,
    end: () => {
      outbox.stop();
      ending.abort();
      channel?.close();
    },
  };
}

/** The outbox of the person who is signed in. One a page; the former one's ends when somebody else signs in. */
export function outboxOf(userId: string): Outbox {
  if (typeof window === "undefined") throw new Error("The outbox is the browser's alone");
  if (current?.outbox.userId !== userId) {
    current?.end();
    current = begin(userId);
    queueMicrotask(() => {
      for (const listener of [...currentListeners]) listener();
    });
  }
  return current.outbox;
}

/** For signing out: whatever the person typed here and the server has not taken is removed from this browser. */
export async function clearOutbox(userId: string): Promise<void> {
  clearKeptMarks(userId);
  if (current?.outbox.userId === userId) return current.outbox.clear();
  await browserStorage(userId).clear();
}

const lastChance = 2_000;

/** Texts, requests and marks of a person that wait in this browser and cannot be sent now, so that signing out can ask first. */
export const unsentIn = async (userId: string): Promise<number> => countKeptMarks(userId) + (await unsentTexts(userId));

async function unsentTexts(userId: string): Promise<number> {
  if (current?.outbox.userId === userId) {
    const { outbox } = current;
    await Promise.race([outbox.flushAll(), new Promise((resolve) => setTimeout(resolve, lastChance))]);
    return outbox.unsent();
  }
  const queues = await browserStorage(userId)
    .all()
    .catch(() => []);
  return queues.reduce((sum, { entries, drafts }) => sum + entries.length + Object.keys(drafts).length, 0);
}

/** Switches keeping on or off for this browser, in every open tab. */
export async function setKeeping(outbox: Outbox, keep: boolean): Promise<void> {
  localStorage.setItem(keepingKey, keep ? "yes" : "no");
  if (!keep) clearKeptMarks(outbox.userId);
  await outbox.keepIn(storageOf(outbox.userId));
  outbox.ports.tell({ about: "keeping", userId: outbox.userId });
}

const nothingSaved: SaveState = { kind: "saved", at: null };

/** The one word on saving, for the whole page. */
export function useSaveState(): SaveState {
  return useSyncExternalStore(
    subscribeToCurrent,
    () => current?.outbox.getSaveState() ?? nothingSaved,
    () => nothingSaved,
  );
}

function subscribeToCurrent(listener: () => void): () => void {
  let leave = current?.outbox.subscribe(listener);
  const changed = () => {
    leave?.();
    leave = current?.outbox.subscribe(listener);
    listener();
  };
  currentListeners.add(changed);
  return () => {
    currentListeners.delete(changed);
    leave?.();
  };
}
