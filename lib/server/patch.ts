/** Patches: objects that hold only what is to change. Prisma's strict checks refuse the `undefined` of what was not sent. */
import "server-only";

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The patch without what was not sent. */
export function definedOnly<T extends object>(patch: T): Defined<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** The patch without what was not sent and without what the row already says; of plain values only. */
export function changedOnly<T extends object>(row: { [K in keyof T]?: unknown }, patch: T): Defined<T> {
  const entries = Object.entries(definedOnly(patch)) as [keyof T, unknown][];
  return Object.fromEntries(entries.filter(([name, value]) => value !== row[name])) as Defined<T>;
}
