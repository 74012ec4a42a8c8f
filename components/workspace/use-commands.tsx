"use client";
/** What can be done in the workspace, once: for the keys, for the command palette. */
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect } from "react";
import { toast } from "sonner";
import { type ClaimCommands, useClaimCommands } from "@/components/claim/claim-actions";
import { statesByProgress } from "@/components/ui/state-badge";
import { type ClaimFilter, everything, none, tallyOf, unsurePlaces } from "@/lib/client/claim-filter";
import { modKey } from "@/lib/client/key-name";
import { setPreference, usePreferences } from "@/lib/client/preferences";
import { undoStack } from "@/lib/client/undo";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { applyFilter } from "./address";
import { searchFieldId } from "./claim-filters";
import { startOf } from "./claim-look";
import type { PaletteAction } from "./command-palette";
import { type KeyCommands, ledgerKeys } from "./key-map";
import type { LedgerCommands } from "./use-ledger";
import type { useMarking } from "./use-marking";
import type { Places } from "./use-places";
import { useActiveClaimId, type WorkspaceServices } from "./workspace-context";
import type { DialogName } from "./workspace-dialogs";

type Options = {
  services: WorkspaceServices;
  surface: ArticleSurface | null;
  ofClaim: RefObject<ClaimCommands | null>;
  marking: ReturnType<typeof useMarking>;
  places: Places;
  ledger: LedgerCommands;
  onOpen: (dialog: DialogName) => void;
};

export function useCommands({ services, surface, ofClaim, marking, places, ledger, onOpen }: Options): KeyCommands {
  const t = useTranslations("workspace");
  const frame = useTranslations("frame");
  const { list } = usePreferences();
  const { store, shown, article, active, announce, setActiveClaim, closeClaim } = services;

  const walk = (step: 1 | -1) => {
    const id = shown.next(active.get(), step, surface?.caret() ?? 0);
    const claim = id === null ? undefined : store.get(id);
    if (!claim) {
      announce(t(step === 1 ? "lastClaim" : "firstClaim"));
      return;
    }
    const inText = surface?.hasFocus() ?? false;
    const start = startOf(claim);
    setActiveClaim(claim.id, { scroll: true, focus: inText ? null : "panel" });
    if (inText && start !== null) surface?.select({ start, end: start }, { focus: true });
    announce(
      t("walked", {
        number: shown.ids().indexOf(claim.id) + 1,
        count: shown.ids().length,
        statement: claim.statement.slice(0, 300),
        verdict: article.ratings.find((rating) => rating.id === claim.ratingId)?.label ?? frame("noVerdict"),
        state: frame(`states.${claim.state}`),
      }),
    );
  };
  const withClaim = (work: (commands: ClaimCommands) => void) => () => {
    if (ofClaim.current) work(ofClaim.current);
    else announce(t("openFirst"));
  };
  const verdict = (index: number) => withClaim((commands) => commands.setVerdict(index));
  return {
    next: () => walk(1),
    previous: () => walk(-1),
    mark: () => {
      // In the ledger the sentence at the caret is the one that is meant.
      if (ledger.isOpen) ledger.selectPointed();
      marking.mark();
    },
    grow: marking.grow,
    verdict1: verdict(0),
    verdict2: verdict(1),
    verdict3: verdict(2),
    verdict4: verdict(3),
    verdict5: verdict(4),
    evidence: withClaim((commands) => commands.addEvidence()),
    rationale: withClaim((commands) => commands.focusRationale()),
    wording: withClaim((commands) => commands.suggestWording()),
    take: withClaim((commands) => commands.take()),
    submit: withClaim((commands) => commands.submit()),
    attach: places.attach,
    also: places.also,
    confirm: places.confirm,
    nextPlace: () => places.walk(1),
    previousPlace: () => places.walk(-1),
    list: () => setPreference({ list: !list }),
    ledger: ledger.toggle,
    nextUnaccounted: () => ledger.walk(1),
    previousUnaccounted: () => ledger.walk(-1),
    opinion: () => ledger.mark("opinion"),
    transition: () => ledger.mark("transition"),
    noFact: () => ledger.mark("no_fact"),
    clearMark: () => ledger.mark(null),
    search: () => {
      active.settle();
      document.getElementById(searchFieldId)?.focus();
    },
    typing: () => active.settle(),
    help: () => onOpen("help"),
    palette: () => onOpen("palette"),
    undo: () => undoStack.undo({ place: location.pathname }) !== null,
    escape: () => {
      // Only where the person is: what was selected before they went into the panel is no matter of its Escape.
      const selected = surface?.hasFocus() ? surface.selection() : null;
      if (surface && selected) {
        surface.select({ start: selected.end, end: selected.end }, { focus: true });
        return true;
      }
      if (places.letGo()) return true;
      if (active.get() === null) return false;
      closeClaim();
      return true;
    },
  };
}

type PaletteOptions = Pick<Options, "services" | "ofClaim" | "places" | "onOpen"> & { commands: KeyCommands };

