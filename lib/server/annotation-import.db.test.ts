import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeNewsroom, paragraphs } from "@/prisma/fixtures/builder";
import type { AnnotationImport } from "../domain/annotation-import";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { plainText } from "../domain/rich-text";
import { importAnnotations, listAnnotations, undoAnnotations } from "./annotation-import";
import { setArticleTrashed } from "./articles";
import { getClaim, listClaims } from "./claim-views";
import { updateClaim } from "./claims";
import { type Database, database } from "./db";
import { newId } from "./ids";
import { applyRevisionDraft, createRevisionDraft } from "./revisions";

const lines = [
  "The bridge opened in May, a year late. Nobody was hurt.",
  "Critics say that the figures leave out the roads.",
];

let db: Database;
let reviewer: Actor;
let other: Actor;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, other] = await Promise.all([makeActor(db, "reviewer"), makeActor(db, "reviewer")]);
});
afterAll(() => database().$disconnect());
beforeEach(async () => {
  article = await makeArticle(db, reviewer, { lines });
});

function annotation(exact: string, key = exact): AnnotationImport["claims"][number] {
  const start = article.text.indexOf(exact);
  return {
    ...{ id: newId(), key, anchor: { id: newId(), start, end: start + exact.length, exact } },
    ...{ comments: [{ by: "Jane Doe", at: "2024-05-14T09:12:45.000Z", text: "Who says so?" }], tags: ["roads"] },
  };
}

const bringIn = (claims: AnnotationImport["claims"], actor = reviewer, revisionId = article.revisionId) =>
  importAnnotations(actor, article.id, { revisionId, claims });

const statements = async () => (await listClaims(reviewer, article.id)).claims.map(({ statement }) => statement);
const actions = async () =>
  (await db.auditEvent.findMany({ where: { articleId: article.id }, orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );

describe("annotations brought in", () => {
  test("are open claims with their quote, what was written about it, and no verdict", async () => {
    const given = [annotation("a year late"), { ...annotation("the roads"), comments: [], tags: [] }];
    const { claimIds, known } = await bringIn(given);
    expect({ claimIds: new Set(claimIds), known }).toEqual({ claimIds: new Set(given.map(({ id }) => id)), known: 0 });
    const [first, second] = await Promise.all(given.map(({ id }) => getClaim(reviewer, id)));
    expect(first).toMatchObject({
      statement: "a year late",
      state: "open",
      ratingId: null,
      createdBy: { id: reviewer.id },
    });
    expect(first?.rationale && plainText(first.rationale)).toBe("Jane Doe, 2024-05-14: Who says so?\n#roads");
    expect(first?.anchors).toMatchObject([
      { exact: "a year late", state: "anchored", suffix: ". Nobody was hurt.\n\nCritics say " },
    ]);
    expect(second).toMatchObject({ rationale: null });
    expect(await actions()).toEqual(
      expect.arrayContaining(["claim.imported", "claim.imported", "annotations.imported"]),
    );
  });

  test("are no second claims when they come again, or when the answer was lost", async () => {
    const [late, roads] = [annotation("a year late", "k1"), annotation("the roads", "k2")];
    await bringIn([late]);
    expect(await bringIn([late])).toEqual({ claimIds: [late.id], known: 0 });
    expect(await bringIn([annotation("a year late", "k1"), roads], other)).toEqual({ claimIds: [roads.id], known: 1 });
    expect(await statements()).toEqual(["a year late", "the roads"]);
    expect((await listAnnotations(reviewer, article.id)).keys.sort()).toEqual(["k1", "k2"]);
  });

  test("all come in or none: words that do not stand there, an id that is another's, no room", async () => {
    const good = annotation("a year late");
    const bad = annotation("the roads");
    await expect(bringIn([good, { ...bad, anchor: { ...bad.anchor, start: 0, end: 9 } }])).rejects.toMatchObject({
      ...{ code: "invalid", details: { fields: [{ path: "claims.1.anchor" }] } },
    });
    await bringIn([bad], other);
    await expect(bringIn([good, { ...bad, key: "another" }])).rejects.toMatchObject({ code: "duplicate" });
    await db.article.update({ where: { id: article.id }, data: { claimCount: limits.claimsPerArticle } });
    await expect(bringIn([good])).rejects.toMatchObject({ code: "invalid" });
    expect(await statements()).toEqual(["the roads"]);
  });

  test("are refused on an older text, in the trash, and for an article that is not here", async () => {
    const older = annotation("a year late");
    const document = paragraphs(...lines, "One more line.");
    const base = { baseId: article.revisionId, origin: "paste", originName: null } as const;
    const draft = await createRevisionDraft(reviewer, article.id, { id: newId(), document, ...base });
    await applyRevisionDraft(reviewer, draft.id, draft.version);
    await expect(bringIn([older])).rejects.toMatchObject({ code: "invalid" });
    await setArticleTrashed(reviewer, article.id, true);
    await expect(bringIn([older])).rejects.toThrow(/trash/);
    const nowhere = importAnnotations(reviewer, newId(), { revisionId: article.revisionId, claims: [older] });
    await expect(nowhere).rejects.toMatchObject({ code: "not_found" });
  });

  test("go to the trash together as long as nobody touched them, and can come again", async () => {
    const given = [annotation("a year late"), annotation("the roads"), annotation("Nobody was hurt")];
    const { claimIds } = await bringIn(given);
    await updateClaim(reviewer, claimIds[0] as string, 1, { claimant: "The port" });
    expect(await undoAnnotations(other, article.id, claimIds)).toEqual({ trashed: 0 });
    expect(await undoAnnotations(reviewer, article.id, claimIds)).toEqual({ trashed: 2 });
    expect(await undoAnnotations(reviewer, article.id, claimIds)).toEqual({ trashed: 0 });
    expect(await statements()).toHaveLength(1);
    expect(
      (await bringIn(given.map((each) => ({ ...each, id: newId(), anchor: { ...each.anchor, id: newId() } })))).known,
    ).toBe(1);
    expect(await statements()).toHaveLength(3);
  });

  test("come in by the thousand", async () => {
    const many = Array.from({ length: limits.claimsPerArticle }, (_, nth) => annotation("a year late", `k${nth}`));
    expect((await bringIn(many)).claimIds).toHaveLength(limits.claimsPerArticle);
    expect(
      (
        await undoAnnotations(
          reviewer,
          article.id,
          many.map(({ id }) => id),
        )
      ).trashed,
    ).toBe(limits.claimsPerArticle);
  });
});
