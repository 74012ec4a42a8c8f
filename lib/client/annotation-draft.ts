/**
 * Keeps a file of annotations and what was chosen of it, in this browser's IndexedDB and for the person who gave it alone, so that a
 * reload or an ended session costs nothing. Gone once they are brought in, and after sign-out; never kept where keeping is switched off.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { TextRange } from "../domain/anchor";
import { isKeeping } from "./outbox";

/** Of one annotation: whether it comes in, when that is not what the screen proposes, and the place that a person chose. */
export type AnnotationChoice = { isIn?: boolean; place?: TextRange };
export type AnnotationDraft = {
  /** Of the file. */
  name: string;
  bytes: Uint8Array;
  /** By key. Places count in the revision. */
  choices: Record<string, AnnotationChoice>;
  revisionId: string;
};

type Key = [userId: string, articleId: string];

interface AnnotationSchema extends DBSchema {
  draft: { key: Key; value: AnnotationDraft };
}

const storeName = "draft";

async function withStore<T>(work: (db: IDBPDatabase<AnnotationSchema>) => Promise<T>): Promise<T> {
  const db = await openDB<AnnotationSchema>("claimdesk-annotations", 1, {
    upgrade: (made) => void made.createObjectStore(storeName),
  });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

const ofPerson = (userId: string) => IDBKeyRange.bound([userId], [userId, []]);

/** Null when nothing is kept, or the browser keeps nothing at all. */
export async function readAnnotationDraft(userId: string, articleId: string): Promise<AnnotationDraft | null> {
  if (!isKeeping()) await clearAnnotationDrafts(userId);
  return withStore(async (db) => (await db.get(storeName, [userId, articleId])) ?? null).catch(() => null);
}

/** False when this browser refuses to keep it. */
export async function keepAnnotationDraft(userId: string, articleId: string, draft: AnnotationDraft): Promise<boolean> {
  if (!isKeeping()) return false;
  return withStore(async (db) => {
    await db.put(storeName, draft, [userId, articleId]);
    return true;
  }).catch(() => false);
}

export async function dropAnnotationDraft(userId: string, articleId: string): Promise<void> {
  await withStore((db) => db.delete(storeName, [userId, articleId])).catch(() => {});
}

export async function countAnnotationDrafts(userId: string): Promise<number> {
  return withStore((db) => db.count(storeName, ofPerson(userId))).catch(() => 0);
}

export async function clearAnnotationDrafts(userId: string): Promise<void> {
  await withStore((db) => db.delete(storeName, ofPerson(userId))).catch(() => {});
}
