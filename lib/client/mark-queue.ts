/**
 * Marks of sentences on their way to the server: shown at once, kept in this browser, sent together as soon as the one before has been
 * answered, tried again after whatever may pass. What a colleague has marked meanwhile stays as it is, and is told; a stroke that is
 * refused is told and let go. It knows no screen and no storage.
 */
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { SentenceMark, SentenceMarked } from "../domain/sentence-mark";
import type { Wish } from "./kept-marks";

export type MarkTrouble = "offline" | "signed_out";

export type MarkPorts = {
  userId: string;
  send: (wishes: readonly Wish[]) => Promise<SentenceMarked>;
  /** Keeps what waits; called at each change. */
  keep: (wishes: readonly Wish[]) => void;
  /** The server has taken these. */
  onSaved: (answer: SentenceMarked, wishes: readonly Wish[]) => void;
  /** Colleagues were there first: their marks stand. */
  onOvertaken: (answer: SentenceMarked, wishes: readonly Wish[], theirs: readonly SentenceMark[]) => void;
  /** These will never be taken. */
  onRefused: (error: AppError, wishes: readonly Wish[]) => void;
};

const shortestWait = 1_000;
const longestWait = 30_000;

export class MarkQueue {
  /** By where the sentence begins; the last wish for each. */
  private waiting = new Map<number, Wish>();
  private sending = false;
  private current: MarkTrouble | null = null;
  private failures = 0;
  private retrying: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly ports: MarkPorts) {}

  /** All that the server has not taken, in no particular order. */
  wishes(): Wish[] {
    return [...this.waiting.values()];
  }

  /** Why nothing goes out; null while all is well. */
  readonly trouble = (): MarkTrouble | null => this.current;
  readonly count = (): number => this.waiting.size;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  want(wishes: readonly Wish[]): void {
    const next = new Map(this.waiting);
    // What the server says of a sentence is still what it was before the first of several strokes.
    for (const wish of wishes) {
      const held = next.get(wish.start);
      next.set(wish.start, held ? { ...wish, was: held.was } : wish);
    }
    this.set(next);
    void this.flush();
  }

  /** The connection or the session may be back, or work begins. */
  wake(): void {
    this.stopped = false;
    this.failures = 0;
    clearTimeout(this.retrying);
    void this.flush();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retrying);
  }

  private async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.retrying);
    while (this.waiting.size > 0 && !this.stopped) {
      const sent = this.wishes().slice(0, limits.sentencesAtOnce);
      try {
        const answer = await this.ports.send(sent);
        this.failures = 0;
        this.current = null;
        // Known before the wish is let go of, so that nothing looks for a moment as if it were not marked.
        this.ports.onSaved(answer, sent);
        this.settle(sent);
      } catch (error) {
        if (!this.fail(error, sent)) break;
      }
    }
    this.sending = false;
  }

  /** Taken: whatever was wished since goes on from there. */
  private settle(sent: readonly Wish[]): void {
    const next = new Map(this.waiting);
    for (const wish of sent) {
      const now = next.get(wish.start);
      if (now === wish) next.delete(wish.start);
      else if (now) next.set(wish.start, { ...now, was: wish.kind });
    }
    this.set(next);
  }

  /** Whether there is something to go on with at once. */
  private fail(error: unknown, sent: readonly Wish[]): boolean {
    const isRefusal = error instanceof AppError;
    const mayPass = !isRefusal || ["unauthenticated", "unavailable", "rate_limited"].includes(error.code);
    if (mayPass) {
      this.current = isRefusal && error.code === "unauthenticated" ? "signed_out" : "offline";
      const asked = isRefusal ? (error.details.retryAfter ?? 0) * 1_000 : 0;
      const wait = Math.max(asked, Math.min(longestWait, shortestWait * 2 ** this.failures));
      this.failures += 1;
      this.retrying = setTimeout(() => void this.flush(), wait);
      this.tell();
      return false;
    }
    this.current = null;
    const answer = error.code === "conflict" ? (error.details.current as SentenceMarked | undefined) : undefined;
    if (answer && this.yield(answer, sent)) return true;
    this.set(new Map([...this.waiting].filter(([start]) => !sent.some((wish) => wish.start === start))));
    this.ports.onRefused(error, sent);
    return true;
  }

  /**
   * Where a colleague has marked a sentence otherwise, theirs stands. Over nothing, and over one's own of which the answer was lost, the
   * wish goes out again. False when that would change nothing.
   */
  private yield(answer: SentenceMarked, sent: readonly Wish[]): boolean {
    const next = new Map(this.waiting);
    const theirs: SentenceMark[] = [];
    let isOtherwise = false;
    for (const { start, end, was } of sent) {
      const now = answer.marks.find((mark) => mark.start <= start && mark.end >= end) ?? null;
      const wish = next.get(start);
      if (!wish || (now?.kind ?? null) === was) continue;
      isOtherwise = true;
      if (!now || now.by.id === this.ports.userId) next.set(start, { ...wish, was: now?.kind ?? null });
      else if (next.delete(start)) theirs.push(now);
    }
    if (!isOtherwise) return false;
    this.ports.onOvertaken(answer, sent, theirs);
    this.set(next);
    return true;
  }

  private set(next: Map<number, Wish>): void {
    this.waiting = next;
    this.ports.keep(this.wishes());
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
