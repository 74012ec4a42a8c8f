/**
 * Keeps an article that is being brought in, in this browser's IndexedDB and for the person who gave it alone, so that a reload
 * or an ended session costs nothing. Gone once the article is saved, and after sign-out; never kept where keeping is switched off.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { ArticleDraft } from "../domain/article";
import type { RichText } from "../domain/rich-text";

/** What the metadata form holds: text as it is typed, not yet checked. */
export type IntakeFields = Record<keyof ArticleDraft["metadata"], string>;

export type IntakeCheck = {
  /** The article's id, made once, so that a retry after a lost answer is harmless. */
  id: string;
  draft: ArticleDraft;
  fields: IntakeFields;
  /** The text as it was corrected. */
  document: RichText;
  /** UTF-16 code units of its canonical text. */
  characters: number;
  allowDuplicate: boolean;
};

export type IntakeDraft = {
  given: { text: string; html: string | null; url: string };
  /** Which of the two is shown: what was given, or what was found in it. */
  step: "give" | "check";
  /** Null while nothing has been read. */
  check: IntakeCheck | null;
};

interface IntakeSchema extends DBSchema {
  draft: { key: string; value: IntakeDraft };
}

const storeName = "draft";

async function withStore<T>(work: (db: IDBPDatabase<IntakeSchema>) => Promise<T>): Promise<T> {
  const db = await openDB<IntakeSchema>("claimdesk-intake", 1, {
    upgrade: (made) => void made.createObjectStore(storeName),
  });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** Null when nothing is kept, or the browser keeps nothing at all. */
export function readIntakeDraft(userId: string): Promise<IntakeDraft | null> {
  return withStore(async (db) => (await db.get(storeName, userId)) ?? null).catch(() => null);
}

/** False when this browser refuses to keep it: no room, or private browsing. */
export function keepIntakeDraft(userId: string, draft: IntakeDraft): Promise<boolean> {
  return withStore(async (db) => {
    await db.put(storeName, draft, userId);
    return true;
  }).catch(() => false);
}

export async function clearIntakeDraft(userId: string): Promise<void> {
  await withStore((db) => db.delete(storeName, userId)).catch(() => {});
}
