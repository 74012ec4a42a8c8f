/**
 * A text as it was, with its claims as they stood when the next one replaced it. Kept apart from the claims themselves, which move on.
 */
import { z } from "zod";
import { type AnchorState, anchorState, type TextRange } from "./anchor";
import { isSameWords } from "./carry-over";
import { confidence } from "./claim";
import { personRef } from "./people";
import { publicClaim, publicRating } from "./publication";
import { isPlaced } from "./revision";
import { type RichText, richText } from "./rich-text";
import { id, instant } from "./text";
import { setAsideReason, type WorkflowState, workflowState } from "./workflow";

/** What is kept of a claim. It refers to nothing that may change: names, ratings and sources are as they were. */
export const pastClaim = z.object({
  statement: z.string(),
  claimant: z.string().nullable(),
  state: workflowState,
  stateReason: z.string().nullable(),
  setAsideAs: setAsideReason.nullable(),
  rating: publicRating.omit({ claimReviewValue: true }).nullable(),
  confidence: confidence.nullable(),
  rationale: richText.nullable(),
  evidence: publicClaim.shape.evidence,
  assignee: personRef.nullable(),
  verdictBy: personRef.nullable(),
  approvedBy: personRef.nullable(),
  approvedAt: instant.nullable(),
  isTrashed: z.boolean(),
  /** Its anchors in the text; those that stood nowhere keep the words that they last had. */
  places: z.array(z.object({ id, start: z.int(), end: z.int(), exact: z.string(), state: anchorState })),
});
export type PastClaim = z.infer<typeof pastClaim>;
export type PastPlace = PastClaim["places"][number];

/** What became of one place in the next text. `words`: those that it then stood on. */
export type PlaceFate = {
  kind:
    | "unchanged"
    | "moved"
    | "altered"
    | "confirmed"
    | "attached"
    | "settled"
    | "ambiguous"
    | "gone"
    | "cut"
    | "removed";
  words: string;
  /** Who decided it. */
  by: string | null;
};

/** The anchor that was carried over from a place, and what a person had decided about it. */
export type CarriedPlace = {
  state: AnchorState;
  exact: string;
  decision: "confirm" | "attach" | "set_aside" | null;
  by: string | null;
  /** Somebody has said by hand since where it stands. */
  isSettled: boolean;
};

/** Without an anchor that was carried over: it was, and has been removed by hand since. */
export function fateOf(place: Pick<PastPlace, "exact">, carried: CarriedPlace | undefined): PlaceFate {
  if (!carried) return { kind: "removed", words: place.exact, by: null };
  const { state, exact, decision, by, isSettled } = carried;
  const fate = (kind: PlaceFate["kind"], decider: string | null = null) => ({ kind, words: exact, by: decider });
  if (decision === "set_aside" && (state === "altered" || !isPlaced(state))) return fate("cut", by);
  if (state === "orphaned") return fate("gone");
  if (state === "anchored") {
    const isSame = isSameWords(place.exact, exact);
    if (isSettled) return fate(isSame ? "unchanged" : "settled");
    if (decision === "attach") return fate("attached", by);
    return isSame ? fate("unchanged") : fate("confirmed", by);
  }
  return fate(state);
}

/** Where the claim begins in the text; null when it stands nowhere. Of two that begin together the one that holds the other comes first. */
export function firstPlace(places: readonly (TextRange & { state: AnchorState })[]): TextRange | null {
  return places
    .filter(({ state }) => isPlaced(state))
    .reduce<TextRange | null>((first, place) => (first && first.start <= place.start ? first : place), null);
}

export type RevisionRef = { id: string; number: number };

/** A claim as the text shows it. Of a text that was replaced before claims were kept only the places are known. */
export type PastMark = {
  claimId: string;
  /** From 1, in the order of the text; those that stand nowhere come last. */
  number: number;
  state: WorkflowState | null;
  rating: PastClaim["rating"];
  places: PastPlace[];
};

/** A claim whole; `record` is null where it was not kept. */
export type PastEntry = PastMark & { record: PastClaim | null; fates: PlaceFate[] };

export type PastRevision = {
  revision: RevisionRef & { document: RichText };
  previous: RevisionRef | null;
  /** The one that replaced it. */
  next: RevisionRef & { createdAt: string; createdBy: string };
  newest: RevisionRef;
  /** Whether it was written down how the claims stood. */
  isKept: boolean;
  marks: PastMark[];
  /** Those around the claim that was asked for, or the first; `from` is the index of the first of them. */
  entries: PastEntry[];
  from: number;
};

const passage = z.object({ start: z.int(), end: z.int(), words: z.string() }).nullable();

/** A claim that stands on other words, or elsewhere, in another revision. */
export const claimChange = z.object({
  claimId: id,
  /** As it now is. */
  statement: z.string(),
  /** `found`: it stood nowhere, and does again. */
  kind: z.enum(["changed", "moved", "gone", "found"]),
  before: passage,
  after: passage,
});
export type ClaimChange = z.infer<typeof claimChange>;
export const claimChanges = z.object({ claims: z.array(claimChange) });

/** What differs between two anchors of one line; null when nothing that a reader of the claim would notice. */
export function changeBetween(
  before: Pick<PastPlace, "exact" | "state">,
  after: Pick<PastPlace, "exact" | "state">,
  wasMoved: boolean,
): ClaimChange["kind"] | null {
  const [was, is] = [isPlaced(before.state), isPlaced(after.state)];
  if (!was || !is) return was ? "gone" : is ? "found" : null;
  if (!isSameWords(before.exact, after.exact)) return "changed";
  return wasMoved ? "moved" : null;
}
