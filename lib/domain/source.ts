/** The source: a work that evidence comes from. Kept once in the source library and reused. */
import { z } from "zod";
import { id, instant, line, partialDate, requiredLine, webUrl } from "./text";

export const sourceKinds = [
  "official_record",
  "data",
  "research",
  "news_report",
  "interview",
  "statement",
  "social_post",
  "book",
  "audio_video",
  "other",
] as const;
export const sourceKind = z.enum(sourceKinds);
export type SourceKind = z.infer<typeof sourceKind>;

const sourceFields = {
  title: requiredLine,
  author: line.nullable(),
  publisher: line.nullable(),
  publishedOn: partialDate.nullable(),
  url: webUrl.nullable(),
  kind: sourceKind,
};
export const sourceCreate = z.strictObject({ id, ...sourceFields });
export type SourceCreate = z.infer<typeof sourceCreate>;
export const sourcePatch = z.strictObject(sourceFields).partial();

/** What the page at a source's address says of itself; null for what it does not say. */
export const sourceFound = z.object({
  title: z.string().nullable(),
  author: z.string().nullable(),
  publisher: z.string().nullable(),
  publishedOn: z.string().nullable(),
});
export type SourceFound = z.infer<typeof sourceFound>;

export const sourceView = z.object({
  id,
  title: z.string(),
  author: z.string().nullable(),
  publisher: z.string().nullable(),
  publishedOn: z.string().nullable(),
  url: z.string().nullable(),
  kind: sourceKind,
  version: z.int(),
  createdAt: instant,
});
export type SourceView = z.infer<typeof sourceView>;

/** A line of the source library: the source and how many claims rest on it. */
export const sourceListItem = sourceView.extend({ claimCount: z.int() });
export type SourceListItem = z.infer<typeof sourceListItem>;

/** A claim that rests on a source, as the source library lists it. */
export const sourceUse = z.object({
  claimId: id,
  articleId: id,
  headline: z.string(),
  statement: z.string(),
  stance: z.string(),
});
export type SourceUse = z.infer<typeof sourceUse>;
