"use client";

import { useLocale, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { cx } from "./class-names";

/**
 * Dates as their reader writes them. The server knows neither their zone nor their locale, so it renders the interface's
 * language in UTC; right after hydration the reader's own take over. The zone stands in the title.
 */
type Reader = { locale: string; zone: string };

const nothing = () => () => {};
let reader: Reader | undefined;

function readerNow(): Reader {
  reader ??= { locale: navigator.language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  return reader;
}

function useReader(): Reader & { known: boolean } {
  const locale = useLocale();
  const found = useSyncExternalStore(nothing, readerNow, () => null);
  return found ? { ...found, known: true } : { locale, zone: "UTC", known: false };
}

const shapes = {
  full: { dateStyle: "medium", timeStyle: "short" },
  time: { timeStyle: "short" },
  day: { day: "numeric", month: "short" },
  date: { day: "numeric", month: "short", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type LocalTimeProps = {
  /** ISO 8601, UTC. */
  at: string;
  /** `short` leaves out what goes without saying: the day when it is today, the year when it is this one. */
  shape?: "short" | keyof typeof shapes;
  className?: string;
};

/** An instant, in the reader's zone. */
export function LocalTime({ at, shape = "short", className }: LocalTimeProps) {
  const { locale, zone, known } = useReader();
  const instant = new Date(at);
  const format = (options: Intl.DateTimeFormatOptions, date = instant) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(date);
  const title = format({ dateStyle: "full", timeStyle: "long" });
  return (
    <time dateTime={at} title={title} className={cx("whitespace-nowrap tabular-nums", className)}>
      {format(shapes[shape === "short" ? (known ? shortest(format) : "date") : shape])}
    </time>
  );
}

/** Asks for today only in the browser, where no other clock has rendered the same thing before. */
function shortest(format: (options: Intl.DateTimeFormatOptions, date?: Date) => string): "time" | "day" | "date" {
  const now = new Date();
  const same = (options: Intl.DateTimeFormatOptions) => format(options) === format(options, now);
  return same({ dateStyle: "short" }) ? "time" : same({ year: "numeric" }) ? "day" : "date";
}

/** A calendar date, known to the year, the month or the day (`2023`, `2023-05`, `2023-05-14`); it has no zone. */
export function CalendarDate({ day, className }: { day: string; className?: string }) {
  const { locale } = useReader();
  return (
    <time dateTime={day} className={cx("whitespace-nowrap tabular-nums", className)}>
      {calendarDate(day, locale)}
    </time>
  );
}

function calendarDate(day: string, locale: string, thisYear = false): string {
  const parts = day.split("-").length;
  const options: Intl.DateTimeFormatOptions = {
    ...(!thisYear && { year: "numeric" }),
    ...(parts > 1 && { month: parts > 2 ? "short" : "long" }),
    ...(parts > 2 && { day: "numeric" }),
    timeZone: "UTC",
  };
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${day}${"-01".repeat(3 - parts)}T00:00:00Z`));
}

/** A due date: it says in words when it is near or past. `settled` work is never urgent. */
export function DueDate({ day, settled = false, className }: { day: string; settled?: boolean; className?: string }) {
  const t = useTranslations("frame.due");
  const { locale, zone, known } = useReader();
  const left = known ? daysUntil(day, zone) : Number.POSITIVE_INFINITY;
  const date = calendarDate(day, locale, known && day.slice(0, 4) === isoToday(zone).slice(0, 4));
  const urgent = !settled && left <= 1;
  const words =
    settled || left > 1 ? t("on", { date }) : left < 0 ? t("overdue", { date }) : t(left === 0 ? "today" : "tomorrow");
  return (
    <time
      dateTime={day}
      title={calendarDate(day, locale)}
      className={cx(
        "whitespace-nowrap tabular-nums",
        urgent ? (left < 0 ? "font-semibold text-urgent" : "font-semibold text-disputed") : "text-ink-2",
        className,
      )}
    >
      {words}
    </time>
  );
}

const daysUntil = (day: string, zone: string): number =>
  Math.round((Date.parse(day) - Date.parse(isoToday(zone))) / 86_400_000);

/** Swedish writes dates as ISO 8601 does. */
const isoToday = (zone: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date());
