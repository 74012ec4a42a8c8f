/**
 * Marks of sentences that wait to be sent, kept in this browser through a reload: one entry for each tab, so that two of them never
 * overwrite each other. It never gives out those of anybody but the person it is asked for.
 */
import { z } from "zod";
import { markKinds } from "../domain/sentence-mark";

const mark = z.enum(markKinds).nullable();
const wish = z.object({ start: z.int(), end: z.int(), was: mark, kind: mark });
/** How a person wants a sentence marked, and how it was marked before their eyes. */
export type Wish = z.infer<typeof wish>;

type Place = { userId: string; articleId: string; revisionId: string };

const prefix = "claimdesk-marks";
const thisTab = Math.random().toString(36).slice(2);
const keyOf = ({ userId, articleId, revisionId }: Place) => [prefix, userId, articleId, revisionId, thisTab].join("/");

function keysFrom(start: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return []; // Storage is switched off.
  }
}

function read(key: string): Wish[] {
  try {
    return z.array(wish).parse(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}

/** False when the browser keeps nothing. */
export function keepMarks(place: Place, wishes: readonly Wish[]): boolean {
  try {
    if (wishes.length === 0) localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), JSON.stringify(wishes));
    return true;
  } catch {
    return false;
  }
}

/** What was kept for this text, and of how many sentences for texts of the article that are under check no more. Takes it out. */
export function takeKeptMarks({ userId, articleId, revisionId }: Place): { wishes: Wish[]; lost: number } {
  const wishes: Wish[] = [];
  let lost = 0;
  for (const key of keysFrom(`${prefix}/${userId}/${articleId}/`)) {
    const found = read(key);
    if (key.startsWith(`${prefix}/${userId}/${articleId}/${revisionId}/`)) wishes.push(...found);
    else lost += found.length;
    localStorage.removeItem(key);
  }
  return { wishes, lost };
}

const keysOf = (userId: string) => keysFrom(`${prefix}/${userId}/`);

export const countKeptMarks = (userId: string): number =>
  keysOf(userId).reduce((sum, key) => sum + read(key).length, 0);

export function clearKeptMarks(userId: string): void {
  for (const key of keysOf(userId)) localStorage.removeItem(key);
}
