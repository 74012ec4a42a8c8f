import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "./limits";
import {
  isoDate,
  isStorable,
  line,
  paragraphText,
  partialDate,
  requiredLine,
  urlKey,
  webAddress,
  webUrl,
} from "./text";

test("what PostgreSQL keeps unchanged is well-formed and without NUL", () => {
  expect(isStorable("👩‍👩‍👧 naïve\n\t")).toBe(true);
  for (const text of ["\u0000", "a\u0000b", "\ud800", "\udc00", "\udc00\ud800", "a\ud83c"]) {
    expect(isStorable(text)).toBe(false);
    for (const schema of [line, requiredLine, paragraphText]) expect(schema.safeParse(text).success).toBe(false);
  }
});

describe("a line", () => {
  test("is trimmed and folded to one line", () => {
    expect(line.parse("  a \r\n\t b\u0007c\u00a0d ")).toBe("a b c d");
    expect(requiredLine.safeParse(" \n ").success).toBe(false);
  });

  test("has its limit after folding, and one before it", () => {
    expect(line.safeParse(`${" ".repeat(limits.line)}${"x".repeat(limits.line)}`).success).toBe(true);
    expect(line.safeParse("x".repeat(limits.line + 1)).success).toBe(false);
    expect(line.safeParse(" ".repeat(limits.line * 2 + 1)).success).toBe(false);
  });

  test("folded once is folded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const folded = line.safeParse(text);
        if (folded.success) expect(line.parse(folded.data)).toBe(folded.data);
      }),
    );
  });
});

test("a text field keeps its lines, ends them with a line feed, and has its limit", () => {
  expect(paragraphText.parse(" a\r\nb\rc\nd ")).toBe(" a\nb\nc\nd ");
  expect(paragraphText.safeParse("x".repeat(limits.textField)).success).toBe(true);
  expect(paragraphText.safeParse("x".repeat(limits.textField + 1)).success).toBe(false);
});

describe("a web address", () => {
  test("is http or https with a host, and nothing that could run or carry a password", () => {
    for (const good of ["https://a.example", "http://a.example:8080/x?y#z", " https://ä.example/ü ", "https://[::1]/"])
      expect(webUrl.safeParse(good).success).toBe(true);
    for (const bad of [
      ...["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x"],
      ...[
        "file:///etc/passwd",
        "ftp://a.example",
        "//a.example",
        "a.example",
        "",
        "https://",
        "https://user:pass@a.example",
      ],
      ...["https://user@a.example", "blob:https://a.example/x", `https://a.example/${"x".repeat(limits.url)}`],
    ])
      expect(webUrl.safeParse(bad).success, bad).toBe(false);
  });

  test("is written in full: what a browser would repair is said to be none, and what to write", () => {
    const repaired = [
      "https:/a.example/x",
      "https:a.example",
      "http:\\\\a.example",
      "https:///a.example",
      "https:\\/a.example",
    ];
    for (const bad of [...repaired, "https://a.exam\tple/x", "https://a.example/x\ny", "https://user:pass@a.example"]) {
      expect(webAddress(bad), bad).toBeNull();
      expect(webUrl.safeParse(bad).error?.issues.map(({ message }) => message)).toEqual([
        "Write the address in full, from http:// or https:// on, without a password",
      ]);
    }
    expect(webUrl.safeParse("a.example").error?.issues[0]?.message).toBe("Only http and https addresses are allowed");
  });

  test("never has another scheme, whatever stands before or in it", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom("javascript:", "data:", "vbscript:"),
        fc.string(),
        (before, scheme, after) => {
          const address = webAddress(before + scheme + after);
          expect(address === null || /^https?:$/.test(address.protocol)).toBe(true);
        },
      ),
    );
  });

  test("has one key for all its spellings", () => {
    const key = "council.example/minutes?a=1&b=2";
    for (const spelled of [
      "https://council.example/minutes?a=1&b=2",
      "http://www.council.example/minutes/?b=2&a=1#page",
      "HTTPS://WWW.COUNCIL.EXAMPLE/minutes//?a=1&utm_source=x&b=2&fbclid=y",
    ])
      expect(urlKey(spelled)).toBe(key);
    expect(urlKey("https://council.example/Minutes?a=1&b=2")).not.toBe(key);
    expect(urlKey("https://council.example:8443/minutes?a=1&b=2")).not.toBe(key);
    expect(urlKey("javascript:alert(1)")).toBeNull();
  });
});

test("a day is one that the calendar has and PostgreSQL knows", () => {
  for (const good of ["0001-01-01", "2024-02-29", "9999-12-31"]) expect(isoDate.safeParse(good).success).toBe(true);
  for (const bad of ["0000-01-01", "2023-02-29", "9999-99-99", ""]) expect(isoDate.safeParse(bad).success).toBe(false);
});

test("a date may be known to the year, the month or the day", () => {
  for (const good of ["2023", "2023-05", "2023-05-14"]) expect(partialDate.safeParse(good).success).toBe(true);
  for (const bad of [
    "",
    "23",
    "2023-13",
    "2023-00",
    "2023-05-32",
    "2023-02-29",
    "2023-05-14T00:00",
    "May 2023",
    "2023-5",
  ])
    expect(partialDate.safeParse(bad).success).toBe(false);
});
