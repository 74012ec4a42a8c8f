import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { AppError } from "../domain/errors";
import { declaredCharset, decodeText } from "./decode-text";

const german =
  "Der Fluß über dem Tal führt Hochwasser – „seit Jahren“, sagte sie, „nicht mehr so“. Die Brücke ist für Fußgänger geschlossen. ".repeat(
    4,
  );
const russian =
  "Река поднялась за ночь на два метра, и мост закрыли для пешеходов. Жители говорят, что такого не было давно. ".repeat(
    4,
  );
const refusal = (bytes: Uint8Array) => {
  try {
    return decodeText(bytes).encoding;
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : error;
  }
};

describe("an encoding", () => {
  test.each(["utf-8", "utf-16le", "utf-16be", "utf-32le"])(
    "%s is told by its byte order mark, which is no text",
    (encoding) => {
      const bytes = iconv.encode(german, encoding, { addBOM: true });
      expect(decodeText(bytes)).toEqual({ text: german, encoding, notes: [] });
    },
  );

  test.each([
    ["utf-16le", german],
    ["utf-16be", german],
    ["utf-16le", russian],
    ["utf-16be", russian],
  ])("%s is told without one", (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding, { addBOM: false }))).toMatchObject({ text, encoding });
  });

  test("windows-1252 is told from its bytes, with its dashes and quotation marks, and the person is told to look", () => {
    const decoded = decodeText(iconv.encode(german, "windows-1252"));
    expect(decoded).toMatchObject({ text: german, encoding: "windows-1252" });
    expect(decoded.notes[0]).toContain("windows-1252");
  });

  test("of a few words with one accented letter is windows-1252 too", () => {
    expect(decodeText(Buffer.from("Caf\xe9 closed", "latin1")).text).toBe("Caf\u00e9 closed");
  });

  test("of Cyrillic text is told from its bytes", () => {
    expect(decodeText(iconv.encode(russian, "windows-1251"))).toMatchObject({
      text: russian,
      encoding: "windows-1251",
    });
  });

  test("of Japanese text is told from its bytes", () => {
    const japanese = "川の水位が一晩で二メートル上がり、橋は歩行者に閉鎖されました。".repeat(5);
    expect(decodeText(iconv.encode(japanese, "shift_jis")).text).toBe(japanese);
  });

  test("that is declared is believed when it fits, and not when the bytes say otherwise", () => {
    expect(decodeText(iconv.encode(german, "iso-8859-15"), "iso-8859-15").encoding).toBe("iso-8859-15");
    expect(decodeText(iconv.encode("a \u201cb\u201d", "windows-1252"), "iso-8859-1").text).toBe("a \u201cb\u201d");
    expect(decodeText(Buffer.from(german), "utf-8").text).toBe(german);
    expect(decodeText(iconv.encode(german, "windows-1252"), "utf-8").text).toBe(german);
    expect(decodeText(Buffer.from(german), "no-such-thing").text).toBe(german);
  });

  test("is found in the head of an HTML file", () => {
    expect(declaredCharset(Buffer.from('<html><meta charset="windows-1251">'))).toBe("windows-1251");
    expect(declaredCharset(Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'))).toBe(
      "koi8-r",
    );
    expect(declaredCharset(Buffer.from("<html>"))).toBeNull();
  });
});

describe("damage", () => {
  test("a file cut off in the middle of a character is read, and told of", () => {
    const decoded = decodeText(Buffer.from(`${german}\u20ac`).subarray(0, -1));
    expect(decoded.text).toBe(german);
    expect(decoded.notes[0]).toContain("cut off");
  });

  test("one bad byte among many good ones is shown, and told of", () => {
    const bytes = Buffer.concat([Buffer.from(german), Buffer.from([0xff]), Buffer.from(german)]);
    const decoded = decodeText(bytes);
    expect(decoded.text).toBe(`${german}\ufffd${german}`);
    expect(decoded.notes[0]).toContain("1 damaged");
  });
});

describe("bytes that are no text", () => {
  test.each([
    ["a PDF", Buffer.from("%PDF-1.7\n"), /PDF/],
    ["a picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), /picture/],
    ["RTF", Buffer.from("{\\rtf1 a}"), /RTF/],
    ["an old Word file", Buffer.from("d0cf11e0a1b11ae1", "hex"), /old Word/],
    ["gzip", Buffer.from("1f8b0800", "hex"), /compressed/],
    ["zeros", Buffer.alloc(1000), /does not hold text/],
    ["every byte there is", Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) % 256)), /does not hold text/],
    ["controls", Buffer.from(Array.from({ length: 500 }, (_, i) => 1 + (i % 8))), /does not hold text/],
  ])("%s is refused in words that help", (_, bytes, message) => {
    expect(refusal(bytes)).toMatch(/^unsupported: /);
    expect(refusal(bytes)).toMatch(message);
  });
});
