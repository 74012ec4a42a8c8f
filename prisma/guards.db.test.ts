import { Client, DatabaseError } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/domain/people";
import { recordEvent } from "@/lib/server/audit";
import { database, transaction } from "@/lib/server/db";
import { environment } from "@/lib/server/env";
import { newId } from "@/lib/server/ids";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";

let client: Client;
let actor: Actor;
let article: MadeArticle;

beforeAll(async () => {
  await makeNewsroom(database());
  actor = await makeActor(database(), "reviewer");
  article = await makeArticle(database(), actor);
  await makeClaim(database(), actor, article);
  await transaction((tx) => recordEvent(tx, { actor, action: "article.created", articleId: article.id }));
  await database().publication.create({
    data: {
      ...{ id: newId(), articleId: article.id, number: 1, snapshot: {}, page: new Uint8Array(), createdById: actor.id },
    },
  });
  client = new Client({ connectionString: environment().DATABASE_URL });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database().$disconnect();
});

/** Whatever the product's code does: asked of PostgreSQL itself. */
async function refusedBy(sql: string, values: unknown[] = []): Promise<string | undefined> {
  try {
    await client.query(sql, values);
    return undefined;
  } catch (error) {
    return error instanceof DatabaseError ? (error.constraint ?? error.code) : String(error);
  }
}

describe("what is written once", () => {
  const restrictViolation = "23001";
  for (const table of ["revision", "publication", "audit_event"]) {
    test(`${table} is neither changed nor deleted`, async () => {
      const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
      expect(rows[0].count).toBeGreaterThan(0);
      expect(await refusedBy(`UPDATE ${table} SET id = id`)).toBe(restrictViolation);
      expect(await refusedBy(`DELETE FROM ${table}`)).toBe(restrictViolation);
    });
  }
  test("how a claim stood stays as it was written down", async () => {
    const [claim] = await database().claim.findMany({ take: 1 });
    const of = { replacedById: article.revisionId, claimId: claim?.id ?? "" };
    await database().pastClaim.create({ data: { ...of, record: {} } });
    expect(await refusedBy("UPDATE past_claim SET record = record")).toBe(restrictViolation);
    expect(await refusedBy("DELETE FROM past_claim")).toBe(restrictViolation);
  });
  test("a revision's text stays, even where nothing else of the row would change", async () => {
    expect(await refusedBy("UPDATE revision SET text = 'Other' WHERE id = $1", [article.revisionId])).toBe(
      restrictViolation,
    );
  });
});

describe("what makes no sense is not kept", () => {
  const claims: [string, string][] = [
    ["claim_open_is_held_by_nobody", "assignee_id = created_by_id"],
    ["claim_in_work_is_held", "state = 'in_check'"],
    ["claim_approval_is_whole", "state = 'approved', assignee_id = created_by_id"],
    ["claim_set_aside_has_reason", "state = 'set_aside'"],
    ["claim_set_aside_has_reason", "set_aside_as = 'opinion'"],
    ["claim_duplicate_names_target", "state = 'set_aside', set_aside_as = 'duplicate'"],
    ["claim_fields_version_was", "fields_version = version + 1"],
  ];
  for (const [constraint, set] of claims)
    test(`a claim with ${set}`, async () => {
      expect(await refusedBy(`UPDATE claim SET ${set}`)).toBe(constraint);
    });

  test("an address that is not of the web", async () => {
    expect(await refusedBy("UPDATE article SET canonical_url = 'javascript:alert(1)'")).toBe("article_url_is_web");
    const source =
      "INSERT INTO source (id, kind, title, url, created_by_id) VALUES ($1, 'other', 'x', 'data:text/html,x', $2)";
    expect(await refusedBy(source, [newId(), actor.id])).toBe("source_url_is_web");
  });

  test("an anchor of nothing, a rating beyond the scale of ClaimReview, a second newsroom, an address in capitals", async () => {
    expect(await refusedBy(`UPDATE anchor SET "end" = start`)).toBe("anchor_range");
    expect(await refusedBy("UPDATE rating SET claim_review_value = 6")).toBe("rating_value");
    expect(await refusedBy("INSERT INTO newsroom (id, name) VALUES (2, 'x')")).toBe("newsroom_is_one");
    expect(await refusedBy(`UPDATE "user" SET email = 'A@desk.example'`)).toBe("user_email_is_lower_case");
  });
});

test("the lines of one article become visible in the order of their numbers, whoever writes at once", async () => {
  const seen: number[] = [];
  let reading = true;
  const reader = (async () => {
    while (reading) {
      const { rows } = await client.query<{ id: string }>(
        "SELECT id FROM audit_event WHERE article_id = $1 AND id > $2 ORDER BY id",
        [article.id, seen.at(-1) ?? 0],
      );
      seen.push(...rows.map(({ id }) => Number(id)));
    }
  })();
  const write = async (slow: boolean) =>
    transaction(async (tx) => {
      const id = await recordEvent(tx, { actor, action: "article.updated", articleId: article.id });
      // A transaction that takes long must not be overtaken by one that began later.
      if (slow) await tx.$queryRaw`SELECT pg_sleep(0.02)::text`;
      return id;
    });
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    const written: number[] = [];
    for (let round = 0; round < 8; round++) written.push(await write((writer + round) % 5 === 0));
    return written;
  });
  const written = (await Promise.all(writers)).flat();
  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(written.length + 1);
  reading = false;
  await reader;
  expect(written.filter((id) => !seen.includes(id))).toEqual([]);
});
