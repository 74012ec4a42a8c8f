"use client";
/** The revisions of an article in this browser, and what is done to them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";

const listKey = (articleId: string) => ["revisions", articleId];
export const draftKey = (draftId: string) => ["revision-draft", draftId];

export const useRevisions = (articleId: string) =>
  useQuery({
    queryKey: listKey(articleId),
    queryFn: ({ signal }) => call(endpoints.listRevisions, { params: { articleId }, signal }),
    staleTime: 0,
  });

/** Both throw what `call` throws. */
export function useRevisionDeeds(articleId: string, personId: string) {
  const queries = useQueryClient();
  const router = useRouter();
  return {
    /** Takes the newest revision back and goes on with its text. */
    undo: async (revisionId: string) => {
      const draft = await call(endpoints.undoRevision, { as: personId, params: { revisionId } });
      queries.setQueryData(draftKey(draft.id), draft);
      router.push(`/articles/${articleId}/revision-drafts/${draft.id}`);
      void queries.invalidateQueries({ queryKey: listKey(articleId) });
    },
    discard: async (draftId: string) => {
      await call(endpoints.discardRevisionDraft, { as: personId, params: { draftId } });
      queries.removeQueries({ queryKey: draftKey(draftId) });
      await queries.invalidateQueries({ queryKey: listKey(articleId) });
    },
  };
}
