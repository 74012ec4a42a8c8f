"use client";
/** The bar that stays: which article, whether all is saved, how far the check has come, who else is here, and what can be done with it. */
import {
  CircleHelp,
  Command,
  Ellipsis,
  FileDiff,
  FilePen,
  Highlighter,
  ListChecks,
  LogIn,
  Share2,
  Trash2,
  WifiOff,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { SaveWord, SignInBeside } from "@/components/claim/save-word";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { stateLook, statesByProgress } from "@/components/ui/state-badge";
import { Tooltip } from "@/components/ui/tooltip";
import { type ClaimTally, tallyOf } from "@/lib/client/claim-filter";
import { useAllClaims } from "@/lib/client/claim-store";
import { modKey } from "@/lib/client/key-name";
import { useCoverage } from "@/lib/client/ledger";
import type { LiveStatus } from "@/lib/client/live";
import { useSaveState } from "@/lib/client/outbox";
import type { Presence } from "@/lib/domain/article";
import { percentOf } from "@/lib/domain/ledger";
import { ledgerKeys } from "./key-map";
import { MarksWaiting } from "./ledger-bar";
import type { LedgerCommands } from "./use-ledger";
import { useActiveClaimId, useWorkspaceServices } from "./workspace-context";
import type { DialogName } from "./workspace-dialogs";

type Props = {
  status: LiveStatus;
  people: Presence;
  ledger: LedgerCommands;
  onOpen: (dialog: DialogName) => void;
  onTrash: () => void;
};

export function WorkspaceBar({ status, people, ledger, onOpen, onTrash }: Props) {
  const t = useTranslations("workspace.bar");
  const words = useTranslations("ledger");
  const { article, actor, setActiveClaim } = useWorkspaceServices();
  const activeId = useActiveClaimId();
  const { kind } = useSaveState();
  // On a phone there is room only for what went wrong; the panel of the open claim says it itself.
  const isTrouble = activeId === null && kind !== "saved" && kind !== "saving";
  const others = people.filter((person) => person.id !== actor.id);
  return (
    <div data-frame className="sticky top-0 z-20 border-b bg-sheet/97 backdrop-blur-xs">
      <div className="mx-auto flex h-13 max-w-[88rem] items-center gap-3 px-4.5">
        <p className="min-w-0 shrink truncate font-semibold" title={article.headline}>
          {article.headline}
        </p>
        <span className="grow" />
        <LostWord status={status} />
        <SaveWord
          className={cx(!isTrouble && "max-sm:hidden")}
          onHeld={([first]) => first && setActiveClaim(first, { focus: "panel", scroll: true })}
        />
        <MarksWaiting commands={ledger} />
        <Progress />
        <LedgerButton commands={ledger} />
        {others.length > 0 && <Others people={others} />}
        {article.abilities.share && (
          <Button size="sm" onClick={() => onOpen("share")} className="max-sm:hidden">
            <Share2 aria-hidden />
            {t("share")}
          </Button>
        )}
        <IconButton
          label={t("palette")}
          shortcut={`${modKey()} K`}
          onClick={() => onOpen("palette")}
          className="max-sm:hidden"
        >
          <Command aria-hidden />
        </IconButton>
        <Menu
          trigger={
            <IconButton label={t("more")}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {article.abilities.share && (
            <MenuItem onClick={() => onOpen("share")}>
              <Share2 aria-hidden />
              {t("share")}
            </MenuItem>
          )}
          <MenuItem onClick={ledger.toggle} className="sm:hidden">
            <ListChecks aria-hidden />
            {words(ledger.isOpen ? "bar.close" : "open")}
          </MenuItem>
          <MenuItem onClick={() => onOpen("details")}>
            <FilePen aria-hidden />
            {t("details")}
          </MenuItem>
          <MenuLink href={`/articles/${article.id}/revisions`}>
            <FileDiff aria-hidden />
            {t("revisions", { number: article.revision.number })}
          </MenuLink>
          {article.abilities.mark && (
            <MenuLink href={`/articles/${article.id}/annotations`}>
              <Highlighter aria-hidden />
              {t("annotations")}
            </MenuLink>
          )}
          <MenuLink href={`/articles/${article.id}/changes`}>
            <ListChecks aria-hidden />
            {t("changes")}
          </MenuLink>
          <MenuItem onClick={() => onOpen("palette")}>
            <Command aria-hidden />
            {t("palette")}
          </MenuItem>
          <MenuItem onClick={() => onOpen("help")}>
            <CircleHelp aria-hidden />
            {t("help")}
          </MenuItem>
          {article.abilities.trash && article.trashedAt === null && (
            <>
              <MenuSeparator />
              <MenuItem danger onClick={onTrash}>
                <Trash2 aria-hidden />
                {t("trash")}
              </MenuItem>
            </>
          )}
        </Menu>
      </div>
    </div>
  );
}

/** How much of the text is accounted for; a press shows where not. */
function LedgerButton({ commands: { isOpen, toggle } }: { commands: LedgerCommands }) {
  const t = useTranslations("ledger");
  const { ledger } = useWorkspaceServices();
  const coverage = useCoverage(ledger);
  const progress = coverage && t("progress", coverage);
  return (
    <Tooltip content={progress ?? t("open")} shortcut={ledgerKeys.toggle}>
      <Button
        size="sm"
        aria-pressed={isOpen}
        aria-label={progress ? t("button", { progress }) : t("name")}
        onClick={toggle}
        className={cx("tabular-nums max-sm:hidden", isOpen && "border-accent bg-accent-tint")}
      >
        <ListChecks aria-hidden />
        {coverage ? t("desk.percent", { percent: percentOf(coverage) }) : t("name")}
      </Button>
    </Tooltip>
  );
}

/** Only when it lasts: a stream that comes back within seconds is nobody's business. */
function LostWord({ status }: { status: LiveStatus }) {
  const t = useTranslations("workspace.bar");
  const words = useTranslations("workspace");
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (status === "live") {
      setTold(false);
      return;
    }
    const wait = setTimeout(() => setTold(true), 4_000);
    return () => clearTimeout(wait);
  }, [status]);
  const isSaid = useSaveState().kind === "signed_out";
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-sm text-ink-2">
      {status === "signed_out" && !isSaid && (
        <span className="inline-flex items-center gap-1.5 font-medium whitespace-nowrap text-urgent">
          <LogIn aria-hidden className="size-3.5" />
          <span className="max-sm:sr-only">{t("signedOut")}</span>
          <SignInBeside>{words("signIn")}</SignInBeside>
        </span>
      )}
      {told && status !== "signed_out" && (
        <Tooltip content={t("lostHint")}>
          <span className="inline-flex items-center gap-1.5">
            <WifiOff aria-hidden className="size-4" />
            <span className="max-sm:sr-only">{t("lost")}</span>
          </span>
        </Tooltip>
      )}
    </span>
  );
}

