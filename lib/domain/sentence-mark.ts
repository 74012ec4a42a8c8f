/** The mark of a sentence: what a person said of one that no claim stands on. Its shapes, and how many sentences are accounted for. */
import { z } from "zod";
import { limits } from "./limits";
import { personRef } from "./people";
import { id, instant } from "./text";

/** Why no claim has to stand on a sentence. */
export const markKinds = ["opinion", "transition", "no_fact"] as const;
const markKind = z.enum(markKinds);
export type MarkKind = z.infer<typeof markKind>;

/** UTF-16 code units of the revision's text. */
export const sentenceMark = z.object({ start: z.int(), end: z.int(), kind: markKind, by: personRef, at: instant });
export type SentenceMark = z.infer<typeof sentenceMark>;

export const sentenceMarkList = z.object({
  revisionId: id,
  marks: z.array(sentenceMark),
  /** The live event that the list already holds. */
  lastEvent: z.int(),
});
export type SentenceMarkList = z.infer<typeof sentenceMarkList>;

/** What a sentence is to be marked as, null for nothing. `exact` are its words, `was` is its mark as the person saw it. */
const markedSentence = z
  .strictObject({
    start: z.int().min(0),
    end: z.int().min(1),
    exact: z
      .string()
      .max(limits.articleCharacters)
      .refine((words) => words.trim() !== "", "A sentence holds at least one character that can be seen"),
    was: markKind.nullable(),
    kind: markKind.nullable(),
  })
  .refine(({ start, end }) => end > start, "A sentence holds at least one character");
export type MarkedSentence = z.infer<typeof markedSentence>;

export const sentenceMarking = z.strictObject({
  revisionId: id,
  sentences: z.array(markedSentence).min(1).max(limits.sentencesAtOnce),
});
export type SentenceMarking = z.infer<typeof sentenceMarking>;

/** All marks that touch the sentences that were named, as they now stand. */
export const sentenceMarked = z.object({
  revisionId: id,
  marks: z.array(sentenceMark),
  /** The live event that tells of it; null when all was marked so already. */
  event: z.int().nullable(),
});
export type SentenceMarked = z.infer<typeof sentenceMarked>;

/** How many sentences of a text are accounted for. */
export const coverage = z.object({ sentences: z.int(), accounted: z.int() });
export type Coverage = z.infer<typeof coverage>;
