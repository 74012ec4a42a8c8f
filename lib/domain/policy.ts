/**
 * ALL authorization, on one screen: one predicate per action. Called by use cases in `lib/server` and nowhere else; what a
 * view offers (its abilities) is computed from the same table. What a claim's state allows is said by `workflow.ts`.
 */
import { AppError } from "./errors";
import type { Actor, Role } from "./people";
import type { WorkflowState } from "./workflow";

export type ClaimFacts = {
  state: WorkflowState;
  assigneeId: string | null;
  createdById: string;
  /** When it was first submitted to an editor. */
  submittedAt: string | null;
};

/** Each action with what it is done to. */
type Subjects = {
  "newsroom.read": undefined;
  "article.create": undefined;
  "article.edit": undefined;
  "article.due": undefined;
  "article.trash": { createdById: string; hasSubmittedClaims: boolean; isPublished: boolean };
  "revision.add": undefined;
  "revision.discard": { createdById: string };
  "revision.undo": { createdById: string };
  "claim.create": undefined;
  "sentence.mark": undefined;
  "claim.edit": ClaimFacts;
  "claim.trash": ClaimFacts;
  "claim.due": ClaimFacts;
  /** Add, move and remove its places; to say where it stands where that is not sure is `claim.settle`. */
  "claim.place": ClaimFacts;
  "claim.settle": undefined;
  "claim.history": undefined;
  "evidence.add": undefined;
  "evidence.edit": { claim: ClaimFacts; evidence: { createdById: string } };
  "query.answer": undefined;
  "wording.decide": undefined;
  "source.edit": undefined;
  "share.manage": undefined;
  "publication.create": undefined;
  "scale.manage": undefined;
  "people.manage": undefined;
  "account.manage": { personId: string };
  "settings.manage": undefined;
  "audit.read": { articleId: string | null; actorId: string | null };
};
export type Action = keyof Subjects;

type Predicate<A extends Action> = (actor: Actor, subject: Subjects[A]) => boolean;

const is =
  (...allowed: Role[]) =>
  (actor: Actor) =>
    allowed.includes(actor.role);
const member = is("reviewer", "editor", "admin");
const desk = is("editor", "admin");

/** States in which a claim's own reviewer may still write in it. In review it is the editor's to read. */
const writable: readonly WorkflowState[] = ["in_check", "needs_info", "returned", "approved", "stale"];
/** States in which whoever marked a claim may take it back, if an editor has never had it before them. */
const early: readonly WorkflowState[] = ["open", "in_check", "needs_info"];

const editClaim = (actor: Actor, claim: ClaimFacts): boolean =>
  desk(actor) || claim.state === "open" || (claim.assigneeId === actor.id && writable.includes(claim.state));

const policy: { [A in Action]: Predicate<A> } = {
  "newsroom.read": member,
  "article.create": member,
  "article.edit": member,
  "article.due": desk,
  "article.trash": (actor, article) =>
    desk(actor) || (article.createdById === actor.id && !article.hasSubmittedClaims && !article.isPublished),
  "revision.add": member,
  "revision.discard": (actor, draft) => desk(actor) || draft.createdById === actor.id,
  "revision.undo": (actor, revision) => desk(actor) || revision.createdById === actor.id,
  "claim.create": member,
  "sentence.mark": member,
  "claim.edit": editClaim,
  "claim.trash": (actor, claim) =>
    desk(actor) || (claim.createdById === actor.id && early.includes(claim.state) && claim.submittedAt === null),
  "claim.due": (actor, claim) => desk(actor) || claim.assigneeId === actor.id,
  "claim.place": editClaim,
  // As whoever brings in a new text decides on all of its claims.
  "claim.settle": member,
  "claim.history": member,
  "evidence.add": member,
  "evidence.edit": (actor, { claim, evidence }) => evidence.createdById === actor.id || editClaim(actor, claim),
  "query.answer": member,
  "wording.decide": is("editor"),
  "source.edit": member,
  "share.manage": desk,
  "publication.create": is("editor"),
  "scale.manage": is("admin"),
  "people.manage": is("admin"),
  "account.manage": (actor, account) => actor.role === "admin" || account.personId === actor.id,
  "settings.manage": is("admin"),
  "audit.read": (actor, line) =>
    actor.role === "admin" || line.actorId === actor.id || (actor.role === "editor" && line.articleId !== null),
};

export function can<A extends Action>(
  actor: Actor,
  action: A,
  ...[subject]: Subjects[A] extends undefined ? [] : [Subjects[A]]
): boolean {
  return policy[action](actor, subject as Subjects[A]);
}

/** @throws AppError `forbidden`, in words for the person. */
export function authorize<A extends Action>(
  actor: Actor,
  action: A,
  ...subject: Subjects[A] extends undefined ? [] : [Subjects[A]]
): void {
  if (!can(actor, action, ...subject))
    throw new AppError("forbidden", refusals[action] ?? "Your role does not allow this.");
}

const refusals: Partial<Record<Action, string>> = {
  "claim.edit": "Somebody else holds this claim, or it is in review.",
  "claim.place":
    "Somebody else holds this claim, or it is in review. Its words can be settled only where they are not sure.",
  "article.due": "Only an editor or an admin sets when an article is due.",
  "evidence.edit": "Somebody else added this evidence, and you do not hold the claim.",
  "wording.decide": "Only an editor accepts or declines a suggested wording.",
  "claim.trash": "Only an editor can move this claim to the trash now.",
  "article.trash": "Only an editor can move this article to the trash now.",
  "revision.discard": "Somebody else is preparing this text.",
  "revision.undo": "Only an editor, or whoever put this text under check, can take it back.",
  "share.manage": "Only editors and admins can share a fact-check.",
  "publication.create": "Only an editor can publish a fact-check.",
  "people.manage": "Only an admin can manage people.",
  "account.manage": "Only an admin can change somebody else's account.",
  "scale.manage": "Only an admin can change the scale.",
  "settings.manage": "Only an admin can change the settings.",
};
