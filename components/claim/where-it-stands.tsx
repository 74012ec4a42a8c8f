"use client";
/**
 * Where the open claim stands: a line for each place when all is well, and where it is not, the words that were and those that are,
 * with what can be done about it.
 */
import { CornerUpRight, Ellipsis, TextQuote } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { Parts } from "@/components/revision/changed-text";
import { AnchorBadge } from "@/components/ui/anchor-badge";
import { Button } from "@/components/ui/button";
import { iconButtonClass } from "@/components/ui/button-look";
import { cx } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { usePreferences } from "@/lib/client/preferences";
import type { AnchorView, TextRange } from "@/lib/domain/anchor";
import { isAt } from "@/lib/domain/place";
import { isPlaced, isSure } from "@/lib/domain/revision";
import { surroundingsOf } from "@/lib/domain/surroundings";
import { textChanges } from "@/lib/domain/text-changes";
import { partId } from "./claim-actions";
import { useClaimRecord } from "./claim-record";
import { reminder, usePlaceActions } from "./place-actions";

const serif = "font-serif text-[0.9375rem]/[1.4] wrap-anywhere";

export function WhereItStands() {
  const t = useTranslations("places");
  const { claimId, shown } = useClaimRecord();
  const { article } = useWorkspaceServices();
  const here = shown.anchors.filter(({ articleId }) => articleId === article.id);
  const others = shown.articles
    .filter(({ id }) => id !== article.id)
    .map((other) => ({ ...other, anchors: shown.anchors.filter(({ articleId }) => articleId === other.id) }))
    .filter(({ anchors }) => anchors.length > 0);
  return (
    <div id={partId(claimId, "quote")} className="grid gap-2">
      <ul aria-label={t("label", { count: here.length })} className="grid gap-1.5">
        {here.map((anchor) => (
          <li key={anchor.id}>
            {isSure(anchor.state) ? <Standing anchor={anchor} /> : <Unsure key={anchor.state} anchor={anchor} />}
          </li>
        ))}
      </ul>
      {others.map(({ id, headline, trashed, anchors }) => (
        <div key={id} className="border-s-2 border-line-2 ps-2.5">
          <p {...(id === shown.articleId && { title: t("fromHint") })} className="text-sm text-ink-2">
            {id === shown.articleId ? (
              <>
                <CornerUpRight aria-hidden className="me-1 inline size-3.5" />
                {t("from", { headline })}
              </>
            ) : (
              t("also", { headline })
            )}
            {trashed && ` (${t("inTrash")})`}
          </p>
          <ul aria-label={headline} className="mt-1 grid gap-1.5">
            {anchors.map((anchor) => (
              <li key={anchor.id}>
                <Elsewhere anchor={anchor} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** A place that is sure: its words, with the way to them. */
function Standing({ anchor }: { anchor: AnchorView }) {
  const t = useTranslations("places");
  const { claimId } = useClaimRecord();
  const { showInText } = useWorkspaceServices();
  return (
    <>
      <div className="flex items-start gap-1">
        <button
          type="button"
          onClick={() => showInText(claimId, anchor.start)}
          title={t("show")}
          className="group flex min-h-6 min-w-0 grow items-start gap-2 rounded-sm text-start text-ink-2 hover:text-ink"
        >
          <TextQuote aria-hidden className="mt-0.75 size-3.5 shrink-0" />
          <q className="line-clamp-2 font-serif text-[0.9375rem]/[1.4] wrap-anywhere group-hover:underline group-hover:decoration-line-2 group-hover:underline-offset-3">
            {anchor.exact}
          </q>
          <span className="sr-only">{t("show")}</span>
        </button>
        <PlaceMenu anchor={anchor} />
      </div>
      {anchor.state === "moved" && <p className="ps-5.5 text-sm text-ink-2">{t("moved")}</p>}
    </>
  );
}

/** A place in another article: told here, gone to by its link. */
function Elsewhere({ anchor }: { anchor: AnchorView }) {
  const t = useTranslations("places");
  const { claimId, seen } = useClaimRecord();
  const { confirm } = usePlaceActions(useWorkspaceServices());
  const isAltered = anchor.state === "altered";
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 grow">
        {isAltered && <Changed anchor={anchor} />}
        <Link
          href={`/articles/${anchor.articleId}?claim=${claimId}&at=${anchor.id}`}
          title={t("goThere")}
          className={cx(serif, "link line-clamp-2")}
        >
          {isAltered ? t("goThere") : <q>{anchor.exact}</q>}
        </Link>
        <AnchorBadge anchors={[anchor]} />
        {isAltered && seen.abilities.settle && (
          <Button size="sm" className="mt-1" onClick={() => void confirm(claimId, anchor)}>
            {t("confirm")}
          </Button>
        )}
      </div>
      <PlaceMenu anchor={anchor} />
    </div>
  );
}

function Unsure({ anchor }: { anchor: AnchorView }) {
  const t = useTranslations("places");
  const { claimId, seen } = useClaimRecord();
  const services = useWorkspaceServices();
  const { confirm, stand } = usePlaceActions(services);
  const { keys } = usePreferences();
  const take = useHold(anchor);
  const isAltered = anchor.state === "altered";
  return (
    <div className="rounded-md border border-urgent/50 px-2.5 py-2">
      <div className="flex items-center gap-2">
        <AnchorBadge anchors={[anchor]} className="grow" />
        <PlaceMenu anchor={anchor} />
      </div>
      <p className="text-sm text-ink-2">{t(anchor.state)}</p>
      {isAltered ? (
        <Changed anchor={anchor} />
      ) : (
        <blockquote className={`${serif} mt-1 line-clamp-4 border-s-3 border-line-2 ps-2.5`}>{anchor.exact}</blockquote>
      )}
      {!isAltered && <Proposals anchor={anchor} onTake={(words) => void stand(claimId, anchor.id, words)} />}
      {seen.abilities.settle && (
        <div className="mt-2 flex flex-wrap gap-1.5">
          {isAltered && (
            <Button size="sm" variant="primary" data-focus-here onClick={() => void confirm(claimId, anchor)}>
              {t("confirm")}
              <Key isOn={keys}>c</Key>
            </Button>
          )}
          <Button size="sm" {...(!isAltered && { "data-focus-here": true })} onClick={take}>
            {t(isAltered ? "choose" : "attach")}
            <Key isOn={keys}>w</Key>
          </Button>
        </div>
      )}
    </div>
  );
}

function Key({ isOn, children }: { isOn: boolean; children: ReactNode }) {
  return (
    isOn && (
      <span aria-hidden className="pointer-coarse:hidden">
        <Kbd>{children}</Kbd>
      </span>
    )
  );
}

/** Gives the place the words that are selected; when none are, takes it in hand and goes to the text to have some selected. */
function useHold(anchor: AnchorView | null): () => void {
  const { claimId, shown } = useClaimRecord();
  const services = useWorkspaceServices();
  const { announce, article, places, showInText, surface } = services;
  const t = useTranslations("places.hand");
  return () => {
    const words = anchor?.exact ?? shown.statement;
    places.set({ hand: { claimId, anchorId: anchor?.id ?? null, words } });
    const isHere = anchor?.articleId === article.id && isPlaced(anchor.state);
    // A menu gives the focus back to its button when it closes: after that.
    setTimeout(
      () => (surface?.selection() ? surface.focus() : showInText(claimId, isHere ? anchor.start : undefined)),
      50,
    );
    announce(t(anchor ? "move" : "also", { words: reminder(words) }));
  };
}

function PlaceMenu({ anchor }: { anchor: AnchorView }) {
  const t = useTranslations("places.menu");
  const { claimId, shown, seen } = useClaimRecord();
  const services = useWorkspaceServices();
  const { article, places } = services;
  const { remove } = usePlaceActions(services);
  const move = useHold(anchor);
  const add = useHold(null);
  const isHere = anchor.articleId === article.id;
  const isLast = !shown.anchors.some(({ id, articleId }) => id !== anchor.id && articleId === anchor.articleId);
  const canRemove = !isLast || anchor.articleId !== shown.articleId;
  if (!seen.abilities.place) return null;
  const label = t("label", { words: reminder(anchor.exact) });
  return (
    <Menu
      trigger={
        <button type="button" aria-label={label} title={label} className={iconButtonClass("sm", "-my-0.5 -me-1.5")}>
          <Ellipsis aria-hidden />
        </button>
      }
    >
      {isHere && isSure(anchor.state) && <MenuItem onClick={move}>{t("move")}</MenuItem>}
      {isHere && <MenuItem onClick={add}>{t("also")}</MenuItem>}
      <MenuItem onClick={() => places.set({ elsewhere: claimId })}>{t("elsewhere")}</MenuItem>
      {canRemove && (
        <>
          <MenuSeparator />
          <MenuItem danger onClick={() => void remove(claimId, anchor)}>
            {t("remove")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Old and new words in one line. */
function Changed({ anchor }: { anchor: AnchorView }) {
  const { was, exact } = anchor;
  const blocks = useMemo(() => textChanges(was ?? exact, exact).blocks, [was, exact]);
  return (
    <p dir="auto" className={`${serif} mt-1`}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one text have no other name
        <Fragment key={index}>
          {index > 0 && <br />}
          <Parts parts={block.together} />
        </Fragment>
      ))}
    </p>
  );
}

/** A person looks through no more. */
const mostProposals = 9;

/** Where its words may stand now: those with the same words around them first. Null while they are looked for. */
function useProposals(anchor: AnchorView): readonly TextRange[] | null {
  const { surface } = useWorkspaceServices();
  const { shown } = useClaimRecord();
  const [found, setFound] = useState<readonly TextRange[] | null>(null);
  const { exact, prefix, suffix } = anchor;
  useEffect(() => {
    if (!surface) return;
    let left = false;
    void import("@/lib/domain/find-quotes").then(({ quoteFinder }) => {
      const find = quoteFinder(surface.text);
      const answers = [find({ exact, prefix, suffix }), find({ exact })];
      const ranges = answers.flatMap((answer) =>
        "range" in answer ? [answer.range] : "candidates" in answer ? answer.candidates : [],
      );
      if (!left) setFound(ranges.filter((one, at) => ranges.findIndex((other) => isAt(other, one)) === at));
    });
    return () => {
      left = true;
    };
  }, [surface, exact, prefix, suffix]);
  const standing = shown.anchors.filter(({ revisionId, state }) => revisionId === anchor.revisionId && isSure(state));
  return found?.filter((range) => !standing.some((other) => isAt(other, range))).slice(0, mostProposals) ?? null;
}

type ProposalsProps = {
  anchor: AnchorView;
  onTake: (words: Pick<AnchorView, "articleId" | "revisionId" | "start" | "end" | "exact">) => void;
};

function Proposals({ anchor, onTake }: ProposalsProps) {
  const t = useTranslations("places");
  const { seen } = useClaimRecord();
  const { surface } = useWorkspaceServices();
  const { keys } = usePreferences();
  const places = useProposals(anchor);
  if (!surface) return null;
  if (!places) return <p className="mt-1 text-sm text-ink-2">{t("looking")}</p>;
  if (places.length === 0) return null;
  const take = ({ start, end }: TextRange) => {
    const { articleId, revisionId } = anchor;
    onTake({ articleId, revisionId, start, end, exact: surface.text.slice(start, end) });
  };
  const chosen = (event: KeyboardEvent) => {
    const place = keys && /^[1-9]$/.test(event.key) ? places[Number(event.key) - 1] : undefined;
    if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    take(place);
  };
  return (
    <>
      <p className="mt-2 text-sm font-medium text-ink-2">{t("proposals")}</p>
      <ol onKeyDown={chosen} className="mt-1 grid gap-1.5">
        {places.map((place, index) => (
          <li key={place.start}>
            <InPlace text={surface.text} place={place} />
            {seen.abilities.settle && (
              <Button size="sm" className="mt-1" onClick={() => take(place)}>
                {t("take", { number: index + 1 })}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Words of the text with the line around them. */
function InPlace({ text, place }: { text: string; place: TextRange }) {
  const around = useMemo(() => surroundingsOf(text, place, 60), [text, place]);
  return (
    <p dir="auto" className={`${serif} text-ink-2`}>
      {around.isCutBefore && "… "}
      {around.before}
      <span className="text-ink underline decoration-focus decoration-2 underline-offset-4">
        {text.slice(place.start, place.end)}
      </span>
      {around.after}
      {around.isCutAfter && " …"}
    </p>
  );
}
