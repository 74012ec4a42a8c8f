"use client";
/** The sentence ledger of the workspace: what it holds is read and kept up, and what can be done in it is offered, once for keys, bar and palette. */
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import { toast } from "sonner";
import { call } from "@/lib/client/call";
import type { LedgerSentence } from "@/lib/client/ledger";
import type { MarkQueue } from "@/lib/client/mark-queue";
import { undoStack } from "@/lib/client/undo";
import { whenIdle } from "@/lib/client/when-idle";
import type { TextRange } from "@/lib/domain/anchor";
import { endpoints } from "@/lib/domain/endpoints";
import { sentencesAt } from "@/lib/domain/ledger";
import { limits } from "@/lib/domain/limits";
import type { MarkKind } from "@/lib/domain/sentence-mark";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { writeAddress } from "./address";
import { scrollToOffset } from "./scroll-to";
import { useMarkQueue } from "./use-mark-queue";
import type { WorkspaceServices } from "./workspace-context";

/** Where marks stand: being read, read, or why not. */
export type LedgerReading = { state: "reading" | "read" } | { state: "failed"; error: unknown };

export type LedgerCommands = {
  /** The mode in which the ledger is shown over the text. */
  isOpen: boolean;
  toggle: () => void;
  /** Goes to the next sentence that nothing accounts for, or the one before. */
  walk: (step: 1 | -1) => void;
  /** Marks the sentences of the selection or at the caret; null takes their marks away. */
  mark: (kind: MarkKind | null) => void;
  /** Selects the sentence at the caret when nothing is selected: what a claim is marked on. */
  selectPointed: () => void;
  queue: MarkQueue;
};

/** Reads the marks; asked for when the claims are there, and again whenever the live stream tells of marks. */
export function useMarks({ article, ledger }: Pick<WorkspaceServices, "article" | "ledger">) {
  const [reading, setReading] = useState<LedgerReading>({ state: "reading" });
  const { id: articleId } = article;
  const { id: revisionId } = article.revision;
  const readMarks = useCallback(async () => {
    try {
      const list = await call(endpoints.listSentenceMarks, { params: { articleId } });
      // A newer text comes with its own marks.
      if (list.revisionId === revisionId) ledger.setMarks(list);
      setReading({ state: "read" });
    } catch (error) {
      setReading((now) => (now.state === "read" ? now : { state: "failed", error }));
      throw error;
    }
  }, [articleId, revisionId, ledger]);
  return { reading, readMarks };
}

const parameter = "ledger";

/** What is selected, or where the caret stands. */
export const pointedIn = (surface: ArticleSurface): TextRange => {
  const caret = surface.caret();
  return surface.selection() ?? { start: caret, end: caret };
};

const kindOf = ({ account }: LedgerSentence): MarkKind | null => (account?.by === "mark" ? account.mark.kind : null);

