import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeNewsroom,
  makePerson,
  makeSource,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { type ClaimTransition, type ClaimView, claimView } from "../domain/claim";
import type { Actor } from "../domain/people";
import { getClaim } from "./claim-views";
import { moveClaim } from "./claim-workflow";
import { createClaim, trashClaim, updateClaim } from "./claims";
import { type Database, database } from "./db";
import { createEvidence } from "./evidence";
import { newId } from "./ids";
import { answerQuery } from "./queries";

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let secondEditor: Actor;
let admin: Actor;
let article: MadeArticle;
let ratingId: string;

beforeAll(async () => {
  db = database();
  const { ratings } = await makeNewsroom(db);
  ratingId = ratings[0]?.id ?? "";
  [reviewer, other, editor, secondEditor, admin] = await Promise.all([
    makeActor(db, "reviewer"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
    makeActor(db, "editor"),
    makeActor(db, "admin"),
  ]);
  article = await makeArticle(db, reviewer);
});
afterAll(() => database().$disconnect());

/** A claim on its way: each move is made on the version that the one before it left. */
class Story {
  constructor(public claim: ClaimView) {}

  static async begin(by: Actor): Promise<Story> {
    const exact = "Monday";
    const start = article.text.indexOf(exact);
    const anchors = [{ id: newId(), start, end: start + exact.length, exact }];
    return new Story(await createClaim(by, article.id, { id: newId(), revisionId: article.revisionId, anchors }));
  }
  async move(by: Actor, transition: ClaimTransition): Promise<ClaimView> {
    this.claim = await moveClaim(by, this.claim.id, this.claim.version, transition);
    expect(claimView.parse(this.claim)).toEqual(this.claim);
    return this.claim;
  }
  async check(by: Actor): Promise<void> {
    const source = await makeSource(db, by);
    await updateClaim(by, this.claim.id, this.claim.version, { ratingId, rationale: paragraphs("It was a Monday.") });
    const evidence = { id: newId(), sourceId: source.id, excerpt: "Monday", locator: "p. 1", shows: "" };
    this.claim = await createEvidence(by, this.claim.id, { ...evidence, stance: "supports" });
  }
}

const linesOf = async (claimId: string) =>
  (await db.auditEvent.findMany({ where: { claimId }, orderBy: { id: "asc" } })).map(({ action, data }) => ({
    action,
    data,
  }));

test("a claim is marked, taken, asked about, answered, submitted, returned, submitted and approved, each on the record", async () => {
  const story = await Story.begin(reviewer);
  expect(await story.move(reviewer, { event: "take" })).toMatchObject({
    state: "in_check",
    assignee: { id: reviewer.id },
  });
  const query = { id: newId(), question: "Which Monday?" };
  expect(await story.move(reviewer, { event: "ask", query })).toMatchObject({
    state: "needs_info",
    openQueries: 1,
    queries: [{ ...query, askedBy: { id: reviewer.id }, answer: null }],
  });
  await expect(story.move(reviewer, { event: "resume" })).rejects.toMatchObject({
    code: "invalid",
    details: { fields: [{ path: "open_query" }] },
  });
  story.claim = await answerQuery(editor, query.id, { answer: "The 24th." });
  expect(await story.move(reviewer, { event: "resume" })).toMatchObject({ state: "in_check", openQueries: 0 });
  await expect(story.move(reviewer, { event: "submit" })).rejects.toMatchObject({
    code: "invalid",
    details: { fields: [{ path: "verdict" }, { path: "rationale" }, { path: "evidence" }] },
  });
  await story.check(reviewer);
  expect((await story.move(reviewer, { event: "submit" })).state).toBe("in_review");
  expect((await story.move(reviewer, { event: "withdraw" })).state).toBe("in_check");
  await story.move(reviewer, { event: "submit" });
  expect(await story.move(editor, { event: "return", reason: "Name the page." })).toMatchObject({
    state: "returned",
    stateReason: "Name the page.",
  });
  expect(await story.move(reviewer, { event: "submit" })).toMatchObject({ state: "in_review", stateReason: null });
  expect(await story.move(editor, { event: "approve" })).toMatchObject({
    state: "approved",
    approvedBy: { id: editor.id },
    approvedAt: expect.any(String),
    changes: [],
  });
  const lines = await linesOf(story.claim.id);
  expect(lines.map(({ action }) => action)).toEqual([
    "claim.created",
    "claim.taken",
    "claim.asked",
    "query.answered",
    "claim.resumed",
    "claim.updated",
    "evidence.created",
    "claim.submitted",
    "claim.withdrawn",
    "claim.submitted",
    "claim.returned",
    "claim.submitted",
    "claim.approved",
  ]);
  expect(lines.find(({ action }) => action === "claim.returned")?.data).toEqual({
    from: "in_review",
    to: "returned",
    reason: "Name the page.",
  });
});

describe("an approval", () => {
  test("is an editor's, and not of one's own verdict", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_review" });
    for (const actor of [reviewer, other, admin])
      await expect(moveClaim(actor, id, 1, { event: "approve" })).rejects.toMatchObject({ code: "forbidden" });
    const own = await updateClaim(editor, id, 1, { rationale: paragraphs("In the editor's words.") });
    await expect(moveClaim(editor, id, own.version, { event: "approve" })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "four_eyes" }] },
    });
    const approved = await moveClaim(secondEditor, id, own.version, { event: "approve" });
    expect(approved).toMatchObject({
      state: "approved",
      // The editor wrote the rationale; the rating is still whose it was.
      verdictBy: { id: reviewer.id },
      approvedBy: { id: secondEditor.id },
    });
  });

  test("of one's own verdict is possible where the newsroom switched the rule off", async () => {
    const { id } = await makeClaim(db, editor, article, { state: "in_review" });
    await db.newsroom.update({ where: { id: 1 }, data: { fourEyes: false } });
    try {
      expect((await moveClaim(editor, id, 1, { event: "approve" })).state).toBe("approved");
    } finally {
      await db.newsroom.update({ where: { id: 1 }, data: { fourEyes: true } });
    }
  });

  test("is of what the editor saw: evidence that came since is a conflict", async () => {
    const source = await makeSource(db, reviewer);
    const { id } = await makeClaim(db, reviewer, article, { state: "in_review", sources: [source] });
    const evidence = { id: newId(), sourceId: source.id, excerpt: "", locator: "", shows: "" };
    await createEvidence(secondEditor, id, { ...evidence, stance: "refutes" });
    await expect(moveClaim(editor, id, 1, { event: "approve" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { version: 2, evidence: [{}, { stance: "refutes" }] } },
    });
  });

  test("is not of a rating that the approver gave, though somebody else had the last word on the rationale", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_review" });
    const [, second] = await db.rating.findMany({ orderBy: { position: "asc" } });
    await updateClaim(editor, id, 1, { ratingId: second?.id ?? null, rationale: paragraphs("It was not so") });
    const returned = await moveClaim(editor, id, 2, { event: "return", reason: "A full stop." });
    const corrected = await updateClaim(reviewer, id, returned.version, { rationale: paragraphs("It was not so.") });
    const submitted = await moveClaim(reviewer, id, corrected.version, { event: "submit" });
    await expect(moveClaim(editor, id, submitted.version, { event: "approve" })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "four_eyes" }] },
    });
    expect((await moveClaim(secondEditor, id, submitted.version, { event: "approve" })).state).toBe("approved");
  });

  test("is of the reviewer's verdict still, when the editor has tried another and put it back", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_review", rationale: "The minutes say so." });
    const [first, second] = await db.rating.findMany({ orderBy: { position: "asc" } });
    for (const ratingId of [second?.id ?? "", first?.id ?? ""])
      await updateClaim(editor, id, (await getClaim(editor, id)).version, { ratingId });
    for (const text of ["In the editor's words.", "The minutes say so."])
      await updateClaim(editor, id, (await getClaim(editor, id)).version, { rationale: paragraphs(text) });
    const { version, verdictBy } = await getClaim(editor, id);
    expect(verdictBy?.id).toBe(reviewer.id);
    expect((await moveClaim(editor, id, version, { event: "approve" })).state).toBe("approved");
  });

  test("holds again when what was approved stands there again, and the record says so", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "approved", editor, statement: "On Monday." });
    const stale = await updateClaim(reviewer, id, 1, { statement: "On a Monday." });
    expect(stale.state).toBe("stale");
    const back = await updateClaim(reviewer, id, stale.version, { statement: "On Monday." });
    expect(back).toMatchObject({ state: "approved", approvedBy: { id: editor.id }, changes: [] });
    expect((await linesOf(id)).map(({ action }) => action)).toEqual([
      "claim.updated",
      "claim.invalidated",
      "claim.updated",
      "claim.revalidated",
    ]);
    expect((await linesOf(id)).at(-1)?.data).toEqual({ from: "stale", to: "approved" });
  });

  test("does not come back by the approver's own hand, when the verdict is theirs then", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "approved", editor });
    const [first, second, third] = await db.rating.findMany({ orderBy: { position: "asc" } });
    await updateClaim(reviewer, id, 1, { ratingId: second?.id ?? null });
    await updateClaim(secondEditor, id, 2, { ratingId: third?.id ?? null });
    const back = await updateClaim(editor, id, 3, { ratingId: first?.id ?? null });
    expect(back).toMatchObject({ state: "stale", verdictBy: { id: editor.id }, changes: [] });
  });

  test("is not of a claim with an open query, whatever way it took", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "needs_info" });
    await moveClaim(editor, id, 1, { event: "set_aside", reason: "cut" });
    await moveClaim(editor, id, 2, { event: "reopen" });
    const story = new Story(await moveClaim(reviewer, id, 3, { event: "take" }));
    await story.check(reviewer);
    await expect(story.move(reviewer, { event: "submit" })).rejects.toMatchObject({
      details: { fields: [{ path: "open_query" }] },
    });
  });

  test("that went stale is given anew by an editor for what now stands there", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "approved", editor });
    const before = await getClaim(editor, id);
    const stale = await updateClaim(reviewer, id, 1, { statement: "On a Monday in November." });
    expect(stale.changes).toMatchObject([{ field: "statement", after: "On a Monday in November." }]);
    const again = await moveClaim(secondEditor, id, stale.version, { event: "approve" });
    expect(again).toMatchObject({ state: "approved", approvedBy: { id: secondEditor.id }, changes: [] });
    const back = await updateClaim(reviewer, id, again.version, { statement: before.statement });
    expect(back).toMatchObject({ state: "stale", changes: [{ before: "On a Monday in November." }] });
    // Or its holder submits it, and it waits for an editor as any other.
    expect((await moveClaim(reviewer, id, back.version, { event: "submit" })).state).toBe("in_review");
  });

  test("and a change at the same moment: whichever comes first, no approval stands on what was not seen", async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await makeClaim(db, reviewer, article, { state: "in_review" });
      const [approval, change] = await Promise.allSettled([
        moveClaim(editor, id, 1, { event: "approve" }),
        updateClaim(secondEditor, id, 1, { statement: `Changed in round ${round}` }),
      ]);
      const now = await getClaim(editor, id);
      if (approval.status === "rejected") {
        expect(approval.reason).toMatchObject({ code: "conflict" });
        expect(now).toMatchObject({ state: "in_review", statement: `Changed in round ${round}` });
      } else {
        // Its fields had not changed since, so the change is good; what it does to the approval is seen by all.
        expect(change.status).toBe("fulfilled");
        expect(now).toMatchObject({ state: "stale", statement: `Changed in round ${round}` });
      }
    }
  });
});

