"use client";
/** The change list of an article in this browser, as it is now: what others decide comes in by itself. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { call } from "@/lib/client/call";
import { Live } from "@/lib/client/live";
import { endpoints } from "@/lib/domain/endpoints";
import type { PersonRef } from "@/lib/domain/people";

const listKey = (articleId: string) => ["change-list", articleId];

export function useChangeList(articleId: string, actor: PersonRef) {
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: listKey(articleId),
    queryFn: ({ signal }) => call(endpoints.getChangeList, { params: { articleId }, signal }),
    staleTime: 0,
  });
  const after = useRef(0);
  after.current = list.data?.lastEvent ?? 0;
  const isRead = list.data !== undefined;
  useEffect(() => {
    if (!isRead) return;
    const read = () => queries.invalidateQueries({ queryKey: listKey(articleId) });
    const live = new Live({
      ...{ articleId, after: after.current, actorId: actor.id },
      ...{ onClaim: () => void read(), onGone: () => void read(), onMany: read, onArticle: read },
      ...{ onMarks: async () => {}, isOwnMark: () => true },
      ...{ onPresence: () => {}, onStatus: () => {}, lastHeard: () => 0 },
    });
    return () => live.close();
  }, [isRead, articleId, actor.id, queries]);
  return list;
}
