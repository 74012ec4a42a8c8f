import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeEvidence,
  makeNewsroom,
  makeSource,
} from "@/prisma/fixtures/builder";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { type SourceCreate, sourceListItem, sourceUse, sourceView } from "../domain/source";
import { setArticleTrashed } from "./articles";
import { getClaim } from "./claim-views";
import { moveClaim } from "./claim-workflow";
import { trashClaim } from "./claims";
import { type Database, database } from "./db";
import { removeEvidence } from "./evidence";
import { newId } from "./ids";
import { createSource, listSources, listSourceUses, updateSource } from "./sources";

let db: Database;
let reviewer: Actor;
let editor: Actor;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, editor] = await Promise.all([makeActor(db, "reviewer"), makeActor(db, "editor")]);
  article = await makeArticle(db, reviewer);
});
afterAll(() => database().$disconnect());

const given = (input: Partial<SourceCreate> = {}): SourceCreate => ({
  ...{ id: newId(), title: "Minutes", author: null, publisher: null, publishedOn: null, url: null, kind: "other" },
  ...input,
});
const titles = async (search: Parameters<typeof listSources>[1]) =>
  (await listSources(reviewer, search)).items.map(({ title }) => title);

describe("createSource", () => {
  test("adds a source, known to the year, with no address", async () => {
    const input = given({ publishedOn: "2023", kind: "book", author: "A. Author" });
    const made = await createSource(reviewer, input);
    expect(sourceView.parse(made)).toEqual(made);
    expect(made).toMatchObject({ ...input, version: 1 });
    expect(await createSource(reviewer, input)).toEqual(made);
  });

  test("gives back the source that has the address, however it is spelled", async () => {
    const made = await createSource(reviewer, given({ url: "https://www.council.example/minutes/" }));
    for (const url of [
      "https://council.example/minutes",
      "http://www.council.example/minutes?utm_source=x#top",
      "https://COUNCIL.example/minutes/",
    ])
      expect(await createSource(editor, given({ url, title: "Again" }))).toEqual(made);
    const other = await createSource(editor, given({ url: "https://council.example/minutes?page=2" }));
    expect(other.id).not.toBe(made.id);
  });

  test("of one address by many at once is one source", async () => {
    const url = "https://council.example/recording";
    const made = await Promise.all(Array.from({ length: 8 }, () => createSource(reviewer, given({ url }))));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test("refuses the id of somebody else's source", async () => {
    const input = given();
    await createSource(reviewer, input);
    await expect(createSource(editor, input)).rejects.toMatchObject({ code: "duplicate" });
  });
});

describe("listSources", () => {
  test("finds by any part of words in title, author, publisher or address, whatever the case", async () => {
    await createSource(
      reviewer,
      given({ title: "Höhenmeter 100%_sicher", publisher: "Gipfel Verlag", author: "Zoë Quant" }),
    );
    await createSource(reviewer, given({ title: "Höhenmeter 1000 sicher", url: "https://alpen.example/tour" }));
    expect(await titles({ q: "höhenm" })).toHaveLength(2);
    expect(await titles({ q: "sicher gipfel" })).toEqual(["Höhenmeter 100%_sicher"]);
    expect(await titles({ q: "zoë" })).toEqual(["Höhenmeter 100%_sicher"]);
    expect(await titles({ q: "alpen.example" })).toEqual(["Höhenmeter 1000 sicher"]);
    // The signs of LIKE are only signs.
    expect(await titles({ q: "100%" })).toEqual(["Höhenmeter 100%_sicher"]);
    expect(await titles({ q: "0_s" })).toEqual([]);
    expect(await titles({ q: "%_s" })).toEqual(["Höhenmeter 100%_sicher"]);
    expect(await titles({ q: "\\" })).toEqual([]);
    expect(await titles({ q: "höhenmeter", kind: "data" })).toEqual([]);
  });

  test("goes through the whole library, each source once, while others add to it", async () => {
    const when = new Date("2020-01-01T00:00:00Z");
    await db.source.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({
        ...{ id: newId(), kind: "data" as const, title: `Table ${index}`, createdById: reviewer.id },
        // Many of one instant: the id decides.
        createdAt: new Date(when.getTime() + Math.floor(index / 50) * 1000),
      })),
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSources(reviewer, { q: "table", kind: "data", cursor });
      expect(page.items.length).toBeLessThanOrEqual(limits.pageSize);
      for (const item of page.items) expect(sourceListItem.parse(item)).toEqual(item);
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.next ?? undefined;
      await createSource(reviewer, given({ title: "Table of the day", kind: "data" }));
    } while (cursor);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  test("refuses a cursor that is none", async () => {
    for (const cursor of [
      "x",
      "2020-99-99T00:00:00.000Z_00000000-0000-0000-0000-000000000000",
      `2020-01-01T00:00:00.000Z_${"-".repeat(36)}`,
      "0000-01-01T00:00:00.000Z_00000000-0000-0000-0000-000000000000",
    ])
      await expect(listSources(reviewer, { cursor })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("the claims that rest on a source", () => {
  test("are counted and listed, each claim once in the count; what was removed or is in the trash does not count", async () => {
    const source = await makeSource(db, reviewer, { title: "Counted" });
    const other = await makeArticle(db, reviewer, { headline: "A later sitting" });
    const trashedArticle = await makeArticle(db, reviewer);
    const [twice, removed, trashed, there, gone] = [
      await makeClaim(db, reviewer, article, { sources: [source, source] }),
      await makeClaim(db, reviewer, article),
      await makeClaim(db, reviewer, article, { sources: [source] }),
      await makeClaim(db, reviewer, other, { sources: [source] }),
      await makeClaim(db, reviewer, trashedArticle, { sources: [source] }),
    ];
    await removeEvidence(reviewer, (await makeEvidence(db, reviewer, removed, source)).id);
    await trashClaim(reviewer, trashed.id);
    await setArticleTrashed(reviewer, trashedArticle.id, true);
    const uses = await listSourceUses(editor, source.id);
    for (const use of uses) expect(sourceUse.parse(use)).toEqual(use);
    expect(uses.map(({ headline, claimId }) => [headline, claimId])).toEqual([
      ["A later sitting", there.id],
      ["Council approves budget", twice.id],
      ["Council approves budget", twice.id],
    ]);
    expect(uses.some(({ claimId }) => claimId === gone.id)).toBe(false);
    expect((await listSources(editor, { q: "Counted" })).items).toMatchObject([{ id: source.id, claimCount: 2 }]);
    await expect(listSourceUses(editor, newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("updateSource", () => {
  test("corrects a source on its version; an older one is a conflict with the source as it is", async () => {
    const source = await makeSource(db, reviewer);
    const changed = await updateSource(editor, source.id, 1, { title: "Minutes, corrected", publishedOn: "2025-11" });
    expect(changed).toMatchObject({ title: "Minutes, corrected", publishedOn: "2025-11", version: 2 });
    await expect(updateSource(reviewer, source.id, 1, { title: "x" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: changed },
    });
    expect(await updateSource(reviewer, source.id, 1, { title: "Minutes, corrected" })).toEqual(changed);
    await expect(updateSource(reviewer, newId(), 1, { title: "x" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("to an address that another source has names that source; its own, spelled anew, is no matter", async () => {
    const taken = await createSource(reviewer, given({ url: "https://council.example/taken" }));
    const source = await createSource(reviewer, given({ url: "https://council.example/mine" }));
    await expect(updateSource(reviewer, source.id, 1, { url: "http://council.example/taken/" })).rejects.toMatchObject({
      code: "duplicate",
      details: { current: { id: taken.id } },
    });
    const respelled = await updateSource(reviewer, source.id, 1, { url: "https://www.council.example/mine" });
    await updateSource(reviewer, source.id, respelled.version, { url: null });
    const free = await createSource(reviewer, given({ url: "https://council.example/mine" }));
    expect(free.id).not.toBe(source.id);
  });

  test("tells every claim that rests on it, in every article, and makes approvals stale that held the old words", async () => {
    const source = await makeSource(db, reviewer, { title: "Old title" });
    const other = await makeArticle(db, reviewer);
    const approved = await makeClaim(db, reviewer, article, { state: "approved", editor, sources: [source] });
    const open = await makeClaim(db, reviewer, other, { sources: [source] });
    const apart = await makeClaim(db, reviewer, other, { state: "approved", editor });
    await updateSource(editor, source.id, 1, { title: "New title" });

    const stale = await getClaim(reviewer, approved.id);
    expect(stale).toMatchObject({ state: "stale", version: 2 });
    expect(stale.changes).toMatchObject([
      { field: "evidence", before: expect.stringContaining("Old title"), after: expect.stringContaining("New title") },
    ]);
    expect(await getClaim(reviewer, open.id)).toMatchObject({ state: "open", version: 2 });
    expect(await getClaim(reviewer, apart.id)).toMatchObject({ state: "approved", version: 1 });
    const lines = await db.auditEvent.findMany({
      where: { claimId: { in: [approved.id, open.id] } },
      orderBy: { id: "asc" },
      select: { action: true, articleId: true, claimId: true, actorId: true, data: true },
    });
    const line = { action: "source.updated", actorId: editor.id, data: { sourceId: source.id, fields: ["title"] } };
    expect(lines).toEqual(
      expect.arrayContaining([
        { ...line, articleId: article.id, claimId: approved.id },
        { ...line, articleId: other.id, claimId: open.id },
        {
          action: "claim.invalidated",
          actorId: null,
          articleId: article.id,
          claimId: approved.id,
          data: expect.anything(),
        },
      ]),
    );
    expect(lines).toHaveLength(3);
  });

  test("in the moment of an approval never leaves one standing on words that nobody approved", async () => {
    for (let round = 0; round < 10; round++) {
      const source = await makeSource(db, reviewer, { title: "Before" });
      const claim = await makeClaim(db, reviewer, article, { state: "in_review", sources: [source] });
      const [approval] = await Promise.allSettled([
        moveClaim(editor, claim.id, 1, { event: "approve" }),
        updateSource(reviewer, source.id, 1, { title: "After" }),
      ]);
      const { state } = await getClaim(editor, claim.id);
      expect(state).toBe(approval.status === "fulfilled" ? "stale" : "in_review");
    }
  });
});
