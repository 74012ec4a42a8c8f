"use client";
/** What changed between two texts, in one text or side by side. Told by elements and words; colour only repeats it. */
import { ArrowRightLeft } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Fragment, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import type { ChangedBlock, ChangePart, TextChanges } from "@/lib/domain/text-changes";

export type ChangesView = "inline" | "sides";

/** How the two texts are called. */
export type TextNames = { before: string; after: string };

type Props = { changes: TextChanges; view: ChangesView; language: string; names: TextNames };

/** Of the element of a block, or of what stands for it while it is folded away. */
export const blockId = (index: number) => `block-${index}`;

/** Blocks on each side of a change that are shown with it. */
const around = 1;

type Row = { block: ChangedBlock; index: number };
type Stretch = { isFolded: boolean; rows: Row[] };

/** What changed with a paragraph around it; longer stretches that stayed are folded away. */
function stretchesOf(blocks: readonly ChangedBlock[]): Stretch[] {
  const near = new Uint8Array(blocks.length);
  blocks.forEach((block, index) => {
    if (block.isChanged) near.fill(1, Math.max(0, index - around), index + around + 1);
  });
  const stretches: Stretch[] = [];
  blocks.forEach((block, index) => {
    const isFolded = near[index] === 0;
    const last = stretches.at(-1);
    if (last?.isFolded === isFolded) last.rows.push({ block, index });
    else stretches.push({ isFolded, rows: [{ block, index }] });
  });
  return stretches;
}

export function ChangedText({ changes, view, language, names }: Props) {
  const t = useTranslations("revisions.compare");
  const locale = useLocale();
  const stretches = useMemo(() => stretchesOf(changes.blocks), [changes]);
  const firsts = useMemo(() => firstOfPassages(changes.blocks), [changes]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  return (
    <div
      lang={language}
      className={cx("rounded-lg border bg-sheet px-4 py-5 sm:px-8", view === "inline" && "mx-auto max-w-4xl")}
    >
      {view === "sides" && (
        <div lang={locale} aria-hidden className="mb-3 grid grid-cols-2 gap-x-8 text-sm font-semibold max-sm:hidden">
          <span>{names.before}</span>
          <span>{names.after}</span>
        </div>
      )}
      {stretches.map(({ isFolded, rows }) => {
        const first = rows[0]?.index ?? 0;
        if (!isFolded || opened.has(first)) {
          return (
            <Fragment key={first}>
              {rows.map(({ block, index }) => (
                <Block key={index} id={blockId(index)} {...{ block, view, firsts, names }} />
              ))}
            </Fragment>
          );
        }
        return (
          <p key={first} lang={locale} className="my-3 border-y border-dashed py-1.5 text-center font-sans">
            {rows.map(({ index }) => (
              <span key={index} id={blockId(index)} />
            ))}
            <Button size="sm" variant="quiet" onClick={() => setOpened(new Set([...opened, first]))}>
              {t("unchanged", { count: rows.length })}
            </Button>
          </p>
        );
      })}
    </div>
  );
}

/** The first piece of each passage at each of its places: what the other place points to. */
function firstOfPassages(blocks: readonly ChangedBlock[]): ReadonlySet<ChangePart> {
  const firsts = new Set<ChangePart>();
  for (const side of ["together", "before", "after"] as const) {
    const seen = new Set<string>();
    for (const block of blocks) {
      for (const part of block[side]) {
        const name = `${part.kind} ${part.passage}`;
        if (part.passage === null || seen.has(name)) continue;
        seen.add(name);
        firsts.add(part);
      }
    }
  }
  return firsts;
}

/** What is far from the screen is neither laid out nor painted. */
const far = "[contain-intrinsic-size:auto_6rem] [content-visibility:auto] [overflow-clip-margin:1rem]";
const text = "font-serif text-[1.0625rem] leading-relaxed break-words whitespace-pre-line";

type BlockProps = {
  id: string;
  block: ChangedBlock;
  view: ChangesView;
  firsts: ReadonlySet<ChangePart>;
  names: TextNames;
};

function Block({ id, block, view, firsts, names }: BlockProps) {
  const t = useTranslations("revisions.compare");
  const locale = useLocale();
  if (view === "inline") {
    return (
      <p id={id} dir="auto" className={cx(text, far, "mb-3.5")}>
        <Parts parts={block.together} firsts={firsts} />
      </p>
    );
  }
  const side = (parts: ChangePart[]) =>
    parts.length > 0 ? (
      <p dir="auto" className={text}>
        <Parts {...{ parts, firsts }} />
      </p>
    ) : (
      <p lang={locale} className="text-sm text-ink-2">
        {t("notHere")}
      </p>
    );
  return (
    <div id={id} className={cx(far, "mb-3.5 grid gap-x-8 gap-y-1 sm:grid-cols-2")}>
      {block.isChanged ? (
        <>
          <div className="min-w-0 max-sm:border-s-2 max-sm:border-line-2 max-sm:ps-2.5">
            <Name>{names.before}</Name>
            {side(block.before)}
          </div>
          <div className="min-w-0">
            <Name>{names.after}</Name>
            {side(block.after)}
          </div>
        </>
      ) : (
        <>
          <div className="min-w-0">{side(block.before)}</div>
          {/* Under one another the same paragraph is read once. */}
          <div className="min-w-0 max-sm:hidden">{side(block.after)}</div>
        </>
      )}
    </div>
  );
}

/** Whose side it is: heads of the columns say it to whoever sees them. */
function Name({ children }: { children: string }) {
  const locale = useLocale();
  return (
    <p lang={locale} className="text-xs font-semibold text-ink-2 sm:sr-only">
      {children}
    </p>
  );
}

/** The pieces of a text; those that one of both texts has alone as `del` and `ins`, moved ones with a word and the way to the other place. */
export function Parts({ parts, firsts }: { parts: readonly ChangePart[]; firsts?: ReadonlySet<ChangePart> }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
    <Part key={index} part={part} isFirst={firsts?.has(part) ?? false} />
  ));
}

