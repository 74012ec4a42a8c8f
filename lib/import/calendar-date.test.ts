import { expect, test } from "vitest";
import { calendarDate, leadingDate } from "./calendar-date";

test.each([
  "2025-11-28",
  "2025-11-28T23:59:59-05:00",
  "2025-11-28 10:00",
  "2025/11/28",
  "20251128",
  "28 November 2025",
  "28 Nov. 2025, 10:00",
  "Fri, 28 Nov 2025 10:00:00 GMT",
  "Friday, November 28, 2025",
  "Nov. 28, 2025",
  "November 28th 2025",
  "28. November 2025",
  "28.11.2025",
  "28 novembre 2025",
  "28 de noviembre de 2025",
  "  2025-11-28",
])("%s is 28 November 2025", (text) => {
  expect(calendarDate(text)).toBe("2025-11-28");
});

test.each([
  "",
  "yesterday",
  "03/04/2025",
  "2025-02-30",
  "2025-13-01",
  "November 2025",
  "28 November",
  "2025-11-281",
  "May 2025 be good",
  "1764288000",
])("%s is no date", (text) => {
  expect(calendarDate(text)).toBeNull();
});

test("a date at the beginning of a text says how much of it it takes", () => {
  expect(leadingDate(" 2025-11-28 Last month")).toEqual({ date: "2025-11-28", length: 11 });
  expect(leadingDate("Last month, on 2025-11-28")).toBeNull();
});
