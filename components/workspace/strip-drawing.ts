/**
 * The article in a narrow column: every claim at its place, coloured by its verdict. Pure geometry and drawing on a canvas. Where
 * claims are dense a row of the column stands for several; it is then parted among their verdicts by their numbers, so that
 * the column never says that all is false because one claim is.
 */
import { placeOf } from "@/lib/client/claim-store";
import type { ClaimSummary } from "@/lib/domain/claim";
import type { RatingView } from "@/lib/domain/verdict";
import { type Ratings, ratingOf } from "./claim-look";

export type StripColor = RatingView["color"] | "none";

/** The order within a row: the gravest first, where the eye looks first. */
export const stripColors: readonly StripColor[] = ["false", "disputed", "context", "unverifiable", "verified", "none"];

/** CSS pixels. */
export const rowHeight = 2;

/** How many claims of each colour stand in each row of a column of this height that holds `length` characters. */
export function countRows(
  claims: readonly ClaimSummary[],
  ratings: Ratings,
  { length, height }: { length: number; height: number },
): Uint16Array[] {
  const rows = Array.from(
    { length: Math.max(0, Math.floor(height / rowHeight)) },
    () => new Uint16Array(stripColors.length),
  );
  if (length === 0 || rows.length === 0) return rows;
  const rowOf = (offset: number) => Math.min(rows.length - 1, Math.floor((offset / length) * rows.length));
  for (const claim of claims) {
    const place = placeOf(claim);
    if (!place) continue;
    const color = stripColors.indexOf(ratingOf(claim, ratings)?.color ?? "none");
    const last = rowOf(Math.max(place.start, place.end - 1));
    for (let row = rowOf(place.start); row <= last; row += 1) {
      const counts = rows[row];
      if (counts) counts[color] = (counts[color] ?? 0) + 1;
    }
  }
  return rows;
}

/** The offset that stands at a height of the column, in UTF-16 code units. */
export function offsetAt(y: number, height: number, length: number): number {
  if (height <= 0) return 0;
  return Math.round(Math.max(0, Math.min(1, y / height)) * length);
}

type Canvas = Pick<CanvasRenderingContext2D, "fillRect"> & { fillStyle: unknown };

/** `colors` are what the theme makes of each. */
export function drawRows(
  canvas: Canvas,
  rows: readonly Uint16Array[],
  { width, colors }: { width: number; colors: Record<StripColor, string> },
): void {
  rows.forEach((counts, row) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    let x = 0;
    counts.forEach((count, index) => {
      if (count === 0) return;
      const part = (count / all) * width;
      canvas.fillStyle = colors[stripColors[index] ?? "none"];
      canvas.fillRect(x, row * rowHeight, part, rowHeight);
      x += part;
    });
  });
}
