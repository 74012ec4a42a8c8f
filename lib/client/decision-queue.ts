/**
 * Decisions on their way to the server, one after the other, the last one for each anchor. Each is written down before it is sent, and
 * one that could not be saved is sent again when asked: nothing is let go of but by the person. It knows no screen and no address.
 */
import type { AnchorDecision, CarriedAnchor } from "../domain/revision";

/** Null takes a decision back. */
export type Wanted = AnchorDecision | null;

export type QueueState = {
  /** By anchor: all that the server has not confirmed. */
  unsent: ReadonlyMap<string, Wanted>;
  /** By anchor: why it could not be saved. */
  failed: ReadonlyMap<string, unknown>;
  /** Milliseconds since 1970; null before the first. */
  savedAt: number | null;
};

/** Where decisions outlive the page. */
export type DecisionStore = {
  keep: (anchorId: string, wanted: Wanted) => void;
  drop: (anchorId: string) => void;
};

export class DecisionQueue {
  private state: QueueState = { unsent: new Map(), failed: new Map(), savedAt: null };
  private readonly listeners = new Set<() => void>();
  private sending: Promise<void> | null = null;

  constructor(
    private readonly send: (anchorId: string, wanted: Wanted) => Promise<CarriedAnchor>,
    private readonly onSaved: (anchor: CarriedAnchor) => void,
    private readonly store: DecisionStore,
  ) {}

  /** Takes up what an earlier page left; `held` waits, with the reason, to be asked for. */
  restore(unsent: ReadonlyMap<string, Wanted>, held: ReadonlyMap<string, unknown>): void {
    if (unsent.size === 0) return;
    this.set({ unsent: new Map([...unsent, ...this.state.unsent]), failed: new Map([...held, ...this.state.failed]) });
    void this.settle();
  }

  readonly get = (): QueueState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  decide(anchorId: string, wanted: Wanted): void {
    const failed = new Map(this.state.failed);
    failed.delete(anchorId);
    this.store.keep(anchorId, wanted);
    this.set({ unsent: new Map([...this.state.unsent, [anchorId, wanted]]), failed });
    void this.settle();
  }

  retry(): void {
    this.set({ failed: new Map() });
    void this.settle();
  }

  /** Lets go of what could not be saved. */
  drop(): void {
    for (const id of this.state.failed.keys()) this.store.drop(id);
    const unsent = new Map([...this.state.unsent].filter(([id]) => !this.state.failed.has(id)));
    this.set({ unsent, failed: new Map() });
  }

  /** Resolves when each decision is saved, or has failed. */
  settle(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      const [id, wanted] = next;
      try {
        const anchor = await this.send(id, wanted);
        this.onSaved(anchor);
        this.finish(id, wanted, { savedAt: Date.now() });
      } catch (error) {
        // Another decision on it has come meanwhile and goes next.
        if (this.state.unsent.get(id) === wanted) this.set({ failed: new Map([...this.state.failed, [id, error]]) });
      }
    }
  }

  private next(): [string, Wanted] | undefined {
    for (const entry of this.state.unsent) if (!this.state.failed.has(entry[0])) return entry;
    return undefined;
  }

  private finish(id: string, wanted: Wanted, change: Partial<QueueState>): void {
    const unsent = new Map(this.state.unsent);
    if (unsent.get(id) === wanted) {
      unsent.delete(id);
      this.store.drop(id);
    }
    this.set({ ...change, unsent });
  }

  private set(change: Partial<QueueState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of [...this.listeners]) listener();
  }
}
