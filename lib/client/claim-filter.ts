/**
 * Which claims of an article are shown: the filter as it stands in the address, what it lets through, and how many claims
 * each of its choices would show. Plain data; the address is read and written in one place each, so that a link brings a
 * colleague to the same claims.
 */
import type { ClaimSummary } from "../domain/claim";
import { isPlaced } from "../domain/revision";
import { type WorkflowState, workflowStates } from "../domain/workflow";
import { placeOf } from "./claim-store";

export const unsurePlaces = ["orphaned", "altered"] as const;
export type UnsurePlace = (typeof unsurePlaces)[number];

export type ClaimFilter = {
  state: WorkflowState | null;
  /** A rating's id; `none` for claims without a verdict. */
  verdict: string | null;
  /** A person's id; `none` for claims that nobody holds. */
  person: string | null;
  /** Claims whose words are no longer in the text, or are others there. */
  anchor: UnsurePlace | null;
  /** Claims for which other words are suggested that nobody has declined. */
  wording: boolean;
  /** Words that stand in the claim statement or in the title of a source. */
  text: string;
};

export const everything: ClaimFilter = {
  ...{ state: null, verdict: null, person: null, anchor: null, wording: false, text: "" },
};
export const none = "none";

export function isEverything(filter: ClaimFilter): boolean {
  const { state, verdict, person, anchor, wording, text } = filter;
  return state === null && verdict === null && person === null && anchor === null && !wording && text.trim() === "";
}

export function isOrphan(claim: ClaimSummary): boolean {
  return placeOf(claim) === null || claim.anchors.some((anchor) => !isPlaced(anchor.state));
}

const isUnsure: Record<UnsurePlace, (claim: ClaimSummary) => boolean> = {
  orphaned: isOrphan,
  altered: (claim) => claim.anchors.some(({ state }) => state === "altered"),
};

/** Whether words are suggested for it that may yet come. */
const isReworded = ({ suggestion }: ClaimSummary): boolean => suggestion === "proposed" || suggestion === "accepted";

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** The filter as a test of one claim, with what is the same for all claims done once. Accents and case do not count. */
export function testOf(filter: ClaimFilter): (claim: ClaimSummary) => boolean {
  const words = fold(filter.text).split(/\s+/u).filter(Boolean);
  const { state, verdict, person, anchor, wording } = filter;
  return (claim) => {
    if (state !== null && claim.state !== state) return false;
    if (verdict !== null && (claim.ratingId ?? none) !== verdict) return false;
    if (person !== null && (claim.assignee?.id ?? none) !== person) return false;
    if (anchor !== null && !isUnsure[anchor](claim)) return false;
    if (wording && !isReworded(claim)) return false;
    if (words.length === 0) return true;
    const text = fold([claim.statement, ...claim.sources.map((source) => source.title)].join(" "));
    return words.every((word) => text.includes(word));
  };
}

/** The names under which a filter stands in the address. */
const names = {
  ...({ state: "state", verdict: "rating", person: "person" } as const),
  ...({ anchor: "anchor", wording: "wording", text: "q" } as const),
};
const wordingValue = "suggested";

/** What makes no sense in an address is left out: somebody may have typed it. */
export function filterFrom(search: URLSearchParams): ClaimFilter {
  const state = search.get(names.state);
  return {
    state: workflowStates.find((known) => known === state) ?? null,
    verdict: search.get(names.verdict),
    person: search.get(names.person),
    anchor: unsurePlaces.find((known) => known === search.get(names.anchor)) ?? null,
    wording: search.get(names.wording) === wordingValue,
    text: search.get(names.text) ?? "",
  };
}

/** Writes the filter into the parameters of an address and leaves the others alone. */
export function writeFilter(filter: ClaimFilter, search: URLSearchParams): void {
  const put = (name: string, value: string | null) => (value ? search.set(name, value) : search.delete(name));
  put(names.state, filter.state);
  put(names.verdict, filter.verdict);
  put(names.person, filter.person);
  put(names.anchor, filter.anchor);
  put(names.wording, filter.wording ? wordingValue : null);
  put(names.text, filter.text.trim());
}

/** How many claims there are of each kind: what stands on the chips and in the menus. */
export type ClaimTally = {
  all: number;
  anchors: ReadonlyMap<UnsurePlace, number>;
  reworded: number;
  states: ReadonlyMap<WorkflowState, number>;
  verdicts: ReadonlyMap<string, number>;
  people: ReadonlyMap<string, number>;
};

export function tallyOf(claims: readonly ClaimSummary[]): ClaimTally {
  const states = new Map<WorkflowState, number>();
  const verdicts = new Map<string, number>();
  const people = new Map<string, number>();
  const anchors = new Map<UnsurePlace, number>();
  let reworded = 0;
  for (const claim of claims) {
    states.set(claim.state, (states.get(claim.state) ?? 0) + 1);
    const verdict = claim.ratingId ?? none;
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    const person = claim.assignee?.id ?? none;
    people.set(person, (people.get(person) ?? 0) + 1);
    for (const place of unsurePlaces) if (isUnsure[place](claim)) anchors.set(place, (anchors.get(place) ?? 0) + 1);
    if (isReworded(claim)) reworded += 1;
  }
  return { all: claims.length, anchors, reworded, states, verdicts, people };
}
