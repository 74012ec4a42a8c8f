import { describe, expect, it } from "vitest";
import type { ClaimSummary } from "@/lib/domain/claim";
import type { RatingView } from "@/lib/domain/verdict";
import { accountedRows, countRows, drawLine, drawRows, offsetAt, type StripColor, stripColors } from "./strip-drawing";

const ratings = new Map([["r", { id: "r", color: "false" } as RatingView]]);
const claim = (start: number, end: number, ratingId: string | null = null, state = "anchored") =>
  ({ id: "c", ratingId, anchors: [{ id: "a", start, end, state }] }) as unknown as ClaimSummary;

/** Each row as the colours that stand in it. */
const seen = (claims: ClaimSummary[], length: number, height: number) =>
  countRows(claims, ratings, { length, height }).map((counts) =>
    stripColors.flatMap((color, index) => (counts[index] ? [`${color} ${counts[index]}`] : [])).join(", "),
  );

describe("countRows", () => {
  it("puts a claim in every row that its words reach, in the colour of its verdict", () => {
    expect(seen([claim(25, 50, "r"), claim(80, 81), claim(80, 90)], 100, 8)).toEqual(["", "false 1", "", "none 2"]);
    expect(seen([claim(25, 51, "unknown")], 100, 8)).toEqual(["", "none 1", "none 1", ""]);
  });

  it("shows the shortest claim in the longest article, up to its last character", () => {
    const rows = seen([claim(999_999, 1_000_000)], 1_000_000, 400);
    expect(rows.filter(Boolean)).toHaveLength(1);
    expect(rows.at(-1)).toBe("none 1");
  });

  it("leaves out what has lost its text, and stands an empty text or no height", () => {
    expect(seen([claim(0, 5, null, "orphaned")], 100, 4)).toEqual(["", ""]);
    expect(seen([claim(0, 1)], 0, 4)).toEqual(["", ""]);
    expect(seen([claim(0, 1)], 100, 0)).toEqual([]);
  });
});

it("a height leads back to the offset that stands there, inside the text whatever is asked", () => {
  expect(offsetAt(100, 400, 1000)).toBe(250);
  expect(offsetAt(-5, 400, 1000)).toBe(0);
  expect(offsetAt(900, 400, 1000)).toBe(1000);
  expect(offsetAt(10, 0, 1000)).toBe(0);
});

it("a row is parted among the verdicts of its claims, the gravest first", () => {
  const drawn: unknown[] = [];
  const canvas = {
    fillStyle: "" as unknown,
    fillRect: (...box: number[]) => drawn.push([canvas.fillStyle, ...box]),
  };
  const colors = Object.fromEntries(stripColors.map((color) => [color, color])) as Record<StripColor, string>;
  const rows = countRows([claim(60, 61), claim(60, 61, "r"), claim(61, 62), claim(62, 63)], ratings, {
    length: 100,
    height: 4,
  });
  drawRows(canvas, rows, { width: 26, colors });
  expect(drawn).toEqual([
    ["false", 6, 2, 5, 2],
    ["none", 11, 2, 15, 2],
  ]);
});

it("the line of the ledger has gaps where nothing accounts for a sentence, and is thin where that is so of some", () => {
  const drawn: unknown[] = [];
  const canvas = { fillStyle: "" as unknown, fillRect: (...box: number[]) => drawn.push(box) };
  const by = { by: "claim", claimId: "c" } as const;
  const sentences = [
    ...[
      { start: 0, end: 25, account: by },
      { start: 26, end: 49, account: null },
    ],
    ...[
      { start: 50, end: 60, account: by },
      { start: 61, end: 70, account: null },
      { start: 80, end: 100, account: by },
    ],
  ];
  drawLine(canvas, accountedRows(sentences, { length: 100, height: 8 }), "ink");
  expect(drawn).toEqual([
    [0, 0, 3, 2],
    [0, 4, 1, 2],
    [0, 6, 3, 2],
  ]);
});
