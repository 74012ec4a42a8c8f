/** The newsroom's scale: its ratings are data. What is fixed here is their shape and the scale that a new newsroom gets. */
import { z } from "zod";
import { id, line, requiredLine } from "./text";

/** Colour families of the interface; each has a tint and an ink in both themes (`app/look.css`). */
export const ratingColors = ["verified", "context", "disputed", "false", "unverifiable"] as const;

export const ratingView = z.object({
  id,
  label: z.string(),
  definition: z.string(),
  symbol: z.string(),
  color: z.enum(ratingColors),
  position: z.int(),
  /** `ratingValue` of schema.org ClaimReview, 1 to 5; none for a rating that is no number. */
  claimReviewValue: z.int().min(1).max(5).nullable(),
  /** A retired rating can no longer be given; claims that carry it keep it. */
  retired: z.boolean(),
  version: z.int(),
});
export type RatingView = z.infer<typeof ratingView>;

const ratingFields = {
  label: requiredLine.pipe(z.string().max(40)),
  definition: line,
  symbol: requiredLine.pipe(z.string().max(4)),
  color: z.enum(ratingColors),
  position: z.int().min(0).max(1000),
  claimReviewValue: z.int().min(1).max(5).nullable(),
};
export const ratingCreate = z.strictObject({ id, ...ratingFields });
export const ratingPatch = z.strictObject({ ...ratingFields, retired: z.boolean() }).partial();

type NewRating = Omit<RatingView, "id" | "retired" | "version">;
export const defaultScale: readonly NewRating[] = [
  {
    label: "Verified",
    symbol: "✓",
    color: "verified",
    position: 1,
    claimReviewValue: 5,
    definition: "The evidence bears the claim out as it stands.",
  },
  {
    label: "Needs context",
    symbol: "◐",
    color: "context",
    position: 2,
    claimReviewValue: 3,
    definition: "True in its words, but misleading without what is left out.",
  },
  {
    label: "Disputed",
    symbol: "!",
    color: "disputed",
    position: 3,
    claimReviewValue: 2,
    definition: "Sources of weight contradict it, or each other.",
  },
  {
    label: "False",
    symbol: "✕",
    color: "false",
    position: 4,
    claimReviewValue: 1,
    definition: "The evidence shows that it is not so.",
  },
  {
    label: "Unverifiable",
    symbol: "?",
    color: "unverifiable",
    position: 5,
    claimReviewValue: null,
    definition: "No evidence within reach settles it either way.",
  },
];
