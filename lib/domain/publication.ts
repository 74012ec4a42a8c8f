/**
 * The publication: a numbered, frozen copy of a fact-check, and the share links that lead to it. The public view is a type
 * of its own: what is not named here cannot reach a reader. No e-mail address, no internal note, no claim that is not approved.
 */
import { z } from "zod";
import { stance } from "./evidence";
import { personRef } from "./people";
import { richText } from "./rich-text";
import { sourceKind } from "./source";
import { id, instant, isoDate, line } from "./text";
import { ratingColors } from "./verdict";

export const publicRating = z.object({
  label: z.string(),
  definition: z.string(),
  symbol: z.string(),
  color: z.enum(ratingColors),
  claimReviewValue: z.int().nullable(),
});

export const publicClaim = z.object({
  id,
  /** From 1, in the order of the text. */
  number: z.int(),
  statement: z.string(),
  claimant: z.string().nullable(),
  /** Index into the snapshot's `ratings`. */
  rating: z.int(),
  confidence: z.string().nullable(),
  rationale: richText.nullable(),
  anchors: z.array(z.object({ start: z.int(), end: z.int(), exact: z.string() })),
  evidence: z.array(
    z.object({
      stance,
      excerpt: z.string(),
      locator: z.string(),
      shows: z.string(),
      source: z.object({
        title: z.string(),
        author: z.string().nullable(),
        publisher: z.string().nullable(),
        publishedOn: z.string().nullable(),
        url: z.string().nullable(),
        kind: sourceKind,
      }),
    }),
  ),
  checkedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
  /** Whoever approved it gave its rating or wrote its rationale. Not known of publications from before this was kept. */
  alone: z.boolean().optional(),
});
export type PublicClaim = z.infer<typeof publicClaim>;

/** All that the public page is made from, in one frozen value. */
export const snapshot = z.object({
  format: z.literal("claimdesk-publication/1"),
  newsroom: z.string(),
  demo: z.boolean(),
  /** The newsroom asks for a second pair of eyes, and every claim here had one. */
  fourEyes: z.boolean(),
  number: z.int(),
  publishedAt: instant,
  article: z.object({
    id,
    headline: z.string(),
    byline: z.string().nullable(),
    outlet: z.string().nullable(),
    publishedOn: isoDate.nullable(),
    canonicalUrl: z.string().nullable(),
    language: z.string(),
  }),
  revision: z.object({ number: z.int(), sha256: z.string(), document: richText }),
  ratings: z.array(publicRating),
  claims: z.array(publicClaim),
  /** Claims that are still being worked on at the time: a number, nothing more. */
  unfinished: z.int(),
  /** Earlier publications of the same article. */
  versions: z.array(z.object({ number: z.int(), publishedAt: instant, note: z.string().nullable() })),
  note: z.string().nullable(),
});
export type Snapshot = z.infer<typeof snapshot>;

/** `note` tells readers what changed since the last publication. */
export const publicationCreate = z.strictObject({ id, note: line.nullable() });
export const publicationView = z.object({
  id,
  number: z.int(),
  createdAt: instant,
  createdBy: personRef,
  claims: z.int(),
  note: z.string().nullable(),
});
export type PublicationView = z.infer<typeof publicationView>;

export const shareLinkCreate = z.strictObject({ id, label: line.nullable(), expiresAt: instant.nullable() });
export const shareLinkView = z.object({
  id,
  label: z.string().nullable(),
  /** The whole address, for whoever may share; it can be copied again at any time. */
  url: z.string(),
  createdBy: personRef,
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  reads: z.int(),
  lastReadAt: instant.nullable(),
});
export type ShareLinkView = z.infer<typeof shareLinkView>;

/** All that the share screen of an article shows. */
export const sharingView = z.object({
  publications: z.array(publicationView),
  links: z.array(shareLinkView),
  /** Claims that a publication made now would hold, and those it would leave out. */
  approved: z.int(),
  unfinished: z.int(),
  /** Sentences of the text under check that neither a claim nor a mark accounts for. */
  unaccounted: z.int(),
  abilities: z.object({ share: z.boolean(), publish: z.boolean() }),
});
export type SharingView = z.infer<typeof sharingView>;
