"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { call, Unreachable } from "@/lib/client/call";
import type { IntakeCheck, IntakeDraft, IntakeFields } from "@/lib/client/intake-draft";
import { type ArticleDraft, articleCreate } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { Checking } from "./checking";
import { Giving } from "./giving";
import { useIntakeDraft } from "./use-intake-draft";

type Work = { what: "paste" | "file" | "page" | "save"; name?: string };
type Failure = { what: Work["what"]; message: string; because?: "signed_out" | "saved_other" };
type FieldErrors = Partial<Record<keyof IntakeFields, string>>;

/** Milliseconds after which work says that it is still going on. */
const slowAfter = 3_000;

/** An article in: give it, check what was found, save. Nothing that was typed is lost on the way. */
export function Intake({ personId }: { personId: string }) {
  const t = useTranslations("intake");
  const tf = useTranslations("frame");
  const router = useRouter();
  const { draft, change, clear, keep, ready, restored, kept } = useIntakeDraft(personId);
  const [work, setWork] = useState<Work | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [fieldErrors, setFieldErrors] = useState<FieldErrors>({});
  const [notice, setNotice] = useState<string | null>(null);
  /** What "Start over" took away, until something else is given. */
  const [cleared, setCleared] = useState<IntakeDraft | null>(null);
  const note = useRef<HTMLDivElement>(null);
  // On a phone the button that failed may be far below the words that say so.
  useEffect(() => {
    if (failure) note.current?.scrollIntoView({ block: "nearest" });
  }, [failure]);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const { given, check } = draft;
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
    if (!(error instanceof AppError))
      return { what, message: error instanceof Unreachable ? tf("failure.unreachable") : tf("failure.other") };
    if (error.code === "unauthenticated") return { what, message: error.message, because: "signed_out" };
    // An answer was lost, and what was saved then has been changed here since.
    if (what === "save" && error.code === "conflict") return { what, message: error.message, because: "saved_other" };
    return { what, message: error.message };
  }

  const preview = (next: Work, ask: (signal: AbortSignal) => Promise<ArticleDraft>) =>
    run(next, async (signal) => {
      // The editor comes while the text is being read; where it cannot be had, the next step says so.
      import("@/lib/editor/draft-editor").catch(() => {});
      const found = await ask(signal);
      setFieldErrors({});
      change((current) => ({ ...current, step: "check", check: checkOf(found) }));
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
    const refuse = (message: string) => setFailure({ what: "file", message });
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

  function save(id = check?.id) {
    if (!check || !id) return;
    const { draft: found, fields, document, allowDuplicate } = check;
    const body = {
      id,
      ...metadataOf(fields),
      document,
      origin: found.origin,
      originName: found.originName,
      ...(allowDuplicate && { allowDuplicate }),
    };
    const wrong = fieldErrorsOf(articleCreate.safeParse(body).error?.issues ?? []);
    if (fields.headline.trim() === "") wrong.headline = t("check.headlineNeeded");
    setFieldErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    void run({ what: "save" }, async () => {
      try {
        await call(endpoints.createArticle, { as: personId, body });
      } catch (error) {
        if (error instanceof AppError && error.code === "duplicate") {
          setCheck({ draft: { ...found, duplicates: error.details.current as ArticleDraft["duplicates"] } });
        }
        if (error instanceof AppError && error.details.fields) setFieldErrors(fieldErrorsOf(error.details.fields));
        throw error;
      }
      await clear();
      router.push(`/articles/${id}`);
    });
  }

  /** What was saved stays as it is; this becomes an article beside it. */
  function saveAsNew() {
    const id = newId();
    setCheck({ id });
    save(id);
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

  return (
    <div className="grid gap-4">
      {restored && (
        <p role="status" className="flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
          {t("kept.restored")}
          {!check && (
            <Button variant="quiet" size="sm" onClick={startOver}>
              {t("check.again")}
            </Button>
          )}
        </p>
      )}
      {!kept && <p className="text-sm font-medium text-urgent">{t("kept.unkept")}</p>}
      {notice && <p role="status">{notice}</p>}
      {cleared && (
        <p role="status" className="flex flex-wrap items-center gap-x-3">
          {t("kept.cleared")}
          <Button size="sm" onClick={undoClear}>
            {tf("undo")}
          </Button>
        </p>
      )}
      {failure && (
        <div ref={note} className="scroll-mt-4">
          <ErrorNote
            title={t(`error.${failure.what}`)}
            action={
              failure.because === "signed_out" ? (
                <a href="/sign-in?next=/articles/new" className="link">
                  {t("error.signIn")}
                </a>
              ) : (
                failure.because === "saved_other" && (
                  <span className="flex flex-wrap items-center gap-3">
                    <Button size="sm" onClick={saveAsNew}>
                      {t("error.saveAsNew")}
                    </Button>
                    <a href={`/articles/${check?.id}`} target="_blank" rel="noopener" className="link">
                      {t("error.openSaved")}
                    </a>
                  </span>
                )
              )
            }
          >
            <p>{failure.message}</p>
            <p className="text-ink-2">{t("error.kept")}</p>
          </ErrorNote>
        </div>
      )}
      <Progress work={work} onStop={() => abort.current?.abort()} />
      {check && draft.step === "check" ? (
        <Checking
          check={check}
          errors={fieldErrors}
          busy={work !== null}
          onChange={setCheck}
          onSave={() => save()}
          onBack={() => {
            setFailure(null);
            change((current) => ({ ...current, step: "give" }));
          }}
          onClear={startOver}
        />
      ) : (
        <Giving
          given={given}
          busy={work !== null || !ready}
          onChange={(next) => {
            setCleared(null);
            change((current) => ({ ...current, given: next }));
          }}
          onPaste={readPaste}
          onFile={readFile}
          onPage={readPage}
          onReturn={check ? () => change((current) => ({ ...current, step: "check" })) : null}
        />
      )}
    </div>
  );
}

/** What is being done, in words, and after a while that it still is. */
function Progress({ work, onStop }: { work: Work | null; onStop: () => void }) {
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
          <span className="font-medium">{t(`busy.${work.what}`, { name: work.name ?? "" })} …</span>
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

function metadataOf(fields: IntakeFields) {
  const orNull = (value: string) => (value.trim() === "" ? null : value.trim());
  return {
    headline: fields.headline.trim(),
    byline: orNull(fields.byline),
    outlet: orNull(fields.outlet),
    publishedOn: orNull(fields.publishedOn),
    canonicalUrl: orNull(fields.canonicalUrl),
    language: fields.language,
  };
}

const fieldNames = ["headline", "byline", "outlet", "publishedOn", "canonicalUrl", "language"] as const;

function fieldErrorsOf(issues: readonly { path: string | readonly PropertyKey[]; message: string }[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) {
    const name = fieldNames.find((field) => field === (typeof path === "string" ? path : path[0]));
    if (name) errors[name] ??= message;
  }
  return errors;
}
