import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";
import { type AuditLine, auditPage } from "../domain/article";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { can } from "../domain/policy";
import { getClaimHistory, listActivity } from "./activity";
import { recordEvent } from "./audit";
import { updateClaim } from "./claims";
import { type Database, database, transaction } from "./db";
import { newId } from "./ids";

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let admin: Actor;
let article: MadeArticle;
let second: MadeArticle;

const happen = (actor: Actor | null, articleId?: string) =>
  transaction((tx) => recordEvent(tx, { actor, action: "test.happened", ...(articleId && { articleId }) }));

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, other, editor, admin] = await Promise.all([
    makeActor(db, "reviewer", "Ada"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
    makeActor(db, "admin"),
  ]);
  [article, second] = [await makeArticle(db, reviewer, { headline: "First" }), await makeArticle(db, reviewer)];
  for (const actor of [reviewer, other, editor, admin, null])
    for (const on of [article.id, second.id, undefined]) await happen(actor, on);
});
afterAll(() => database().$disconnect());

/** Every line, through as many pages as it takes. */
async function all(actor: Actor, filter: { articleId?: string; personId?: string } = {}): Promise<AuditLine[]> {
  const lines: AuditLine[] = [];
  let cursor: string | undefined;
  do {
    const page = await listActivity(actor, { ...filter, cursor });
    expect(auditPage.parse(page)).toEqual(page);
    lines.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return lines;
}

describe("listActivity", () => {
  test("shows each role exactly what the policy lets it read, newest first", async () => {
    const record = await db.auditEvent.findMany({ orderBy: { id: "desc" } });
    for (const actor of [reviewer, other, editor, admin]) {
      const readable = record.filter((line) => can(actor, "audit.read", line));
      expect((await all(actor)).map(({ id }) => id)).toEqual(readable.map(({ id }) => Number(id)));
    }
    expect(await all(reviewer)).toHaveLength(3);
    expect(await all(editor)).toHaveLength(11);
    expect(await all(admin)).toHaveLength(15);
  });

  test("by article and by person", async () => {
    expect((await all(admin, { articleId: article.id })).map(({ headline }) => headline)).toEqual(
      Array(5).fill("First"),
    );
    expect((await all(admin, { personId: reviewer.id })).map(({ actor }) => actor?.name)).toEqual([
      "Ada",
      "Ada",
      "Ada",
    ]);
    expect(await all(editor, { articleId: article.id, personId: other.id })).toHaveLength(1);
    expect(await all(reviewer, { personId: other.id })).toEqual([]);
    expect(await all(reviewer, { articleId: article.id })).toHaveLength(1);
  });

  test("goes on where the last page ended, whatever happens meanwhile", async () => {
    const third = await makeArticle(db, reviewer);
    await db.$executeRaw`
      INSERT INTO audit_event (action, article_id) SELECT 'test.happened', ${third.id}::uuid FROM generate_series(1, 120)`;
    const first = await listActivity(admin, { articleId: third.id });
    expect(first.items).toHaveLength(limits.pageSize);
    await happen(admin, third.id);
    const rest = await listActivity(admin, { articleId: third.id, cursor: first.next ?? "" });
    expect(rest.items[0]?.id).toBe((first.items.at(-1)?.id ?? 0) - 1);
    expect(await all(admin, { articleId: third.id })).toHaveLength(121);
  });

  test("refuses a cursor that is none", async () => {
    for (const cursor of ["x", "-1", "1e3", "9".repeat(19), ""])
      await expect(listActivity(admin, { cursor })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("getClaimHistory", () => {
  test("is for everybody who may read the claim, with what each change was", async () => {
    const { id } = await makeClaim(db, reviewer, article, { state: "in_check" });
    await updateClaim(reviewer, id, 1, { claimant: "The mayor" });
    await updateClaim(editor, id, 2, { statement: "Otherwise" });
    const { items, next } = await getClaimHistory(other, id);
    expect(next).toBeNull();
    expect(items.map(({ actor, action, data, claimId }) => ({ who: actor?.id, action, data, claimId }))).toEqual([
      { who: editor.id, action: "claim.updated", data: { fields: ["statement"] }, claimId: id },
      { who: reviewer.id, action: "claim.updated", data: { fields: ["claimant"] }, claimId: id },
    ]);
    await expect(getClaimHistory(other, newId())).rejects.toMatchObject({ code: "not_found" });
  });
});
