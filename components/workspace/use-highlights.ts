"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import type { ShownChange, ShownClaims } from "@/lib/client/shown-claims";
import type { ClaimSummary } from "@/lib/domain/claim";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { type HighlightWords, highlightOf, type Ratings } from "./claim-look";
import { screenRange } from "./screen-range";
import { whenIdle } from "./when-idle";

/** Claims drawn in one go when the browser is idle: a few milliseconds of work. */
const portion = 250;
/** Characters before and after the screen that are drawn at once, for whoever begins to scroll. */
const around = 6_000;

/** Draws the shown claims over the text and keeps up with each of them. */
export function useHighlights(surface: ArticleSurface | null, shown: ShownClaims, ratings: Ratings): void {
  const t = useTranslations("workspace.highlight");
  const frame = useTranslations("frame");
  const words = useMemo<HighlightWords>(
    () => ({
      start: (verdict, state) =>
        t("start", { verdict: verdict ?? frame("noVerdict"), state: frame(`states.${state}`) }),
      end: t("end"),
    }),
    [t, frame],
  );
  useEffect(() => {
    if (!surface) return;
    const drawing = new Drawing(surface, shown, (claim) => highlightOf(claim, ratings, words));
    const leave = shown.subscribeToChanges((change) => drawing.take(change));
    const all = () => drawing.drawAll();
    addEventListener("beforeprint", all);
    return () => {
      leave();
      removeEventListener("beforeprint", all);
      drawing.stop();
    };
  }, [surface, shown, ratings, words]);
}

/**
 * What is on the screen is drawn at once, the rest of the article in portions while nothing else is to do, what is nearest
 * first: an article with thousands of claims opens as soon as one with a few.
 */
class Drawing {
  private readonly waiting = new Set<string>();
  private calledOff: (() => void) | null = null;
  /** Where the page stood when all that is near the screen had been drawn: only elsewhere is it worth asking what is near. */
  private nearDrawnAt = Number.NaN;

  constructor(
    private readonly surface: ArticleSurface,
    private readonly shown: ShownClaims,
    private readonly highlight: (claim: ClaimSummary) => ReturnType<typeof highlightOf>,
  ) {
    this.drawAnew();
  }

  take(change: ShownChange): void {
    if (change.type === "set") {
      this.drawAnew();
    } else if (change.type === "hide") {
      this.waiting.delete(change.id);
      this.surface.draw({ type: "remove", id: change.id });
    } else {
      this.waiting.delete(change.claim.id);
      this.surface.draw({ type: "upsert", highlights: [this.highlight(change.claim)] });
    }
  }

  drawAll(): void {
    this.draw(this.shown.all().filter((claim) => this.waiting.has(claim.id)));
  }

  stop(): void {
    this.calledOff?.();
  }

  private drawAnew(): void {
    const near = this.near();
    this.surface.draw({ type: "set", highlights: near.map(this.highlight) });
    this.waiting.clear();
    const drawn = new Set(near.map((claim) => claim.id));
    for (const { id } of this.shown.all()) if (!drawn.has(id)) this.waiting.add(id);
    this.nearDrawnAt = window.scrollY;
    this.goOn();
  }

  private near(): readonly ClaimSummary[] {
    const { start, end } = screenRange(this.surface);
    return this.shown.between(start - around, end + around);
  }

  private goOn(): void {
    this.calledOff?.();
    this.calledOff = this.waiting.size === 0 ? null : whenIdle(() => this.drawPortion());
  }

  private drawPortion(): void {
    const isElsewhere = window.scrollY !== this.nearDrawnAt;
    const near = isElsewhere ? this.near().filter((claim) => this.waiting.has(claim.id)) : [];
    this.nearDrawnAt = window.scrollY;
    const next =
      near.length > 0
        ? near
        : this.shown
            .all()
            .filter((claim) => this.waiting.has(claim.id))
            .slice(0, portion);
    this.draw(next);
    // What waits without being shown any more has been told of by a change.
    if (next.length === 0) this.waiting.clear();
    this.goOn();
  }

  private draw(claims: readonly ClaimSummary[]): void {
    if (claims.length === 0) return;
    for (const { id } of claims) this.waiting.delete(id);
    this.surface.draw({ type: "upsert", highlights: claims.map(this.highlight) });
  }
}