export function useLedger(services: WorkspaceServices, surface: ArticleSurface | null): LedgerCommands {
  const t = useTranslations("ledger");
  const frame = useTranslations("frame");
  const { ledger, article, announce } = services;
  const [isOpen, setOpen] = useState(false);
  const queue = useMarkQueue(services, surface);

  useEffect(() => ledger.follow(), [ledger]);
  useEffect(() => setOpen(new URLSearchParams(location.search).has(parameter)), []);
  const { language } = article;
  useEffect(() => {
    if (surface) return whenIdle(() => ledger.setText(surface.text, language));
  }, [surface, ledger, language]);

  return useMemo(() => {
    const say = (sentence: string) => {
      announce(sentence);
      toast(sentence);
    };
    const go = (sentence: TextRange) => {
      surface?.select(sentence, { focus: true });
      if (surface) scrollToOffset(surface, sentence.start, "comfortable");
    };
    /** Around the end of the text, as long as there is one. */
    const walkFrom = (offset: number, step: 1 | -1) => {
      const index = ledger.next(offset, step);
      const sentence = ledger.sentences()[index];
      if (!sentence) return say(t("said.all"));
      const isAround = step === 1 ? sentence.end <= offset : sentence.start >= offset;
      go(sentence);
      const words = surface?.text.slice(sentence.start, sentence.end).slice(0, 300) ?? "";
      const where = t("said.walked", { number: index + 1, count: ledger.sentences().length, words });
      // The bar of the ledger tells itself what the caret has come to.
      announce([isAround && t("said.around"), !isOpen && where].filter(Boolean).join(" "));
    };
    const label = (kind: MarkKind | null, count: number) =>
      kind ? t("said.marked", { kind: t(`kinds.${kind}`), count }) : t("said.cleared", { count });
    const remember = (before: readonly LedgerSentence[], kind: MarkKind | null) => {
      const undo = () => {
        const now = new Map(ledger.sentences().map((sentence) => [sentence.start, sentence]));
        const isUntouched = before.every(({ start, end }) => {
          const sentence = now.get(start);
          return sentence?.end === end && sentence.account?.by !== "claim" && kindOf(sentence) === kind;
        });
        if (!isUntouched) return false;
        queue.want(before.map((sentence) => ({ ...wishFor(sentence, kindOf(sentence)), was: kind })));
        const [first] = before;
        if (first && surface) go(first);
      };
      const words = label(kind, before.length);
      const id = undoStack.push({ claimId: null, label: words, undo, place: location.pathname });
      // One place for all: whoever marks a dozen in a row is not to be buried in toasts.
      const action = { label: frame("undo"), onClick: () => undoStack.undo({ id }) };
      toast(words, { id: "sentence-marked", duration: 5_000, action });
    };
    return {
      isOpen,
      queue,
      toggle() {
        setOpen(!isOpen);
        writeAddress((search) => (isOpen ? search.delete(parameter) : search.set(parameter, "1")));
        const coverage = ledger.coverage();
        if (isOpen) announce(t("said.closed"));
        else if (coverage) announce(t("said.opened", { progress: t("progress", coverage) }));
      },
      walk(step) {
        if (!surface || !ledger.coverage()) return say(t("said.notReady"));
        const { start, end } = pointedIn(surface);
        walkFrom(step === 1 ? end : start, step);
      },
      mark(kind) {
        if (!surface || !article.abilities.mark) return;
        if (!ledger.coverage()) return say(t("said.notReady"));
        if (!isOpen && !surface.hasFocus() && !surface.selection()) return say(t("said.nowhere"));
        const all = ledger.sentences();
        const { from, to } = sentencesAt(all, pointedIn(surface));
        const touched = all.slice(from, to);
        const free = touched.filter(({ account }) => account?.by !== "claim");
        const last = free.at(-1);
        if (!last) return say(t(touched.length > 0 ? "said.claimThere" : "said.noSentence"));
        if (free.length > limits.sentencesAtOnce)
          return say(t("said.tooMany", { count: free.length, most: limits.sentencesAtOnce }));
        const changed = free.filter((sentence) => kindOf(sentence) !== kind);
        if (changed.length > 0) {
          queue.want(changed.map((sentence) => wishFor(sentence, kind)));
          remember(changed, kind);
          announce(label(kind, changed.length));
        } else if (kind === null) return say(t("said.noMark"));
        if (isOpen && kind !== null) walkFrom(last.end, 1);
      },
      selectPointed() {
        if (!surface || surface.selection()) return;
        const all = ledger.sentences();
        const sentence = all[sentencesAt(all, pointedIn(surface)).from];
        if (sentence) surface.select(sentence, { focus: true });
      },
    };
  }, [isOpen, queue, surface, ledger, article.abilities.mark, announce, t, frame]);
}

const wishFor = (sentence: LedgerSentence, kind: MarkKind | null) => ({
  ...{ start: sentence.start, end: sentence.end, was: kindOf(sentence), kind },
});
