"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { MarkBar } from "./mark-bar";

type Props = { surface: ArticleSurface; keys: boolean; mark: () => void; grow: () => void };

/** The bar for what is selected; it waits until the hand that selects has come to rest. */
export function Marking({ surface, keys, mark, grow }: Props) {
  const range = useSyncExternalStore(surface.subscribeToSelection, surface.selection, () => null);
  const isDragging = useDragging(surface);
  if (!range || isDragging) return null;
  return <MarkBar {...{ surface, range, keys }} onMark={mark} onGrow={grow} />;
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
