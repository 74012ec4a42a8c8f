/** Calendar dates: `YYYY-MM-DD` outside, a `Date` at midnight UTC for PostgreSQL's `date` through Prisma. */
import "server-only";

export const toDay = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;
export const fromDay = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));
