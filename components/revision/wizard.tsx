"use client";
/** A new text beside the one under check: what becomes of each claim, what people decide about it, and the step that applies it. */
import { Tabs } from "@base-ui/react/tabs";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, CloudOff, ListChecks, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { LocalTime } from "@/components/ui/date";
import { EmptyState } from "@/components/ui/empty-state";
import { useFailureWords } from "@/components/ui/failure";
import { Kbd } from "@/components/ui/kbd";
import { useMedia } from "@/components/workspace/use-media";
import { call } from "@/lib/client/call";
import type { DecisionQueue, QueueState, Wanted } from "@/lib/client/decision-queue";
import { usePreferences } from "@/lib/client/preferences";
import { alignTexts } from "@/lib/domain/align-texts";
import type { AnchorState } from "@/lib/domain/anchor";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import type { PersonRef } from "@/lib/domain/people";
import type { CarriedAnchor, RevisionDraftView } from "@/lib/domain/revision";
import { needsDecision } from "@/lib/domain/revision-outcome";
import { textChanges } from "@/lib/domain/text-changes";
import type { RatingView } from "@/lib/domain/verdict";
import { ApplyDialog } from "./apply-dialog";
import { CarriedClaim, type Deed, elementOf } from "./carried-claim";
import { ChangedText, type ChangesView } from "./changed-text";
import { ChooseWords } from "./choose-words";
import { ChangeCounts, useRevisionText, ViewChoice } from "./compare-screen";
import { useDecisions } from "./use-decisions";
import { draftKey, useRevisionDeeds, useRevisions } from "./use-revisions";
import { Waiting } from "./waiting";
import { useWizardKeys } from "./wizard-keys";
import { WordingTally } from "./wording-tally";

type Props = { articleId: string; draftId: string; actor: PersonRef; ratings: RatingView[] };

/** What has to be looked at stands first. */
const groups = ["altered", "ambiguous", "orphaned", "moved", "anchored"] as const satisfies readonly AnchorState[];

/** Claims that are drawn at once; the rest comes when it is asked for. */
const atOnce = 100;

export function Wizard({ articleId, draftId, actor, ratings }: Props) {
  const t = useTranslations("revisions");
  const query = useQuery({
    queryKey: draftKey(draftId),
    queryFn: ({ signal }) => call(endpoints.getRevisionDraft, { params: { draftId }, signal }),
  });
  const isGone = query.error instanceof AppError && query.error.code === "not_found";
  if (isGone) {
    return (
      <EmptyState
        title={<h2>{t("wizard.gone")}</h2>}
        action={
          <Link href={`/articles/${articleId}/revisions`} className={buttonClass({ variant: "primary" })}>
            {t("toRevisions")}
          </Link>
        }
      >
        {t("wizard.goneBody")}
      </EmptyState>
    );
  }
  if (query.data) {
    const reload = async () => (await query.refetch({ throwOnError: true })).data ?? null;
    return <Deciding {...{ articleId, actor, ratings, reload }} draft={query.data} />;
  }
  return <Waiting query={query} failed="draft" />;
}

type DecidingProps = Omit<Props, "draftId"> & {
  draft: RevisionDraftView;
  reload: () => Promise<RevisionDraftView | null>;
};

