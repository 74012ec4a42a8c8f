/**
 * Every endpoint of /api/v1, once. The server's routes, the browser's typed calls and the OpenAPI document are all made from
 * this table, so they cannot disagree.
 */
import { z } from "zod";
import * as annotation from "./annotation-import";
import * as article from "./article";
import * as changes from "./change-list";
import * as claim from "./claim";
import * as evidence from "./evidence";
import * as pastRevision from "./past-revision";
import * as people from "./people";
import * as place from "./place";
import * as publication from "./publication";
import * as revision from "./revision";
import * as sentenceMark from "./sentence-mark";
import * as source from "./source";
import { id, line, requiredLine } from "./text";
import * as verdict from "./verdict";
import * as wording from "./wording";

export type Endpoint = {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below /api/v1, parameters in braces. */
  path: string;
  summary: string;
  params: z.ZodObject;
  query?: z.ZodObject;
  /** `bytes` is an upload as application/octet-stream, its name in the query. */
  body?: z.ZodType | "bytes";
  response: z.ZodType;
  /** The change must name the version it was made on in `If-Match`; one that can be undone may name it. */
  precondition?: true | "optional";
  /** Without a session: set-up, invitations, health. */
  open?: true;
  /** Bodies as large as an article's document. */
  large?: true;
};

const none = z.object({});
const articleId = z.object({ articleId: id });
const claimId = z.object({ claimId: id });
const draftId = z.object({ draftId: id });
const evidenceId = z.object({ evidenceId: id });
const done = z.object({ done: z.literal(true) });
const cursor = z.object({ cursor: z.string().max(200).optional() });

/** Keeps each row's own types while checking its shape. */
const table = <T extends Record<string, Endpoint>>(rows: T): T => rows;