describe("taking and assigning", () => {
  test("of two who take a claim at once one has it, and the other is shown who", async () => {
    const { id } = await makeClaim(db, reviewer, article);
    const takes = await Promise.allSettled(
      [reviewer, other].map((actor) => moveClaim(actor, id, 1, { event: "take" })),
    );
    const taken = takes.find((settled) => settled.status === "fulfilled");
    const late = takes.find((settled) => settled.status === "rejected");
    expect(late?.reason).toMatchObject({ code: "conflict", details: { current: { assignee: taken?.value.assignee } } });
  });

  test("is for editors and admins, to anybody in the newsroom; the state of a claim in work stays", async () => {
    const { id } = await makeClaim(db, reviewer, article);
    await expect(moveClaim(reviewer, id, 1, { event: "assign", assigneeId: other.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    const assigned = await moveClaim(admin, id, 1, { event: "assign", assigneeId: other.id });
    expect(assigned).toMatchObject({ state: "in_check", assignee: { id: other.id } });
    const returned = await makeClaim(db, reviewer, article, { state: "returned" });
    expect(await moveClaim(editor, returned.id, 1, { event: "assign", assigneeId: other.id })).toMatchObject({
      state: "returned",
      assignee: { id: other.id },
      stateReason: "Which minutes?",
    });
    const gone = await makePerson(db, "reviewer");
    await db.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    for (const assigneeId of [gone.id, newId()])
      await expect(moveClaim(editor, id, 2, { event: "assign", assigneeId })).rejects.toMatchObject({
        code: "invalid",
        details: { fields: [{ path: "assigneeId" }] },
      });
  });
});

describe("setting aside", () => {
  test("an open claim is anybody's to set aside and whoever did brings it back, or an editor", async () => {
    const { id } = await makeClaim(db, reviewer, article);
    const aside = await moveClaim(other, id, 1, { event: "set_aside", reason: "opinion", note: "A matter of taste." });
    expect(aside).toMatchObject({ state: "set_aside", setAsideAs: "opinion", stateReason: "A matter of taste." });
    await expect(moveClaim(reviewer, id, 2, { event: "reopen" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await moveClaim(other, id, 2, { event: "reopen" })).toMatchObject({
      state: "open",
      assignee: null,
      setAsideAs: null,
      stateReason: null,
    });
  });

  test("a claim in work is an editor's to set aside, an approved one nobody's", async () => {
    const held = await makeClaim(db, reviewer, article, { state: "in_check" });
    await expect(moveClaim(reviewer, held.id, 1, { event: "set_aside", reason: "cut" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await moveClaim(editor, held.id, 1, { event: "set_aside", reason: "cut" });
    await moveClaim(secondEditor, held.id, 2, { event: "reopen" });
    const approved = await makeClaim(db, reviewer, article, { state: "approved", editor });
    await expect(moveClaim(editor, approved.id, 1, { event: "set_aside", reason: "cut" })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "event" }] },
    });
  });

  test("a duplicate names the claim of the article that it doubles", async () => {
    const elsewhere = await makeArticle(db, reviewer);
    const [target, double, trashed, far] = [
      await makeClaim(db, reviewer, article),
      await makeClaim(db, reviewer, article),
      await makeClaim(db, reviewer, article),
      await makeClaim(db, reviewer, elsewhere),
    ];
    await trashClaim(reviewer, trashed.id);
    const setAside = (duplicateOfId?: string) =>
      moveClaim(reviewer, double.id, 1, {
        event: "set_aside",
        reason: "duplicate",
        ...(duplicateOfId && { duplicateOfId }),
      });
    for (const wrong of [undefined, double.id, trashed.id, far.id, newId()])
      await expect(setAside(wrong)).rejects.toMatchObject({
        code: "invalid",
        details: { fields: [{ path: "duplicateOfId" }] },
      });
    expect(await setAside(target.id)).toMatchObject({ setAsideAs: "duplicate", duplicateOfId: target.id });
    await expect(
      moveClaim(reviewer, target.id, 1, { event: "set_aside", reason: "duplicate", duplicateOfId: double.id }),
    ).rejects.toMatchObject({ code: "invalid" });
    expect(await moveClaim(reviewer, double.id, 2, { event: "reopen" })).toMatchObject({ duplicateOfId: null });
  });

  test("a duplicate never leads to a duplicate, whichever is set aside first, or both at once", async () => {
    const setAside = (id: string, duplicateOfId: string) =>
      moveClaim(reviewer, id, 1, { event: "set_aside", reason: "duplicate", duplicateOfId });
    const [a, b, c] = [
      await makeClaim(db, reviewer, article),
      await makeClaim(db, reviewer, article),
      await makeClaim(db, reviewer, article),
    ];
    await setAside(a.id, b.id);
    await expect(setAside(b.id, c.id)).rejects.toMatchObject({ code: "invalid" });
    await expect(setAside(c.id, a.id)).rejects.toMatchObject({ code: "invalid" });
    for (let round = 0; round < 5; round++) {
      const ring: string[] = [];
      for (let each = 0; each < 3; each++) ring.push((await makeClaim(db, reviewer, article)).id);
      await Promise.allSettled(ring.map((id, index) => setAside(id, ring[(index + 1) % 3] ?? "")));
      const claims = await db.claim.findMany({
        where: { id: { in: ring } },
        select: { duplicateOf: { select: { setAsideAs: true } } },
      });
      for (const { duplicateOf } of claims) expect(duplicateOf?.setAsideAs).not.toBe("duplicate");
    }
  });

  test("two claims as duplicates of each other at once leaves one of them", async () => {
    for (let round = 0; round < 5; round++) {
      const pair = [await makeClaim(db, reviewer, article), await makeClaim(db, reviewer, article)];
      const settled = await Promise.allSettled(
        pair.map(({ id }, index) =>
          moveClaim(reviewer, id, 1, {
            event: "set_aside",
            reason: "duplicate",
            duplicateOfId: pair[1 - index]?.id ?? "",
          }),
        ),
      );
      expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(settled.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "invalid" });
    }
  });
});

test("a move made on an older version is a conflict with the claim as it is; one of no claim is not found", async () => {
  const { id } = await makeClaim(db, reviewer, article);
  await updateClaim(other, id, 1, { claimant: "The mayor" });
  await expect(moveClaim(reviewer, id, 1, { event: "take" })).rejects.toMatchObject({
    code: "conflict",
    details: { current: { claimant: "The mayor", version: 2 } },
  });
  await expect(moveClaim(reviewer, newId(), 1, { event: "take" })).rejects.toMatchObject({ code: "not_found" });
});

test("a claim in the trash does not move", async () => {
  const { id } = await makeClaim(db, reviewer, article);
  await trashClaim(reviewer, id);
  await expect(moveClaim(reviewer, id, 2, { event: "take" })).rejects.toMatchObject({ code: "conflict" });
});

test("a question with the id of another one is refused", async () => {
  const [first, second] = [
    await makeClaim(db, reviewer, article, { state: "in_check" }),
    await makeClaim(db, reviewer, article, { state: "in_check" }),
  ];
  const query = { id: newId(), question: "Which Monday?" };
  await moveClaim(reviewer, first.id, 1, { event: "ask", query });
  await expect(moveClaim(reviewer, second.id, 1, { event: "ask", query })).rejects.toMatchObject({ code: "duplicate" });
  expect((await getClaim(reviewer, second.id)).state).toBe("in_check");
});

test("what a view offers is what the server does", async () => {
  const states = ["open", "in_check", "needs_info", "in_review", "returned", "approved", "stale", "set_aside"] as const;
  for (const state of states)
    for (const actor of [reviewer, other, editor, admin]) {
      const made = await makeClaim(db, reviewer, article, { state, editor: secondEditor });
      const { abilities, version } = await getClaim(actor, made.id);
      const offered = new Map(abilities.events.map(({ event, obstacles }) => [event, obstacles.length === 0]));
      const every: ClaimTransition[] = [
        { event: "take" },
        { event: "assign", assigneeId: other.id },
        { event: "ask", query: { id: newId(), question: "Who?" } },
        { event: "resume" },
        { event: "submit" },
        { event: "withdraw" },
        { event: "return", reason: "No." },
        { event: "approve" },
        { event: "set_aside", reason: "opinion" },
        { event: "reopen" },
      ];
      for (const transition of every) {
        const { id } = await makeClaim(db, reviewer, article, { state, editor: secondEditor });
        const done = await moveClaim(actor, id, version, transition).then(
          () => true,
          () => false,
        );
        expect({ state, role: actor.role, event: transition.event, done }).toEqual({
          ...{ state, role: actor.role, event: transition.event },
          done: offered.get(transition.event) ?? false,
        });
      }
      const edited = await updateClaim(actor, made.id, version, { claimant: "Somebody" }).then(
        () => true,
        () => false,
      );
      expect({ state, edited }).toEqual({ state, edited: abilities.edit });
    }
}, 120_000);
