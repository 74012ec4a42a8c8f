/** Evidence: a source put to use on one claim. */
import { z } from "zod";
import { sourceView } from "./source";
import { id, instant, line, paragraphText } from "./text";

export const stances = ["supports", "refutes", "gives_context"] as const;
export const stance = z.enum(stances);
export type Stance = z.infer<typeof stance>;

const evidenceFields = {
  stance,
  /** The source's own words, unchanged. */
  excerpt: paragraphText,
  /** Where in the source: page, paragraph, table, time. */
  locator: line,
  /** What it shows for this claim, in the reviewer's words. */
  shows: paragraphText,
};
export const evidenceCreate = z.strictObject({ id, sourceId: id, ...evidenceFields });
export type EvidenceCreate = z.infer<typeof evidenceCreate>;
export const evidencePatch = z.strictObject({ sourceId: id, ...evidenceFields }).partial();
export const evidenceOrder = z.strictObject({ ids: z.array(id).max(1000) });

export const evidenceView = z.object({
  id,
  claimId: id,
  source: sourceView,
  stance,
  excerpt: z.string(),
  locator: z.string(),
  shows: z.string(),
  version: z.int(),
  createdById: id,
  createdAt: instant,
});
export type EvidenceView = z.infer<typeof evidenceView>;