function Deciding({ articleId, actor, ratings, draft, reload }: DecidingProps) {
  const t = useTranslations("revisions.wizard");
  const applying = useTranslations("revisions.apply");
  const locale = useLocale();
  const { keys } = usePreferences();
  const { anchors, queue, state } = useDecisions(draft, actor);
  const byGroup = useMemo(() => groupsOf(anchors), [anchors]);
  const rated = useMemo(() => new Map(ratings.map((rating) => [rating.id, rating])), [ratings]);
  const [group, setGroup] = useState<AnchorState>(() => firstGroup(byGroup));
  const [limit, setLimit] = useState(atOnce);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [choosing, setChoosing] = useState<CarriedAnchor | null>(null);
  const [isApplying, setApplying] = useState(false);
  const [conflict, setConflict] = useState(false);
  const said = useRef<HTMLParagraphElement>(null);
  const apply = useApply({ articleId, actor, reload, onConflict: () => setConflict(true) });

  const shown = byGroup[group];
  const open = anchors.filter(needsDecision);
  const decided = open.filter(({ decision }) => decision !== null).length;
  const announce = (sentence: string) => {
    const region = said.current;
    if (!region) return;
    // The same sentence twice is only read twice when the region was empty in between.
    region.textContent = "";
    setTimeout(() => {
      region.textContent = sentence;
    }, 60);
  };

  /** Puts the focus to a claim, drawn or not yet. */
  const goTo = (anchor: CarriedAnchor) => {
    const index = byGroup[anchor.state].indexOf(anchor);
    setGroup(anchor.state);
    setLimit((known) => Math.max(anchor.state === group ? known : atOnce, index + 1));
    setCurrentId(anchor.anchorId);
    // Once it is drawn: a frame for React, one for the browser.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const element = elementOf(anchor.anchorId);
        element?.focus({ preventScroll: true });
        element?.scrollIntoView({ block: "nearest", behavior: "instant" });
      }),
    );
  };
  const current = shown.find(({ anchorId }) => anchorId === currentId) ?? null;
  const walk = (step: 1 | -1) => {
    const next = current ? shown[shown.indexOf(current) + step] : shown[step === 1 ? 0 : shown.length - 1];
    if (next) goTo(next);
    else announce(t(step === 1 ? "said.last" : "said.first"));
  };
  const nextUndecided = () => {
    const waiting = groups.flatMap((name) => byGroup[name]).filter((one) => needsDecision(one));
    const from = current ? waiting.indexOf(current) + 1 : 0;
    const next = [...waiting.slice(from), ...waiting.slice(0, from)].find(({ decision }) => decision === null);
    if (next) goTo(next);
    else announce(t("said.allDecided"));
  };

  const decide = (anchor: CarriedAnchor, wanted: Wanted) => {
    setConflict(false);
    queue.decide(anchor.anchorId, wanted);
    announce(t(`said.${wanted?.kind ?? "back"}`));
  };
  const act = (anchor: CarriedAnchor, deed: Deed) => {
    if (!needsDecision(anchor)) return;
    if (deed.what === "choose") setChoosing(anchor);
    else if (deed.what === "back") {
      // A key may come before what the last one did is drawn.
      if (anchor.decision || queue.get().unsent.get(anchor.anchorId)) decide(anchor, null);
    } else if (deed.what === "confirm") anchor.state === "altered" && decide(anchor, { kind: "confirm" });
    else if (deed.what === "set_aside") {
      if (anchor.maySetAside) decide(anchor, { kind: "set_aside" });
      else announce(t("mayNot"));
    } else if (deed.what === "take") {
      const place = anchor.state === "ambiguous" ? anchor.candidates[deed.candidate - 1] : undefined;
      if (place) decide(anchor, { kind: "attach", start: place.start, end: place.end, exact: place.words });
    }
  };
  const onCurrent = (deed: Deed) => () => current && act(current, deed);
  useWizardKeys(
    {
      next: () => walk(1),
      previous: () => walk(-1),
      nextUndecided,
      confirm: onCurrent({ what: "confirm" }),
      take: (candidate) => onCurrent({ what: "take", candidate })(),
      choose: onCurrent({ what: "choose" }),
      setAside: onCurrent({ what: "set_aside" }),
      takeBack: onCurrent({ what: "back" }),
    },
    keys && choosing === null && !isApplying,
  );
  // The same function for all claims, so that a decision draws only one of them anew.
  const latestAct = useRef(act);
  latestAct.current = act;
  const doDeed = useCallback((anchor: CarriedAnchor, deed: Deed) => latestAct.current(anchor, deed), []);

  return (
    <div className="grid gap-4">
      <Warnings draft={draft} />
      {draft.isOutdated && <Outdated {...{ articleId, draft, actor, queue }} />}
      {conflict && !draft.isOutdated && (
        <p role="alert" className="rounded-lg border border-context bg-context-tint px-4 py-2.5">
          {t("conflict")}
        </p>
      )}
      <div className="sticky top-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-b bg-paper px-4 py-2.5 sm:-mx-6 sm:px-6">
        {open.length > 0 && (
          <p className="flex items-center gap-2 tabular-nums">
            <ListChecks aria-hidden className="size-4 text-ink-2" />
            {decided === open.length
              ? t("allDecided", { all: open.length })
              : t("progress", { decided, all: open.length })}
          </p>
        )}
        <DecisionsSaved queue={queue} state={state} />
        <Button
          variant="primary"
          className="ms-auto"
          disabled={draft.isOutdated}
          focusableWhenDisabled
          onClick={() => setApplying(true)}
        >
          {applying("action")}
        </Button>
      </div>
      {anchors.length > 0 && open.length === 0 && (
        <p className="flex items-center gap-2">
          <Check aria-hidden className="size-4 shrink-0 text-verified" />
          <span>
            <strong>{t("allSure")}.</strong> {t("allSureBody")}
          </span>
        </p>
      )}
      <WordingTally anchors={anchors} onGo={goTo} />
      <AllChanges draft={draft} />
      {anchors.length === 0 ? (
        <EmptyState title={<h2>{t("empty")}</h2>}>{t("emptyBody")}</EmptyState>
      ) : (
        <Tabs.Root
          value={group}
          onValueChange={(value) => {
            setGroup(value as AnchorState);
            setLimit(atOnce);
          }}
        >
          <Tabs.List aria-label={t("groups")} className="flex flex-wrap gap-x-1 border-b" activateOnFocus={false}>
            {groups.map((name) => (
              <Tabs.Tab
                key={name}
                value={name}
                className="-mb-px flex h-10 items-center gap-1.5 border-b-2 border-transparent px-3 text-ink-2 hover:text-ink data-active:border-accent data-active:font-semibold data-active:text-ink"
              >
                {t(name)} <span className="tabular-nums">{byGroup[name].length.toLocaleString(locale)}</span>
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel key={group} value={group} className="pt-4">
            <h2 className="sr-only">{t(group)}</h2>
            <p className="mb-3 max-w-[70ch] text-ink-2">{t(`about.${group}`)}</p>
            {needsDecisionIn(group) && <KeyLine enabled={keys} group={group} />}
            {shown.length === 0 && <p className="py-4 text-ink-2">{t("none")}</p>}
            <ol className="grid max-w-4xl gap-3">
              {shown.slice(0, limit).map((anchor, index) => (
                <li key={anchor.anchorId}>
                  <CarriedClaim
                    {...{ anchor }}
                    number={index + 1}
                    text={draft.text}
                    language={draft.language}
                    baseNumber={draft.base.number}
                    rating={(anchor.ratingId && rated.get(anchor.ratingId)) || null}
                    isUnsent={state.unsent.has(anchor.anchorId)}
                    isCurrent={anchor.anchorId === currentId}
                    showKeys={keys}
                    onDeed={doDeed}
                    onCurrent={setCurrentId}
                  />
                </li>
              ))}
            </ol>
            {shown.length > limit && (
              <Button className="mt-4" onClick={() => setLimit(limit + atOnce)}>
                {t("more", { count: Math.min(atOnce, shown.length - limit), all: shown.length })}
              </Button>
            )}
          </Tabs.Panel>
        </Tabs.Root>
      )}
      {choosing && (
        <ChooseWords
          of="revision"
          draft={draft}
          words={choosing.before.words}
          near={nearestPlace(choosing, draft.anchors)}
          onClose={() => setChoosing(null)}
          onChoose={(place) => {
            decide(choosing, { kind: "attach", ...place });
            setChoosing(null);
          }}
        />
      )}
      {isApplying && (
        <ApplyDialog
          onClose={() => setApplying(false)}
          read={async () => {
            await queue.settle();
            if (queue.get().failed.size > 0) return null;
            const now = await reload();
            return now?.isOutdated ? null : now;
          }}
          apply={async (read) => {
            if (!(await apply(read))) setApplying(false);
          }}
        />
      )}
      <p ref={said} aria-live="polite" className="sr-only" />
    </div>
  );
}

const needsDecisionIn = (group: AnchorState) => group !== "moved" && group !== "anchored";

type Grouped = Record<AnchorState, CarriedAnchor[]>;

function groupsOf(anchors: readonly CarriedAnchor[]): Grouped {
  const grouped: Grouped = { altered: [], ambiguous: [], orphaned: [], moved: [], anchored: [] };
  for (const anchor of anchors) grouped[anchor.state].push(anchor);
  return grouped;
}

const firstGroup = (grouped: Grouped): AnchorState =>
  groups.find((name) => needsDecisionIn(name) && grouped[name].some(({ decision }) => decision === null)) ??
  groups.find((name) => grouped[name].length > 0) ??
  "anchored";

/** Where a claim's words would be looked for first: at a place that is known, else where its neighbour in the old text stands. */
function nearestPlace(anchor: CarriedAnchor, all: readonly CarriedAnchor[]): number {
  const own = anchor.decision?.place ?? anchor.after ?? anchor.candidates[0];
  if (own) return own.start;
  const index = all.findIndex(({ anchorId }) => anchorId === anchor.anchorId);
  return all.slice(0, Math.max(0, index)).findLast(({ after }) => after !== null)?.after?.end ?? 0;
}

type ApplyOptions = Pick<DecidingProps, "articleId" | "actor" | "reload"> & { onConflict: () => void };

/** Puts the text under check and goes there. False when somebody has decided something meanwhile; throws what `call` throws. */
function useApply({ articleId, actor, reload, onConflict }: ApplyOptions) {
  const t = useTranslations("revisions.apply");
  const failure = useFailureWords();
  const router = useRouter();
  const queries = useQueryClient();
  const { undo } = useRevisionDeeds(articleId, actor.id);
  return async (draft: RevisionDraftView): Promise<boolean> => {
    try {
      const { revision } = await call(endpoints.applyRevisionDraft, {
        as: actor.id,
        params: { draftId: draft.id },
        version: draft.version,
      });
      router.push(`/articles/${articleId}`);
      const takeBack = () => undo(revision.id).catch((error) => toast.error(failure(error)));
      toast(t("done", { number: revision.number }), {
        action: { label: t("undo"), onClick: () => void takeBack() },
      });
      void queries.invalidateQueries({ queryKey: ["revisions", articleId] });
      // Asked for again when somebody comes back to it, and not while this screen is being left.
      void queries.invalidateQueries({ queryKey: draftKey(draft.id), refetchType: "none" });
      return true;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "conflict")) throw error;
      await reload();
      onConflict();
      return false;
    }
  };
}

