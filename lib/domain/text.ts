/**
 * Schemas for every piece of text that comes in from outside.
 * PostgreSQL refuses NUL and silently replaces lone surrogates, so both are refused here, with the field named.
 */
import { z } from "zod";
import { limits } from "./limits";

/** Text that PostgreSQL keeps unchanged: well-formed UTF-16 without NUL. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

const storable = z.string().refine(isStorable, {
  error: "Contains characters that cannot be stored (NUL or half of a surrogate pair)",
});

const atMost = (most: number) => `At most ${most.toLocaleString("en")} characters`;

/** One line: trimmed, inner white space and control characters folded to one blank. */
const fold = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
export const line = storable
  .max(limits.line * 2, atMost(limits.line))
  .transform(fold)
  .pipe(z.string().max(limits.line, atMost(limits.line)));
/** Where something came from: the name of a file, or an address, which may be longer than a line. */
export const originName = storable
  .max(limits.url * 2, atMost(limits.url))
  .transform(fold)
  .pipe(z.string().max(limits.url, atMost(limits.url)));
export const requiredLine = line.pipe(z.string().min(1, "This is needed"));

/** Several lines, up to the limit of a text field; line ends become \n. */
export const paragraphText = storable
  .max(limits.textField, atMost(limits.textField))
  .transform((text) => text.replace(/\r\n?/g, "\n"));

/** A link that may be shown to anybody: http or https, nothing else, at most `limits.url` characters. */
export const webUrl = storable
  .trim()
  .max(limits.url, atMost(limits.url))
  .refine((value) => webAddress(value) !== null, {
    error: ({ input }) =>
      /^https?:/i.test(String(input))
        ? "Write the address in full, from http:// or https:// on, without a password"
        : "Only http and https addresses are allowed",
  });

/**
 * The parsed address when it is http(s) with a host and without a password, otherwise null. What `URL` would repair (one slash,
 * backslashes, a line break within) is no address: it is kept and shown as it was written.
 */
export function webAddress(value: string): URL | null {
  if (!/^\s*https?:\/\/[^/\\\p{Cc}][^\p{Cc}]*$/iu.test(value)) return null;
  try {
    const url = new URL(value);
    const allowed = (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
    return allowed && url.username === "" && url.password === "" ? url : null;
  } catch {
    return null;
  }
}

/** Names of query parameters that count readers and lead nowhere else. */
export const trackingParameter = /^(utm_\w+|fbclid|gclid|mc_[ce]id|ref_?src|smid)$/i;

/**
 * The same address in one spelling, to notice that two addresses lead to the same work: host in lower case without
 * `www.`, no fragment, no tracking parameters, no trailing slash. For comparing only; never shown or fetched.
 */
export function urlKey(value: string): string | null {
  const url = webAddress(value);
  if (!url) return null;
  const kept = [...url.searchParams].filter(([name]) => !trackingParameter.test(name));
  const query = kept.length ? `?${new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))}` : "";
  return `${url.host.replace(/^www\./, "")}${url.pathname.replace(/\/+$/, "")}${query}`;
}

/**
 * Ids are UUIDs; new ones are version 7, made by whoever creates the record, so that a retry is harmless. In lower case, as
 * PostgreSQL gives them back: two spellings of one id would be two.
 */
export const id = z.uuid().toLowerCase();

/** A calendar date, ISO 8601, no time, from the year 1 on: PostgreSQL knows no year 0. */
export const isoDate = z.iso.date().refine((date) => !date.startsWith("0000"), "There is no such day");

/** A date that may be known to the year, the month or the day: 2023, 2023-05, 2023-05-14. */
export const partialDate = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "A year, a month or a day: 2023, 2023-05 or 2023-05-14")
  .refine((date) => date.length < 10 || isoDate.safeParse(date).success, "There is no such day");

/** An instant as it leaves the server: ISO 8601, UTC. */
export const instant = z.iso.datetime();
