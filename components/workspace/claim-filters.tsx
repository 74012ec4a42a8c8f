"use client";
/** Which claims are shown: by state, verdict, person, words, and those that lost their text. Every choice says how many it shows. */
import { ListFilter, ListTree, PanelRight, PencilLine, Search, Unlink, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { Chip } from "@/components/ui/chip";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuSeparator } from "@/components/ui/menu";
import { statesByProgress } from "@/components/ui/state-badge";
import { type ClaimFilter, everything, isEverything, none, tallyOf, unsurePlaces } from "@/lib/client/claim-filter";
import { useAllClaims } from "@/lib/client/claim-store";
import { setPreference, usePreferences } from "@/lib/client/preferences";
import { useClaimFilter, useShownIds } from "@/lib/client/shown-claims";
import type { WorkflowState } from "@/lib/domain/workflow";
import { applyFilter } from "./address";
import { ClaimTrash } from "./claim-trash";
import { useWorkspaceServices } from "./workspace-context";

const any = "any";

export const searchFieldId = "claim-search";

export function ClaimFilters() {
  const t = useTranslations("workspace.filters");
  const states = useTranslations("frame.states");
  const words = useTranslations("frame");
  const { article, actor, shown } = useWorkspaceServices();
  const filter = useClaimFilter(shown);
  const tally = useTally();
  const visible = useShownIds(shown).length;
  const { list } = usePreferences();
  const set = (next: ClaimFilter) => applyFilter(shown, next);
  const put = (change: Partial<ClaimFilter>) => set({ ...shown.filter(), ...change });

  const count = (label: string, number: number | undefined) => t("choice", { label, count: number ?? 0 });
  const stateOptions = [
    { value: any, label: count(t("anyState"), tally.all) },
    ...statesByProgress
      .filter((state) => tally.states.has(state) || filter.state === state)
      .map((state) => ({ value: state as string, label: count(states(state), tally.states.get(state)) })),
  ];
  const verdictOptions = [
    { value: any, label: count(t("anyVerdict"), tally.all) },
    ...article.ratings
      .filter((rating) => !rating.retired || tally.verdicts.has(rating.id))
      .map((rating) => ({
        value: rating.id,
        label: count(`${rating.symbol} ${rating.label}`, tally.verdicts.get(rating.id)),
      })),
    { value: none, label: count(words("noVerdict"), tally.verdicts.get(none)) },
  ];
  const personOptions = [
    { value: any, label: count(t("anyPerson"), tally.all) },
    ...article.people
      .filter((person) => tally.people.has(person.id) || person.id === filter.person)
      .map((person) => ({ value: person.id, label: count(person.name, tally.people.get(person.id)) })),
    { value: none, label: count(t("nobody"), tally.people.get(none)) },
  ];
  const mine = tally.people.get(actor.id) ?? 0;
  const chosen = [
    filter.state && { label: states(filter.state), clear: { state: null } },
    filter.verdict && {
      label: article.ratings.find((rating) => rating.id === filter.verdict)?.label ?? words("noVerdict"),
      clear: { verdict: null },
    },
    filter.person &&
      filter.person !== actor.id && {
        label: article.people.find((person) => person.id === filter.person)?.name ?? t("nobody"),
        clear: { person: null },
      },
  ].filter((one) => one !== null && one !== false && one !== "");

  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2">
        <SearchField text={filter.text} onChange={(text) => put({ text })} />
        <IconButton
          label={list ? t("showBeside") : t("showList")}
          aria-pressed={list}
          onClick={() => setPreference({ list: !list })}
        >
          {list ? <PanelRight aria-hidden /> : <ListTree aria-hidden />}
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend on screen. */}
      <div role="group" aria-label={t("label")} className="flex flex-wrap gap-1.5">
        <Chip on={isEverything(filter)} onClick={() => set(everything)}>
          {t("all")} <span className="tabular-nums opacity-75">{tally.all}</span>
        </Chip>
        {(mine > 0 || filter.person === actor.id) && (
          <Chip
            on={filter.person === actor.id}
            onClick={() => put({ person: filter.person === actor.id ? null : actor.id })}
          >
            {t("mine")} <span className="tabular-nums opacity-75">{mine}</span>
          </Chip>
        )}
        {unsurePlaces
          // What has lost its place is told by a list of its own.
          .filter((place) => filter.anchor === place || (place === "altered" && tally.anchors.has(place)))
          .map((place) => (
            <Chip
              key={place}
              on={filter.anchor === place}
              onClick={() => put({ anchor: filter.anchor === place ? null : place })}
              className={filter.anchor === place ? "" : "text-urgent"}
            >
              {place === "altered" ? <PencilLine aria-hidden /> : <Unlink aria-hidden />}
              {t(place)} <span className="tabular-nums opacity-75">{tally.anchors.get(place) ?? 0}</span>
            </Chip>
          ))}
        {(tally.reworded > 0 || filter.wording) && (
          <Chip on={filter.wording} onClick={() => put({ wording: !filter.wording })}>
            <PencilLine aria-hidden />
            {t("wording")} <span className="tabular-nums opacity-75">{tally.reworded}</span>
          </Chip>
        )}
        {chosen.map(({ label, clear }) => (
          <Chip key={label} on onClick={() => put(clear)}>
            {label}
            <X aria-hidden />
            <span className="sr-only">{t("remove")}</span>
          </Chip>
        ))}
        <Menu
          align="end"
          trigger={
            <Chip>
              <ListFilter aria-hidden />
              {t("more")}
            </Chip>
          }
        >
          <MenuChoice
            label={t("state")}
            value={filter.state ?? any}
            options={stateOptions}
            onValueChange={(value) => put({ state: value === any ? null : (value as WorkflowState) })}
          />
          <MenuSeparator />
          <MenuChoice
            label={t("verdict")}
            value={filter.verdict ?? any}
            options={verdictOptions}
            onValueChange={(value) => put({ verdict: value === any ? null : value })}
          />
          <MenuSeparator />
          <MenuChoice
            label={t("person")}
            value={filter.person ?? any}
            options={personOptions}
            onValueChange={(value) => put({ person: value === any ? null : value })}
          />
        </Menu>
        <ClaimTrash />
      </div>
      {!isEverything(filter) && (
        <p role="status" className="text-sm text-ink-2">
          {t("shown", { count: visible, all: tally.all })}
        </p>
      )}
    </div>
  );
}

function SearchField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useTranslations("workspace.filters");
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  // What comes from elsewhere (a link, "All") takes the field; what is typed here goes out when the hand rests.
  useEffect(() => {
    if (text !== sent.current) setTyped(text);
    sent.current = text;
  }, [text]);
  useEffect(() => {
    if (typed === sent.current) return;
    const wait = setTimeout(() => {
      sent.current = typed;
      onChange(typed);
    }, 180);
    return () => clearTimeout(wait);
  }, [typed, onChange]);
  return (
    <label className="relative min-w-0 grow">
      <span className="sr-only">{t("search")}</span>
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-ink-3" />
      <input
        id={searchFieldId}
        type="search"
        value={typed}
        placeholder={t("search")}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || typed === "") return;
          event.stopPropagation();
          setTyped("");
        }}
        className="h-9 w-full rounded-md border border-edge bg-sheet pr-2 pl-8 text-base placeholder:text-ink-3 focus-visible:rounded-md focus-visible:outline-offset-0 pointer-coarse:text-lg"
      />
    </label>
  );
}

/** Counted anew when a claim changes, but once for all the changes of a frame. */
function useTally() {
  const { store } = useWorkspaceServices();
  const all = useAllClaims(store);
  return useMemo(() => tallyOf(all), [all]);
}
