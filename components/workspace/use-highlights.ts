"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import type { ShownClaims } from "@/lib/client/shown-claims";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { type HighlightWords, highlightOf, type Ratings } from "./claim-look";

/** Draws the shown claims over the text and keeps up with each of them. */
export function useHighlights(surface: ArticleSurface | null, shown: ShownClaims, ratings: Ratings): void {
  const t = useTranslations("workspace.highlight");
  const states = useTranslations("frame");
  const words = useMemo<HighlightWords>(
    () => ({
      start: (verdict, state) =>
        t("start", { verdict: verdict ?? states("noVerdict"), state: states(`states.${state}`) }),
      end: t("end"),
    }),
    [t, states],
  );
  useEffect(() => {
    if (!surface) return;
    const setAll = () =>
      surface.draw({ type: "set", highlights: shown.all().map((claim) => highlightOf(claim, ratings, words)) });
    setAll();
    return shown.subscribeToChanges((change) => {
      if (change.type === "set") setAll();
      else if (change.type === "hide") surface.draw({ type: "remove", id: change.id });
      else surface.draw({ type: "upsert", highlights: [highlightOf(change.claim, ratings, words)] });
    });
  }, [surface, shown, ratings, words]);
}
