/** What stands above an article's text, and its way to the trash: who may, and what they saw when they did. */
import { beforeAll, describe, expect, test } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";
import { articleView } from "../domain/article";
import type { Actor } from "../domain/people";
import { getArticle, setArticleTrashed, updateArticle } from "./articles";
import { moveClaim } from "./claim-workflow";
import { database } from "./db";
import { newId } from "./ids";
import { createPublication } from "./publications";

const db = database();
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let admin: Actor;

beforeAll(async () => {
  await makeNewsroom(db);
  [reviewer, other, editor, admin] = await Promise.all([
    makeActor(db, "reviewer"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
    makeActor(db, "admin"),
  ]);
});

const made = (by = reviewer): Promise<MadeArticle> => makeArticle(db, by);

describe("correcting an article", () => {
  test("is for everybody; on an older version it is a conflict with the article as it is", async () => {
    const { id } = await made();
    const corrected = await updateArticle(other, id, 1, { headline: "Corrected" });
    expect(articleView.parse(corrected)).toEqual(corrected);
    await expect(updateArticle(reviewer, id, 1, { headline: "Otherwise" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { headline: "Corrected", version: 2 } },
    });
    await expect(updateArticle(reviewer, newId(), 1, { headline: "x" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("does not reach its due date, which editors and admins set", async () => {
    const { id } = await made();
    const patch = { headline: "Sooner", dueOn: "2026-12-24" };
    await expect(updateArticle(reviewer, id, 1, patch)).rejects.toMatchObject({ code: "forbidden" });
    expect(await getArticle(reviewer, id)).toMatchObject({ dueOn: null, version: 1, abilities: { due: false } });
    expect(await updateArticle(editor, id, 1, patch)).toMatchObject({ dueOn: "2026-12-24", abilities: { due: true } });
    expect(await updateArticle(admin, id, 2, { dueOn: null })).toMatchObject({ dueOn: null });
  });
});

describe("the trash", () => {
  const mayTrash = async (actor: Actor, id: string) => {
    const { abilities } = await getArticle(actor, id);
    const done = await setArticleTrashed(actor, id, true).then(
      () => true,
      ({ code }) => (code === "forbidden" ? false : code),
    );
    if (done === true) await setArticleTrashed(actor, id, false);
    expect(abilities.trash).toBe(done);
    return done;
  };

  test("takes an article from who brought it in, until an editor has had something of it before them", async () => {
    const article = await made();
    const { id: claimId } = await makeClaim(db, reviewer, article, { state: "returned" });
    await db.claim.update({ where: { id: claimId }, data: { submittedAt: null, state: "in_check" } });
    expect([await mayTrash(reviewer, article.id), await mayTrash(other, article.id)]).toEqual([true, false]);
    await moveClaim(reviewer, claimId, 1, { event: "submit" });
    await moveClaim(reviewer, claimId, 2, { event: "withdraw" });
    expect([await mayTrash(reviewer, article.id), await mayTrash(editor, article.id)]).toEqual([false, true]);
  });

  test("does not take what readers have from a reviewer, whatever became of its claims", async () => {
    const article = await made();
    const { id: claimId } = await makeClaim(db, reviewer, article, { state: "approved", editor });
    await createPublication(editor, article.id, { id: newId(), note: null });
    await db.claim.update({ where: { id: claimId }, data: { trashedAt: new Date() } });
    expect([await mayTrash(reviewer, article.id), await mayTrash(admin, article.id)]).toEqual([false, true]);
  });

  test("takes it as it was seen, when a version is named; twice is no error", async () => {
    const { id } = await made();
    await updateArticle(other, id, 1, { headline: "Corrected" });
    await expect(setArticleTrashed(reviewer, id, true, 1)).rejects.toMatchObject({
      code: "conflict",
      details: { current: { headline: "Corrected", version: 2 } },
    });
    await setArticleTrashed(reviewer, id, true, 2);
    await setArticleTrashed(reviewer, id, true, 2);
    expect((await getArticle(reviewer, id)).trashedAt).not.toBeNull();
    await expect(setArticleTrashed(reviewer, newId(), true)).rejects.toMatchObject({ code: "not_found" });
  });
});
