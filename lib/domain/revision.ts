/**
 * A new text of an article on its way in: kept as a draft with what becomes of each claim, decided on by people, then applied at once
 * or thrown away. Nothing changes for others until it is applied.
 */
import { z } from "zod";
import { type AnchorState, anchorState } from "./anchor";
import { intakeOrigins } from "./article";
import { keptRanges } from "./kept-text";
import { limits } from "./limits";
import { personRef } from "./people";
import { richText } from "./rich-text";
import { coverage } from "./sentence-mark";
import { id, instant, originName } from "./text";
import { wordingOutcome } from "./wording";
import { workflowState } from "./workflow";

/** How a text came: by intake, or edited from the one before it. */
export const revisionOrigins = [...intakeOrigins, "edit"] as const;

export const revisionDraftCreate = z.strictObject({
  id,
  /** The revision that it follows. */
  baseId: id,
  document: richText,
  origin: z.enum(revisionOrigins),
  originName: originName.nullable(),
  /** Of a text that was edited: what the edit left alone. Told as far as it is known; what the texts do not bear out is not used. */
  kept: keptRanges.optional(),
});
export type RevisionDraftCreate = z.infer<typeof revisionDraftCreate>;

/** UTF-16 code units of the new text; `words` is what stands there. */
const place = z.object({ start: z.int(), end: z.int(), words: z.string() });

/** What a person decides for one anchor, for which the engine does not answer alone. */
export const anchorDecision = z.discriminatedUnion("kind", [
  /** The claim rests on the new words of an altered anchor. */
  z.strictObject({ kind: z.literal("confirm") }),
  /** It stands on these words of the new text; refused when `exact` is not what stands there. */
  z.strictObject({
    kind: z.literal("attach"),
    start: z.int().min(0),
    end: z.int().min(1),
    exact: z.string().max(limits.anchorCharacters),
  }),
  /** Its words were cut: the claim is set aside. */
  z.strictObject({ kind: z.literal("set_aside") }),
]);
export type AnchorDecision = z.infer<typeof anchorDecision>;

/** One anchor of a claim between two texts. */
export const carriedAnchor = z.object({
  /** Of the old revision. */
  anchorId: id,
  claimId: id,
  claimVersion: z.int(),
  statement: z.string(),
  claimState: workflowState,
  ratingId: id.nullable(),
  before: place,
  /** `anchored` is unchanged, `orphaned` is gone. */
  state: anchorState,
  /** Of the characters, the share whose words stand unchanged, 0 to 1. */
  score: z.number(),
  /** Where it stands in the new text; null when that is not sure. */
  after: place.nullable(),
  candidates: z.array(place),
  decision: z
    .object({ kind: z.enum(["confirm", "attach", "set_aside"]), place: place.nullable(), by: personRef, at: instant })
    .nullable(),
  /** Other words that were accepted for this place, and what the new text makes of them. */
  wording: z.object({ wording: z.string(), outcome: wordingOutcome }).nullable(),
  /** Whether this person may set the claim aside. */
  maySetAside: z.boolean(),
});
export type CarriedAnchor = z.infer<typeof carriedAnchor>;

export const revisionDraftSummary = z.object({
  id,
  articleId: id,
  origin: z.enum(revisionOrigins),
  originName: z.string().nullable(),
  createdBy: personRef,
  createdAt: instant,
  characters: z.int(),
  /** Whether this person may throw it away. */
  canDiscard: z.boolean(),
});

/** What a person should look at twice before they put a text under check. Nothing of it forbids that. */
export const draftWarning = z.discriminatedUnion("kind", [
  /** Not a letter differs from the text under check. */
  z.object({ kind: z.literal("formatting") }),
  /** What the two texts seem to be written in. */
  z.object({ kind: z.literal("language"), before: z.string(), after: z.string() }),
  /** Hardly a word of either stands in the other. */
  z.object({ kind: z.literal("other_text") }),
  /** So many times as long. */
  z.object({ kind: z.literal("longer"), times: z.int() }),
]);
export type DraftWarning = z.infer<typeof draftWarning>;

export const revisionDraftView = revisionDraftSummary.extend({
  version: z.int(),
  headline: z.string(),
  language: z.string(),
  base: z.object({ id, number: z.int() }),
  /** Somebody has applied another text meanwhile; it must be brought onto that one first. */
  isOutdated: z.boolean(),
  warnings: z.array(draftWarning),
  document: richText,
  /** The canonical text of the new document. */
  text: z.string(),
  /** What the edit of the base left alone; null for a text that was given, or follows another base now. */
  kept: keptRanges.nullable(),
  /** In the order of the old text; of claims that are not in the trash. */
  anchors: z.array(carriedAnchor),
  /** How many sentences of the new text would be accounted for if it were applied as things are decided. */
  coverage,
});
export type RevisionDraftView = z.infer<typeof revisionDraftView>;

export const revisionListItem = z.object({
  id,
  number: z.int(),
  origin: z.enum(revisionOrigins),
  originName: z.string().nullable(),
  characters: z.int(),
  createdBy: personRef,
  createdAt: instant,
  /** The text under check. */
  isCurrent: z.boolean(),
  /** The draft that it was made from can be had back in its place. */
  canUndo: z.boolean(),
});
export const revisionList = z.object({ revisions: z.array(revisionListItem), drafts: z.array(revisionDraftSummary) });
export type RevisionList = z.infer<typeof revisionList>;

/** Whether an anchor in this state stands in the text at all: of the others nobody knows where. */
export const isPlaced = (state: AnchorState): boolean => state !== "orphaned" && state !== "ambiguous";

/** Whether it stands on the words that were checked. */
export const isSure = (state: AnchorState): boolean => state === "anchored" || state === "moved";
