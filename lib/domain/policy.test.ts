import { describe, expect, test } from "vitest";
import { AppError } from "./errors";
import { type Actor, type Role, roles } from "./people";
import { type Action, authorize, can } from "./policy";
import { type WorkflowState, workflowStates } from "./workflow";

const actor = (role: Role): Actor => ({ id: "me", role, name: role, sessionId: "" });

/** The matrix of `product.md`, one row for each action that is done to nothing in particular. */
const plain: Record<
  Exclude<
    Action,
    | `claim.${"edit" | "place" | "trash" | "due"}`
    | "evidence.edit"
    | "article.trash"
    | "audit.read"
    | "account.manage"
    | `revision.${"discard" | "undo"}`
  >,
  Role[]
> = {
  "newsroom.read": ["reviewer", "editor", "admin"],
  "article.create": ["reviewer", "editor", "admin"],
  "article.edit": ["reviewer", "editor", "admin"],
  "article.due": ["editor", "admin"],
  "revision.add": ["reviewer", "editor", "admin"],
  "claim.create": ["reviewer", "editor", "admin"],
  "claim.settle": ["reviewer", "editor", "admin"],
  "sentence.mark": ["reviewer", "editor", "admin"],
  "claim.history": ["reviewer", "editor", "admin"],
  "evidence.add": ["reviewer", "editor", "admin"],
  "query.answer": ["reviewer", "editor", "admin"],
  "wording.decide": ["editor"],
  "source.edit": ["reviewer", "editor", "admin"],
  "share.manage": ["editor", "admin"],
  "publication.create": ["editor"],
  "scale.manage": ["admin"],
  "people.manage": ["admin"],
  "settings.manage": ["admin"],
};

describe("what is done to nothing in particular", () => {
  for (const [action, allowed] of Object.entries(plain) as [keyof typeof plain, Role[]][])
    for (const role of roles)
      test(`${role}: ${action}`, () => expect(can(actor(role), action)).toBe(allowed.includes(role)));
});

describe.each(["revision.discard", "revision.undo"] as const)("%s", (action) => {
  test.each(roles)("%s: one's own", (role) => expect(can(actor(role), action, { createdById: "me" })).toBe(true));
  test.each(roles)("%s: another's", (role) =>
    expect(can(actor(role), action, { createdById: "they" })).toBe(role !== "reviewer"),
  );
});

/** Who stands how to a claim: who marked it and who holds it. */
const relations = {
  stranger: { createdById: "they", assigneeId: "they" },
  creator: { createdById: "me", assigneeId: "they" },
  holder: { createdById: "they", assigneeId: "me" },
  both: { createdById: "me", assigneeId: "me" },
  nobody: { createdById: "they", assigneeId: null },
} as const;
type Relation = keyof typeof relations;
const held: Relation[] = ["holder", "both"];
const marked: Relation[] = ["creator", "both"];

/** In which states a reviewer may, and how they must stand to the claim. Editors and admins always may. */
const whoEdits = (state: WorkflowState): Relation[] => {
  if (state === "open") return Object.keys(relations) as Relation[];
  return ["in_check", "needs_info", "returned", "approved", "stale"].includes(state) ? held : [];
};
const claimActions = ["claim.edit", "claim.place", "claim.trash", "claim.due"] as const;
const ofReviewer: Record<(typeof claimActions)[number], (state: WorkflowState) => Relation[]> = {
  "claim.edit": whoEdits,
  "claim.place": whoEdits,
  "claim.trash": (state) => (["open", "in_check", "needs_info"].includes(state) ? marked : []),
  "claim.due": () => held,
};

describe("what is done to a claim", () => {
  for (const action of claimActions)
    for (const state of workflowStates)
      for (const [relation, people] of Object.entries(relations) as [Relation, (typeof relations)[Relation]][])
        for (const role of roles)
          test(`${role} (${relation}): ${action} of a claim ${state}`, () => {
            const allowed = role !== "reviewer" || ofReviewer[action](state).includes(relation);
            expect(can(actor(role), action, { state, ...people, submittedAt: null })).toBe(allowed);
          });

  for (const state of workflowStates)
    for (const role of roles)
      test(`${role} (both): claim.trash of a claim ${state} that an editor has had before them`, () => {
        const claim = { state, ...relations.both, submittedAt: "2026-11-23T10:00:00.000Z" };
        expect(can(actor(role), "claim.trash", claim)).toBe(role !== "reviewer");
      });
});

describe("what is done to evidence", () => {
  for (const state of workflowStates)
    for (const [relation, people] of Object.entries(relations) as [Relation, (typeof relations)[Relation]][])
      for (const role of roles)
        test(`${role} (${relation}): evidence.edit on a claim ${state}`, () => {
          const claim = { state, ...people, submittedAt: null };
          const mayEditClaim = role !== "reviewer" || ofReviewer["claim.edit"](state).includes(relation);
          expect(can(actor(role), "evidence.edit", { claim, evidence: { createdById: "they" } })).toBe(mayEditClaim);
          expect(can(actor(role), "evidence.edit", { claim, evidence: { createdById: "me" } })).toBe(true);
        });
});

describe("what is done to an article", () => {
  const subjects = [
    { createdById: "me", hasSubmittedClaims: false, isPublished: false, reviewer: true },
    { createdById: "me", hasSubmittedClaims: true, isPublished: false, reviewer: false },
    { createdById: "me", hasSubmittedClaims: false, isPublished: true, reviewer: false },
    { createdById: "they", hasSubmittedClaims: false, isPublished: false, reviewer: false },
    { createdById: "they", hasSubmittedClaims: true, isPublished: true, reviewer: false },
  ];
  for (const { reviewer, ...subject } of subjects)
    for (const role of roles)
      test(`${role}: article.trash of ${JSON.stringify(subject)}`, () => {
        expect(can(actor(role), "article.trash", subject)).toBe(role === "reviewer" ? reviewer : true);
      });
});

describe("reading the audit record", () => {
  const lines = [
    { actorId: "me", articleId: "a", may: roles },
    { actorId: "me", articleId: null, may: roles },
    { actorId: "they", articleId: "a", may: ["editor", "admin"] },
    { actorId: "they", articleId: null, may: ["admin"] },
    { actorId: null, articleId: "a", may: ["editor", "admin"] },
    { actorId: null, articleId: null, may: ["admin"] },
  ];
  for (const { may, ...line } of lines)
    for (const role of roles)
      test(`${role}: ${JSON.stringify(line)}`, () => {
        expect(can(actor(role), "audit.read", line)).toBe((may as readonly Role[]).includes(role));
      });
});

describe("one's account", () => {
  for (const role of roles)
    test(`${role}: account.manage`, () => {
      expect(can(actor(role), "account.manage", { personId: "me" })).toBe(true);
      expect(can(actor(role), "account.manage", { personId: "they" })).toBe(role === "admin");
    });
});

test("a refusal is forbidden, in words for the person", () => {
  const claim = { state: "in_review", assigneeId: "me", createdById: "me", submittedAt: null } as const;
  expect(() => authorize(actor("editor"), "claim.edit", claim)).not.toThrow();
  expect(() => authorize(actor("reviewer"), "claim.edit", claim)).toThrow(
    new AppError("forbidden", "Somebody else holds this claim, or it is in review."),
  );
  expect(() => authorize(actor("editor"), "people.manage")).toThrow(AppError);
});
