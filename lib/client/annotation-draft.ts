/**
 * Keeps a file of annotations and what was chosen of it, in this browser's IndexedDB and for the person who gave it alone, so that a
 * reload or an ended session costs nothing. Gone once they are brought in, and after sign-out; never kept where keeping is switched off.
 */
import type { TextRange } from "../domain/anchor";
import { isKeeping } from "./outbox";
import { personStore } from "./person-store";

/** Of one annotation: whether it comes in, when that is not what the screen proposes, and the place that a person chose. */
export type AnnotationChoice = { isIn?: boolean; place?: TextRange };
export type AnnotationDraft = {
  /** Of the file. */
  name: string;
  bytes: Uint8Array;
  /** By key. Places count in the revision. */
  choices: Record<string, AnnotationChoice>;
  revisionId: string;
};

/** By article. */
const store = personStore<AnnotationDraft>("claimdesk-annotations");

/** Null when nothing is kept, or the browser keeps nothing at all. */
export async function readAnnotationDraft(userId: string, articleId: string): Promise<AnnotationDraft | null> {
  if (!isKeeping()) await store.dropAll(userId);
  return store.read(userId, articleId);
}

/** False when this browser refuses to keep it. */
export const keepAnnotationDraft = async (
  userId: string,
  articleId: string,
  draft: AnnotationDraft,
): Promise<boolean> => isKeeping() && store.keep(userId, articleId, draft);

export const { drop: dropAnnotationDraft, count: countAnnotationDrafts, dropAll: clearAnnotationDrafts } = store;
