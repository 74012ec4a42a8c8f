"use client";

import { useEffect } from "react";
import { tinykeys } from "tinykeys";
import { usePreferences } from "@/lib/client/preferences";

/**
 * `/` goes to the search, `j` and `k` walk the lines of a list. Never while something is typed or a dialog is
 * open, nor for whoever has switched single-letter keys off.
 */
export function ListKeys() {
  const { keys } = usePreferences();
  useEffect(() => {
    if (!keys) return;
    const idle = (act: () => void) => (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (
        event.defaultPrevented ||
        target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")
      )
        return;
      event.preventDefault();
      act();
    };
    return tinykeys(window, {
      "/": idle(() => document.querySelector<HTMLInputElement>("[data-search]")?.focus()),
      j: idle(() => walk(1)),
      k: idle(() => walk(-1)),
    });
  }, [keys]);
  return null;
}

function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  const at = links.findIndex((link) => link.closest("tr, article")?.contains(document.activeElement));
  const next = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + step))];
  next?.focus();
}
