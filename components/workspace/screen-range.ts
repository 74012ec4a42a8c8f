import type { ArticleSurface } from "@/lib/editor/article-surface";
import { barHeight } from "./scroll-to";

/** The offsets of the text at the top and at the bottom of the screen. */
export function screenRange(surface: ArticleSurface): { start: number; end: number } {
  const box = surface.element.getBoundingClientRect();
  const length = surface.text.length;
  const top = Math.max(barHeight, box.top + 4);
  const bottom = Math.min(window.innerHeight - 6, box.bottom - 4);
  if (bottom < barHeight) return { start: length, end: length };
  if (top > window.innerHeight) return { start: 0, end: 0 };
  const x = box.left + Math.min(40, box.width / 2);
  const start = surface.offsetAt(x, top) ?? 0;
  return { start, end: Math.max(start, surface.offsetAt(x + box.width / 2, bottom) ?? length) };
}
