"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import {
  clearIntakeDraft,
  clearIntakeDrafts,
  type IntakeDraft,
  type KeptDraft,
  keepIntakeDraft,
  listIntakeDrafts,
  takeIntakeDraft,
} from "@/lib/client/intake-draft";
import { isKeeping } from "@/lib/client/outbox";

/** Milliseconds without a change before it is kept. */
const quiet = 500;

const empty: IntakeDraft = { given: { text: "", html: null, url: "" }, step: "give", check: null };
const isEmpty = ({ given, check }: IntakeDraft) => check === null && given.text === "" && given.url === "";

/** The newest draft of the article (null: of a new one) that no other tab works on, taken for this one. */
async function takeNewest(
  personId: string,
  articleId: string | null,
): Promise<{ found: KeptDraft; release: () => void } | null> {
  if (!isKeeping()) await clearIntakeDrafts(personId);
  for (const found of await listIntakeDrafts(personId)) {
    const isOther = (found.articleId ?? null) !== articleId;
    const release = isOther || isEmpty(found) ? null : await takeIntakeDraft(found.id);
    if (release) return { found, release };
  }
  return null;
}

/** What is being brought in, kept in this browser as it changes. Each tab has a draft of its own. */
export function useIntakeDraft(personId: string, articleId: string | null) {
  const [draft, setDraft] = useState(empty);
  /** False until the browser has been asked what it keeps; what is typed before that is not overwritten. */
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const [kept, setKept] = useState(true);
  const latest = useRef(draft);
  const id = useRef("");
  const dirty = useRef(false);
  /** One write after the other, so that the last one wins. */
  const writing = useRef(Promise.resolve());

  const change = useCallback((next: (draft: IntakeDraft) => IntakeDraft) => {
    dirty.current = true;
    latest.current = next(latest.current);
    setDraft(latest.current);
  }, []);

  const clear = useCallback(async () => {
    dirty.current = false;
    latest.current = empty;
    setDraft(empty);
    setRestored(false);
    writing.current = writing.current.then(() => clearIntakeDraft(personId, id.current));
    await writing.current;
  }, [personId]);

  useEffect(() => {
    let left = false;
    const releases: (() => void)[] = [];
    const hold = (release: (() => void) | null) => (left ? release?.() : release && releases.push(release));
    id.current = newId();
    void takeIntakeDraft(id.current).then(hold);
    void takeNewest(personId, articleId).then((taken) => {
      hold(taken?.release ?? null);
      if (left) return;
      // Whoever has typed by now has begun another one.
      if (taken && dirty.current) taken.release();
      else if (taken) {
        const { id: foundId, given, step, check } = taken.found;
        id.current = foundId;
        latest.current = { given, step, check };
        setDraft(latest.current);
        setRestored(true);
      }
      setReady(true);
    });
    return () => {
      left = true;
      for (const release of releases) release();
    };
  }, [personId, articleId]);

  /** Resolves when all that was typed so far is kept, or could not be. */
  const keep = useCallback(() => {
    writing.current = writing.current.then(async () => {
      if (!dirty.current) return;
      const draft = latest.current;
      if (isEmpty(draft)) await clearIntakeDraft(personId, id.current);
      else {
        const kept = { ...draft, id: id.current, ...(articleId !== null && { articleId }) };
        setKept(isKeeping() && (await keepIntakeDraft(personId, kept)));
      }
      if (latest.current === draft) dirty.current = false;
    });
    return writing.current;
  }, [personId, articleId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change starts the wait anew
  useEffect(() => {
    const timer = setTimeout(() => void keep(), quiet);
    return () => clearTimeout(timer);
  }, [draft, keep]);

  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    document.addEventListener("visibilitychange", () => void keep(), { signal });
    addEventListener("pagehide", () => void keep(), { signal });
    addEventListener(
      "beforeunload",
      (event) => (dirty.current || !kept) && !isEmpty(latest.current) && event.preventDefault(),
      { signal },
    );
    return () => leave.abort();
  }, [keep, kept]);

  return { draft, change, clear, keep, ready, restored, kept: kept || isEmpty(draft) };
}