/** The quiet word on saving, and what to do when it fails. */
function DecisionsSaved({ queue, state: { unsent, failed, savedAt } }: { queue: DecisionQueue; state: QueueState }) {
  const t = useTranslations("revisions.wizard.save");
  const failure = useFailureWords();
  if (failed.size > 0) {
    const [reason] = failed.values();
    return (
      <div role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium text-urgent">
        <CloudOff aria-hidden className="size-3.5" />
        <span>
          {t("failed", { count: failed.size })}. {failure(reason)} {t("kept")}
        </span>
        <Button size="sm" onClick={() => queue.retry()}>
          {t("retry")}
        </Button>
        {reason instanceof AppError && (
          <Button size="sm" variant="quiet" onClick={() => queue.drop()}>
            {t(failed.size > 1 ? "dropAll" : "drop")}
          </Button>
        )}
      </div>
    );
  }
  if (unsent.size > 0) return <span className="text-sm text-ink-2">{t("saving")}</span>;
  if (savedAt === null) return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-ink-2">
      <Check aria-hidden className="size-3.5" />
      {t("saved")} <LocalTime at={new Date(savedAt).toISOString()} shape="time" />
    </span>
  );
}

/** What looks like a slip. */
function Warnings({ draft: { warnings, base } }: { draft: RevisionDraftView }) {
  const t = useTranslations("revisions.wizard.warnings");
  const locale = useLocale();
  const name = (language: string) => new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
  if (warnings.length === 0) return null;
  return (
    <ul aria-label={t("label")} className="grid gap-1 rounded-lg border border-context bg-context-tint px-4 py-2.5">
      {warnings.map((warning) => (
        <li key={warning.kind} className="flex items-start gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {warning.kind === "language"
            ? t("language", { number: base.number, before: name(warning.before), after: name(warning.after) })
            : t(warning.kind, { number: base.number, times: warning.kind === "longer" ? warning.times : 0 })}
        </li>
      ))}
    </ul>
  );
}

