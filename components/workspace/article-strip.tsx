"use client";
/** The whole article at once: claims as ticks, unaccounted sentences as gaps in a line, the screen as a frame. Click, drag or use the arrow keys to go there. */
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { placeOf } from "@/lib/client/claim-store";
import { type Ledger, useCoverage } from "@/lib/client/ledger";
import { type ShownClaims, useShownIds } from "@/lib/client/shown-claims";
import { whenIdle } from "@/lib/client/when-idle";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { Ratings } from "./claim-look";
import { screenRange } from "./screen-range";
import { scrollToOffset } from "./scroll-to";
import { accountedRows, countRows, drawLine, drawRows, offsetAt, type StripColor, stripColors } from "./strip-drawing";
import { useWorkspaceServices } from "./workspace-context";

type Props = { surface: ArticleSurface | null; shown: ShownClaims; ratings: Ratings };

export function ArticleStrip({ surface, shown, ratings }: Props) {
  const t = useTranslations("workspace.strip");
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const tick = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLDivElement>(null);
  const [percent, setPercent] = useState(0);
  const count = useShownIds(shown).length;
  const length = surface?.text.length ?? 0;

  const { store, active, ledger } = useWorkspaceServices();
  const coverage = useCoverage(ledger);

  useDrawing(canvas, { surface, shown, ratings, ledger });

  // The frame follows the screen; nothing of it goes through React but the number that a screen reader hears.
  useEffect(() => {
    if (!surface) return;
    let asked = 0;
    const follow = () => {
      asked = 0;
      const element = frame.current;
      const box = strip.current;
      if (!element || !box) return;
      const { start: from, end: to } = screenRange(surface);
      const height = box.clientHeight;
      const top = (from / Math.max(1, length)) * height;
      const tall = Math.max(10, ((to - from) / Math.max(1, length)) * height);
      element.style.transform = `translateY(${Math.min(top, height - tall)}px)`;
      element.style.height = `${tall}px`;
      setPercent(Math.round((from / Math.max(1, length)) * 100));
    };
    const ask = () => {
      asked ||= requestAnimationFrame(follow);
    };
    follow();
    addEventListener("scroll", ask, { passive: true });
    const observer = new ResizeObserver(ask);
    observer.observe(surface.element);
    return () => {
      removeEventListener("scroll", ask);
      observer.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [surface, length]);

  // Where the open claim stands; it moves with the claim that is opened, and with nothing else.
  useEffect(() => {
    const show = () => {
      const id = active.get();
      const claim = id === null ? undefined : store.get(id);
      const place = claim ? placeOf(claim) : null;
      const element = tick.current;
      if (!element) return;
      element.hidden = place === null;
      if (place) element.style.top = `${(place.start / Math.max(1, length)) * 100}%`;
    };
    show();
    return active.subscribe(show);
  }, [active, store, length]);

  const goTo = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (surface && box) scrollToOffset(surface, offsetAt(event.clientY - box.top, box.height, length), "center");
  };
  const keyed = (event: KeyboardEvent) => {
    if (!surface) return;
    const page = window.innerHeight * 0.85;
    const by: Record<string, number> = { ArrowDown: 120, ArrowUp: -120, PageDown: page, PageUp: -page };
    const step = by[event.key];
    if (step !== undefined) window.scrollBy(0, step);
    else if (event.key === "Home") window.scrollTo(0, 0);
    else if (event.key === "End") window.scrollTo(0, document.documentElement.scrollHeight);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={strip}
      role="slider"
      tabIndex={0}
      aria-label={t("label")}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={coverage ? t("valueLedger", { percent, count, ...coverage }) : t("value", { percent, count })}
      onKeyDown={keyed}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && goTo(event)}
      className="sticky top-18 mt-4 h-[calc(100dvh-6.5rem)] cursor-pointer touch-none overflow-hidden rounded-lg border bg-sheet focus-visible:rounded-lg max-[900px]:hidden print:hidden"
    >
      <canvas ref={canvas} aria-hidden className="absolute inset-x-1 inset-y-0 h-full w-[calc(100%-0.5rem)]" />
      <div
        ref={frame}
        className="absolute inset-x-0 top-0 h-3 rounded-sm border-2 border-ink/45 bg-ink/6 transition-colors"
      />
      <div
        ref={tick}
        hidden
        data-open-claim
        className="pointer-events-none absolute inset-x-0 h-1.5 -translate-y-0.75 border-y-2 border-focus bg-sheet"
      />
    </div>
  );
}

/** Keeps the drawing up with the claims, the size and the theme, when the browser has nothing better to do. */
function useDrawing(
  ref: React.RefObject<HTMLCanvasElement | null>,
  { surface, shown, ratings, ledger }: Props & { ledger: Ledger },
): void {
  useEffect(() => {
    const element = ref.current;
    const canvas = element?.getContext("2d");
    if (!element || !canvas || !surface) return;
    const length = surface.text.length;
    let asked: (() => void) | null = null;
    let colors: ReturnType<typeof themeColors> | null = null;

    const draw = () => {
      asked = null;
      const { clientWidth: width, clientHeight: height } = element;
      const scale = window.devicePixelRatio;
      element.width = Math.round(width * scale);
      element.height = Math.round(height * scale);
      canvas.scale(scale, scale);
      colors ??= themeColors(element);
      const sentences = ledger.sentences();
      if (sentences.length > 0) drawLine(canvas, accountedRows(sentences, { length, height }), colors.line);
      drawRows(canvas, countRows(shown.all(), ratings, { length, height }), { width, colors });
    };
    const ask = () => {
      asked ??= whenIdle(draw);
    };
    const recolor = () => {
      colors = null;
      ask();
    };
    ask();
    const leave = [shown.subscribeToChanges(ask), ledger.subscribe(ask)];
    const resized = new ResizeObserver(ask);
    resized.observe(element);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", recolor);
    const themed = new MutationObserver(recolor);
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      asked?.();
      for (const end of leave) end();
      resized.disconnect();
      themed.disconnect();
      dark.removeEventListener("change", recolor);
    };
  }, [ref, surface, shown, ratings, ledger]);
}

/** What the theme makes of the verdict families: a canvas knows no CSS variables. */
function themeColors(element: HTMLElement): Record<StripColor | "line", string> {
  const probe = document.createElement("i");
  element.parentElement?.append(probe);
  const read = (color: string) => {
    probe.style.color = `var(--${color})`;
    return getComputedStyle(probe).color;
  };
  const colors = stripColors.map((color) => [color, read(color === "none" ? "line-2" : color)] as const);
  const line = read("edge");
  probe.remove();
  return { ...(Object.fromEntries(colors) as Record<StripColor, string>), line };
}
