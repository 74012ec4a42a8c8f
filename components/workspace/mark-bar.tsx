"use client";
/** What can be done with selected words: mark them as a claim, grow them to the sentence. Beside them, or below on a phone. */
import { Highlighter, TextSelect } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { TextRange } from "@/lib/domain/anchor";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { PlaceOffers } from "./place-offers";
import { narrow, useMedia } from "./use-media";
import { type Places, useHand } from "./use-places";
import { useWorkspaceServices } from "./workspace-context";

type Props = {
  surface: ArticleSurface;
  range: TextRange;
  keys: boolean;
  places: Places;
  onMark: () => void;
  onGrow: () => void;
};

export function MarkBar({ surface, range, keys, places, onMark, onGrow }: Props) {
  const t = useTranslations("workspace.mark");
  const bar = useRef<HTMLDivElement>(null);
  const isNarrow = useMedia(narrow);
  const hand = useHand(useWorkspaceServices());

  useLayoutEffect(() => {
    const element = bar.current;
    if (!element || isNarrow) return;
    const place = () => {
      const start = surface.placeOf(range.start, 1);
      const end = surface.placeOf(range.end, -1);
      const { offsetWidth: width, offsetHeight: height } = element;
      const gap = 8;
      const above = start.top - height - gap;
      // Above the first line; below the last where there is no room; else at the edge of the screen, never over nothing.
      const top = above > 60 ? above : Math.min(end.bottom + gap, window.innerHeight - height - gap);
      const middle = start.top === end.top ? (start.left + end.left) / 2 : start.left + width / 2 - gap;
      const left = Math.max(gap, Math.min(middle - width / 2, document.documentElement.clientWidth - width - gap));
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(gap, top))}px)`;
    };
    place();
    addEventListener("scroll", place, { passive: true });
    addEventListener("resize", place);
    return () => {
      removeEventListener("scroll", place);
      removeEventListener("resize", place);
      element.style.transform = "";
    };
  }, [surface, range, isNarrow]);

  return (
    <div
      ref={bar}
      role="toolbar"
      data-mark-bar
      aria-label={t("label")}
      // The selection stays where it is.
      onPointerDown={(event) => event.preventDefault()}
      className="fixed top-0 left-0 z-30 flex flex-wrap items-center gap-1 rounded-lg border border-line-2 bg-sheet p-1 shadow-pop max-[900px]:inset-x-0 max-[900px]:top-auto max-[900px]:bottom-0 max-[900px]:justify-center max-[900px]:rounded-b-none max-[900px]:border-x-0 max-[900px]:border-b-0 max-[900px]:p-2 max-[900px]:pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      <Button
        variant={hand ? "default" : "primary"}
        size={isNarrow ? "md" : "sm"}
        className="max-[900px]:grow"
        onClick={onMark}
      >
        <Highlighter aria-hidden />
        {t("mark")}
        {keys && !isNarrow && <Kbd>h</Kbd>}
      </Button>
      <PlaceOffers {...{ places }} size={isNarrow ? "md" : "sm"} keys={keys && !isNarrow} />
      <Button variant="quiet" size={isNarrow ? "md" : "sm"} onClick={onGrow}>
        <TextSelect aria-hidden />
        {t("grow")}
        {keys && !isNarrow && <Kbd>g</Kbd>}
      </Button>
    </div>
  );
}
