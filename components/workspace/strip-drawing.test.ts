import { describe, expect, it } from "vitest";
import type { ClaimSummary } from "@/lib/domain/claim";
import type { RatingView } from "@/lib/domain/verdict";
import { drawTicks, offsetAt, type StripColor, stripOrder, tickOf } from "./strip-drawing";

const ratings = new Map([["r", { id: "r", color: "false" } as RatingView]]);
const claim = (start: number, end: number, ratingId: string | null = null) =>
  ({ id: "c", ratingId, anchors: [{ id: "a", start, end, state: "anchored" }] }) as unknown as ClaimSummary;

describe("tickOf", () => {
  it("stands where the claim stands, as tall as it is long, in the colour of its verdict", () => {
    expect(tickOf(claim(250, 500, "r"), ratings, 1000, 400)).toEqual({ top: 100, height: 100, color: "false" });
    expect(tickOf(claim(250, 500, "unknown"), ratings, 1000, 400)?.color).toBe("none");
  });

  it("can be seen however short the claim, and never leaves the column", () => {
    expect(tickOf(claim(500, 501), ratings, 1_000_000, 400)?.height).toBe(2);
    const last = tickOf(claim(999_999, 1_000_000), ratings, 1_000_000, 400);
    expect(last && last.top + last.height).toBeLessThanOrEqual(400);
  });

  it("is none for an orphan and in an empty text", () => {
    const orphan = { ...claim(0, 5), anchors: [{ id: "a", start: 0, end: 5, state: "orphaned" }] } as ClaimSummary;
    expect(tickOf(orphan, ratings, 100, 100)).toBeNull();
    expect(tickOf(claim(0, 1), ratings, 0, 100)).toBeNull();
  });
});

it("a height leads back to the offset that stands there, inside the text whatever is asked", () => {
  expect(offsetAt(100, 400, 1000)).toBe(250);
  expect(offsetAt(-5, 400, 1000)).toBe(0);
  expect(offsetAt(900, 400, 1000)).toBe(1000);
  expect(offsetAt(10, 0, 1000)).toBe(0);
});

it("what matters most is drawn last, so that it lies on top", () => {
  const drawn: unknown[] = [];
  const canvas = {
    fillStyle: "" as unknown,
    clearRect: () => {},
    fillRect: () => drawn.push(canvas.fillStyle),
  };
  const colors = Object.fromEntries(stripOrder.map((color) => [color, color])) as Record<StripColor, string>;
  const ticks = (["false", "none", "verified"] as const).map((color) => ({ top: 0, height: 2, color }));
  drawTicks(canvas, ticks, { width: 10, colors });
  expect(drawn).toEqual(["none", "verified", "false"]);
});