/** Somebody has applied another text: this one is laid beside it first. */
function Outdated({
  articleId,
  draft,
  actor,
  queue,
}: Pick<DecidingProps, "articleId" | "draft" | "actor"> & { queue: DecisionQueue }) {
  const t = useTranslations("revisions.wizard");
  const failure = useFailureWords();
  const queries = useQueryClient();
  const newest = useRevisions(articleId).data?.revisions.find(({ isCurrent }) => isCurrent);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const rebase = async () => {
    setBusy(true);
    setFailed(null);
    try {
      // A decision names an anchor of the text before: after this there is nothing that it could be saved on.
      queue.retry();
      await queue.settle();
      if (queue.get().failed.size > 0) throw new AppError("conflict", t("outdated.unsaved"));
      const next = await call(endpoints.rebaseRevisionDraft, { as: actor.id, params: { draftId: draft.id } });
      queries.setQueryData(draftKey(draft.id), next);
      toast(t("outdated.done", { number: next.base.number }));
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };
  const base = draft.base.number;
  return (
    <section role="alert" className="rounded-lg border border-context bg-context-tint px-4 py-3">
      <h2 className="flex items-center gap-2 font-semibold">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        {t("outdated.title")}
      </h2>
      <p className="mt-1 max-w-[70ch]">
        {newest ? t("outdated.body", { number: newest.number, base }) : t("outdated.bodyUnknown", { base })}
      </p>
      {failed !== null && (
        <p className="mt-1 font-medium text-urgent">
          {t("failedRebase")}. {failure(failed)}
        </p>
      )}
      <Button className="mt-2" onClick={() => void rebase()} disabled={busy} focusableWhenDisabled>
        {newest ? t("outdated.action", { number: newest.number }) : t("outdated.actionUnknown")}
      </Button>
    </section>
  );
}

/** Both texts whole, for whoever wants to see a decision among all that changed. */
function AllChanges({ draft }: { draft: RevisionDraftView }) {
  const t = useTranslations("revisions.wizard");
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="grid gap-3">
      <div>
        <Button size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "hideCompare" : "compare")}
        </Button>
      </div>
      {isOpen && <Changes draft={draft} />}
    </div>
  );
}

