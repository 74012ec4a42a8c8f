"use client";
/** What can be done in the workspace, once: for the keys, for the command palette. */
import { useTranslations } from "next-intl";
import { type RefObject, useEffect } from "react";
import { type ClaimCommands, useClaimCommands } from "@/components/claim/claim-actions";
import { setPreference, usePreferences } from "@/lib/client/preferences";
import { undoStack } from "@/lib/client/undo";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { searchFieldId } from "./claim-filters";
import { startOf } from "./claim-look";
import type { PaletteAction } from "./command-palette";
import type { KeyCommands } from "./key-map";
import type { useMarking } from "./use-marking";
import { useActiveClaimId, type WorkspaceServices } from "./workspace-context";
import type { DialogName } from "./workspace-dialogs";

type Options = {
  services: WorkspaceServices;
  surface: ArticleSurface | null;
  ofClaim: RefObject<ClaimCommands | null>;
  marking: ReturnType<typeof useMarking>;
  onOpen: (dialog: DialogName) => void;
};

export function useCommands({ services, surface, ofClaim, marking, onOpen }: Options): KeyCommands {
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
    mark: marking.mark,
    grow: marking.grow,
    verdict1: verdict(0),
    verdict2: verdict(1),
    verdict3: verdict(2),
    verdict4: verdict(3),
    verdict5: verdict(4),
    evidence: withClaim((commands) => commands.addEvidence()),
    rationale: withClaim((commands) => commands.focusRationale()),
    take: withClaim((commands) => commands.take()),
    submit: withClaim((commands) => commands.submit()),
    list: () => setPreference({ list: !list }),
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
      if (active.get() === null) return false;
      closeClaim();
      return true;
    },
  };
}

export function usePaletteActions(
  commands: KeyCommands,
  { article }: WorkspaceServices,
  onOpen: (dialog: DialogName) => void,
): PaletteAction[] {
  const t = useTranslations("workspace.keys.commands");
  const bar = useTranslations("workspace.bar");
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
  return [
    one("mark", "h"),
    one("grow", "g"),
    one("next", "j"),
    one("previous", "k"),
    ...verdicts,
    one("evidence", "e"),
    one("rationale", "r"),
    one("take", "a"),
    one("submit", "s"),
    one("list", "l"),
    one("search", "/"),
    ...(article.abilities.share ? [{ id: "share", label: bar("share"), run: () => onOpen("share") }] : []),
    { id: "details", label: bar("details"), run: () => onOpen("details") },
    one("help", "?"),
  ];
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
