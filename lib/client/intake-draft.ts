/**
 * Keeps an article that is being brought in, in this browser's IndexedDB and for the person who gave it alone, so that a reload
 * or an ended session costs nothing. Gone once the article is saved, and after sign-out; never kept where keeping is switched off.
 */
import type { ArticleDraft } from "../domain/article";
import type { KeptRange } from "../domain/kept-text";
import type { RichText } from "../domain/rich-text";
import { personStore } from "./person-store";

/** What the metadata form holds: text as it is typed, not yet checked. */
export type IntakeFields = Record<keyof ArticleDraft["metadata"], string>;

export type IntakeCheck = {
  /** The article's id, made once, so that a retry after a lost answer is harmless. */
  id: string;
  draft: ArticleDraft;
  fields: IntakeFields;
  /** The text as it was corrected. */
  document: RichText;
  /** UTF-16 code units of its canonical text. */
  characters: number;
  allowDuplicate: boolean;
  /** Of a new text of an article: the headline that came with it becomes the article's. */
  takesHeadline?: boolean;
  /** The revision whose text was taken to be edited; none when the text was given. */
  edits?: { id: string; number: number; kept?: KeptRange[] };
};

export type IntakeDraft = {
  given: { text: string; html: string | null; url: string };
  /** Which of the two is shown: what was given, or what was found in it. */
  step: "give" | "check";
  /** Null while nothing has been read. */
  check: IntakeCheck | null;
};

/** A draft as it is kept; `keptAt` in milliseconds since 1970. `articleId`: the article that it is a new text of, if it is one. */
export type KeptDraft = IntakeDraft & { id: string; keptAt: number; articleId?: string };

/** One record for each draft, so that two tabs with an article each have one each. */
const store = personStore<KeptDraft>("claimdesk-intake");

/** The newest first. None when nothing is kept, or the browser keeps nothing at all. */
export const listIntakeDrafts = async (userId: string): Promise<KeptDraft[]> =>
  (await store.readAll(userId)).sort((a, b) => b.keptAt - a.keptAt);

/** False when this browser refuses to keep it: no room, or private browsing. */
export const keepIntakeDraft = (userId: string, draft: Omit<KeptDraft, "keptAt">): Promise<boolean> =>
  store.keep(userId, draft.id, { ...draft, keptAt: Date.now() });

/** One draft of a person, or every one. */
export const { drop: clearIntakeDraft, dropAll: clearIntakeDrafts } = store;

/** Milliseconds in which a page that is being left lets go of its draft. */
const untilLeft = 300;

/**
 * Takes a draft for this tab until the returned function is called; null while another tab works on it. Web Locks exist only over
 * https and on localhost; elsewhere nothing is known of other tabs.
 */
export async function takeIntakeDraft(id: string): Promise<(() => void) | null> {
  if (!navigator.locks) return () => {};
  return new Promise((resolve) => {
    const held = () => new Promise<void>((release) => resolve(release));
    navigator.locks
      .request(`claimdesk-intake/${id}`, { signal: AbortSignal.timeout(untilLeft) }, held)
      .catch(() => resolve(null));
  });
}
