"use client";
/** Words for a claim, chosen by hand in a text: by mouse, by touch, or with Shift and the arrow keys. */
import "@/components/workspace/workspace.css";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input } from "@/components/ui/field";
import { type TextRange, tidyRange } from "@/lib/domain/anchor";
import { limits } from "@/lib/domain/limits";
import type { RevisionDraftView } from "@/lib/domain/revision";
import type { ArticleSurface } from "@/lib/editor/article-surface";

type Chosen = TextRange & { exact: string };

type Props = {
  draft: Pick<RevisionDraftView, "document" | "text" | "language">;
  /** What the words are for: a claim of the text before, or an annotation. */
  of: "revision" | "annotation";
  /** What it stood on before. */
  words: string;
  /** Where the text opens. */
  near: number;
  onChoose: (chosen: Chosen) => void;
  onClose: () => void;
};

export function ChooseWords({ onClose, ...props }: Props) {
  const t = useTranslations("revisions.choose");
  return (
    <Dialog open size="lg" title={t("title", { of: props.of })} onOpenChange={(open) => !open && onClose()}>
      <Chooser {...props} onClose={onClose} />
    </Dialog>
  );
}

const noSelection = () => null;
const noChange = () => () => {};

function Chooser({ draft, of, words: before, near, onChoose, onClose }: Props) {
  const t = useTranslations("revisions.choose");
  const frame = useTranslations("frame");
  const host = useRef<HTMLDivElement>(null);
  const [surface, setSurface] = useState<ArticleSurface | null>(null);
  const [failed, setFailed] = useState(false);
  const label = t("text", { of });
  const { document: richText, language } = draft;

  useEffect(() => {
    let made: ArticleSurface | null = null;
    let left = false;
    import("@/lib/editor/article-surface")
      .then(({ ArticleSurface }) => {
        if (left || !host.current) return;
        made = new ArticleSurface({ element: host.current, document: richText, label, onPick: () => {} });
        setSurface(made);
        goTo(made, { start: near, end: near });
      })
      .catch(() => !left && setFailed(true));
    return () => {
      left = true;
      made?.destroy();
    };
  }, [richText, label, near]);

  const selection = useSyncExternalStore(
    surface?.subscribeToSelection ?? noChange,
    surface?.selection ?? noSelection,
    noSelection,
  );
  const range = selection && tidyRange(draft.text, selection);
  const words = range ? draft.text.slice(range.start, range.end) : "";
  const tooLong = words.length > limits.anchorCharacters;
  const status = !selection
    ? t("nothing")
    : !range
      ? t("blank")
      : tooLong
        ? t("tooLong", { count: words.length, most: limits.anchorCharacters })
        : t("selected", { words: words.length > 300 ? `${words.slice(0, 300)} …` : words });

  return (
    <>
      <p className="text-sm font-medium text-ink-2">{t("old", { of })}</p>
      <blockquote
        lang={language}
        dir="auto"
        className="mt-1 mb-3 max-h-28 overflow-y-auto border-s-3 border-line-2 ps-3 font-serif text-[1.0625rem] break-words whitespace-pre-line"
      >
        {before}
      </blockquote>
      {surface && <Find {...{ surface, of }} text={draft.text} />}
      {failed && <ErrorNote title={t("failed")} className="mt-3" />}
      <div className="mt-3 max-h-[42dvh] overflow-y-auto rounded-lg border border-edge bg-paper px-6 py-4">
        <div ref={host} lang={language} className="article article-text" />
      </div>
      <p role="status" dir="auto" className="mt-3 line-clamp-3 text-sm break-words text-ink-2">
        {status}
      </p>
      <DialogActions>
        <Button onClick={onClose}>{frame("cancel")}</Button>
        <Button
          variant="primary"
          disabled={!range || tooLong}
          focusableWhenDisabled
          onClick={() => range && onChoose({ ...range, exact: words })}
        >
          {t("action")}
        </Button>
      </DialogActions>
    </>
  );
}

function Find({ surface, of, text }: Pick<Props, "of"> & { surface: ArticleSurface; text: string }) {
  const t = useTranslations("revisions.choose");
  const [sought, setSought] = useState("");
  const [isMissing, setMissing] = useState(false);
  const find = (event: FormEvent) => {
    event.preventDefault();
    const pattern = sought.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (pattern === "") return;
    const from = surface.caret();
    const after = new RegExp(pattern, "giu");
    after.lastIndex = from;
    // From the start again, once the end is reached.
    const found = after.exec(text) ?? new RegExp(pattern, "iu").exec(text);
    setMissing(!found);
    if (found) goTo(surface, { start: found.index, end: found.index + found[0].length }, { focus: false });
  };
  return (
    <form onSubmit={find} className="flex items-end gap-2">
      <Field label={t("find", { of })} error={isMissing ? t("notFound") : null} className="grow">
        <Input
          value={sought}
          onChange={(event) => {
            setSought(event.target.value);
            setMissing(false);
          }}
        />
      </Field>
      <Button type="submit">{t("findNext")}</Button>
    </form>
  );
}

/** Selects it and brings its block into view; blocks that were never seen have guessed heights, so once more when they are drawn. */
function goTo(surface: ArticleSurface, range: TextRange, { focus = true } = {}): void {
  const index = surface.blocks.findLastIndex(({ offset }) => offset <= range.start);
  const element = surface.element.children[surface.blocks[index]?.child ?? 0];
  const show = () => element?.scrollIntoView({ block: "center", behavior: "instant" });
  show();
  surface.select(range, { focus });
  requestAnimationFrame(show);
}
