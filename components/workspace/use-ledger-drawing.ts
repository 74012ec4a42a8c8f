"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useReader } from "@/components/ui/reader";
import type { Ledger, LedgerSentence } from "@/lib/client/ledger";
import { sentenceAfter, sentencesAt } from "@/lib/domain/ledger";
import type { MarkKind } from "@/lib/domain/sentence-mark";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { DrawnSentence } from "@/lib/editor/sentence-marks";
import { PortionedDrawing } from "./portioned-drawing";
import { pointedIn } from "./use-ledger";

/** What stands where a sentence begins. */
const symbols: Record<MarkKind | "unaccounted", string> = {
  ...{ opinion: "“", transition: "→", no_fact: "∅", unaccounted: "○" },
};

/** Claims draw themselves; all others of the ledger are drawn here. */
const isDrawn = ({ account }: LedgerSentence) => account?.by !== "claim";

/** Shows the ledger over the text while it is open, and keeps up with it. */
export function useLedgerDrawing(surface: ArticleSurface | null, ledger: Ledger, isOpen: boolean): void {
  const t = useTranslations("ledger");
  const { locale, zone } = useReader();
  useEffect(() => {
    if (!surface || !isOpen) return;
    const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
    const look = ({ start, end, account }: LedgerSentence): DrawnSentence => {
      const mark = account?.by === "mark" ? account.mark : null;
      const kind = mark && t(`kinds.${mark.kind}`);
      return {
        ...{ start, end, kind: mark?.kind ?? null, words: t(`text.${mark?.kind ?? "unaccounted"}`) },
        symbol: symbols[mark?.kind ?? "unaccounted"],
        hint: mark
          ? t("account.mark", { kind: kind ?? "", name: mark.by.name, time: format.format(new Date(mark.at)) })
          : "",
      };
    };
    const between = (start: number, end: number) => {
      const all = ledger.sentences();
      return all.slice(sentenceAfter(all, start), sentenceAfter(all, end)).filter(isDrawn);
    };
    const drawing = new PortionedDrawing<LedgerSentence>(surface, {
      keyOf: ({ start }) => String(start),
      all: () => ledger.sentences().filter(isDrawn),
      between,
      draw: (sentences, anew) =>
        surface.drawSentences({ type: anew ? "set" : "upsert", sentences: sentences.map(look) }),
    });
    const leave = ledger.subscribeToChanges((change) => {
      if (change === null) return drawing.drawAnew();
      const all = ledger.sentences();
      const changed = change.flatMap((index) => all[index] ?? []);
      const gone = changed.filter((sentence) => !isDrawn(sentence)).map(({ start }) => start);
      for (const start of gone) drawing.forget(String(start));
      surface.together(() => {
        if (gone.length > 0) surface.drawSentences({ type: "remove", starts: gone });
        drawing.show(changed.filter(isDrawn));
      });
    });
    return () => {
      leave();
      drawing.stop();
      if (!surface.isGone()) surface.drawSentences({ type: "set", sentences: [] });
    };
  }, [surface, ledger, isOpen, t, locale, zone]);
  usePointing(surface, ledger, isOpen);
}

/** Points at the sentences that the keys act on. */
function usePointing(surface: ArticleSurface | null, ledger: Ledger, isOpen: boolean): void {
  useEffect(() => {
    if (!surface || !isOpen) return;
    let asked = 0;
    let shown = "";
    const point = () => {
      asked = 0;
      const all = ledger.sentences();
      const { from, to } = sentencesAt(all, pointedIn(surface));
      const [first, last] = [all[from], all[to - 1]];
      const range = first && last ? { start: first.start, end: last.end } : null;
      if (shown === JSON.stringify(range)) return;
      shown = JSON.stringify(range);
      surface.drawSentences({ type: "point", range });
    };
    // Not amid the step that moves the caret, and once for several.
    const ask = () => {
      asked ||= requestAnimationFrame(point);
    };
    ask();
    const leave = [surface.subscribeToCaret(ask), ledger.subscribe(ask)];
    return () => {
      cancelAnimationFrame(asked);
      for (const end of leave) end();
      if (!surface.isGone()) surface.drawSentences({ type: "point", range: null });
    };
  }, [surface, ledger, isOpen]);
}