function Changes({ draft }: { draft: RevisionDraftView }) {
  const t = useTranslations("revisions");
  const before = useRevisionText(draft.base.id);
  const [view, setView] = useState<ChangesView>("inline");
  const changes = useMemo(
    () =>
      before.data === undefined
        ? null
        : textChanges(before.data, draft.text, alignTexts(before.data, draft.text, draft.kept)),
    [before.data, draft],
  );
  if (!changes) return <Waiting query={before} failed="compare" />;
  return (
    <section aria-label={t("wizard.changes")} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ViewChoice view={view} onChange={setView} />
        <ChangeCounts changes={changes} />
      </div>
      <ChangedText
        {...{ changes, view }}
        language={draft.language}
        names={{ before: t("revision", { number: draft.base.number }), after: t("new.text") }}
      />
    </section>
  );
}

function KeyLine({ enabled, group }: { enabled: boolean; group: AnchorState }) {
  const t = useTranslations("revisions.wizard.keys");
  const isTouched = useMedia("(pointer: coarse)");
  // A touch screen has no keys to tell of.
  if (isTouched) return null;
  if (!enabled) return <p className="mb-3 text-sm text-ink-2">{t("off")}</p>;
  const lines = [
    [["j", "k"], "walk"],
    [["n"], "undecided"],
    ...(group === "altered" ? [[["c"], "confirm"] as const] : []),
    ...(group === "ambiguous" ? [[["1", "…", "9"], "take"] as const] : []),
    [["o"], "choose"],
    [["x"], "setAside"],
    [["u"], "back"],
  ] as const;
  return (
    <ul aria-label={t("label")} className="mb-3 flex flex-wrap gap-x-4 gap-y-1.5 text-sm text-ink-2">
      {lines.map(([keys, name]) => (
        <li key={name} className="flex items-center gap-1.5">
          {keys.map((key) => (key === "…" ? <span key={key}>…</span> : <Kbd key={key}>{key}</Kbd>))}
          {t(name)}
        </li>
      ))}
    </ul>
  );
}
