import { afterAll, beforeAll, expect, test } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";
import type { Actor } from "../domain/people";
import { getClaim } from "./claim-views";
import { trashClaim } from "./claims";
import { type Database, database } from "./db";
import { newId } from "./ids";
import { answerQuery } from "./queries";

let db: Database;
let reviewer: Actor;
let other: Actor;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, other] = await Promise.all([makeActor(db, "reviewer"), makeActor(db, "reviewer")]);
  article = await makeArticle(db, reviewer);
});
afterAll(() => database().$disconnect());

async function asked(): Promise<{ claimId: string; queryId: string }> {
  const { id } = await makeClaim(db, reviewer, article, { state: "needs_info" });
  return { claimId: id, queryId: (await getClaim(reviewer, id)).queries[0]?.id ?? "" };
}

test("anybody in the newsroom who knows may answer, once, and it is on the record", async () => {
  const { claimId, queryId } = await asked();
  const view = await answerQuery(other, queryId, { answer: "The clerk." });
  expect(view).toMatchObject({
    ...{ id: claimId, version: 2, state: "needs_info", openQueries: 0 },
    queries: [{ answer: "The clerk.", answeredBy: { id: other.id }, answeredAt: expect.any(String) }],
  });
  expect(await answerQuery(other, queryId, { answer: "The clerk." })).toEqual(view);
  const lines = await db.auditEvent.findMany({ where: { claimId } });
  expect(lines.map(({ action, data }) => [action, data])).toEqual([["query.answered", { queryId }]]);
});

test("a second answer is a conflict that shows the first", async () => {
  const { queryId } = await asked();
  await answerQuery(other, queryId, { answer: "The clerk." });
  for (const actor of [reviewer, other])
    await expect(answerQuery(actor, queryId, { answer: "The mayor." })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { queries: [{ answer: "The clerk." }] } },
    });
});

test("a query of no claim is not found, of one in the trash is a conflict", async () => {
  await expect(answerQuery(reviewer, newId(), { answer: "x" })).rejects.toMatchObject({ code: "not_found" });
  const { claimId, queryId } = await asked();
  await trashClaim(reviewer, claimId);
  await expect(answerQuery(reviewer, queryId, { answer: "x" })).rejects.toMatchObject({ code: "conflict" });
});
