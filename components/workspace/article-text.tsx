"use client";
/** The text under check: plain elements from the server until the editor has taken their place, then highlights and selection. */
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { usePreferences } from "@/lib/client/preferences";
import { endpoints } from "@/lib/domain/endpoints";
import type { ArticleSurface, SurfaceOptions } from "@/lib/editor/article-surface";
import { directionOf } from "./text-direction";
import { useWorkspaceServices } from "./workspace-context";

type Props = {
  /** The text as the server rendered it. */
  children: ReactNode;
  /** The ledger is shown over it. */
  inLedger: boolean;
  onReady: (surface: ArticleSurface | null) => void;
  onPick: SurfaceOptions["onPick"];
};

export function ArticleText({ children, inLedger, onReady, onPick }: Props) {
  const t = useTranslations("workspace.text");
  const { article } = useWorkspaceServices();
  const { announceHighlights } = usePreferences();
  const place = useRef<HTMLDivElement>(null);
  const [mounted, setMounted] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const words = useFailureWords();
  const handlers = useRef({ onReady, onPick });
  handlers.current = { onReady, onPick };
  const revisionId = article.revision.id;
  const label = t("label");

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what "Try again" counts up.
  useEffect(() => {
    const ending = new AbortController();
    let surface: ArticleSurface | null = null;
    const begin = async () => {
      const [{ ArticleSurface }, revision] = await Promise.all([
        import("@/lib/editor/article-surface"),
        call(endpoints.getRevision, { params: { revisionId }, signal: ending.signal }),
      ]);
      const host = place.current;
      if (ending.signal.aborted || !host) return;
      const element = document.createElement("div");
      surface = new ArticleSurface({
        element,
        label,
        document: revision.document,
        onPick: (...picked) => handlers.current.onPick(...picked),
      });
      keepingPlace(host, () => {
        flushSync(() => setMounted(true));
        host.append(element);
      });
      handlers.current.onReady(surface);
    };
    setFailure(null);
    begin().catch((error) => {
      if (!ending.signal.aborted) setFailure(error);
    });
    return () => {
      ending.abort();
      handlers.current.onReady(null);
      const element = surface?.element.parentElement;
      surface?.destroy();
      element?.remove();
      setMounted(false);
    };
  }, [revisionId, label, attempt]);

  return (
    <>
      {failure !== null && (
        <ErrorNote
          title={t("failed")}
          className="mb-6"
          action={
            <Button size="sm" onClick={() => setAttempt((count) => count + 1)}>
              {t("again")}
            </Button>
          }
        >
          {words(failure)}
        </ErrorNote>
      )}
      <div
        ref={place}
        lang={article.language}
        dir={directionOf(article.language)}
        className={cx("article article-text", announceHighlights && "says-highlights", inLedger && "in-ledger")}
      >
        {!mounted && <div className="blocks">{children}</div>}
      </div>
    </>
  );
}

/** Does the work and leaves the same block at the same height of the screen: blocks not yet seen have guessed heights. */
function keepingPlace(host: HTMLElement, work: () => void): void {
  const blocks = () => [
    ...((host.firstElementChild?.matches(".blocks") ? host.firstElementChild : host.querySelector(".tiptap"))
      ?.children ?? []),
  ];
  const before = blocks();
  const index = window.scrollY === 0 ? -1 : before.findIndex((block) => block.getBoundingClientRect().bottom > 0);
  const top = before[index]?.getBoundingClientRect().top;
  work();
  const now = blocks()[index]?.getBoundingClientRect().top;
  if (top !== undefined && now !== undefined && now !== top) window.scrollBy(0, now - top);
}
