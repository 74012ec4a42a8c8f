/** The claim: a statement in the article that can be checked. Its inputs, its two views, and what an approval is bound to. */
import { z } from "zod";
import { type AnchorView, anchorCreate, anchorState, anchorView } from "./anchor";
import { type EvidenceView, evidenceView, stance } from "./evidence";
import { limits } from "./limits";
import { personRef } from "./people";
import { isPlaced } from "./revision";
import { plainText, type RichText, richText } from "./rich-text";
import { id, instant, isoDate, line, paragraphText } from "./text";
import { isDone, suggestionState, suggestionView } from "./wording";
import { setAsideReason, workflowEvent, workflowState } from "./workflow";

export const confidences = ["low", "medium", "high"] as const;
export const confidence = z.enum(confidences);
export type Confidence = z.infer<typeof confidence>;

/** A claim is made with its anchors on one revision; the statement starts as the quote unless it is given. */
export const claimCreate = z.strictObject({
  id,
  revisionId: id,
  anchors: z.array(anchorCreate).min(1).max(limits.anchorsPerClaim),
  statement: paragraphText.optional(),
});
export type ClaimCreate = z.infer<typeof claimCreate>;

export const claimPatch = z
  .strictObject({
    statement: paragraphText.refine((text) => text.trim() !== "", "A claim needs a statement"),
    claimant: line.nullable(),
    ratingId: id.nullable(),
    confidence: confidence.nullable(),
    rationale: richText.nullable(),
    dueOn: isoDate.nullable(),
    /** Other words for one of its places; empty when they are to be cut, null for no suggestion. */
    wording: paragraphText.nullable(),
    wordingNote: paragraphText,
    wordingAnchorId: id,
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "Nothing to change");
export type ClaimPatch = z.infer<typeof claimPatch>;

/** One event on a claim with what it needs: an assignee, a question, a reason. */
export const claimTransition = z.discriminatedUnion("event", [
  z.strictObject({ event: z.enum(["take", "resume", "submit", "withdraw", "approve", "reopen"]) }),
  z.strictObject({ event: z.literal("assign"), assigneeId: id }),
  z.strictObject({
    event: z.literal("ask"),
    query: z.strictObject({ id, question: paragraphText.pipe(z.string().trim().min(1, "Write the question")) }),
  }),
  z.strictObject({
    event: z.literal("return"),
    reason: paragraphText.pipe(z.string().trim().min(1, "Say why it goes back")),
  }),
  z.strictObject({
    event: z.literal("set_aside"),
    reason: setAsideReason,
    note: paragraphText.optional(),
    duplicateOfId: id.optional(),
  }),
]);
export type ClaimTransition = z.infer<typeof claimTransition>;

export const queryAnswer = z.strictObject({ answer: paragraphText.pipe(z.string().trim().min(1, "Write the answer")) });

/** A question that a claim waits for. */
export const queryView = z.object({
  id,
  question: z.string(),
  askedBy: personRef,
  askedAt: instant,
  answer: z.string().nullable(),
  answeredBy: personRef.nullable(),
  answeredAt: instant.nullable(),
});
export type QueryView = z.infer<typeof queryView>;

/** A claim as a list, a card and the text need it. Kept small: an article may have thousands. */
export const claimSummary = z.object({
  id,
  version: z.int(),
  statement: z.string(),
  state: workflowState,
  ratingId: id.nullable(),
  assignee: personRef.nullable(),
  createdById: id,
  dueOn: isoDate.nullable(),
  /** Its places in the article that was asked about; those that stand nowhere with the quote that they are known by. */
  anchors: z.array(
    z.object({ id, start: z.int(), end: z.int(), state: anchorState, quote: z.string().nullable().optional() }),
  ),
  /** The article that the claim belongs to, when it only stands in the one that was asked about. */
  home: z.object({ id, headline: z.string() }).nullable(),
  sources: z.array(z.object({ id, title: z.string(), stance })),
  openQueries: z.int(),
  /** Of the suggested wording that is not done yet. */
  suggestion: suggestionState.nullable(),
});
export type ClaimSummary = z.infer<typeof claimSummary>;

/** What differs between the claim as it was approved and as it is. */
export const approvalChange = z.object({
  field: z.enum(["statement", "verdict", "rationale", "evidence", "text"]),
  before: z.string(),
  after: z.string(),
});
export type ApprovalChange = z.infer<typeof approvalChange>;

/** A claim whole, as the panel shows it. */
export const claimView = claimSummary.omit({ anchors: true, home: true, sources: true }).extend({
  articleId: id,
  revisionId: id,
  /** The articles in which it stands, its own first. */
  articles: z.array(z.object({ id, headline: z.string(), trashed: z.boolean() })),
  claimant: z.string().nullable(),
  confidence: confidence.nullable(),
  rationale: richText.nullable(),
  anchors: z.array(anchorView),
  evidence: z.array(evidenceView),
  queries: z.array(queryView),
  /** What is suggested now; what a text already says is in `suggestion` alone. */
  wording: z.string().nullable(),
  wordingNote: z.string(),
  /** The place that is meant; null for the first. */
  wordingAnchorId: id.nullable(),
  /** The newest. */
  suggestion: suggestionView.nullable(),
  createdBy: personRef,
  createdAt: instant,
  updatedAt: instant,
  verdictBy: personRef.nullable(),
  approvedBy: personRef.nullable(),
  approvedAt: instant.nullable(),
  /** Why it was returned or set aside. */
  stateReason: z.string().nullable(),
  setAsideAs: setAsideReason.nullable(),
  duplicateOfId: id.nullable(),
  trashedAt: instant.nullable(),
  /** For a stale claim: exactly what changed since its approval. */
  changes: z.array(approvalChange),
  abilities: z.object({
    edit: z.boolean(),
    trash: z.boolean(),
    due: z.boolean(),
    /** Add, move and remove its places. */
    place: z.boolean(),
    /** Say where it stands, where that is not sure. */
    settle: z.boolean(),
    addEvidence: z.boolean(),
    /** The pieces of evidence that may be changed, removed and brought back. */
    editEvidence: z.array(id),
    decideWording: z.boolean(),
    events: z.array(z.object({ event: workflowEvent, obstacles: z.array(z.string()) })),
  }),
});
export type ClaimView = z.infer<typeof claimView>;

/** Characters of a quote that are shown where a claim has lost its place. */
export const quoteShown = 300;

/** Whether a claim stands in an article, its own or another one. */
export const standsIn = (claim: Pick<ClaimView, "articles">, articleId: string): boolean =>
  claim.articles.some(({ id }) => id === articleId);

/**
 * The summary of a claim that is held whole, so that one answer of the server updates panel, card and text alike; as it stands in its
 * own article or in the one that is named.
 */
export function summaryOf(claim: ClaimView, articleId = claim.articleId): ClaimSummary {
  const own = claim.articles[0];
  const { id, version, statement, state, ratingId, assignee, createdById, dueOn, openQueries } = claim;
  return {
    ...{ id, version, statement, state, ratingId, assignee, createdById, dueOn, openQueries },
    suggestion: claim.suggestion && !isDone(claim.suggestion) ? claim.suggestion.state : null,
    anchors: claim.anchors
      .filter((anchor) => anchor.articleId === articleId)
      .map(({ id, start, end, state, exact }) => ({
        ...{ id, start, end, state },
        ...(!isPlaced(state) && { quote: exact.slice(0, quoteShown).toWellFormed() }),
      })),
    home: own && articleId !== claim.articleId ? { id: own.id, headline: own.headline } : null,
    sources: claim.evidence.map(({ source, stance }) => ({ id: source.id, title: source.title, stance })),
  };
}

/**
 * All that an approval is bound to: statement, verdict, rationale, evidence and the anchored text. Kept with the approval;
 * its digest (SHA-256 of `approvalText`) is what later makes a claim stale.
 */
export const approvedContent = z.object({
  statement: z.string(),
  claimant: z.string().nullable(),
  verdict: z.string().nullable(),
  confidence: z.string().nullable(),
  rationale: richText.nullable(),
  /** For each piece: stance, source and what was taken from it, field by field. */
  evidence: z.array(z.array(z.string())),
  text: z.array(z.string()),
});
export type ApprovedContent = z.infer<typeof approvedContent>;

export function approvedContentOf(claim: {
  statement: string;
  claimant: string | null;
  ratingLabel: string | null;
  confidence: string | null;
  rationale: RichText | null;
  evidence: Pick<EvidenceView, "source" | "stance" | "excerpt" | "locator" | "shows">[];
  anchors: Pick<AnchorView, "exact">[];
}): ApprovedContent {
  return {
    statement: claim.statement,
    claimant: claim.claimant,
    verdict: claim.ratingLabel,
    confidence: claim.confidence,
    rationale: claim.rationale,
    evidence: claim.evidence.map(({ source, stance, locator, excerpt, shows }) =>
      [
        stance,
        source.title,
        source.author,
        source.publisher,
        source.publishedOn,
        source.url,
        locator,
        excerpt,
        shows,
      ].map((part) => part ?? ""),
    ),
    text: claim.anchors.map((anchor) => anchor.exact),
  };
}

/** One spelling of the content, for the digest: two contents have the same if and only if they say the same. */
export function approvalText(content: ApprovedContent): string {
  const { statement, claimant, verdict, confidence, rationale, evidence, text } = content;
  return canonicalText([statement, claimant, verdict, confidence, rationale, evidence, text]);
}

/** Equal for two values that say the same, whatever order the keys of their objects came in. */
export const canonicalText = (value: unknown): string => JSON.stringify(canonicalJson(value));

/** JSON with the keys of every object in order: PostgreSQL's jsonb does not keep the order they came in. */
function canonicalJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalJson);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return { object: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonicalJson(inner)]) };
}

/** What an editor is shown before a stale claim is approved anew: each part that differs, in words. */
export function changesSince(approved: ApprovedContent, now: ApprovedContent): ApprovalChange[] {
  return approvalChange.shape.field.options.flatMap((field) => {
    const [before, after] = [parts[field](approved), parts[field](now)];
    if (canonicalText(before) === canonicalText(after)) return [];
    return [{ field, before: inWords(before), after: inWords(after) }];
  });
}

type Part = (string | null)[] | string[][] | RichText | null;

const parts: Record<ApprovalChange["field"], (content: ApprovedContent) => Part> = {
  statement: ({ statement, claimant }) => [statement, claimant],
  verdict: ({ verdict, confidence }) => [verdict, confidence],
  rationale: ({ rationale }) => rationale,
  evidence: ({ evidence }) => evidence,
  text: ({ text }) => text,
};

function inWords(part: Part): string {
  if (part === null) return "";
  if (!Array.isArray(part)) return plainText(part);
  return part
    .map((line) => (Array.isArray(line) ? line.filter(Boolean).join(" | ") : line))
    .filter(Boolean)
    .join("\n");
}
