/**
 * Draws many things over the text: what is on the screen at once, the rest of the article in portions while nothing else is to do, what
 * is nearest first. So an article with thousands of them opens as soon as one with a few.
 */
import { whenIdle } from "@/lib/client/when-idle";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { screenRange } from "./screen-range";

/** Drawn in one go when the browser is idle: a few milliseconds of work. */
const portion = 250;
/** Characters before and after the screen that are drawn at once, for whoever begins to scroll. */
const around = 6_000;

export type Source<T> = {
  keyOf: (item: T) => string;
  /** Everything that is to be drawn, in the order of the text. */
  all: () => readonly T[];
  /** What of it begins in this range of the text. */
  between: (start: number, end: number) => readonly T[];
  /** Draws these, with `anew` in place of all that is drawn. */
  draw: (items: readonly T[], anew: boolean) => void;
};

export class PortionedDrawing<T> {
  private readonly waiting = new Set<string>();
  private calledOff: (() => void) | null = null;
  /** Where the page stood when all that is near the screen had been drawn: only elsewhere is it worth asking what is near. */
  private nearDrawnAt = Number.NaN;
  private readonly ending = new AbortController();

  constructor(
    private readonly surface: ArticleSurface,
    private readonly source: Source<T>,
  ) {
    addEventListener("beforeprint", () => this.drawAll(), { signal: this.ending.signal });
    this.drawAnew();
  }

  drawAnew(): void {
    const { keyOf, all, draw } = this.source;
    const near = this.near();
    draw(near, true);
    this.waiting.clear();
    const drawn = new Set(near.map(keyOf));
    for (const key of all().map(keyOf)) if (!drawn.has(key)) this.waiting.add(key);
    this.nearDrawnAt = window.scrollY;
    this.goOn();
  }

  /** These come or have changed: they are drawn at once. */
  show(items: readonly T[]): void {
    if (items.length === 0) return;
    for (const item of items) this.waiting.delete(this.source.keyOf(item));
    this.source.draw(items, false);
  }

  /** It is drawn no more, or was not yet. */
  forget(key: string): void {
    this.waiting.delete(key);
  }

  stop(): void {
    this.ending.abort();
    this.calledOff?.();
  }

  private drawAll(): void {
    this.show(this.source.all().filter((item) => this.isWaiting(item)));
  }

  private isWaiting(item: T): boolean {
    return this.waiting.has(this.source.keyOf(item));
  }

  private near(): readonly T[] {
    const { start, end } = screenRange(this.surface);
    return this.source.between(start - around, end + around);
  }

  private goOn(): void {
    this.calledOff?.();
    this.calledOff = this.waiting.size === 0 ? null : whenIdle(() => this.drawPortion());
  }

  private drawPortion(): void {
    const isElsewhere = window.scrollY !== this.nearDrawnAt;
    const near = isElsewhere ? this.near().filter((item) => this.isWaiting(item)) : [];
    this.nearDrawnAt = window.scrollY;
    const waiting = () => this.source.all().filter((item) => this.isWaiting(item));
    const next = near.length > 0 ? near : waiting().slice(0, portion);
    this.show(next);
    // What waits without being shown any more has been told of by a change.
    if (next.length === 0) this.waiting.clear();
    this.goOn();
  }
}
