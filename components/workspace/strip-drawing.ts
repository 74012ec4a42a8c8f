/**
 * The article in a narrow column: every claim as a tick at its place, coloured by its verdict. Pure geometry and drawing on a
 * canvas: thousands of ticks are thousands of rectangles, not elements.
 */
import { placeOf } from "@/lib/client/claim-store";
import type { ClaimSummary } from "@/lib/domain/claim";
import type { RatingView } from "@/lib/domain/verdict";
import { type Ratings, ratingOf } from "./claim-look";

export type StripColor = RatingView["color"] | "none";

/** Drawn in this order, so that what matters most lies on top where ticks share a pixel. */
export const stripOrder: readonly StripColor[] = ["none", "verified", "unverifiable", "context", "disputed", "false"];

export type Tick = { top: number; height: number; color: StripColor };

/** Heights in CSS pixels; no tick is thinner than can be seen. */
const thinnest = 2;

/** Where a claim stands in a column of this height that holds `length` characters; null for an orphan. */
export function tickOf(claim: ClaimSummary, ratings: Ratings, length: number, height: number): Tick | null {
  const place = placeOf(claim);
  if (!place || length === 0) return null;
  const top = Math.min((place.start / length) * height, Math.max(0, height - thinnest));
  const wanted = ((place.end - place.start) / length) * height;
  return {
    top,
    height: Math.min(Math.max(thinnest, wanted), Math.max(thinnest, height - top)),
    color: ratingOf(claim, ratings)?.color ?? "none",
  };
}

/** The offset that stands at a height of the column, in UTF-16 code units. */
export function offsetAt(y: number, height: number, length: number): number {
  if (height <= 0) return 0;
  return Math.round(Math.max(0, Math.min(1, y / height)) * length);
}

type Canvas = Pick<CanvasRenderingContext2D, "clearRect" | "fillRect"> & { fillStyle: unknown };

/** Draws ticks over what is there; `colors` are what the theme makes of each. */
export function drawTicks(
  canvas: Canvas,
  ticks: readonly Tick[],
  { width, colors }: { width: number; colors: Record<StripColor, string> },
): void {
  for (const color of stripOrder) {
    canvas.fillStyle = colors[color];
    for (const tick of ticks) if (tick.color === color) canvas.fillRect(0, tick.top, width, tick.height);
  }
}
