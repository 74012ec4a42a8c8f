/** What this browser's IndexedDB keeps for a person: values by person and name. A browser that keeps nothing answers as if it were empty. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

type Key = [userId: string, name: string];

interface Schema<Value> extends DBSchema {
  draft: { key: Key; value: Value };
}

const storeName = "draft";

/** `database`: the name that the browser knows it by. */
export function personStore<Value>(database: string) {
  async function within<T>(work: (db: IDBPDatabase<Schema<Value>>) => Promise<T>): Promise<T> {
    const db = await openDB<Schema<Value>>(database, 1, { upgrade: (made) => void made.createObjectStore(storeName) });
    try {
      return await work(db);
    } finally {
      db.close();
    }
  }
  /** All keys of a person: an array comes after every string. */
  const ofPerson = (userId: string) => IDBKeyRange.bound([userId], [userId, []]);
  return {
    read: (userId: string, name: string): Promise<Value | null> =>
      within(async (db) => ((await db.get(storeName, [userId, name])) as Value | undefined) ?? null).catch(() => null),
    readAll: (userId: string): Promise<Value[]> =>
      within(async (db) => (await db.getAll(storeName, ofPerson(userId))) as Value[]).catch(() => []),
    /** False when this browser refuses to keep it: no room, or private browsing. */
    keep: (userId: string, name: string, value: Value): Promise<boolean> =>
      within(async (db) => {
        await db.put(storeName, value as Schema<Value>["draft"]["value"], [userId, name]);
        return true;
      }).catch(() => false),
    drop: (userId: string, name: string): Promise<void> =>
      within((db) => db.delete(storeName, [userId, name])).catch(() => {}),
    dropAll: (userId: string): Promise<void> => within((db) => db.delete(storeName, ofPerson(userId))).catch(() => {}),
    count: (userId: string): Promise<number> => within((db) => db.count(storeName, ofPerson(userId))).catch(() => 0),
  };
}