/** All that the keys do and all that has no key of its own, as it can be done at this moment. */
export function usePaletteActions({
  commands,
  services,
  ofClaim,
  places,
  onOpen,
}: PaletteOptions): () => PaletteAction[] {
  const t = useTranslations("workspace.keys.commands");
  const bar = useTranslations("workspace.bar");
  const palette = useTranslations("workspace.palette");
  const router = useRouter();
  const { article, announce } = services;
  const filters = useFilterActions(services);
  const claimActions = useClaimPaletteActions(services, ofClaim);
  const one = (id: Parameters<typeof t>[0] & keyof KeyCommands, shortcut: string): PaletteAction => ({
    ...{ id, label: t(id), shortcut },
    run: () => void commands[id](),
  });
  const verdicts = article.ratings
    .filter((rating) => !rating.retired)
    .slice(0, 5)
    .map(({ symbol, label }, index): PaletteAction => {
      const id = `verdict${index + 1}` as keyof KeyCommands;
      return { id, label: `${symbol} ${label}`, shortcut: String(index + 1), run: () => void commands[id]() };
    });
  const undo = () => {
    if (commands.undo()) return;
    announce(palette("nothingToUndo"));
    toast(palette("nothingToUndo"));
  };
  return () => [
    one("mark", "h"),
    one("grow", "g"),
    one("next", "j"),
    one("previous", "k"),
    ...verdicts,
    one("evidence", "e"),
    one("rationale", "r"),
    one("wording", "i"),
    one("take", "a"),
    one("submit", "s"),
    one("attach", "w"),
    one("also", "p"),
    one("confirm", "c"),
    one("nextPlace", "."),
    one("previousPlace", ","),
    { id: "elsewhere", label: t("elsewhere"), run: places.elsewhere },
    one("ledger", ledgerKeys.toggle),
    one("nextUnaccounted", ledgerKeys.next),
    one("previousUnaccounted", `⇧ ${ledgerKeys.next.toUpperCase()}`),
    one("opinion", ledgerKeys.opinion),
    one("transition", ledgerKeys.transition),
    one("noFact", ledgerKeys.no_fact),
    one("clearMark", ledgerKeys.clear),
    ...claimActions(),
    { ...one("undo", `${modKey()} Z`), run: undo },
    one("list", "l"),
    one("search", "/"),
    ...(article.abilities.share ? [{ id: "share", label: bar("share"), run: () => onOpen("share") }] : []),
    { id: "details", label: bar("details"), run: () => onOpen("details") },
    {
      ...{ id: "revisions", label: bar("revisions", { number: article.revision.number }) },
      run: () => router.push(`/articles/${article.id}/revisions`),
    },
    ...(article.abilities.mark
      ? [
          {
            ...{ id: "annotations", label: bar("annotations") },
            run: () => router.push(`/articles/${article.id}/annotations`),
          },
        ]
      : []),
    { id: "changes", label: bar("changes"), run: () => router.push(`/articles/${article.id}/changes`) },
    one("help", "?"),
    ...filters(),
  ];
}

/** What the open claim allows beyond what has a key. */
function useClaimPaletteActions({ article }: WorkspaceServices, ofClaim: RefObject<ClaimCommands | null>) {
  const t = useTranslations("claim.events");
  const palette = useTranslations("workspace.palette");
  return (): PaletteAction[] => {
    const commands = ofClaim.current;
    const abilities = commands?.abilities();
    if (!commands || !abilities) return [];
    const free = abilities.events.filter(({ obstacles }) => obstacles.length === 0).map(({ event }) => event);
    const pressed = free.filter((event) => !["take", "submit", "assign"].includes(event));
    return [
      ...pressed.map((event) => ({ id: event, label: t(event), run: () => commands.press(event) })),
      ...(free.includes("assign")
        ? article.people.map(({ id, name }) => ({
            id: `assign ${id}`,
            label: palette("assign", { name }),
            run: () => commands.assign(id),
          }))
        : []),
      ...(abilities.trash ? [{ id: "trash", label: palette("trash"), run: () => commands.trash() }] : []),
    ];
  };
}

/** Each choice of the filter that would show something. */
function useFilterActions({ article, actor, store, shown }: WorkspaceServices) {
  const t = useTranslations("workspace.palette");
  const filters = useTranslations("workspace.filters");
  const frame = useTranslations("frame");
  return (): PaletteAction[] => {
    const tally = tallyOf(store.all());
    const show = (label: string, count: number | undefined, filter: Partial<ClaimFilter>): PaletteAction[] =>
      count
        ? [
            {
              ...{ id: `show ${JSON.stringify(filter)}`, group: "filters" },
              label: t("show", { label, count }),
              run: () => applyFilter(shown, { ...everything, ...filter }),
            },
          ]
        : [];
    return [
      ...show(filters("all"), tally.all, {}),
      ...show(filters("mine"), tally.people.get(actor.id), { person: actor.id }),
      ...show(filters("nobody"), tally.people.get(none), { person: none }),
      ...unsurePlaces.flatMap((anchor) => show(filters(anchor), tally.anchors.get(anchor), { anchor })),
      ...show(filters("wording"), tally.reworded, { wording: true }),
      ...statesByProgress.flatMap((state) => show(frame(`states.${state}`), tally.states.get(state), { state })),
      ...article.ratings.flatMap(({ id, label }) => show(label, tally.verdicts.get(id), { verdict: id })),
      ...show(frame("noVerdict"), tally.verdicts.get(none), { verdict: none }),
    ];
  };
}

/** Hands the commands of the open claim to the keys; draws nothing. */
export function CommandsOfOpenClaim({ into }: { into: RefObject<ClaimCommands | null> }) {
  const id = useActiveClaimId();
  return id === null ? null : <CommandsOf key={id} claimId={id} into={into} />;
}

function CommandsOf({ claimId, into }: { claimId: string; into: RefObject<ClaimCommands | null> }) {
  const commands = useClaimCommands(claimId);
  useEffect(() => {
    into.current = commands;
    return () => {
      into.current = null;
    };
  }, [commands, into]);
  return null;
}
