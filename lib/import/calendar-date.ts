/**
 * Reads a calendar date as articles and pages write it. Never guesses: `03/04/2025` is nobody's date, and a time is read for
 * the day that is written, in the zone of whoever wrote it.
 */
import { isoDate } from "../domain/text";

const monthNames = [
  "january jan januar jänner janvier enero",
  "february feb februar février févr febrero",
  "march mar märz maerz mars marzo",
  "april apr avril avr abril",
  "may mai mayo",
  "june jun juni juin junio",
  "july jul juli juillet juil julio",
  "august aug août agosto",
  "september sept sep septembre septiembre",
  "october oct oktober okt octobre octubre",
  "november nov novembre noviembre",
  "december dec dezember dez décembre déc diciembre",
];
const months = new Map(
  monthNames.flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);

const monthPattern = [...months.keys()].sort((a, b) => b.length - a.length).join("|");
const weekday = String.raw`(?:\p{L}{2,12}\.?,?\s+)?`;
const patterns: readonly { regex: RegExp; order: "ymd" | "dmy" | "mdy" }[] = [
  { regex: /^(\d{4})-(\d{2})-(\d{2})(?=$|[T\s,.;:)])/u, order: "ymd" },
  { regex: /^(\d{4})\/(\d{2})\/(\d{2})(?=$|[T\s,.;:)])/u, order: "ymd" },
  { regex: /^(\d{4})(\d{2})(\d{2})(?=$|[T\s])/u, order: "ymd" },
  // 28 November 2025, Fri, 28 Nov 2025, 28. November 2025, 28 de noviembre de 2025
  {
    regex: new RegExp(
      `^${weekday}(\\d{1,2})(?:st|nd|rd|th|er|\\.)?\\s+(?:de\\s+)?(${monthPattern})\\.?,?\\s+(?:de\\s+)?(\\d{4})(?!\\d)`,
      "iu",
    ),
    order: "dmy",
  },
  // November 28, 2025, Nov. 28, 2025, Friday, November 28, 2025
  {
    regex: new RegExp(`^${weekday}(${monthPattern})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)`, "iu"),
    order: "mdy",
  },
  // 28.11.2025: with dots, the day always comes first
  { regex: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/u, order: "dmy" },
];

/** A date and how many UTF-16 code units of the text it takes. */
export type FoundDate = { date: string; length: number };

/** The date that the text begins with (white space before it is counted in `length`), or null. `date` is ISO 8601. */
export function leadingDate(text: string): FoundDate | null {
  const blank = text.length - text.trimStart().length;
  const start = text.slice(blank, blank + 60);
  for (const { regex, order } of patterns) {
    const match = regex.exec(start);
    if (!match) continue;
    const [first, second, third] = [match[1] ?? "", match[2] ?? "", match[3] ?? ""];
    const [year, month, day] =
      order === "ymd" ? [first, second, third] : order === "dmy" ? [third, second, first] : [third, first, second];
    const monthNumber = months.get(month.toLowerCase()) ?? Number(month);
    const date = `${year}-${String(monthNumber).padStart(2, "0")}-${day.padStart(2, "0")}`;
    if (isoDate.safeParse(date).success) return { date, length: blank + match[0].length };
  }
  return null;
}

/** The date that the text is, with whatever time behind it, or null. */
export function calendarDate(text: string | null | undefined): string | null {
  return text ? (leadingDate(text)?.date ?? null) : null;
}
