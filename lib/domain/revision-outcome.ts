/**
 * What a new text will do to the claims as things are decided: told before it is applied, in the same numbers as it is done. It
 * decides nothing.
 */
import { isSameWords } from "./carry-over";
import { type CarriedAnchor, isSure } from "./revision";

/** What becomes of one anchor. */
export type AnchorOutcome =
  | "carried"
  | "confirmed"
  | "attached"
  | "altered"
  /** Nobody has said where it stands. */
  | "unplaced"
  | "set_aside";

type Carried = Pick<CarriedAnchor, "state" | "decision" | "before" | "after" | "claimId" | "claimState">;

export function outcomeOf({ state, decision }: Pick<Carried, "state" | "decision">): AnchorOutcome {
  if (isSure(state)) return "carried";
  if (decision?.kind === "set_aside") return "set_aside";
  if (decision?.kind === "attach") return "attached";
  if (state !== "altered") return "unplaced";
  return decision?.kind === "confirm" ? "confirmed" : "altered";
}

export const needsDecision = (anchor: Pick<Carried, "state">): boolean => !isSure(anchor.state);

/** Claims, each counted once. `stale`: how many approvals fall, as the words that they rest on are others; counted beside the rest. */
export type RevisionOutcome = Record<AnchorOutcome, number> & { stale: number; claims: number };

/** Of a claim with several anchors the first of these that one of them has. */
const heaviest: readonly AnchorOutcome[] = ["set_aside", "unplaced", "altered", "attached", "confirmed", "carried"];

export function outcomesOf(anchors: readonly Carried[]): RevisionOutcome {
  const claims = new Map<string, { outcome: AnchorOutcome; isStale: boolean }>();
  for (const anchor of anchors) {
    const outcome = outcomeOf(anchor);
    const known = claims.get(anchor.claimId);
    const isHeavier = !known || heaviest.indexOf(outcome) < heaviest.indexOf(known.outcome);
    claims.set(anchor.claimId, {
      outcome: isHeavier ? outcome : known.outcome,
      isStale: known?.isStale || (anchor.claimState === "approved" && hasOtherWords(anchor, outcome)),
    });
  }
  const sum: RevisionOutcome = {
    ...{ carried: 0, confirmed: 0, attached: 0, altered: 0, unplaced: 0, set_aside: 0, stale: 0 },
    claims: claims.size,
  };
  for (const { outcome, isStale } of claims.values()) {
    sum[outcome] += 1;
    if (isStale) sum.stale += 1;
  }
  return sum;
}

function hasOtherWords({ before, decision }: Carried, outcome: AnchorOutcome): boolean {
  if (outcome === "carried") return false;
  return outcome !== "attached" || !isSameWords(before.words, decision?.place?.words ?? "");
}
