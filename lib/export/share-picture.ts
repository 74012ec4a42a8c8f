/**
 * The picture that a chat shows beside a pasted link: lines of an article, some of them marked, over the bar of verdicts.
 * Without words, because the title stands beside it; made of counts alone, so its address tells nothing that opens anything.
 */
import { crc32, deflateSync } from "node:zlib";
import { ratingColors } from "../domain/verdict";

export const pictureWidth = 1200;
export const pictureHeight = 630;

const paper = 0;
const line = 1;
/** The colours of `app/look.css` by day: paper, lines of text, then each verdict's ink and tint in the order of `ratingColors`. */
const palette = [
  "fbfaf7",
  "d3cec3",
  ...["17744a", "845500", "a14000", "a31d2b", "4d5566"],
  ...["dcf1e4", "fbeccb", "fde3d3", "fadcdf", "e6e9ef"],
];
const inkOf = (family: number) => 2 + family;
const tintOf = (family: number) => 2 + ratingColors.length + family;

/** How many claims each family of verdicts has, as it stands in the picture's address: `14-3-2-1-2`. */
export const pictureName = (counts: readonly number[]): string => `${counts.join("-")}.png`;

/** The counts that a name tells; null for any other name. */
export function countsOfPicture(name: string): number[] | null {
  const counts = /^(\d{1,4}(?:-\d{1,4}){4})\.png$/.exec(name)?.[1]?.split("-").map(Number);
  return counts ?? null;
}

/** A PNG with a palette (ISO/IEC 15948), some 2 kB. */
export function sharePicture(counts: readonly number[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(pictureWidth * pictureHeight).fill(paper);
  const fill = (x: number, y: number, width: number, height: number, color: number) => {
    for (let row = y; row < y + height; row++)
      pixels.fill(color, row * pictureWidth + x, row * pictureWidth + Math.min(pictureWidth, x + width));
  };
  drawText(counts, fill);
  drawBar(counts, fill);
  return png(pixels);
}

type Fill = (x: number, y: number, width: number, height: number, color: number) => void;

const margin = 100;
const inner = pictureWidth - 2 * margin;

/** Lines of a paragraph, the first marked in the verdict that was given most, and so on. */
function drawText(counts: readonly number[], fill: Fill): void {
  const lengths = [1, 0.94, 0.98, 0.62, 0, 0.97, 1, 0.45];
  const given = counts.map((count, family) => ({ count, family })).filter(({ count }) => count > 0);
  given.sort((a, b) => b.count - a.count);
  lengths.forEach((length, row) => {
    const y = 90 + row * 42;
    const mark = length > 0 ? given[row > 4 ? row - 1 : row] : undefined;
    const [from, width] = [margin + Math.round(inner * (0.08 + 0.11 * (row % 3))), Math.round(inner * 0.3)];
    if (mark) fill(from, y - 8, width, 30, tintOf(mark.family));
    fill(margin, y, Math.round(inner * length), 16, line);
    if (mark) fill(from, y + 22, width, 4, inkOf(mark.family));
  });
}

function drawBar(counts: readonly number[], fill: Fill): void {
  const gap = 8;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const shown = counts.filter((count) => count > 0).length;
  if (all === 0) fill(margin, 470, inner, 60, line);
  let x = margin;
  counts.forEach((count, family) => {
    if (count === 0) return;
    const width = Math.max(6, Math.round(((inner - gap * (shown - 1)) * count) / all));
    fill(x, 470, Math.min(width, margin + inner - x), 60, inkOf(family));
    x += width + gap;
  });
}

function png(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pictureWidth, 0);
  header.writeUInt32BE(pictureHeight, 4);
  // Eight bits a pixel, each an index into the palette.
  header.set([8, 3, 0, 0, 0], 8);
  // Each row begins with its filter: none.
  const rows = Buffer.alloc((pictureWidth + 1) * pictureHeight);
  for (let row = 0; row < pictureHeight; row++)
    rows.set(pixels.subarray(row * pictureWidth, (row + 1) * pictureWidth), row * (pictureWidth + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk("IHDR", header),
      chunk("PLTE", Buffer.from(palette.join(""), "hex")),
      chunk("IDAT", deflateSync(rows, { level: 9 })),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
