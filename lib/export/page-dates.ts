/** Dates as the public page writes them: day, month, year in that order and in words, and every time of day with its zone. */

const inEnglish = (parts: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...parts });
const day = inEnglish({ day: "numeric", month: "long", year: "numeric" });
const month = inEnglish({ month: "long", year: "numeric" });
const clock = inEnglish({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

/** `2026-03-14` as 14 March 2026. */
export const longDate = (date: string): string => day.format(new Date(`${date}T00:00:00Z`));

/** A date known to the year, the month or the day, as it is known. */
export function partialLongDate(date: string): string {
  if (date.length === 4) return date;
  return date.length === 7 ? month.format(new Date(`${date}-01T00:00:00Z`)) : longDate(date);
}

/** An ISO 8601 instant as 14 March 2026, 13:02 UTC. */
export function longInstant(instant: string): string {
  const date = new Date(instant);
  return `${day.format(date)}, ${clock.format(date)}`;
}
