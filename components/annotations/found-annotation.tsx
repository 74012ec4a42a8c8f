"use client";
/** One annotation: what was marked, what was written, where it would stand, and whether it comes in. */
import { Check, TextCursorInput } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, useId } from "react";
import { Altered, InPlace } from "@/components/revision/carried-claim";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import type { TextRange } from "@/lib/domain/anchor";
import type { AnnotationComment } from "@/lib/domain/annotation-import";
import type { Laid } from "./use-annotations";

type Props = {
  annotation: Laid;
  /** The text under check. */
  text: string;
  language: string;
  onIn: (key: string, isIn: boolean) => void;
  onPlace: (key: string, place: TextRange) => void;
  onChoose: (annotation: Laid) => void;
};

export const FoundAnnotationCard = memo(function FoundAnnotationCard(props: Props) {
  const t = useTranslations("annotations");
  const { annotation, text, language, onIn, onPlace, onChoose } = props;
  const { key, quote, state, at, isIn, isChosen, isKnown, candidates, comments, tags, creator, createdAt, source } =
    annotation;
  const titleId = useId();
  const wordsAt = ({ start, end }: TextRange) => ({ start, end, words: text.slice(start, end) });
  const isQuoteSeen = state === "placed" && !isChosen;
  return (
    <li
      aria-labelledby={titleId}
      className="rounded-lg border bg-sheet px-4 py-3 [contain-intrinsic-size:auto_9rem] [content-visibility:auto]"
    >
      <p id={titleId} className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
        <span className="font-medium text-ink">{creator ?? t("somebody")}</span>
        {createdAt && <LocalTime at={createdAt} shape="full" />}
        {annotation.isElsewhere && source && <span className="min-w-0 break-all">{t("on", { source })}</span>}
      </p>
      {quote !== null && !isQuoteSeen && (
        <blockquote
          lang={language}
          dir="auto"
          className="mt-1 max-h-40 overflow-y-auto border-s-3 border-line-2 ps-3 font-serif text-[1.0625rem] leading-relaxed break-words whitespace-pre-line"
        >
          {quote}
        </blockquote>
      )}
      {at && state === "altered" && !isChosen && quote !== null && (
        <Altered
          text={text}
          language={language}
          before={{ start: 0, end: quote.length, words: quote }}
          after={wordsAt(at)}
        />
      )}
      {at && (isQuoteSeen || isChosen) && <InPlace text={text} place={wordsAt(at)} language={language} />}
      {state === "ambiguous" && !isKnown && (
        <ol className="mt-2 grid gap-2">
          {candidates.map((place, index) => {
            const isTaken = isChosen && at?.start === place.start && at.end === place.end;
            return (
              <li key={place.start} className="rounded-md border px-3 py-2">
                <Button
                  size="sm"
                  aria-pressed={isTaken}
                  variant={isTaken ? "primary" : "default"}
                  onClick={() => onPlace(key, place)}
                >
                  {isTaken && <Check aria-hidden />}
                  {t("take", { number: index + 1, count: candidates.length })}
                </Button>
                <InPlace text={text} place={wordsAt(place)} language={language} />
              </li>
            );
          })}
        </ol>
      )}
      <Comments comments={comments} />
      {tags.length > 0 && (
        <p className="mt-1 text-sm break-words text-ink-2">{tags.map((tag) => `#${tag}`).join(" ")}</p>
      )}
      {!isKnown && quote !== null && (
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <label className={cx("flex min-h-6 items-center gap-2", !at && "text-ink-2")}>
            <input
              type="checkbox"
              checked={isIn}
              disabled={!at}
              aria-describedby={titleId}
              onChange={(event) => onIn(key, event.target.checked)}
              className="size-4 accent-accent"
            />
            {t(at ? "bringIn" : "noPlace")}
          </label>
          <Button size="sm" aria-pressed={isChosen} onClick={() => onChoose(annotation)}>
            <TextCursorInput aria-hidden />
            {t("choose")}
          </Button>
        </div>
      )}
    </li>
  );
});

/** Written by anybody, so shown as the plain text that it is. */
function Comments({ comments }: { comments: readonly AnnotationComment[] }) {
  return comments.map(({ by, text }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: comments have no other name
    <p key={index} dir="auto" className="mt-1.5 max-h-48 overflow-y-auto break-words whitespace-pre-line">
      {index > 0 && by && <span className="font-medium">{by}: </span>}
      {text}
    </p>
  ));
}
