"use client";

import { useEffect } from "react";
import { isPlain, keyName } from "@/lib/client/key-name";
import { usePreferences } from "@/lib/client/preferences";

/**
 * `/` goes to the search, `j` and `k` walk the lines of a list. Never while something is typed or a dialog is
 * open, nor for whoever has switched single-letter keys off.
 */
export function ListKeys() {
  const { keys } = usePreferences();
  useEffect(() => {
    if (!keys) return;
    const acts = new Map([
      ["/", () => document.querySelector<HTMLInputElement>("[data-search]")?.focus()],
      ["j", () => walk(1)],
      ["k", () => walk(-1)],
    ]);
    const pressed = (event: KeyboardEvent) => {
      const act = acts.get(keyName(event) ?? "");
      const target = event.target instanceof Element ? event.target : null;
      const isTaken = target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]");
      if (!act || event.defaultPrevented || !isPlain(event) || isTaken) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [keys]);
  return null;
}

function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  const at = links.findIndex((link) => link.closest("tr, article")?.contains(document.activeElement));
  const next = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + step))];
  next?.focus();
}
