/** Where a claim stands, settled by hand: on which words of a text under check, and where it could stand in another article. */
import { z } from "zod";
import { anchorState, type TextRange, wordsInText } from "./anchor";
import { id } from "./text";

/** These words of this text: for a new place of a claim, for one that has lost its words, and to confirm those that it has. */
export const placeInput = z
  .strictObject({
    /** Made by whoever asks: names what was done, for its way back and for asking again. */
    change: id,
    revisionId: id,
    ...wordsInText,
  })
  .refine(({ start, end }) => end > start, "A place holds at least one character");
export type PlaceInput = z.infer<typeof placeInput>;

/** An anchor as a change of it is kept. */
export const placedAnchor = z.object({
  revisionId: id,
  start: z.int(),
  end: z.int(),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  state: anchorState,
  was: z.string().nullable(),
});
export type PlacedAnchor = z.infer<typeof placedAnchor>;

/** Words of a text that a claim may stand on, with the line around them. */
const proposal = z.object({ start: z.int(), end: z.int(), words: z.string(), before: z.string(), after: z.string() });

/** What an article has to say to a claim that is not in it yet. */
export const placeProposals = z.object({
  revisionId: id,
  headline: z.string(),
  language: z.string(),
  proposals: z.array(proposal),
});
export type PlaceProposals = z.infer<typeof placeProposals>;

export const isAt = (place: TextRange, { start, end }: TextRange): boolean =>
  place.start === start && place.end === end;
