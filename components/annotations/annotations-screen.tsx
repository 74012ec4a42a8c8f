"use client";
/** Annotations of other programs, brought in as claims: a file is given, laid on the text, looked over, and made claims in one step. */
import { Copy, Download, FileUp, Highlighter } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, useCallback, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { DropHint } from "@/components/intake/drop-hint";
import { useFileDrop } from "@/components/intake/file-drop";
import { ChooseWords } from "@/components/revision/choose-words";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { Field, Textarea } from "@/components/ui/field";
import type { TextRange } from "@/lib/domain/anchor";
import type { ArticleView } from "@/lib/domain/article";
import { limits } from "@/lib/domain/limits";
import { FoundAnnotationCard } from "./found-annotation";
import { type Laid, useAnnotations } from "./use-annotations";

type Props = {
  article: Pick<ArticleView, "id" | "language" | "canonicalUrl" | "revision" | "trashedAt">;
  personId: string;
};

/** In this order: what comes in, what a person decides on, what stays out. */
const groups = ["placed", "altered", "ambiguous", "lost", "elsewhere", "note", "known"] as const;
type Group = (typeof groups)[number];

const groupOf = ({ state, isElsewhere, isKnown }: Laid): Group => {
  if (isKnown) return "known";
  return isElsewhere && state !== "note" ? "elsewhere" : state;
};

/** Annotations of a group that are drawn at once. */
const atOnce = 50;

export function AnnotationsScreen({ article, personId }: Props) {
  const t = useTranslations("annotations");
  const failure = useFailureWords();
  const annotations = useAnnotations(article, personId);
  const { file, all, error, failed, isReady, give, clear, isKept, isRestored } = annotations;
  const [refused, setRefused] = useState<string | null>(null);

  if (article.trashedAt) return <p className="text-ink-2">{t("trashed")}</p>;
  if (failed) {
    return (
      <ErrorNote
        title={t("failed.read")}
        action={
          <Button size="sm" onClick={annotations.again}>
            {t("failed.again")}
          </Button>
        }
      >
        {failure(failed)}
      </ErrorNote>
    );
  }
  const take = async (given: Blob, name: string) => {
    setRefused(null);
    const most = limits.uploadBytes / 1024 / 1024;
    if (given.size > limits.uploadBytes) setRefused(t("give.tooLarge", { name, most }));
    else give({ name, bytes: new Uint8Array(await given.arrayBuffer()) });
  };
  const problem = refused ?? error?.message ?? null;
  return (
    <div className="grid gap-4">
      {isRestored && file && !error && <p className="text-sm text-ink-2">{t("restored", { name: file.name })}</p>}
      {!isKept && <p className="text-sm font-medium text-urgent">{t("unkept")}</p>}
      {problem && <ErrorNote title={t("failed.file")}>{problem}</ErrorNote>}
      {!file || error ? (
        <Giving onGive={take} />
      ) : !isReady ? (
        <p role="status">{t("loading")} …</p>
      ) : (
        <Looking {...{ article, all }} name={file.name} annotations={annotations} onClear={() => void clear()} />
      )}
    </div>
  );
}

function Giving({ onGive }: { onGive: (given: Blob, name: string) => Promise<void> }) {
  const t = useTranslations("annotations.give");
  const chooser = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState("");
  const takeFiles = ([file]: File[]) => file && void onGive(file, file.name);
  const held = useFileDrop(takeFiles, true);
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    takeFiles([file]);
  };
  return (
    <form
      className="grid max-w-2xl gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (pasted.trim() !== "") void onGive(new Blob([pasted]), t("pasted"));
      }}
    >
      <p className="text-ink-2">{t("about")}</p>
      <div>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".json,.jsonld,application/json,application/ld+json"
          onChange={(event) => {
            takeFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <Button variant="primary" onClick={() => chooser.current?.click()}>
          <FileUp aria-hidden />
          {t("choose")}
        </Button>
        <p className="mt-1 text-sm text-ink-2">{t("hint", { most: limits.uploadBytes / 1024 / 1024 })}</p>
      </div>
      <Field label={t("paste")}>
        <Textarea
          value={pasted}
          rows={6}
          spellCheck={false}
          className="field-sizing-fixed max-h-72 min-h-32 font-mono text-sm"
          onPaste={paste}
          onChange={(event) => setPasted(event.target.value)}
        />
      </Field>
      <div>
        <Button type="submit" disabled={pasted.trim() === ""} focusableWhenDisabled>
          {t("read")}
        </Button>
      </div>
      {held && <DropHint>{t("drop")}</DropHint>}
    </form>
  );
}

type LookingProps = {
  article: Props["article"];
  name: string;
  all: readonly Laid[];
  annotations: ReturnType<typeof useAnnotations>;
  onClear: () => void;
};

