/** How a claim looks in the text and beside it: which tint, which underline, which words. */
import { placeOf } from "@/lib/client/claim-store";
import type { ClaimSummary } from "@/lib/domain/claim";
import { isPlaced } from "@/lib/domain/revision";
import type { RatingView } from "@/lib/domain/verdict";
import type { WorkflowState } from "@/lib/domain/workflow";
import type { ClaimHighlight, HighlightStage } from "@/lib/editor/claim-highlights";

export const highlightStage: Record<WorkflowState, HighlightStage> = {
  open: "open",
  in_check: "work",
  needs_info: "work",
  in_review: "work",
  returned: "work",
  approved: "approved",
  stale: "work",
  set_aside: "aside",
};

export type HighlightWords = {
  start: (verdict: string | null, state: WorkflowState) => string;
  end: string;
};

export type Ratings = ReadonlyMap<string, RatingView>;

export const ratingOf = (claim: ClaimSummary, ratings: Ratings): RatingView | null =>
  (claim.ratingId && ratings.get(claim.ratingId)) || null;

/** What the text draws of a claim. An anchor whose words are gone is drawn nowhere. */
export function highlightOf(claim: ClaimSummary, ratings: Ratings, words: HighlightWords): ClaimHighlight {
  const rating = ratingOf(claim, ratings);
  return {
    id: claim.id,
    ranges: claim.anchors.filter((anchor) => isPlaced(anchor.state)),
    color: rating?.color ?? null,
    stage: highlightStage[claim.state],
    symbol: rating?.symbol ?? "",
    startWords: words.start(rating?.label ?? null, claim.state),
    endWords: words.end,
  };
}

/** Where it begins in the text, for going there; null for an orphan. */
export const startOf = (claim: ClaimSummary): number | null => placeOf(claim)?.start ?? null;
