"use client";
/**
 * Keeps a source that is being written, in this browser and for the person who writes it alone, so that a reload or an ended
 * session costs nothing. Gone once it is saved or cancelled, and after sign-out; never kept where keeping is switched off.
 */
import { isKeeping } from "./outbox";

type Fields = Record<string, string>;
/** What was typed, and the source that it was typed over: without it, what others changed since could not be told. */
export type SourceDraft = { version: number; base: Fields; fields: Fields };

const prefix = (userId: string) => `claimdesk-source:${userId}:`;

/** `sourceId` is `new` for one that is not in the library yet. Null when nothing is kept. */
export function readSourceDraft(userId: string, sourceId: string): SourceDraft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(prefix(userId) + sourceId) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is SourceDraft {
  const { version, base, fields } = (value ?? {}) as Partial<SourceDraft>;
  return typeof version === "number" && isFields(base) && isFields(fields);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");

export function keepSourceDraft(userId: string, sourceId: string, draft: SourceDraft): void {
  if (!isKeeping()) return;
  try {
    localStorage.setItem(prefix(userId) + sourceId, JSON.stringify(draft));
  } catch {
    // Full, or the browser keeps nothing: the form still holds it.
  }
}

export function dropSourceDraft(userId: string, sourceId: string): void {
  try {
    localStorage.removeItem(prefix(userId) + sourceId);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

/** The ids of the sources that this person has begun to write here. */
export function listSourceDrafts(userId: string): string[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "");
    return keys.filter((key) => key.startsWith(prefix(userId))).map((key) => key.slice(prefix(userId).length));
  } catch {
    return [];
  }
}

export function clearSourceDrafts(userId: string): void {
  for (const sourceId of listSourceDrafts(userId)) dropSourceDraft(userId, sourceId);
}
