import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeClaims,
  makeEvidence,
  makeNewsroom,
  makeSource,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { type ClaimCreate, claimSummary, claimView, summaryOf } from "../domain/claim";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { setArticleTrashed } from "./articles";
import { getClaim, listClaims } from "./claim-views";
import { moveClaim } from "./claim-workflow";
import { createClaim, restoreClaim, trashClaim, updateClaim } from "./claims";
import { type Database, database } from "./db";
import { createEvidence } from "./evidence";
import { newId } from "./ids";

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let admin: Actor;
let article: MadeArticle;
let ratings: { id: string; label: string }[];

beforeAll(async () => {
  db = database();
  ({ ratings } = await makeNewsroom(db));
  [reviewer, other, editor, admin] = await Promise.all([
    makeActor(db, "reviewer"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
    makeActor(db, "admin"),
  ]);
  article = await makeArticle(db, reviewer);
});
afterAll(() => database().$disconnect());

/** What a browser sends for words of the text. */
function mark(...quotes: string[]): ClaimCreate {
  const anchors = quotes.map((exact) => {
    const start = article.text.indexOf(exact);
    return { id: newId(), start, end: start + exact.length, exact };
  });
  return { id: newId(), revisionId: article.revisionId, anchors };
}

const linesOf = (claimId: string) =>
  db.auditEvent.findMany({
    where: { claimId },
    orderBy: { id: "asc" },
    select: { action: true, actorId: true, data: true },
  });

describe("createClaim", () => {
  test("marks a claim: anchored with its context, open, held by nobody, on the record", async () => {
    const input = mark("twelve votes to nine");
    const claim = await createClaim(reviewer, article.id, input);
    expect(claim).toMatchObject({
      id: input.id,
      articleId: article.id,
      revisionId: article.revisionId,
      version: 1,
      state: "open",
      statement: "twelve votes to nine",
      assignee: null,
      createdBy: { id: reviewer.id, name: reviewer.name },
      anchors: [
        {
          exact: "twelve votes to nine",
          prefix: "approved the budget on Monday with ".slice(-limits.anchorContext),
          suffix: article.text.slice(67, 67 + limits.anchorContext),
          state: "anchored",
        },
      ],
      evidence: [],
      abilities: { edit: true, trash: true, due: false },
    });
    expect(claimView.parse(claim)).toEqual(claim);
    expect(await getClaim(reviewer, input.id)).toEqual(claim);
    expect(await linesOf(input.id)).toEqual([{ action: "claim.created", actorId: reviewer.id, data: {} }]);
  });

  test("takes several anchors, overlapping and nested, across paragraphs, and a single character", async () => {
    const across = article.text.slice(50, 91);
    expect(across).toContain("\n\n");
    const claim = await createClaim(editor, article.id, mark(across, "nine.", "T", "4 percent"));
    expect(claim.anchors.map(({ exact }) => exact)).toEqual(["T", across, "nine.", "4 percent"]);
    expect(claim.statement).toBe(`${across.replace(/\s+/g, " ").trim()} … nine. … T … 4 percent`);
  });

  test("keeps whole characters where a browser cuts a surrogate pair", async () => {
    const emoji = await makeArticle(db, reviewer, { lines: ["Rain 🌧️ and 👩‍👩‍👧 fell."] });
    const start = emoji.text.indexOf("🌧️") + 1;
    const exact = emoji.text.slice(start, start + 4);
    const input = {
      id: newId(),
      revisionId: emoji.revisionId,
      anchors: [{ id: newId(), start, end: start + 4, exact }],
    };
    const claim = await createClaim(reviewer, emoji.id, input);
    expect(claim.anchors[0]?.exact).toBe(emoji.text.slice(start - 1, start + 4));
    expect(claim.anchors[0]?.exact.isWellFormed()).toBe(true);
  });

  test("sent again with the same id changes nothing; an id of somebody else's claim is refused", async () => {
    const input = mark("The auditor");
    const first = await createClaim(reviewer, article.id, input);
    expect(await createClaim(reviewer, article.id, input)).toEqual(first);
    expect(await linesOf(input.id)).toHaveLength(1);
    await expect(createClaim(other, article.id, input)).rejects.toMatchObject({ code: "duplicate" });
    const elsewhere = await makeArticle(db, reviewer);
    await expect(
      createClaim(reviewer, elsewhere.id, { ...input, revisionId: elsewhere.revisionId }),
    ).rejects.toMatchObject({ code: "duplicate" });
    const again = mark("The auditor");
    await expect(createClaim(reviewer, article.id, { ...again, anchors: input.anchors })).rejects.toMatchObject({
      code: "duplicate",
    });
  });

  test("refuses a quote that does not stand there, and says which", async () => {
    const [good, bad] = [mark("Monday"), mark("Monday").anchors[0]];
    const wrong = { ...good, anchors: [...good.anchors, { ...bad, id: newId(), start: 3, end: 9, exact: "Monday" }] };
    await expect(createClaim(reviewer, article.id, wrong)).rejects.toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "anchors.1" }] },
    });
    const past = { ...good, anchors: [{ id: newId(), start: 0, end: article.text.length + 1, exact: "x" }] };
    await expect(createClaim(reviewer, article.id, past)).rejects.toMatchObject({ code: "invalid" });
    expect(await db.claim.findUnique({ where: { id: good.id } })).toBeNull();
  });

  test("refuses a revision of another article, or of none", async () => {
    const elsewhere = await makeArticle(db, reviewer);
    const input = mark("Monday");
    for (const revisionId of [elsewhere.revisionId, newId()])
      await expect(createClaim(reviewer, article.id, { ...input, revisionId })).rejects.toMatchObject({
        code: "not_found",
      });
  });

  test("refuses a text that is no longer the newest, and an article in the trash", async () => {
    const old = await makeArticle(db, reviewer);
    const input = { ...mark("Monday"), revisionId: old.revisionId };
    await db.revision.create({
      data: {
        ...{
          id: newId(),
          articleId: old.id,
          number: 2,
          text: "New",
          sha256: "",
          origin: "paste",
          createdById: reviewer.id,
        },
        document: JSON.parse(JSON.stringify(paragraphs("New"))),
      },
    });
    await expect(createClaim(reviewer, old.id, input)).rejects.toMatchObject({ code: "invalid" });
    const trashed = await makeArticle(db, reviewer);
    await setArticleTrashed(reviewer, trashed.id, true);
    await expect(createClaim(reviewer, trashed.id, { ...input, revisionId: trashed.revisionId })).rejects.toMatchObject(
      { code: "invalid", message: expect.stringContaining("trash") },
    );
  });

  test("stops at the limit of an article; those in the trash do not count", async () => {
    const full = await makeArticle(db, reviewer);
    const [first = ""] = await makeClaims(db, reviewer, full, limits.claimsPerArticle);
    const input = { ...mark("Monday"), revisionId: full.revisionId };
    await expect(createClaim(reviewer, full.id, input)).rejects.toMatchObject({
      code: "invalid",
      message: "An article holds at most 5,000 claims.",
    });
    await trashClaim(reviewer, first);
    await expect(createClaim(reviewer, full.id, input)).resolves.toMatchObject({ id: input.id });
    await expect(restoreClaim(reviewer, first)).rejects.toMatchObject({
      code: "invalid",
      message: "An article holds at most 5,000 claims.",
    });
    await trashClaim(reviewer, input.id);
    const last = () => ({ ...mark("Monday"), revisionId: full.revisionId });
    const rush = [
      createClaim(reviewer, full.id, last()),
      createClaim(reviewer, full.id, last()),
      restoreClaim(reviewer, first),
    ];
    const settled = await Promise.allSettled(rush);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { claimCount } = await db.article.findUniqueOrThrow({ where: { id: full.id }, select: { claimCount: true } });
    expect(claimCount).toBe(await db.claim.count({ where: { articleId: full.id, trashedAt: null } }));
  });

  test("twenty at once are twenty claims, and the same one twenty times is one", async () => {
    const busy = await makeArticle(db, reviewer);
    const input = () => ({ ...mark("Monday"), revisionId: busy.revisionId });
    await Promise.all(Array.from({ length: 20 }, () => createClaim(reviewer, busy.id, input())));
    expect((await listClaims(reviewer, busy.id)).claims).toHaveLength(20);
    const same = input();
    const answers = await Promise.all(Array.from({ length: 20 }, () => createClaim(reviewer, busy.id, same)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await listClaims(reviewer, busy.id)).claims).toHaveLength(21);
    expect(await linesOf(same.id)).toHaveLength(1);
  });
});