function Looking({ article, name, all, annotations, onClear }: LookingProps) {
  const t = useTranslations("annotations");
  const failure = useFailureWords();
  const router = useRouter();
  const { choose, text, bringIn, undo } = annotations;
  const [choosing, setChoosing] = useState<Laid | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const byGroup = useMemo(() => Map.groupBy(all, groupOf), [all]);
  const count = all.filter(({ isIn }) => isIn).length;
  const left = all.filter(({ isIn, isKnown }) => !isIn && !isKnown);

  // One annotation is drawn anew at a time.
  const latest = useRef(choose);
  latest.current = choose;
  const onIn = useCallback((key: string, isIn: boolean) => latest.current(key, { isIn }), []);
  const onPlace = useCallback((key: string, place: TextRange) => latest.current(key, { place, isIn: true }), []);

  const save = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const claimIds = await bringIn();
      router.push(`/articles/${article.id}`);
      const takeBack = () => undo(claimIds).catch((error) => toast.error(failure(error)));
      toast(t("done", { count: claimIds.length }), { action: { label: t("undo"), onClick: () => void takeBack() } });
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  };

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 grow break-words">
          {t("read", { name, count: all.length, number: article.revision.number })}
        </p>
        <Button variant="quiet" size="sm" onClick={onClear} disabled={busy}>
          {t("another")}
        </Button>
      </div>
      {groups.map((group) => {
        const here = byGroup.get(group);
        return (
          here && (
            <GroupOf
              key={group}
              {...{ group, here, article, onIn, onPlace }}
              text={text?.text ?? ""}
              onChoose={setChoosing}
            />
          )
        );
      })}
      {count + left.length === 0 && (
        <EmptyState icon={Highlighter} title={<h2>{t("allKnown")}</h2>}>
          <Link href={`/articles/${article.id}`} className="link">
            {t("toArticle")}
          </Link>
        </EmptyState>
      )}
      {failed !== null && (
        <ErrorNote title={t("failed.save")}>
          <p>{failure(failed)}</p>
          <p className="text-ink-2">{t("failed.kept")}</p>
        </ErrorNote>
      )}
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-paper px-4 py-2.5 sm:-mx-6 sm:px-6">
        <Button variant="primary" onClick={() => void save()} disabled={busy || count === 0} focusableWhenDisabled>
          {busy ? t("making") : t("make", { count })}
        </Button>
        {left.length > 0 && <LeftOut left={left} />}
      </div>
      {choosing && text && (
        <ChooseWords
          of="annotation"
          draft={{ document: text.document, text: text.text, language: article.language }}
          words={choosing.quote ?? ""}
          near={(choosing.at ?? choosing.candidates[0])?.start ?? 0}
          onChoose={({ start, end }) => {
            onPlace(choosing.key, { start, end });
            setChoosing(null);
          }}
          onClose={() => setChoosing(null)}
        />
      )}
    </>
  );
}

type GroupProps = {
  group: Group;
  here: readonly Laid[];
  article: Props["article"];
  text: string;
  onIn: (key: string, isIn: boolean) => void;
  onPlace: (key: string, place: TextRange) => void;
  onChoose: (annotation: Laid) => void;
};

function GroupOf({ group, here, article, text, onIn, onPlace, onChoose }: GroupProps) {
  const t = useTranslations("annotations");
  const [shown, setShown] = useState(atOnce);
  return (
    <section aria-labelledby={`annotations-${group}`}>
      <h2 id={`annotations-${group}`} className="flex items-baseline gap-2 text-lg font-semibold">
        {t(`groups.${group}`)}
        <span className="text-base font-normal text-ink-2 tabular-nums">{here.length}</span>
      </h2>
      <p className="mb-2 text-sm text-ink-2">{t(`about.${group}`)}</p>
      <ul className="grid gap-2">
        {here.slice(0, shown).map((annotation) => (
          <FoundAnnotationCard
            key={annotation.key}
            {...{ annotation, text, onIn, onPlace, onChoose }}
            language={article.language}
          />
        ))}
      </ul>
      {here.length > shown && (
        <Button className="mt-2" onClick={() => setShown(shown + 10 * atOnce)}>
          {t("more", { count: Math.min(10 * atOnce, here.length - shown), all: here.length })}
        </Button>
      )}
    </section>
  );
}

/** What stays out, to be taken along: nothing of it is in Claimdesk. */
function LeftOut({ left }: { left: readonly Laid[] }) {
  const t = useTranslations("annotations.left");
  const groups = useTranslations("annotations.groups");
  const asText = () =>
    left
      .map((each) =>
        [
          `${groups(groupOf(each))}${each.creator ? ` · ${each.creator}` : ""}${each.createdAt ? ` · ${each.createdAt.slice(0, 10)}` : ""}`,
          each.quote && `> ${each.quote.replaceAll("\n", "\n> ")}`,
          ...each.comments.map(({ by, text }) => (by ? `${by}: ${text}` : text)),
          each.source,
        ]
          .filter(Boolean)
          .join("\n"),
      )
      .join("\n\n");
  const asJson = () =>
    JSON.stringify(
      left.map((each) => {
        const { key, quote, comments, tags, creator, createdAt, source } = each;
        return { id: key, why: groupOf(each), quote, comments, tags, creator, createdAt, source };
      }),
      null,
      2,
    );
  const copy = async () => {
    await navigator.clipboard.writeText(asText());
    toast(t("copied"));
  };
  const download = () => {
    const url = URL.createObjectURL(new Blob([asJson()], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "annotations-left-out.json";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
      {t("count", { count: left.length })}
      <Button size="sm" variant="quiet" onClick={() => void copy().catch(() => toast.error(t("notCopied")))}>
        <Copy aria-hidden />
        {t("copy")}
      </Button>
      <Button size="sm" variant="quiet" onClick={download}>
        <Download aria-hidden />
        {t("download")}
      </Button>
    </span>
  );
}
