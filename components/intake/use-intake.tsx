"use client";
/** A text in: what is given, what was read of it, what is being done and what failed. Nothing that was typed is lost on the way. */
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { call, Unreachable } from "@/lib/client/call";
import type { IntakeCheck, IntakeDraft } from "@/lib/client/intake-draft";
import type { ArticleDraft } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { useIntakeDraft } from "./use-intake-draft";

/** `own`: what the screen does itself and has words of its own for. */
type Work = { what: "paste" | "file" | "page" | "save" | "own"; name?: string };
type Failure = { what: Work["what"]; message: string; code: AppError["code"] | null };

/** Milliseconds after which work says that it is still going on. */
const slowAfter = 3_000;

/** `articleId`: the article that it is a new text of; null for a new article. */
export function useIntake(personId: string, articleId: string | null) {
  const t = useTranslations("intake");
  const tf = useTranslations("frame");
  const { draft, change, clear, keep, ready, restored, kept } = useIntakeDraft(personId, articleId);
  const [work, setWork] = useState<Work | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  /** What "Start over" took away, until something else is given. */
  const [cleared, setCleared] = useState<IntakeDraft | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const { given } = draft;
  const setCheck = (part: Partial<IntakeCheck>) =>
    change((current) => (current.check ? { ...current, check: { ...current.check, ...part } } : current));

  async function run(next: Work, job: (signal: AbortSignal) => Promise<void>) {
    const controller = new AbortController();
    abort.current = controller;
    setWork(next);
    setFailure(null);
    setCleared(null);
    try {
      await job(controller.signal);
    } catch (error) {
      // Whoever reads "still here" may leave at once, to sign in again.
      await keep();
      if (!controller.signal.aborted) setFailure(failureOf(next.what, error));
    } finally {
      setWork(null);
    }
  }

  function failureOf(what: Work["what"], error: unknown): Failure {
    if (error instanceof AppError) return { what, message: error.message, code: error.code };
    return { what, message: tf(error instanceof Unreachable ? "failure.unreachable" : "failure.other"), code: null };
  }

  const begin = (check: IntakeCheck) => change((current) => ({ ...current, step: "check", check }));

  const preview = (next: Work, ask: (signal: AbortSignal) => Promise<ArticleDraft>) =>
    run(next, async (signal) => {
      // The editor comes while the text is being read; where it cannot be had, the next step says so.
      import("@/lib/editor/draft-editor").catch(() => {});
      begin(checkOf(await ask(signal)));
    });

  function readPaste() {
    const { text, html } = given;
    setNotice(null);
    void preview({ what: "paste" }, (signal) =>
      call(endpoints.previewPaste, { as: personId, signal, body: { text, ...(html !== null && { html }) } }),
    );
  }

  function readFile(file: File, others: number) {
    const most = limits.uploadBytes / 1024 / 1024;
    setNotice(others > 0 ? t("file.onlyOne", { name: file.name }) : null);
    const refuse = (message: string) => setFailure({ what: "file", message, code: null });
    if (file.size === 0) return refuse(t("file.empty", { name: file.name }));
    if (file.size > limits.uploadBytes) {
      return refuse(t("file.tooLarge", { name: file.name, size: Math.ceil(file.size / 1024 / 1024), most }));
    }
    void preview({ what: "file", name: file.name }, (signal) =>
      call(endpoints.previewFile, { as: personId, signal, query: { name: file.name }, body: file }),
    );
  }

  function readPage() {
    setNotice(null);
    void preview({ what: "page" }, (signal) =>
      call(endpoints.previewPage, { as: personId, signal, body: { url: given.url.trim() } }),
    );
  }

  function startOver() {
    setFailure(null);
    setNotice(null);
    setCleared(draft);
    void clear();
  }

  function undoClear() {
    if (cleared) change(() => cleared);
    setCleared(null);
  }

  return {
    ...{ draft, setCheck, begin, clear, keep, run, startOver },
    busy: work !== null || !ready,
    /** For `IntakeNotices`. */
    told: {
      ...{ restored, kept, notice, work, failure, startOver, undoClear },
      hasCheck: draft.check !== null,
      isCleared: cleared !== null,
      stop: () => abort.current?.abort(),
    },
    /** For `Giving`. */
    giving: {
      given,
      busy: work !== null || !ready,
      onChange: (next: IntakeDraft["given"]) => {
        setCleared(null);
        change((current) => ({ ...current, given: next }));
      },
      onPaste: readPaste,
      onFile: readFile,
      onPage: readPage,
      onReturn: draft.check ? () => change((current) => ({ ...current, step: "check" })) : null,
    },
    /** From what was found back to what was given. */
    back: () => {
      setFailure(null);
      change((current) => ({ ...current, step: "give" }));
    },
  };
}

