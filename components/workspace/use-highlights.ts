"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import type { ShownClaims } from "@/lib/client/shown-claims";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { type HighlightWords, highlightOf, type Ratings } from "./claim-look";
import { PortionedDrawing } from "./portioned-drawing";

/** Draws the shown claims over the text and keeps up with each of them. */
export function useHighlights(surface: ArticleSurface | null, shown: ShownClaims, ratings: Ratings): void {
  const t = useTranslations("workspace.highlight");
  const frame = useTranslations("frame");
  const words = useMemo<HighlightWords>(
    () => ({
      start: (verdict, state) =>
        t("start", { verdict: verdict ?? frame("noVerdict"), state: frame(`states.${state}`) }),
      end: t("end"),
    }),
    [t, frame],
  );
  useEffect(() => {
    if (!surface) return;
    const drawing = new PortionedDrawing(surface, {
      keyOf: (claim) => claim.id,
      all: () => shown.all(),
      between: (start, end) => shown.between(start, end),
      draw(claims, anew) {
        const highlights = claims.map((claim) => highlightOf(claim, ratings, words));
        surface.draw({ type: anew ? "set" : "upsert", highlights });
      },
    });
    const leave = shown.subscribeToChanges((change) => {
      if (change.type === "set") drawing.drawAnew();
      else if (change.type === "show") drawing.show([change.claim]);
      else {
        drawing.forget(change.id);
        surface.draw({ type: "remove", id: change.id });
      }
    });
    return () => {
      leave();
      drawing.stop();
    };
  }, [surface, shown, ratings, words]);
}
