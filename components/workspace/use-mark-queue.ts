"use client";
/** The marks of sentences on their way: what waited from an earlier visit, when to try again, and what a person is told. */
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { call } from "@/lib/client/call";
import { keepMarks, takeKeptMarks, type Wish } from "@/lib/client/kept-marks";
import { MarkQueue } from "@/lib/client/mark-queue";
import { isKeeping } from "@/lib/client/outbox";
import { endpoints } from "@/lib/domain/endpoints";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { WorkspaceServices } from "./workspace-context";

type Options = Pick<WorkspaceServices, "article" | "actor" | "ledger" | "announce">;

export function useMarkQueue({ article, actor, ledger, announce }: Options, surface: ArticleSurface | null): MarkQueue {
  const t = useTranslations("ledger.said");
  const place = { userId: actor.id, articleId: article.id, revisionId: article.revision.id };
  const isKept = useRef(true);
  const text = useRef("");
  text.current = surface?.text ?? text.current;
  const say = useRef<(sentence: string) => void>(() => {});
  say.current = (sentence) => {
    announce(sentence);
    toast(sentence);
  };
  const [queue] = useState(() => {
    const named = ({ start, end, was, kind }: Wish) => ({
      ...{ start, end, was, kind },
      exact: text.current.slice(start, end),
    });
    return new MarkQueue({
      userId: actor.id,
      send: (wishes) =>
        call(endpoints.markSentences, {
          as: actor.id,
          params: { articleId: place.articleId },
          body: { revisionId: place.revisionId, sentences: wishes.map(named) },
        }),
      keep(wishes) {
        isKept.current = isKeeping() && keepMarks(place, wishes);
        ledger.setWishes(wishes);
      },
      onSaved: (answer, wishes) => ledger.take(answer, wishes),
      onOvertaken(answer, wishes, theirs) {
        ledger.take(answer, wishes);
        const [first] = theirs;
        if (first) say.current(t("overtaken", { name: first.by.name, count: theirs.length }));
      },
      onRefused: (error, wishes) => say.current(t("refused", { count: wishes.length, reason: error.message })),
    });
  });

  const { userId, articleId, revisionId } = place;
  const isReady = surface !== null;
  useEffect(() => {
    // A mark is sent with its words, so there is a text first.
    if (!isReady) return;
    const { wishes, lost } = takeKeptMarks({ userId, articleId, revisionId });
    if (lost > 0) say.current(t("lost", { count: lost }));
    if (wishes.length > 0) queue.want(wishes);
    queue.wake();
    const ending = new AbortController();
    const { signal } = ending;
    for (const event of ["online", "focus"]) addEventListener(event, () => queue.wake(), { signal });
    addEventListener(
      "beforeunload",
      (event) => {
        if (!isKept.current && queue.count() > 0) event.preventDefault();
      },
      { signal },
    );
    return () => {
      ending.abort();
      queue.stop();
    };
  }, [isReady, queue, userId, articleId, revisionId, t]);
  return queue;
}