describe("listClaims", () => {
  test("gives the summaries of the claims as they stand in the text, and what it holds of the events", async () => {
    const listed = await makeArticle(db, reviewer);
    const [late, early] = [
      await makeClaim(db, reviewer, listed, { quote: "auditor", state: "needs_info" }),
      await makeClaim(db, reviewer, listed, { quote: "council", state: "approved", assignee: other, editor }),
    ];
    const gone = await makeClaim(db, reviewer, listed, { quote: "budget" });
    await trashClaim(reviewer, gone.id);
    const { claims, lastEvent } = await listClaims(other, listed.id);
    expect(claims.map(({ id }) => id)).toEqual([early.id, late.id]);
    for (const claim of claims) {
      expect(claimSummary.parse(claim)).toEqual(claim);
      // One shape, made in SQL here and from the whole claim there.
      expect(claim).toEqual(summaryOf(await getClaim(other, claim.id)));
    }
    expect(claims.map(({ openQueries }) => openQueries)).toEqual([0, 1]);
    const newest = await db.auditEvent.findFirst({ where: { articleId: listed.id }, orderBy: { id: "desc" } });
    expect(lastEvent).toBe(Number(newest?.id));
    expect((await listClaims(other, listed.id, true)).claims.map(({ id }) => id)).toEqual([gone.id]);
  });

  test("of an article without claims is empty; of no article is not found", async () => {
    const empty = await makeArticle(db, reviewer);
    expect(await listClaims(reviewer, empty.id)).toEqual({ claims: [], lastEvent: 0 });
    await expect(listClaims(reviewer, newId())).rejects.toMatchObject({ code: "not_found" });
    await expect(getClaim(reviewer, newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("updateClaim", () => {
  const rationale = paragraphs("The minutes say so.");

  test("changes the fields that are sent and no other, and says on the record which", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    const ratingId = ratings[1]?.id ?? "";
    const changed = await updateClaim(reviewer, id, 1, {
      claimant: "The mayor",
      ratingId,
      rationale,
      confidence: "high",
    });
    expect(changed).toMatchObject({ version: 2, claimant: "The mayor", ratingId, rationale, confidence: "high" });
    expect(changed.statement).toBe("The council approved the budget on Monday with twelve votes to nine.");
    expect(changed.verdictBy?.id).toBe(reviewer.id);
    const cleared = await updateClaim(reviewer, id, 2, { claimant: null, ratingId: null, rationale: paragraphs("") });
    expect(cleared).toMatchObject({ version: 3, claimant: null, ratingId: null, rationale: null, confidence: "high" });
    expect((await linesOf(id)).map(({ action, data }) => [action, data])).toEqual([
      [
        "claim.updated",
        { fields: expect.arrayContaining(["claimant", "ratingId", "rationale"]), from: null, to: ratingId },
      ],
      ["claim.updated", { fields: expect.arrayContaining(["claimant"]), from: ratingId, to: null }],
    ]);
  });

  test("made on an older version is a conflict that holds the claim as it is, and drops nothing", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    const theirs = await updateClaim(editor, id, 1, { statement: "By the editor" });
    await expect(updateClaim(reviewer, id, 1, { statement: "By the reviewer" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { statement: "By the editor", version: theirs.version } },
    });
    await expect(updateClaim(reviewer, id, 7, { statement: "From the future" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await getClaim(reviewer, id)).statement).toBe("By the editor");
  });

  test("is no conflict with evidence that came meanwhile: it takes nothing away from a writer of fields", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    const source = await makeSource(db, reviewer);
    const input = {
      id: newId(),
      sourceId: source.id,
      stance: "supports" as const,
      excerpt: "",
      locator: "",
      shows: "",
    };
    expect((await createEvidence(editor, id, input)).version).toBe(2);
    const changed = await updateClaim(reviewer, id, 1, { rationale });
    expect(changed).toMatchObject({ version: 3, rationale, evidence: [{ id: input.id }] });
    await expect(updateClaim(editor, id, 2, { statement: "On what it was" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("that would change nothing is answered whatever its version: a save sent again after its answer was lost", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    const saved = await updateClaim(reviewer, id, 1, { statement: "Once", rationale, dueOn: "2026-12-01" });
    expect(await updateClaim(reviewer, id, 1, { statement: "Once", rationale, dueOn: "2026-12-01" })).toEqual(saved);
    expect(await linesOf(id)).toHaveLength(1);
  });

  test("of two at once on one version, exactly one wins", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    const tries = await Promise.allSettled(
      ["First", "Second", "Third"].map((statement) => updateClaim(reviewer, id, 1, { statement })),
    );
    const won = tries.filter((settled) => settled.status === "fulfilled");
    const lost = tries.filter((settled) => settled.status === "rejected");
    expect(won).toHaveLength(1);
    for (const { reason } of lost)
      expect(reason).toMatchObject({ code: "conflict", details: { current: won[0]?.value } });
    expect(await linesOf(id)).toHaveLength(1);
  });

  test("is for whoever holds the claim, and for editors and admins", async () => {
    const held = await makeClaim(db, reviewer, article, { state: "in_check", assignee: reviewer });
    await expect(updateClaim(other, held.id, 1, { claimant: "x" })).rejects.toMatchObject({ code: "forbidden" });
    for (const [index, actor] of [reviewer, editor, admin].entries())
      await updateClaim(actor, held.id, index + 1, { claimant: `By ${index}` });
    const open = await makeClaim(db, reviewer, article);
    await updateClaim(other, open.id, 1, { claimant: "x" });
    const inReview = await makeClaim(db, reviewer, article, { state: "in_review" });
    await expect(updateClaim(reviewer, inReview.id, 1, { claimant: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await updateClaim(editor, inReview.id, 1, { claimant: "x" });
  });

  test("says what one may not do before what came in between", async () => {
    const held = await makeClaim(db, reviewer, article, { state: "in_check", assignee: reviewer });
    await expect(updateClaim(other, held.id, 99, { claimant: "x" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of a due date is for whoever holds the claim, and for editors and admins", async () => {
    const open = await makeClaim(db, reviewer, article);
    const dueOn = "2026-12-24";
    await expect(updateClaim(reviewer, open.id, 1, { dueOn })).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateClaim(reviewer, open.id, 1, { dueOn, claimant: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await updateClaim(editor, open.id, 1, { dueOn })).dueOn).toBe(dueOn);
    const inReview = await makeClaim(db, reviewer, article, { state: "in_review" });
    expect((await updateClaim(reviewer, inReview.id, 1, { dueOn })).dueOn).toBe(dueOn);
    expect((await updateClaim(reviewer, inReview.id, 2, { dueOn: null })).dueOn).toBeNull();
  });

  test("refuses a verdict that the scale does not have or has no more; a claim keeps one that it carries", async () => {
    const retired = await db.rating.create({
      data: {
        id: newId(),
        label: "Half true",
        definition: "",
        symbol: "½",
        color: "context",
        position: 9,
        retired: true,
      },
    });
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check", ratingId: retired.id });
    expect((await updateClaim(reviewer, id, 1, { ratingId: retired.id, claimant: "The mayor" })).version).toBe(2);
    await updateClaim(reviewer, id, 2, { ratingId: null });
    for (const ratingId of [retired.id, newId()])
      await expect(updateClaim(reviewer, id, 3, { ratingId })).rejects.toMatchObject({
        code: "invalid",
        details: { fields: [{ path: "ratingId" }] },
      });
  });

  test("refuses a rationale that cannot be kept", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    const withLink = (href: string) =>
      ({
        type: "doc",
        content: [
          {
            type: "paragraph",
            content: [{ type: "text", text: "here", marks: [{ type: "link", attrs: { href } }] }],
          },
        ],
      }) as const;
    for (const href of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//host", "vbscript:x"])
      await expect(
        updateClaim(reviewer, id, 1, { rationale: structuredClone(withLink(href)) as never }),
      ).rejects.toMatchObject({
        code: "invalid",
      });
    await expect(
      updateClaim(reviewer, id, 1, { rationale: { type: "doc", content: [{ type: "image" }] } }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      updateClaim(reviewer, id, 1, { rationale: paragraphs("x".repeat(limits.textField + 1)) }),
    ).rejects.toMatchObject({ code: "too_large" });
    const kept = await updateClaim(reviewer, id, 1, {
      rationale: withLink("https://council.example/minutes") as never,
    });
    expect(kept.rationale).toMatchObject(withLink("https://council.example/minutes"));
  });

  test("to another verdict than was approved makes the claim stale and shows what changed", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "approved", editor });
    const stale = await updateClaim(reviewer, id, 1, { ratingId: ratings[3]?.id ?? "", statement: "Twelve to nine." });
    expect(stale.state).toBe("stale");
    expect(stale.changes).toEqual([
      { field: "statement", before: expect.stringContaining("approved the budget"), after: "Twelve to nine." },
      { field: "verdict", before: "Verified", after: "False" },
    ]);
    expect((await linesOf(id)).map(({ action, actorId }) => [action, actorId])).toEqual([
      ["claim.updated", reviewer.id],
      ["claim.invalidated", null],
    ]);
  });

  test("of what an approval is not bound to leaves it standing", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "approved", editor });
    expect((await updateClaim(reviewer, id, 1, { dueOn: "2026-12-24" })).state).toBe("approved");
    expect((await getClaim(reviewer, id)).changes).toEqual([]);
  });
});

describe("the trash", () => {
  test("takes one's own claim until it is submitted; an editor's any", async () => {
    const own = await makeClaim(db, reviewer, article, { state: "in_check" });
    await expect(trashClaim(other, own.id)).rejects.toMatchObject({ code: "forbidden" });
    await trashClaim(reviewer, own.id);
    await trashClaim(reviewer, own.id);
    expect(await getClaim(other, own.id)).toMatchObject({
      trashedAt: expect.any(String),
      version: 2,
      abilities: { edit: false, due: false, events: [] },
    });
    expect((await linesOf(own.id)).map(({ action }) => action)).toEqual(["claim.trashed"]);
    const submitted = await makeClaim(db, reviewer, article, { state: "in_review" });
    await expect(trashClaim(reviewer, submitted.id)).rejects.toMatchObject({ code: "forbidden" });
    await trashClaim(editor, submitted.id);
    const returned = await makeClaim(db, reviewer, article, { state: "in_review" });
    await moveClaim(reviewer, returned.id, 1, { event: "withdraw" });
    await expect(trashClaim(reviewer, returned.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(restoreClaim(reviewer, submitted.id)).rejects.toMatchObject({ code: "forbidden" });
    await trashClaim(admin, (await makeClaim(db, reviewer, article, { state: "approved", editor })).id);
    await expect(trashClaim(editor, newId())).rejects.toMatchObject({ code: "not_found" });
  });

  test("takes it as it was seen, when a version is named", async () => {
    const { id } = await makeClaim(db, reviewer, article);
    await updateClaim(other, id, 1, { claimant: "The mayor" });
    await expect(trashClaim(reviewer, id, 1)).rejects.toMatchObject({
      code: "conflict",
      details: { current: { claimant: "The mayor", version: 2 } },
    });
    await trashClaim(reviewer, id, 2);
    await trashClaim(reviewer, id, 2);
  });

  test("gives a claim back as it was", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check", rationale: "So it is." });
    await makeEvidence(db, reviewer, { id }, await makeSource(db, reviewer));
    const before = await getClaim(reviewer, id);
    await trashClaim(reviewer, id);
    const after = await restoreClaim(reviewer, id);
    expect(after).toEqual({ ...before, version: 3, updatedAt: expect.any(String) });
    expect(await restoreClaim(reviewer, id)).toEqual(after);
  });

  test("holds what one was writing meanwhile: the change is a conflict, not a loss", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    await trashClaim(editor, id);
    await expect(updateClaim(reviewer, id, 1, { statement: "Still typing" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { id, trashedAt: expect.any(String) } },
    });
  });

  test("of an article stops every change to its claims", async () => {
    const trashed = await makeArticle(db, reviewer);
    const { id } = await makeClaim(db, reviewer, trashed);
    await setArticleTrashed(editor, trashed.id, true);
    await expect(updateClaim(reviewer, id, 1, { statement: "x" })).rejects.toMatchObject({ code: "invalid" });
    await setArticleTrashed(editor, trashed.id, false);
    await updateClaim(reviewer, id, 1, { statement: "x" });
  });
});
