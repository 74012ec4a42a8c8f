"use client";
/** A file of annotations laid on an article's text: what is found, what is chosen, and the step that makes claims of it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import {
  type AnnotationChoice,
  dropAnnotationDraft,
  keepAnnotationDraft,
  readAnnotationDraft,
} from "@/lib/client/annotation-draft";
import { call } from "@/lib/client/call";
import type { TextRange } from "@/lib/domain/anchor";
import { type FoundAnnotation, findAnnotations, jsonOf } from "@/lib/domain/annotation-import";
import type { ArticleView } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";

export type Laid = FoundAnnotation & {
  /** Where it would stand: as found, or as chosen. */
  at: TextRange | null;
  isChosen: boolean;
  isIn: boolean;
};

type File = { name: string; bytes: Uint8Array };
type Ground = Pick<ArticleView, "id" | "canonicalUrl" | "revision">;

/** What comes in unless somebody says otherwise: the very words, in one place, of this page. */
const isProposed = ({ state, isElsewhere, isKnown }: FoundAnnotation) => state === "placed" && !isElsewhere && !isKnown;

export function useAnnotations({ id: articleId, canonicalUrl, revision }: Ground, personId: string) {
  const queries = useQueryClient();
  const text = useQuery({
    queryKey: ["revision", revision.id],
    queryFn: ({ signal }) => call(endpoints.getRevision, { params: { revisionId: revision.id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = useQuery({
    queryKey: ["annotations", articleId],
    queryFn: ({ signal }) => call(endpoints.listAnnotations, { params: { articleId }, signal }),
    staleTime: 0,
  });
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState<Record<string, AnnotationChoice>>({});
  const [isKept, setKept] = useState(true);
  const [isRestored, setRestored] = useState(false);
  const dirty = useRef(false);
  /** Ids of the claims to be, made once: a retry after a lost answer makes no second ones. */
  const ids = useRef(new Map<string, { id: string; anchorId: string }>());

  useEffect(() => {
    let left = false;
    void readAnnotationDraft(personId, articleId).then((kept) => {
      if (left || !kept || dirty.current) return;
      setFile({ name: kept.name, bytes: kept.bytes });
      // Places count in the text that they were chosen in.
      if (kept.revisionId === revision.id) setChoices(kept.choices);
      setRestored(true);
    });
    return () => {
      left = true;
    };
  }, [personId, articleId, revision.id]);

  useEffect(() => {
    if (!file || !dirty.current) return;
    const timer = setTimeout(async () => {
      setKept(await keepAnnotationDraft(personId, articleId, { ...file, choices, revisionId: revision.id }));
    }, 300);
    return () => clearTimeout(timer);
  }, [file, choices, personId, articleId, revision.id]);

  const laid = useLaid(file, text.data?.text, known.data?.keys, canonicalUrl);
  const all = useMemo(
    () =>
      laid.found.map((each): Laid => {
        const choice = choices[each.key];
        const at = choice?.place ?? each.place;
        const isChosen = choice?.place !== undefined;
        return {
          ...each,
          at,
          isChosen,
          isIn: at !== null && !each.isKnown && (choice?.isIn ?? (isChosen || isProposed(each))),
        };
      }),
    [laid.found, choices],
  );

  const clear = async () => {
    dirty.current = false;
    setFile(null);
    setChoices({});
    setRestored(false);
    ids.current.clear();
    await dropAnnotationDraft(personId, articleId);
  };

  /** @returns The ids of the claims that were made. @throws what `call` throws */
  const bringIn = async (): Promise<string[]> => {
    const words = text.data?.text ?? "";
    const claims = all.flatMap(({ key, at, isIn, comments, tags }) => {
      if (!isIn || !at) return [];
      const made = ids.current.get(key) ?? { id: newId(), anchorId: newId() };
      ids.current.set(key, made);
      const exact = words.slice(at.start, at.end);
      return [{ id: made.id, key, comments, tags, anchor: { id: made.anchorId, start: at.start, end: at.end, exact } }];
    });
    const body = { revisionId: revision.id, claims };
    const { claimIds } = await call(endpoints.importAnnotations, { as: personId, params: { articleId }, body });
    await clear();
    await queries.invalidateQueries({ queryKey: ["annotations", articleId], refetchType: "none" });
    return claimIds;
  };

  return {
    ...{ file, all, text: text.data, isKept, isRestored, clear, bringIn },
    error: laid.error,
    failed: text.error ?? known.error,
    isReady: text.data !== undefined && known.data !== undefined,
    again: () => void Promise.all([text.refetch(), known.refetch()]),
    give: (next: File) => {
      dirty.current = true;
      ids.current.clear();
      setChoices({});
      setRestored(false);
      setFile(next);
    },
    choose: (key: string, choice: AnnotationChoice) => {
      dirty.current = true;
      setChoices((now) => ({ ...now, [key]: { ...now[key], ...choice } }));
    },
    undo: (claimIds: string[]) =>
      call(endpoints.undoAnnotations, { as: personId, params: { articleId }, body: { claimIds } }),
  };
}

const nothing: FoundAnnotation[] = [];

/** The file laid on the text, or why it cannot be. */
function useLaid(
  file: File | null,
  text: string | undefined,
  keys: string[] | undefined,
  canonicalUrl: string | null,
): { found: FoundAnnotation[]; error: AppError | null } {
  return useMemo(() => {
    if (!file || text === undefined || !keys) return { found: nothing, error: null };
    try {
      const found = findAnnotations(jsonOf(file.bytes), { text, canonicalUrl, known: new Set(keys) });
      return {
        found,
        error: found.length === 0 ? new AppError("invalid", "There are no annotations in this file.") : null,
      };
    } catch (error) {
      if (error instanceof AppError) return { found: nothing, error };
      throw error;
    }
  }, [file, text, keys, canonicalUrl]);
}
