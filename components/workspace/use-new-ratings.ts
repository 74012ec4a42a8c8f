"use client";
import { useEffect, useRef } from "react";
import { call } from "@/lib/client/call";
import { outboxOf } from "@/lib/client/outbox";
import { endpoints } from "@/lib/domain/endpoints";
import type { Ratings } from "./claim-look";
import type { WorkspaceServices } from "./workspace-context";

/**
 * A newsroom may change its scale while the page stands open, and no event of the article says so. A verdict that is not on the
 * scale, or one that is refused, tells that it is old: it is read anew, once for each.
 */
export function useNewRatings({ article, actor, store, setArticle }: WorkspaceServices, ratings: Ratings): void {
  const asked = useRef(new Set<string>());
  const { id: articleId } = article;
  useEffect(() => {
    const outbox = outboxOf(actor.id);
    const readFor = (reason: string) => {
      if (asked.current.has(reason)) return;
      asked.current.add(reason);
      call(endpoints.getArticle, { params: { articleId } }).then(setArticle, () => asked.current.delete(reason));
    };
    const look = (ratingId: string | null) => {
      if (ratingId !== null && !ratings.has(ratingId)) readFor(ratingId);
    };
    const lookAtRefusals = () => {
      const save = outbox.getSaveState();
      const entries = save.kind === "held" ? save.claimIds.flatMap((id) => outbox.state(id).queue.entries) : [];
      for (const entry of entries)
        if (entry.kind === "edit" && entry.field === "ratingId" && entry.held?.because === "refused")
          readFor(`refused ${entry.value}`);
    };
    for (const { ratingId } of store.all()) look(ratingId);
    const stop = store.subscribeToChanges((change) => {
      if (change.type === "upsert") look(change.claim.ratingId);
      else if (change.type === "set") for (const { ratingId } of store.all()) look(ratingId);
    });
    const leave = outbox.subscribe(lookAtRefusals);
    return () => {
      stop();
      leave();
    };
  }, [articleId, actor.id, store, setArticle, ratings]);
}
