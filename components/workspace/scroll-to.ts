import type { ArticleSurface } from "@/lib/editor/article-surface";

/** Pixels at the top of the screen that the bar of the workspace covers. */
export const barHeight = 64;

/**
 * Brings an offset of the text onto the screen. Blocks that have not been seen have guessed heights, so what was aimed at moves
 * while it comes near: aimed again until it stands.
 *
 * @param block `center` puts it at a third of the height; `nearest` moves only when it is out of sight; `comfortable` also when
 * there is no room for the open claim beside it.
 */
export function scrollToOffset(
  surface: ArticleSurface,
  offset: number,
  block: "center" | "nearest" | "comfortable",
): void {
  const aim = () => {
    const { top, bottom } = surface.placeOf(offset);
    const lowest = block === "comfortable" ? window.innerHeight * 0.55 : window.innerHeight - 48;
    if (block !== "center" && top >= barHeight + 8 && bottom <= lowest) return true;
    const by = top - Math.max(barHeight + 8, window.innerHeight * 0.3);
    const before = window.scrollY;
    window.scrollBy({ top: by, behavior: "instant" });
    return Math.abs(window.scrollY - before) < 2;
  };
  let tries = 0;
  const again = () => {
    tries += 1;
    if (!aim() && tries < 6) requestAnimationFrame(again);
  };
  again();
}
