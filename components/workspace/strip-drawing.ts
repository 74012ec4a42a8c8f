/**
 * The article in a narrow column: every claim at its place, coloured by its verdict, and the ledger as a line with gaps. Pure geometry and drawing on a canvas. Where
 * claims are dense a row of the column stands for several; it is then parted among their verdicts by their numbers, so that
 * the column never says that all is false because one claim is.
 */
import { placeOf } from "@/lib/client/claim-store";
import type { LedgerSentence } from "@/lib/client/ledger";
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

/** Which part of the sentences of each row is accounted for, 0 to 1. */
export function accountedRows(
  sentences: readonly LedgerSentence[],
  { length, height }: { length: number; height: number },
): Float32Array {
  const rows = Math.max(0, Math.floor(height / rowHeight));
  const [all, accounted] = [new Uint16Array(rows), new Uint16Array(rows)];
  if (length === 0) return new Float32Array(rows);
  const rowOf = (offset: number) => Math.min(rows - 1, Math.floor((offset / length) * rows));
  for (const { start, end, account } of sentences)
    for (let row = rowOf(start); row <= rowOf(end - 1); row += 1) {
      all[row] = (all[row] ?? 0) + 1;
      if (account) accounted[row] = (accounted[row] ?? 0) + 1;
    }
  return Float32Array.from(all, (count, row) => (count === 0 ? 1 : (accounted[row] ?? 0) / count));
}

/** The offset that stands at a height of the column, in UTF-16 code units. */
export function offsetAt(y: number, height: number, length: number): number {
  if (height <= 0) return 0;
  return Math.round(Math.max(0, Math.min(1, y / height)) * length);
}

type Canvas = Pick<CanvasRenderingContext2D, "fillRect"> & { fillStyle: unknown };

/** The line of the ledger beside the claims, CSS pixels; what is not accounted for is a gap in it. */
const lineWidth = 3;
const besideLine = 3;

export function drawLine(canvas: Canvas, rows: Float32Array, color: string): void {
  canvas.fillStyle = color;
  rows.forEach((share, row) => {
    if (share > 0) canvas.fillRect(0, row * rowHeight, Math.max(1, Math.floor(share * lineWidth)), rowHeight);
  });
}

/** `colors` are what the theme makes of each. */
export function drawRows(
  canvas: Canvas,
  rows: readonly Uint16Array[],
  { width: whole, colors }: { width: number; colors: Record<StripColor, string> },
): void {
  const left = lineWidth + besideLine;
  const width = whole - left;
  rows.forEach((counts, row) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    let x = left;
    counts.forEach((count, index) => {
      if (count === 0) return;
      const part = (count / all) * width;
      canvas.fillStyle = colors[stripColors[index] ?? "none"];
      canvas.fillRect(x, row * rowHeight, part, rowHeight);
      x += part;
    });
  });
}