export const endpoints = table({
  // An article in
  previewPaste: {
    method: "POST",
    path: "/intake/paste",
    summary: "Read pasted text into a draft",
    params: none,
    body: article.pasteInput,
    response: article.articleDraft,
    large: true,
  },
  previewFile: {
    method: "POST",
    path: "/intake/file",
    summary: "Read a file into a draft",
    params: none,
    query: z.object({ name: line }),
    body: "bytes",
    response: article.articleDraft,
  },
  previewPage: {
    method: "POST",
    path: "/intake/page",
    summary: "Fetch a web page and read it into a draft",
    params: none,
    body: article.pageInput,
    response: article.articleDraft,
  },
  createArticle: {
    method: "POST",
    path: "/articles",
    summary: "Bring in an article",
    params: none,
    body: article.articleCreate,
    response: article.articleView,
    large: true,
  },

  // Articles
  listArticles: {
    method: "GET",
    path: "/articles",
    summary: "The desk",
    params: none,
    query: article.articleQuery,
    response: article.articlePage,
  },
  getArticle: {
    method: "GET",
    path: "/articles/{articleId}",
    summary: "An article",
    params: articleId,
    response: article.articleView,
  },
  updateArticle: {
    method: "PATCH",
    path: "/articles/{articleId}",
    summary: "Correct an article's metadata or due date",
    params: articleId,
    body: article.articlePatch,
    response: article.articleView,
    precondition: true,
  },
  trashArticle: {
    method: "DELETE",
    path: "/articles/{articleId}",
    summary: "Move an article to the trash",
    params: articleId,
    response: done,
    precondition: "optional",
  },
  restoreArticle: {
    method: "POST",
    path: "/articles/{articleId}/restore",
    summary: "Take an article out of the trash",
    params: articleId,
    response: done,
  },
  getRevision: {
    method: "GET",
    path: "/revisions/{revisionId}",
    summary: "A revision, which never changes",
    params: z.object({ revisionId: id }),
    response: article.revisionView,
  },
  listAnnotations: {
    method: "GET",
    path: "/articles/{articleId}/annotations",
    summary: "What the annotations of other programs are called that are claims of the article",
    params: articleId,
    response: annotation.knownAnnotations,
  },
  importAnnotations: {
    method: "POST",
    path: "/articles/{articleId}/annotations",
    summary:
      "Bring in annotations of other programs as claims, all or none; those that are claims already are passed over",
    params: articleId,
    body: annotation.annotationImport,
    response: annotation.annotationImported,
    large: true,
  },
  undoAnnotations: {
    method: "POST",
    path: "/articles/{articleId}/annotations/undo",
    summary: "Move claims that one has just brought in to the trash, those that nobody has touched since",
    params: articleId,
    body: annotation.annotationUndo,
    response: z.object({ trashed: z.int() }),
  },
  listRevisions: {
    method: "GET",
    path: "/articles/{articleId}/revisions",
    summary: "The revisions of an article, the newest first, and the texts that are on their way in",
    params: articleId,
    response: revision.revisionList,
  },
  getChangeList: {
    method: "GET",
    path: "/articles/{articleId}/changes",
    summary: "What the desk asks the author to change, in the order of the text, and what became of it",
    params: articleId,
    response: changes.changeList,
  },
  listClaimChanges: {
    method: "GET",
    path: "/revisions/{revisionId}/claim-changes",
    summary: "The claims that stand on other words, or elsewhere, than in another revision of the article",
    params: z.object({ revisionId: id }),
    query: z.object({ since: id }),
    response: pastRevision.claimChanges,
  },
  undoRevision: {
    method: "POST",
    path: "/revisions/{revisionId}/undo",
    summary: "Take the newest revision back: the text before it is under check again, its draft can be gone on with",
    params: z.object({ revisionId: id }),
    response: revision.revisionDraftView,
  },

  // A new text on its way in
  createRevisionDraft: {
    method: "POST",
    path: "/articles/{articleId}/revision-drafts",
    summary: "Lay a new text beside the one under check",
    params: articleId,
    body: revision.revisionDraftCreate,
    response: revision.revisionDraftView,
    large: true,
  },
  getRevisionDraft: {
    method: "GET",
    path: "/revision-drafts/{draftId}",
    summary: "A new text with what becomes of each claim",
    params: draftId,
    response: revision.revisionDraftView,
  },
  decideAnchor: {
    method: "PUT",
    path: "/revision-drafts/{draftId}/decisions/{anchorId}",
    summary: "Decide where a claim stands in the new text",
    params: draftId.extend({ anchorId: id }),
    body: revision.anchorDecision,
    response: revision.carriedAnchor,
  },
  undecideAnchor: {
    method: "DELETE",
    path: "/revision-drafts/{draftId}/decisions/{anchorId}",
    summary: "Take a decision back",
    params: draftId.extend({ anchorId: id }),
    response: revision.carriedAnchor,
  },
  rebaseRevisionDraft: {
    method: "POST",
    path: "/revision-drafts/{draftId}/rebase",
    summary: "Lay it beside the text that somebody else has applied meanwhile",
    params: draftId,
    response: revision.revisionDraftView,
  },
  applyRevisionDraft: {
    method: "POST",
    path: "/revision-drafts/{draftId}/apply",
    summary: "Put the new text under check, in one step for everybody",
    params: draftId,
    response: article.articleView,
    precondition: true,
  },
  discardRevisionDraft: {
    method: "DELETE",
    path: "/revision-drafts/{draftId}",
    summary: "Throw a new text away",
    params: draftId,
    response: done,
  },

  // Claims
  listClaims: {
    method: "GET",
    path: "/articles/{articleId}/claims",
    summary: "The claims of an article, in the order of the text",
    params: articleId,
    query: z.object({ trash: z.literal("1").optional() }),
    response: z.object({ claims: z.array(claim.claimSummary), lastEvent: z.int() }),
  },
  createClaim: {
    method: "POST",
    path: "/articles/{articleId}/claims",
    summary: "Mark a claim",
    params: articleId,
    body: claim.claimCreate,
    response: claim.claimView,
  },
  getClaim: {
    method: "GET",
    path: "/claims/{claimId}",
    summary: "A claim, whole",
    params: claimId,
    response: claim.claimView,
  },
  updateClaim: {
    method: "PATCH",
    path: "/claims/{claimId}",
    summary: "Change a claim's fields",
    params: claimId,
    body: claim.claimPatch,
    response: claim.claimView,
    precondition: true,
  },
  moveClaim: {
    method: "POST",
    path: "/claims/{claimId}/transitions",
    summary: "Take, assign, ask, submit, return, approve, set aside …",
    params: claimId,
    body: claim.claimTransition,
    response: claim.claimView,
    precondition: true,
  },
  trashClaim: {
    method: "DELETE",
    path: "/claims/{claimId}",
    summary: "Move a claim to the trash",
    params: claimId,
    response: done,
    precondition: "optional",
  },
  restoreClaim: {
    method: "POST",
    path: "/claims/{claimId}/restore",
    summary: "Take a claim out of the trash",
    params: claimId,
    response: claim.claimView,
  },
  placeClaim: {
    method: "PUT",
    path: "/claims/{claimId}/places/{anchorId}",
    summary: "Say on which words a claim stands: a new place, another one, or the words that are there, confirmed",
    params: claimId.extend({ anchorId: id }),
    body: place.placeInput,
    response: claim.claimView,
    precondition: true,
  },
  removePlace: {
    method: "DELETE",
    path: "/claims/{claimId}/places/{anchorId}",
    summary: "Remove one of a claim's places; the last one in its own article stays",
    params: claimId.extend({ anchorId: id }),
    /** Names what is done, for its way back and for asking again. */
    query: z.object({ change: id.optional() }),
    response: claim.claimView,
    precondition: true,
  },
  undoPlaceChange: {
    method: "POST",
    path: "/place-changes/{changeId}/undo",
    summary: "Take back what was done to a place, if nobody has touched it since",
    params: z.object({ changeId: id }),
    response: claim.claimView,
  },
  findPlaces: {
    method: "GET",
    path: "/claims/{claimId}/proposals/{articleId}",
    summary: "Where a claim may stand in another article",
    params: claimId.extend({ articleId: id }),
    response: place.placeProposals,
  },
  answerQuery: {
    method: "POST",
    path: "/queries/{queryId}/answer",
    summary: "Answer a query",
    params: z.object({ queryId: id }),
    body: claim.queryAnswer,
    response: claim.claimView,
  },
  decideWording: {
    method: "POST",
    path: "/claims/{claimId}/wording-decision",
    summary: "Accept or decline the wording that is suggested for a claim, or take that back",
    params: claimId,
    body: wording.wordingDecision,
    response: claim.claimView,
    precondition: true,
  },
  getClaimHistory: {
    method: "GET",
    path: "/claims/{claimId}/history",
    summary: "Who did what to a claim",
    params: claimId,
    query: cursor,
    response: article.auditPage,
  },

  // The sentence ledger
  listSentenceMarks: {
    method: "GET",
    path: "/articles/{articleId}/sentence-marks",
    summary: "The sentences of the text under check that are marked, in its order",
    params: articleId,
    response: sentenceMark.sentenceMarkList,
  },
  markSentences: {
    method: "PUT",
    path: "/articles/{articleId}/sentence-marks",
    summary: "Mark sentences as opinion, transition or without a checkable fact, or take their marks away",
    params: articleId,
    body: sentenceMark.sentenceMarking,
    response: sentenceMark.sentenceMarked,
    large: true,
  },

  setPresence: {
    method: "PUT",
    path: "/presence/{streamId}",
    summary: "Tell which claim one is on, in one's own open event stream",
    params: z.object({ streamId: id }),
    body: z.strictObject({ claimId: id.nullable() }),
    response: done,
  },

  // Evidence and sources
  createEvidence: {
    method: "POST",
    path: "/claims/{claimId}/evidence",
    summary: "Put a source to use on a claim",
    params: claimId,
    body: evidence.evidenceCreate,
    response: claim.claimView,
  },
  updateEvidence: {
    method: "PATCH",
    path: "/evidence/{evidenceId}",
    summary: "Change a piece of evidence",
    params: evidenceId,
    body: evidence.evidencePatch,
    response: claim.claimView,
    precondition: true,
  },
  removeEvidence: {
    method: "DELETE",
    path: "/evidence/{evidenceId}",
    summary: "Remove a piece of evidence; it can be restored",
    params: evidenceId,
    response: claim.claimView,
    precondition: "optional",
  },
  restoreEvidence: {
    method: "POST",
    path: "/evidence/{evidenceId}/restore",
    summary: "Bring removed evidence back",
    params: evidenceId,
    response: claim.claimView,
  },
  orderEvidence: {
    method: "PUT",
    path: "/claims/{claimId}/evidence-order",
    summary: "Put a claim's evidence in order",
    params: claimId,
    body: evidence.evidenceOrder,
    response: claim.claimView,
  },
  listSources: {
    method: "GET",
    path: "/sources",
    summary: "The source library",
    params: none,
    query: z.object({ q: line.optional(), kind: source.sourceKind.optional(), cursor: z.string().max(500).optional() }),
    response: z.object({ items: z.array(source.sourceListItem), next: z.string().nullable() }),
  },
  createSource: {
    method: "POST",
    path: "/sources",
    summary: "Add a source to the library; one with the same address is given back instead",
    params: none,
    body: source.sourceCreate,
    response: source.sourceView,
  },
  previewSource: {
    method: "POST",
    path: "/sources/preview",
    summary: "Fetch a web page and tell what it says of itself, for a new source",
    params: none,
    body: article.pageInput,
    response: source.sourceFound,
  },
  updateSource: {
    method: "PATCH",
    path: "/sources/{sourceId}",
    summary: "Correct a source",
    params: z.object({ sourceId: id }),
    body: source.sourcePatch,
    response: source.sourceView,
    precondition: true,
  },
  listSourceUses: {
    method: "GET",
    path: "/sources/{sourceId}/claims",
    summary: "The claims that rest on a source",
    params: z.object({ sourceId: id }),
    response: z.array(source.sourceUse),
  },

  // A link out
  getSharing: {
    method: "GET",
    path: "/articles/{articleId}/sharing",
    summary: "Publications and share links of an article",
    params: articleId,
    response: publication.sharingView,
  },
  createPublication: {
    method: "POST",
    path: "/articles/{articleId}/publications",
    summary: "Freeze the approved claims into a publication",
    params: articleId,
    body: publication.publicationCreate,
    response: publication.sharingView,
  },
  createShareLink: {
    method: "POST",
    path: "/articles/{articleId}/share-links",
    summary: "Make a share link",
    params: articleId,
    body: publication.shareLinkCreate,
    response: publication.sharingView,
  },
  revokeShareLink: {
    method: "DELETE",
    path: "/share-links/{shareLinkId}",
    summary: "Revoke a share link, at once and for good",
    params: z.object({ shareLinkId: id }),
    response: publication.sharingView,
  },

  // People and settings
  setUp: {
    method: "POST",
    path: "/set-up",
    summary: "Make the first admin of an empty installation",
    params: none,
    body: people.setUp,
    response: done,
    open: true,
  },
  listPeople: {
    method: "GET",
    path: "/people",
    summary: "Everybody in the newsroom",
    params: none,
    response: z.array(people.personView),
  },
  updatePerson: {
    method: "PATCH",
    path: "/people/{personId}",
    summary: "Change a person's role or name, disable or enable them",
    params: z.object({ personId: id }),
    body: people.personPatch,
    response: people.personView,
    precondition: true,
  },
  signOutPerson: {
    method: "POST",
    path: "/people/{personId}/sign-out",
    summary: "End every session of a person (one's own, or as an admin)",
    params: z.object({ personId: id }),
    response: done,
  },
  listInvitations: {
    method: "GET",
    path: "/invitations",
    summary: "Open and used invitations",
    params: none,
    response: z.array(people.invitationView),
  },
  createInvitation: {
    method: "POST",
    path: "/invitations",
    summary: "Invite somebody by link",
    params: none,
    body: people.invitationCreate,
    response: people.invitationView,
  },
  revokeInvitation: {
    method: "DELETE",
    path: "/invitations/{invitationId}",
    summary: "Take an invitation back",
    params: z.object({ invitationId: id }),
    response: done,
  },
  acceptInvitation: {
    method: "POST",
    path: "/invitations/accept",
    summary: "Make an account from an invitation",
    params: none,
    body: people.invitationAccept,
    response: done,
    open: true,
  },
  createPasswordLink: {
    method: "POST",
    path: "/people/{personId}/password-links",
    summary: "Make a link by which a person chooses a new password",
    params: z.object({ personId: id }),
    response: people.invitationView,
  },
  renewPassword: {
    method: "POST",
    path: "/invitations/renew-password",
    summary: "Choose a new password by a link; every session of the account ends",
    params: none,
    body: people.passwordRenew,
    response: done,
    open: true,
  },
  changePassword: {
    method: "POST",
    path: "/account/password",
    summary: "Change one's own password; other sessions end",
    params: none,
    body: people.passwordChange,
    response: done,
  },
  listRatings: {
    method: "GET",
    path: "/ratings",
    summary: "The scale, retired ratings included",
    params: none,
    response: z.array(verdict.ratingView),
  },
  createRating: {
    method: "POST",
    path: "/ratings",
    summary: "Add a rating to the scale",
    params: none,
    body: verdict.ratingCreate,
    response: verdict.ratingView,
  },
  updateRating: {
    method: "PATCH",
    path: "/ratings/{ratingId}",
    summary: "Change or retire a rating",
    params: z.object({ ratingId: id }),
    body: verdict.ratingPatch,
    response: verdict.ratingView,
    precondition: true,
  },
  getNewsroom: {
    method: "GET",
    path: "/newsroom",
    summary: "The newsroom's settings",
    params: none,
    response: z.object({ name: z.string(), fourEyes: z.boolean(), demo: z.boolean(), version: z.int() }),
  },
  updateNewsroom: {
    method: "PATCH",
    path: "/newsroom",
    summary: "Change the newsroom's settings",
    params: none,
    body: z.strictObject({ name: requiredLine, fourEyes: z.boolean() }).partial(),
    response: z.object({ name: z.string(), fourEyes: z.boolean(), demo: z.boolean(), version: z.int() }),
    precondition: true,
  },
  listActivity: {
    method: "GET",
    path: "/activity",
    summary: "The audit record, as far as one's role may read it",
    params: none,
    query: cursor.extend({ articleId: id.optional(), personId: id.optional() }),
    response: article.auditPage,
  },
});

/** The types of one endpoint's parts, for calls and for handlers. */
export type ParamsOf<E extends Endpoint> = z.infer<E["params"]>;
export type QueryOf<E extends Endpoint> = E extends { query: infer Q extends z.ZodType } ? z.infer<Q> : undefined;
export type QueryInputOf<E extends Endpoint> = E extends { query: infer Q extends z.ZodType } ? z.input<Q> : undefined;
export type BodyOf<E extends Endpoint> = E extends { body: infer B }
  ? B extends z.ZodType
    ? z.infer<B>
    : Uint8Array
  : undefined;
export type BodyInputOf<E extends Endpoint> = E extends { body: infer B }
  ? B extends z.ZodType
    ? z.input<B>
    : Blob | Uint8Array
  : undefined;
export type VersionOf<E extends Endpoint> = E extends { precondition: true }
  ? number
  : E extends { precondition: "optional" }
    ? number | undefined
    : undefined;
export type ResponseOf<E extends Endpoint> = z.infer<E["response"]>;
