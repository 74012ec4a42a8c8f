"use client";
/** One anchor of a claim between two texts: its words then and now, and what can be decided about it. */
import { Check, CircleSlash, PencilLine, TextCursorInput, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, type ReactNode, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { StateBadge } from "@/components/ui/state-badge";
import { VerdictBadge } from "@/components/ui/verdict-badge";
import type { TextRange } from "@/lib/domain/anchor";
import type { CarriedAnchor } from "@/lib/domain/revision";
import { needsDecision } from "@/lib/domain/revision-outcome";
import { surroundingsOf } from "@/lib/domain/surroundings";
import type { RatingView } from "@/lib/domain/verdict";
import { ChangedWords, WordingChange } from "./changed-words";

export type Deed =
  | { what: "confirm" | "set_aside" | "back" | "choose" }
  /** By its number, from 1. */
  | { what: "take"; candidate: number };

type Place = NonNullable<CarriedAnchor["after"]>;

type Props = {
  anchor: CarriedAnchor;
  number: number;
  /** The new text. */
  text: string;
  language: string;
  baseNumber: number;
  rating: RatingView | null;
  isUnsent: boolean;
  isCurrent: boolean;
  showKeys: boolean;
  onDeed: (anchor: CarriedAnchor, deed: Deed) => void;
  onCurrent: (anchorId: string) => void;
};

export const elementOf = (anchorId: string): HTMLElement | null => document.getElementById(elementId(anchorId));
const elementId = (anchorId: string) => `carried-${anchorId}`;

export const CarriedClaim = memo(function CarriedClaim(props: Props) {
  const { anchor, number, rating, isCurrent, onCurrent } = props;
  const { anchorId, statement, claimState } = anchor;
  const heading = `${elementId(anchorId)}-title`;
  return (
    <article
      id={elementId(anchorId)}
      tabIndex={-1}
      aria-labelledby={heading}
      aria-current={isCurrent ? "true" : undefined}
      onFocus={() => onCurrent(anchorId)}
      className={cx(
        "scroll-my-24 rounded-lg border bg-sheet px-4 py-3 [contain-intrinsic-size:auto_11rem] [content-visibility:auto]",
        isCurrent && "border-focus outline-1 outline-focus",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-sm tabular-nums text-ink-2">{number}</span>
        <h3 id={heading} dir="auto" className="min-w-0 grow basis-64 font-semibold break-words">
          {statement}
        </h3>
        <VerdictBadge rating={rating} />
        <StateBadge state={claimState} />
      </div>
      {needsDecision(anchor) ? <Undecided {...props} /> : <Sure {...props} />}
    </article>
  );
});

/** What was asked for at this place, and whether the new text says it. */
function Asked({ anchor: { wording, before } }: Pick<Props, "anchor">) {
  const t = useTranslations("wording.test");
  if (!wording) return null;
  const { outcome } = wording;
  const isDone = outcome === "applied";
  return (
    <div className="mt-2 rounded-md bg-wash px-3 py-2 text-sm">
      <p className="flex items-center gap-1.5 font-medium">
        {isDone ? (
          <Check aria-hidden className="size-3.5 text-verified" />
        ) : (
          <PencilLine aria-hidden className="size-3.5" />
        )}
        {t(`told.${outcome}`)}
      </p>
      {!isDone && <WordingChange words={before.words} wording={wording.wording} />}
    </div>
  );
}

function Sure({ anchor, text, language }: Props) {
  const t = useTranslations("revisions.wizard");
  return (
    <>
      {anchor.after && <InPlace text={text} place={anchor.after} language={language} />}
      <Asked anchor={anchor} />
      <p className="mt-1.5 flex items-center gap-1.5 text-sm text-ink-2">
        <Check aria-hidden className="size-3.5" />
        {t("carries")}
      </p>
    </>
  );
}

function Undecided({ anchor, text, language, baseNumber, isUnsent, showKeys, onDeed }: Props) {
  const t = useTranslations("revisions.wizard");
  const { state, decision, before, after, candidates, maySetAside } = anchor;
  const taken = candidates.findIndex(({ start, end }) => isAt(decision?.place, { start, end }));
  const isAttached = decision?.kind === "attach";
  const isOwnChoice = isAttached && taken === -1;
  const deed = (what: Exclude<Deed["what"], "take">, isOn: boolean) => () =>
    onDeed(anchor, { what: isOn ? "back" : what });
  const key = (name: string) =>
    showKeys && (
      <span aria-hidden className="pointer-coarse:hidden">
        <Kbd>{name}</Kbd>
      </span>
    );
  return (
    <>
      {state === "altered" && after ? (
        <Altered {...{ text, language, before, after }} />
      ) : (
        <Labelled label={t("was", { number: baseNumber })}>
          <blockquote lang={language} dir="auto" className={cx(quote, "border-s-3 border-line-2 ps-3")}>
            {before.words}
          </blockquote>
        </Labelled>
      )}
      <Asked anchor={anchor} />
      {state === "ambiguous" && (
        <ol className="mt-2 grid gap-2">
          {candidates.map((place, index) => (
            <li key={place.start} className="rounded-md border px-3 py-2">
              <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                <span className="text-sm font-medium text-ink-2">
                  {t("candidate", { number: index + 1, count: candidates.length })}
                </span>
                <Button
                  size="sm"
                  aria-pressed={index === taken}
                  variant={index === taken ? "primary" : "default"}
                  onClick={() =>
                    onDeed(anchor, index === taken ? { what: "back" } : { what: "take", candidate: index + 1 })
                  }
                >
                  {index === taken && <Check aria-hidden />}
                  {t("take", { number: index + 1 })}
                  {index < 9 && key(String(index + 1))}
                </Button>
              </div>
              <InPlace text={text} place={place} language={language} />
            </li>
          ))}
        </ol>
      )}
      {isOwnChoice && decision?.place && (
        <Labelled label={t("standsOn")}>
          <InPlace text={text} place={decision.place} language={language} />
        </Labelled>
      )}
      <p className="mt-2 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
        {decision ? (
          <span className="inline-flex items-center gap-1.5 font-medium text-ink">
            <Check aria-hidden className="size-3.5" />
            {t(`decided.${decision.kind}`, { name: decision.by.name })}
          </span>
        ) : (
          <span>{t("undecided")}</span>
        )}
        {isUnsent && <span>· {t("unsent")}</span>}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {state === "altered" && (
          <Toggle isOn={decision?.kind === "confirm"} onPress={deed("confirm", decision?.kind === "confirm")}>
            {t("confirm")}
            {key("c")}
          </Toggle>
        )}
        <Toggle isOn={isOwnChoice} icon={<TextCursorInput aria-hidden />} onPress={deed("choose", false)}>
          {t("choose")}
          {key("o")}
        </Toggle>
        {maySetAside && (
          <Toggle
            isOn={decision?.kind === "set_aside"}
            icon={<CircleSlash aria-hidden />}
            onPress={deed("set_aside", decision?.kind === "set_aside")}
          >
            {t("setAside")}
            {key("x")}
          </Toggle>
        )}
        <Button
          size="sm"
          variant="quiet"
          disabled={decision === null}
          focusableWhenDisabled
          onClick={() => onDeed(anchor, { what: "back" })}
        >
          <Undo2 aria-hidden />
          {t("takeBack")}
          {key("u")}
        </Button>
      </div>
    </>
  );
}

const isAt = (place: TextRange | null | undefined, { start, end }: TextRange) =>
  place?.start === start && place.end === end;

type ToggleProps = { isOn: boolean; icon?: ReactNode; onPress: () => void; children: ReactNode };

/** Stays where it is when it is pressed, so that the focus does. */
function Toggle({ isOn, icon = null, onPress, children }: ToggleProps) {
  return (
    <Button size="sm" aria-pressed={isOn} variant={isOn ? "primary" : "default"} onClick={onPress}>
      {isOn ? <Check aria-hidden /> : icon}
      {children}
    </Button>
  );
}

const quote = "mt-1 font-serif text-[1.0625rem] leading-relaxed break-words whitespace-pre-line";

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="mt-2">
      <p className="text-sm font-medium text-ink-2">{label}</p>
      {children}
    </div>
  );
}

type AlteredProps = { text: string; language: string; before: Place; after: Place };

/** Old and new words in one line, in the new text's place. */
export function Altered({ text, language, before, after }: AlteredProps) {
  return (
    <Around text={text} place={after} language={language}>
      <ChangedWords before={before.words} after={after.words} />
    </Around>
  );
}

/** Words of the new text with the line around them. */
export function InPlace({ text, place, language }: { text: string; place: Place; language: string }) {
  return (
    <Around text={text} place={place} language={language}>
      {place.words}
    </Around>
  );
}

function Around({
  text,
  place,
  language,
  children,
}: {
  text: string;
  place: Place;
  language: string;
  children: ReactNode;
}) {
  const around = useMemo(() => surroundingsOf(text, place), [text, place]);
  return (
    <p lang={language} dir="auto" className={cx(quote, "text-ink-2")}>
      {around.isCutBefore && "… "}
      {around.before}
      <span className="text-ink underline decoration-focus decoration-2 underline-offset-4">{children}</span>
      {around.after}
      {around.isCutAfter && " …"}
    </p>
  );
}
