"use client";
/**
 * Keeps decisions on a new text that are on their way, in this browser and for the person who made them alone, so that a reload or an
 * ended session costs none. Each is gone once it is saved or let go of, and after sign-out; never kept where keeping is switched off.
 */
import { anchorDecision } from "../domain/revision";
import type { Wanted } from "./decision-queue";
import { isKeeping } from "./outbox";

const ofPerson = (userId: string) => `claimdesk-decision:${userId}:`;
const keyOf = (userId: string, draftId: string, anchorId: string) => `${ofPerson(userId)}${draftId}:${anchorId}`;

function keysFrom(prefix: string): string[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "");
    return keys.filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

/** By anchor. */
export function readDecisions(userId: string, draftId: string): Map<string, Wanted> {
  const prefix = keyOf(userId, draftId, "");
  const found = new Map<string, Wanted>();
  for (const key of keysFrom(prefix)) {
    try {
      const { data, success } = anchorDecision.nullable().safeParse(JSON.parse(localStorage.getItem(key) ?? ""));
      if (success) found.set(key.slice(prefix.length), data);
    } catch {
      // Written by another version, or not at all: the server still has what was saved.
    }
  }
  return found;
}

/** False when this browser refuses to keep it. */
export function keepDecision(userId: string, draftId: string, anchorId: string, wanted: Wanted): boolean {
  if (!isKeeping()) return false;
  try {
    localStorage.setItem(keyOf(userId, draftId, anchorId), JSON.stringify(wanted));
    return true;
  } catch {
    return false;
  }
}

export function dropDecision(userId: string, draftId: string, anchorId: string): void {
  try {
    localStorage.removeItem(keyOf(userId, draftId, anchorId));
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

export const countDecisions = (userId: string): number => keysFrom(ofPerson(userId)).length;

export function clearDecisions(userId: string): void {
  for (const key of keysFrom(ofPerson(userId))) localStorage.removeItem(key);
}