const place = (kind: "moved_here" | "moved_away", passage: number) =>
  `passage-${passage}-${kind === "moved_here" ? "new" : "old"}`;

function Part({ part: { kind, text, passage }, isFirst }: { part: ChangePart; isFirst: boolean }) {
  const t = useTranslations("revisions.compare");
  const locale = useLocale();
  switch (kind) {
    case "same":
      return text;
    case "cut":
      return (
        <del className="rounded-[2px] bg-false-tint text-ink decoration-false decoration-2">
          <Said>{t("cutWord")}</Said>
          {text}
        </del>
      );
    case "added":
      return (
        <ins className="rounded-[2px] bg-verified-tint text-ink decoration-verified decoration-2 underline-offset-3">
          <Said>{t("addedWord")}</Said>
          {text}
        </ins>
      );
    default: {
      const isHere = kind === "moved_here";
      const Element = isHere ? "ins" : "del";
      return (
        <Element
          className={cx(
            "rounded-[2px] text-ink no-underline outline-1 outline-offset-1 outline-dashed",
            isHere ? "bg-accent-tint outline-accent" : "bg-wash text-ink-2 outline-edge",
          )}
        >
          {isFirst && passage !== null && (
            <a
              id={place(kind, passage)}
              href={`#${place(isHere ? "moved_away" : "moved_here", passage)}`}
              lang={locale}
              className="link me-1.5 inline-flex min-h-6 scroll-mt-6 items-center gap-1 font-sans text-sm font-semibold no-underline"
            >
              <ArrowRightLeft aria-hidden className="size-3.5" />
              {t(isHere ? "movedHere" : "movedAway", { number: passage })}
            </a>
          )}
          {text}
        </Element>
      );
    }
  }
}

/** Few screen readers say `del` and `ins` by themselves. */
function Said({ children }: { children: string }) {
  const locale = useLocale();
  return (
    <span lang={locale} className="sr-only">
      {" "}
      [{children}]{" "}
    </span>
  );
}