/** Others in this article; a press goes to the claim that they are on. */
function Others({ people }: { people: Presence }) {
  const t = useTranslations("workspace.bar");
  const { store, setActiveClaim } = useWorkspaceServices();
  const shown = people.length > 4 ? people.slice(0, 3) : people;
  const more = (hidden: number, className: string) =>
    hidden > 0 && <li className={cx("ms-1 text-sm text-ink-2 tabular-nums", className)}>+{hidden}</li>;
  const where = (person: Presence[number]): ReactNode => {
    const claim = person.claimId === null ? undefined : store.get(person.claimId);
    return claim
      ? t("onClaim", { name: person.name, statement: claim.statement.slice(0, 80) })
      : t("here", { name: person.name });
  };
  return (
    <ul aria-label={t("others")} className="flex shrink-0 items-center">
      {shown.map((person) => (
        <li key={person.id} className="not-first:-ms-1.5 max-sm:not-first:hidden">
          <Tooltip content={String(where(person))}>
            <button
              type="button"
              aria-label={String(where(person))}
              className="rounded-full focus-visible:rounded-full"
              onClick={() => person.claimId && setActiveClaim(person.claimId, { scroll: true })}
            >
              <Avatar person={person} size="md" decorative className="ring-2 ring-sheet" />
            </button>
          </Tooltip>
        </li>
      ))}
      {more(people.length - shown.length, "max-sm:hidden")}
      {more(people.length - 1, "sm:hidden")}
    </ul>
  );
}

/** "14 of 22 approved", with a bar of the states for whoever looks twice. */
function Progress() {
  const t = useTranslations("workspace.bar");
  const states = useTranslations("frame.states");
  const { store } = useWorkspaceServices();
  const claims = useAllClaims(store);
  const tally = useMemo<ClaimTally>(() => tallyOf(claims), [claims]);
  const aside = tally.states.get("set_aside") ?? 0;
  const all = tally.all - aside;
  if (all === 0) return null;
  const words = statesByProgress
    .filter((state) => tally.states.has(state))
    .map((state) => `${states(state)} ${tally.states.get(state)}`)
    .join(" · ");
  return (
    <Tooltip content={words}>
      <span className="flex items-center gap-2.5 text-sm whitespace-nowrap text-ink-2 tabular-nums max-md:hidden">
        <span aria-hidden className="flex h-1.5 w-24 gap-px overflow-hidden rounded-full bg-wash">
          {statesByProgress
            .filter((state) => state !== "set_aside" && tally.states.has(state))
            .map((state) => (
              <span key={state} style={{ flexGrow: tally.states.get(state) }} className={stateLook[state].fill} />
            ))}
        </span>
        {t("progress", { approved: tally.states.get("approved") ?? 0, all })}
        <span className="sr-only">{words}</span>
      </span>
    </Tooltip>
  );
}
