import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { countsOfPicture, pictureHeight, pictureName, pictureWidth, sharePicture } from "./share-picture";

/** Reads the PNG back as pixels of the palette; throws when it is not one that a reader of the format would take. */
function read(picture: Uint8Array) {
  const bytes = Buffer.from(picture);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const header = chunks.get("IHDR");
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const pixel = (x: number, y: number) => {
    const index = rows[y * (pictureWidth + 1) + 1 + x] ?? -1;
    return chunks.get("PLTE")?.toString("hex", index * 3, index * 3 + 3);
  };
  return { width: header?.readUInt32BE(0), height: header?.readUInt32BE(4), rows, pixel, names: [...chunks.keys()] };
}

describe("the picture of a link", () => {
  test("shows the verdicts as a bar, each as wide as its share", () => {
    const picture = sharePicture([3, 0, 0, 1, 0]);
    const { width, height, rows, pixel, names } = read(picture);
    expect([width, height]).toEqual([pictureWidth, pictureHeight]);
    expect(names).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    expect(rows.length).toBe((pictureWidth + 1) * pictureHeight);
    const bar = Array.from({ length: pictureWidth }, (_, x) => pixel(x, 500));
    const [verified, wrong] = ["17744a", "a31d2b"].map((color) => bar.filter((each) => each === color).length);
    expect((verified ?? 0) / (wrong ?? 1)).toBeCloseTo(3, 1);
    expect(bar.at(0)).toBe("fbfaf7");
    expect(picture.byteLength).toBeLessThan(5_000);
  });

  test("is drawn whatever the counts", () => {
    for (const counts of [
      [0, 0, 0, 0, 0],
      [9999, 1, 1, 1, 1],
      [0, 0, 0, 0, 1],
    ])
      expect(() => read(sharePicture(counts))).not.toThrow();
  });

  test("has an address that tells its counts and nothing else", () => {
    expect(countsOfPicture(pictureName([14, 3, 2, 1, 2]))).toEqual([14, 3, 2, 1, 2]);
    for (const name of [
      "",
      "1-2-3.png",
      "1-2-3-4-5",
      "1-2-3-4-99999.png",
      "a-2-3-4-5.png",
      "1-2-3-4-5.png.png",
      "-1-2-3-4-5.png",
    ])
      expect(countsOfPicture(name)).toBeNull();
  });
});
