"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { MarkBar } from "./mark-bar";
import { narrow, useMedia } from "./use-media";
import type { Places } from "./use-places";

type Props = { surface: ArticleSurface; keys: boolean; places: Places; mark: () => void; grow: () => void };

/** The bar for what is selected; it waits until the hand that selects has come to rest, and goes when work goes on elsewhere. */
export function Marking({ surface, keys, places, mark, grow }: Props) {
  const range = useSyncExternalStore(surface.subscribeToSelection, surface.selection, () => null);
  const isDragging = useDragging(surface);
  const isNarrow = useMedia(narrow);
  // Beside the words it can be tabbed to; over the foot of the sheet it would be in the way.
  const isMeant = useSyncExternalStore(
    subscribeToFocus,
    () => hasFocus(surface) || (!isNarrow && surface.contains(getSelection()?.anchorNode ?? null)),
    () => false,
  );
  if (!range || isDragging || !isMeant) return null;
  return <MarkBar {...{ surface, range, keys, places }} onMark={mark} onGrow={grow} />;
}

const hasFocus = (surface: ArticleSurface) =>
  surface.hasFocus() || document.activeElement?.closest("[data-mark-bar]") != null;

function subscribeToFocus(listener: () => void): () => void {
  const ending = new AbortController();
  for (const event of ["focusin", "focusout", "selectionchange"])
    document.addEventListener(event, listener, { signal: ending.signal });
  return () => ending.abort();
}

function useDragging(surface: ArticleSurface): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const start = (event: PointerEvent) => {
      if (event.pointerType === "mouse" && surface.contains(event.target)) setDragging(true);
    };
    addEventListener("pointerdown", start, { signal });
    for (const end of ["pointerup", "pointercancel"] as const)
      addEventListener(end, () => setDragging(false), { signal });
    return () => ending.abort();
  }, [surface]);
  return dragging;
}
