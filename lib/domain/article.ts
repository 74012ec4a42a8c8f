/** The article under check, its revisions, the desk's view of it, and the live events that tell of changes to it. */
import { z } from "zod";
import { limits } from "./limits";
import { personRef } from "./people";
import { richText } from "./rich-text";
import { coverage } from "./sentence-mark";
import { id, instant, isoDate, line, originName, requiredLine, webUrl } from "./text";
import { ratingView } from "./verdict";
import { workflowState } from "./workflow";

/** A BCP 47 language tag that `Intl` knows how to read. */
export const language = z
  .string()
  .max(35)
  .refine((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      return false;
    }
  }, "Not a language tag, such as en or pt-BR");

const metadata = {
  headline: requiredLine,
  byline: line.nullable(),
  outlet: line.nullable(),
  publishedOn: isoDate.nullable(),
  canonicalUrl: webUrl.nullable(),
  language,
};

/** The ways in which a text comes from outside. */
export const intakeOrigins = ["paste", "file", "url"] as const;

/** What an import found, before a person has looked at it: nothing is sure, everything can be corrected. */
export const articleDraft = z.object({
  document: richText,
  /** UTF-16 code units of the canonical text. */
  characters: z.int(),
  metadata: z.object({
    headline: z.string().nullable(),
    byline: z.string().nullable(),
    outlet: z.string().nullable(),
    publishedOn: isoDate.nullable(),
    canonicalUrl: z.string().nullable(),
    language: z.string().nullable(),
  }),
  origin: z.enum(intakeOrigins),
  /** The file's name or the address that it came from. */
  originName: z.string().nullable(),
  /** What the person should know: what was left out, what was guessed. Plain sentences. */
  notes: z.array(z.string()),
  /** Articles that are the same by address or by text. */
  duplicates: z.array(z.object({ id, headline: z.string(), because: z.enum(["url", "text"]) })),
});
export type ArticleDraft = z.infer<typeof articleDraft>;

export const articleCreate = z.strictObject({
  id,
  ...metadata,
  document: richText,
  origin: z.enum(intakeOrigins),
  originName: originName.nullable(),
  /** Said by the person who was shown the same article and wants a second one all the same. */
  allowDuplicate: z.boolean().optional(),
});
export type ArticleCreate = z.infer<typeof articleCreate>;

export const articlePatch = z
  .strictObject({ ...metadata, dueOn: isoDate.nullable() })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "Nothing to change");
export type ArticlePatch = z.infer<typeof articlePatch>;

/** Pasted text: `html` when the clipboard had it, `text` always. */
export const pasteInput = z.strictObject({
  text: z.string().max(limits.articleCharacters * 2),
  html: z.string().max(limits.uploadBytes).optional(),
});
export const pageInput = z.strictObject({ url: webUrl });

/** A revision never changes once it is written, so this may be cached for ever. */
export const revisionView = z.object({
  id,
  articleId: id,
  number: z.int(),
  document: richText,
  text: z.string(),
  sha256: z.string(),
  createdAt: instant,
});
export type RevisionView = z.infer<typeof revisionView>;

export const articleView = z.object({
  id,
  version: z.int(),
  headline: z.string(),
  byline: z.string().nullable(),
  outlet: z.string().nullable(),
  publishedOn: isoDate.nullable(),
  canonicalUrl: z.string().nullable(),
  language: z.string(),
  dueOn: isoDate.nullable(),
  createdBy: personRef,
  createdAt: instant,
  trashedAt: instant.nullable(),
  revision: z.object({ id, number: z.int(), characters: z.int(), createdAt: instant }),
  ratings: z.array(ratingView),
  /** Everybody who can hold a claim. */
  people: z.array(personRef),
  fourEyes: z.boolean(),
  /** The live event that this view already holds; the stream goes on from it. */
  lastEvent: z.int(),
  abilities: z.object({
    edit: z.boolean(),
    due: z.boolean(),
    trash: z.boolean(),
    assign: z.boolean(),
    share: z.boolean(),
    publish: z.boolean(),
    mark: z.boolean(),
  }),
});
export type ArticleView = z.infer<typeof articleView>;

export const articleSorts = ["activity", "due", "published", "headline", "coverage"] as const;

/** How the desk asks; the same names stand in the address bar. */
export const articleQuery = z.object({
  q: line.optional(),
  state: workflowState.optional(),
  rating: id.optional(),
  person: id.optional(),
  due: z.enum(["overdue", "week"]).optional(),
  /** Articles with claims that have lost their place. */
  anchor: z.literal("orphaned").optional(),
  trash: z.literal("1").optional(),
  sort: z.enum(articleSorts).default("activity"),
  cursor: z.string().max(500).optional(),
});
export type ArticleQuery = z.infer<typeof articleQuery>;

export const articleListItem = z.object({
  id,
  version: z.int(),
  headline: z.string(),
  outlet: z.string().nullable(),
  publishedOn: isoDate.nullable(),
  dueOn: isoDate.nullable(),
  lastActivityAt: instant,
  trashedAt: instant.nullable(),
  claims: z.int(),
  states: z.partialRecord(workflowState, z.int()),
  ratings: z.array(z.object({ ratingId: id, count: z.int() })),
  /** Claims that have lost their place in the text. */
  lost: z.int(),
  coverage,
  people: z.array(personRef),
  shared: z.boolean(),
  abilities: z.object({ due: z.boolean(), trash: z.boolean() }),
});
export type ArticleListItem = z.infer<typeof articleListItem>;
export const articlePage = z.object({ items: z.array(articleListItem), next: z.string().nullable(), total: z.int() });
export type ArticlePage = z.infer<typeof articlePage>;

/** One line of the audit record. */
export const auditLine = z.object({
  id: z.int(),
  at: instant,
  actor: personRef.nullable(),
  action: z.string(),
  articleId: id.nullable(),
  claimId: id.nullable(),
  headline: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type AuditLine = z.infer<typeof auditLine>;
export const auditPage = z.object({ items: z.array(auditLine), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

/** What the event stream says: that something happened, never what it holds. Whoever needs the record asks for it. */
export const liveEvent = z.object({
  id: z.int(),
  articleId: id,
  claimId: id.nullable(),
  actorId: id.nullable(),
  action: z.string(),
});
export type LiveEvent = z.infer<typeof liveEvent>;

/** How a browser asks for the stream: of one article, from the event after `after` (none: from now on). */
export const liveQuery = z.object({ article: id, after: z.coerce.number().pipe(z.int().min(0)).optional() });

/** The first message of a stream: its id, under which it is told which claim the person is on. */
export const liveStream = z.object({ id });

/** Who is in the article now. */
export const presence = z.array(personRef.extend({ claimId: id.nullable() }));
export type Presence = z.infer<typeof presence>;
