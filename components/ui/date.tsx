"use client";

import { useTranslations } from "next-intl";
import { cx } from "./class-names";
import { useReader } from "./reader";

// The server's and the browser's tables of dates may differ by a kind of blank: no reason to warn, and either will do.

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

/** An instant, in the reader's zone; the zone stands in the title. */
export function LocalTime({ at, shape = "short", className }: LocalTimeProps) {
  const { locale, zone, now } = useReader();
  const format = (options: Intl.DateTimeFormatOptions, date: string | number = at) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(new Date(date));
  const sameAsNow = (options: Intl.DateTimeFormatOptions) => format(options) === format(options, now);
  const shortest = sameAsNow({ dateStyle: "short" }) ? "time" : sameAsNow({ year: "numeric" }) ? "day" : "date";
  return (
    <time
      suppressHydrationWarning
      dateTime={at}
      title={format({ dateStyle: "full", timeStyle: "long" })}
      className={cx("whitespace-nowrap tabular-nums", className)}
    >
      {format(shapes[shape === "short" ? shortest : shape])}
    </time>
  );
}

/** A calendar date, known to the year, the month or the day (`2023`, `2023-05`, `2023-05-14`); it has no zone. */
export function CalendarDate({ day, className }: { day: string; className?: string }) {
  const { locale } = useReader();
  return (
    <time suppressHydrationWarning dateTime={day} className={cx("whitespace-nowrap tabular-nums", className)}>
      {calendarDate(day, locale)}
    </time>
  );
}

function calendarDate(day: string, locale: string, withYear = true): string {
  const parts = day.split("-").length;
  const options: Intl.DateTimeFormatOptions = {
    ...(withYear && { year: "numeric" }),
    ...(parts > 1 && { month: parts > 2 ? "short" : "long" }),
    ...(parts > 2 && { day: "numeric" }),
    timeZone: "UTC",
  };
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${day}${"-01".repeat(3 - parts)}T00:00:00Z`));
}

/** A due date: it says in words when it is near or past. `settled` work is never urgent. */
export function DueDate({ day, settled = false, className }: { day: string; settled?: boolean; className?: string }) {
  const t = useTranslations("frame.due");
  const { locale, zone, now } = useReader();
  // Swedish writes dates as ISO 8601 does.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(now);
  const daysLeft = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  const date = calendarDate(day, locale, day.slice(0, 4) !== today.slice(0, 4));
  const when = settled || daysLeft > 1 ? "on" : daysLeft < 0 ? "overdue" : daysLeft === 0 ? "today" : "tomorrow";
  const looks = {
    on: "text-ink-2",
    tomorrow: "font-semibold text-disputed",
    today: "font-semibold text-disputed",
    overdue: "font-semibold text-urgent",
  };
  return (
    <time
      suppressHydrationWarning
      dateTime={day}
      title={calendarDate(day, locale)}
      className={cx("whitespace-nowrap tabular-nums", looks[when], className)}
    >
      {t(when, { date })}
    </time>
  );
}
