"use client";
/** What a person has set for this browser alone: how the workspace looks and which keys it takes. Never anything that was typed. */
import { useSyncExternalStore } from "react";

const defaults = {
  /** Single-letter keys act on claims. */
  keys: true,
  /** Screen readers hear where a highlight begins and ends. */
  announceHighlights: true,
  /** Claims as a list rather than level with their text. */
  list: false,
};
export type Preferences = typeof defaults;

const storageKey = "claimdesk-workspace";
const listeners = new Set<() => void>();
let known: { raw: string | null; preferences: Preferences } = { raw: null, preferences: defaults };

function read(): Preferences {
  let raw: string | null = null;
  try {
    raw = localStorage.getItem(storageKey);
  } catch {
    return known.preferences; // Storage is switched off: what is set holds until the page is left.
  }
  if (raw !== known.raw) known = { raw, preferences: parse(raw) };
  return known.preferences;
}

function parse(raw: string | null): Preferences {
  try {
    const value = JSON.parse(raw ?? "{}") as Record<string, unknown>;
    const entries = Object.entries(defaults).map(([name, fallback]) => [
      name,
      typeof value[name] === "boolean" ? value[name] : fallback,
    ]);
    return Object.fromEntries(entries) as Preferences;
  } catch {
    return defaults;
  }
}

export function setPreference(change: Partial<Preferences>): void {
  const preferences = { ...read(), ...change };
  const raw = JSON.stringify(preferences);
  known = { raw, preferences };
  try {
    localStorage.setItem(storageKey, raw);
  } catch {
    // Full or switched off: it holds until the page is left.
  }
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, read, () => defaults);
}