type NoticesProps = ReturnType<typeof useIntake>["told"] & {
  /** What could not be done, in words. */
  title: (what: Work["what"]) => string;
  /** What is being done, where these screens have no words for it. */
  doing: { save: string; own?: string };
  /** What can be done about what failed. */
  action?: ReactNode;
};

/** What the person should know of all that: what was kept, what is going on, what failed. */
export function IntakeNotices({ title, doing, action, ...told }: NoticesProps) {
  const { restored, kept, notice, work, failure, hasCheck, isCleared } = told;
  const t = useTranslations("intake");
  const tf = useTranslations("frame");
  const note = useRef<HTMLDivElement>(null);
  // On a phone the button that failed may be far below the words that say so.
  useEffect(() => {
    if (failure) note.current?.scrollIntoView({ block: "nearest" });
  }, [failure]);
  return (
    <>
      {restored && (
        <p role="status" className="flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
          {t("kept.restored")}
          {!hasCheck && (
            <Button variant="quiet" size="sm" onClick={told.startOver}>
              {t("check.again")}
            </Button>
          )}
        </p>
      )}
      {!kept && <p className="text-sm font-medium text-urgent">{t("kept.unkept")}</p>}
      {notice && <p role="status">{notice}</p>}
      {isCleared && (
        <p role="status" className="flex flex-wrap items-center gap-x-3">
          {t("kept.cleared")}
          <Button size="sm" onClick={told.undoClear}>
            {tf("undo")}
          </Button>
        </p>
      )}
      {failure && (
        <div ref={note} className="scroll-mt-4">
          <ErrorNote
            title={title(failure.what)}
            action={
              failure.code === "unauthenticated" ? (
                <a href={`/sign-in?${new URLSearchParams({ next: location.pathname })}`} className="link">
                  {t("error.signIn")}
                </a>
              ) : (
                action
              )
            }
          >
            <p>{failure.message}</p>
            <p className="text-ink-2">{t("error.kept")}</p>
          </ErrorNote>
        </div>
      )}
      <Progress work={work} doing={doing} onStop={told.stop} />
    </>
  );
}

type ProgressProps = { work: Work | null; doing: NoticesProps["doing"]; onStop: () => void };

/** What is being done, in words, and after a while that it still is. */
function Progress({ work, doing, onStop }: ProgressProps) {
  const t = useTranslations("intake");
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!work) return;
    const timer = setTimeout(() => setSlow(true), slowAfter);
    return () => clearTimeout(timer);
  }, [work]);
  return (
    <div role="status" className="sticky top-2 z-20 empty:hidden">
      {work && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border bg-wash px-4 py-2.5">
          <span className="font-medium">
            {work.what === "save" || work.what === "own"
              ? doing[work.what]
              : t(`busy.${work.what}`, { name: work.name ?? "" })}{" "}
            …
          </span>
          {slow && (
            <span className="text-ink-2">
              {t("busy.slow", { seconds: (limits.importMilliseconds + limits.fetchMilliseconds) / 1000 })}
            </span>
          )}
          {work.what !== "save" && (
            <Button variant="quiet" size="sm" onClick={onStop}>
              {t("busy.cancel")}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function checkOf(draft: ArticleDraft): IntakeCheck {
  const { headline, byline, outlet, publishedOn, canonicalUrl, language } = draft.metadata;
  return {
    id: newId(),
    draft,
    document: draft.document,
    characters: draft.characters,
    allowDuplicate: false,
    fields: {
      headline: headline ?? "",
      byline: byline ?? "",
      outlet: outlet ?? "",
      publishedOn: publishedOn ?? "",
      canonicalUrl: canonicalUrl ?? "",
      language: language ?? "en",
    },
  };
}
