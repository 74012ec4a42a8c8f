"use client";
/** Brings the claims of the article in, keeps them up with what others do, and hands on what the outbox learns. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { call } from "@/lib/client/call";
import { Live, type LiveStatus } from "@/lib/client/live";
import { outboxOf } from "@/lib/client/outbox";
import type { Presence } from "@/lib/domain/article";
import { standsIn, summaryOf } from "@/lib/domain/claim";
import { endpoints } from "@/lib/domain/endpoints";
import { provisionalClaim } from "./use-marking";
import type { WorkspaceServices } from "./workspace-context";

export type Loading = { state: "loading" | "ready" } | { state: "failed"; error: unknown };

type Options = Pick<WorkspaceServices, "article" | "actor" | "store" | "ledger" | "setArticle"> & {
  live: RefObject<Live | null>;
  readMarks: () => Promise<void>;
};

export function useClaims({ article, actor, store, ledger, live, setArticle, readMarks }: Options) {
  const [loading, setLoading] = useState<Loading>({ state: "loading" });
  const [status, setStatus] = useState<LiveStatus>("connecting");
  const [people, setPeople] = useState<Presence>([]);
  const last = useRef(0);
  const { id: articleId, headline, fourEyes } = article;
  const { id: revisionId } = article.revision;

  const read = useCallback(async () => {
    const since = performance.now();
    const { claims, lastEvent } = await call(endpoints.listClaims, { params: { articleId } });
    last.current = lastEvent;
    store.set(claims, since);
    setLoading({ state: "ready" });
  }, [articleId, store]);

  const load = useCallback(
    () => read().catch((error) => setLoading((now) => (now.state === "ready" ? now : { state: "failed", error }))),
    [read],
  );

  useEffect(() => void load(), [load]);

  const isReady = loading.state === "ready";
  useEffect(() => {
    const outbox = outboxOf(actor.id);
    const leave = outbox.onLearnt(({ view }) => store.apply(view));
    if (!isReady) return leave;
    /** Places are in the text as soon as they are chosen, and no longer than they wait: what was refused goes again. */
    const drawn = new Set<string>();
    const drawPlaces = () => {
      const waiting = outbox.unsentPlaces();
      for (const id of drawn) {
        const view = waiting.some((one) => one.id === id) ? null : outbox.state(id).view;
        if (!view) continue;
        drawn.delete(id);
        if (standsIn(view, articleId)) store.applySummary(summaryOf(view, articleId));
        else store.remove(id);
      }
      for (const view of waiting) {
        const summary = summaryOf(view, articleId);
        if (summary.anchors.length === 0 && !store.get(view.id)) continue;
        drawn.add(view.id);
        store.applySummary(summary);
      }
    };
    // What was marked before a reload and has not been sent yet is there again.
    const restore = () => {
      const made = { article: { id: articleId, headline, fourEyes }, actor };
      for (const view of outbox.unsentClaims(articleId, (body) => provisionalClaim(body, made)))
        if (view.revisionId === revisionId && !store.get(view.id)) store.applySummary(summaryOf(view));
      drawPlaces();
    };
    restore();
    const stop = outbox.subscribe(restore);
    return () => {
      leave();
      stop();
    };
  }, [isReady, articleId, revisionId, headline, fourEyes, actor, store]);

  useEffect(() => {
    if (!isReady) return;
    // After the claims: the stream goes on from their event, and tells of marks that come after it.
    readMarks().catch(() => {});
    const readArticle = async () => setArticle(await call(endpoints.getArticle, { params: { articleId } }));
    const stream = new Live({
      articleId,
      after: last.current,
      actorId: actor.id,
      onClaim: (view) => store.apply(view),
      onGone: (claimId) => store.remove(claimId),
      onMany: read,
      onArticle: readArticle,
      onMarks: readMarks,
      onPresence: setPeople,
      onStatus: setStatus,
      lastHeard: (claimId) => store.heardAt(claimId),
      isOwnMark: (event) => ledger.isOwn(event),
    });
    live.current = stream;
    return () => {
      stream.close();
      live.current = null;
    };
  }, [isReady, articleId, actor.id, store, ledger, read, live, setArticle, readMarks]);

  return { loading, load, status, people };
}
