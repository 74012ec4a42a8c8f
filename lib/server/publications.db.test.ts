import { gunzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeEvidence,
  makeNewsroom,
  makeSource,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { describeAnchor } from "../domain/anchor";
import type { Actor } from "../domain/people";
import { getClaim } from "./claim-views";
import { updateClaim } from "./claims";
import { database } from "./db";
import { newId } from "./ids";
import { createPublication, previewPublication, readPage, readPublication } from "./publications";

const db = database();
let editor: Actor;
let reviewer: Actor;
let admin: Actor;
let article: MadeArticle;

beforeAll(async () => {
  await makeNewsroom(db);
  editor = await makeActor(db, "editor", "Edda Editor");
  reviewer = await makeActor(db, "reviewer", "Rana Reviewer");
  admin = await makeActor(db, "admin");
});
beforeEach(async () => {
  article = await makeArticle(db, reviewer, { canonicalUrl: "https://gazette.example/budget" });
});

const approved = (quote: string, more = {}) =>
  makeClaim(db, reviewer, article, { state: "approved", editor, quote, ...more });

async function publish(note: string | null = null, id = newId()) {
  const sharing = await createPublication(editor, article.id, { id, note });
  return { id, sharing, snapshot: await readPublication(id), page: gunzipSync(await readPage(id)).toString() };
}

describe("createPublication", () => {
  test("freezes approved claims in the order of the text, with evidence, verdict and names", async () => {
    await approved("more than in any year since 2009");
    await approved("twelve votes to nine");
    const { snapshot, sharing } = await publish();
    expect(snapshot.claims.map((claim) => [claim.number, claim.statement])).toEqual([
      [1, "twelve votes to nine"],
      [2, "more than in any year since 2009"],
    ]);
    expect(snapshot.claims[0]).toMatchObject({
      rating: 0,
      checkedBy: "Rana Reviewer",
      approvedBy: "Edda Editor",
      anchors: [{ exact: "twelve votes to nine" }],
      evidence: [{ stance: "supports", excerpt: "Carried 12 to 9.", source: { title: "Minutes of the council" } }],
    });
    expect(snapshot).toMatchObject({ number: 1, unfinished: 0, fourEyes: true, demo: false, newsroom: "The Desk" });
    expect(sharing.publications).toMatchObject([{ number: 1, claims: 2, createdBy: { name: "Edda Editor" } }]);
  });

  test("takes nothing that is not approved, and tells only how many are unfinished", async () => {
    await approved("twelve votes to nine");
    const hidden = ["open", "in_check", "needs_info", "in_review", "returned", "stale", "set_aside"] as const;
    for (const state of hidden)
      await makeClaim(db, reviewer, article, {
        state,
        quote: "Spending on schools rises by 4 percent",
        statement: `SECRET ${state}`,
      });
    const trashed = await approved("the mayor said", { statement: "SECRET trashed" });
    await db.claim.update({ where: { id: trashed.id }, data: { trashedAt: new Date() } });
    const removed = await db.evidence.findFirstOrThrow({
      where: { claim: { articleId: article.id, state: "approved" } },
    });
    const claimId = removed.claimId;
    await makeEvidence(db, reviewer, { id: claimId }, await makeSource(db, reviewer, { title: "SECRET source" }));
    await db.evidence.updateMany({
      where: { claimId, source: { title: "SECRET source" } },
      data: { removedAt: new Date() },
    });
    await db.query.create({
      data: { id: newId(), claimId, question: "SECRET question", answer: "SECRET answer", askedById: reviewer.id },
    });

    const { snapshot, page, sharing } = await publish();
    expect(snapshot.claims).toHaveLength(1);
    expect(snapshot.unfinished).toBe(6);
    expect(sharing).toMatchObject({ approved: 1, unfinished: 6 });
    for (const told of [JSON.stringify(snapshot), page]) {
      expect(told).not.toContain("SECRET");
      expect(told).not.toContain("desk.example");
      for (const person of [editor, reviewer]) expect(told).not.toContain(person.id);
    }
  });

  test("keeps each version, its number and its note; what comes later is not in it", async () => {
    await approved("twelve votes to nine");
    const first = await publish();
    await approved("since 2009");
    const second = await publish("One claim more.");
    expect(await readPublication(first.id)).toEqual(first.snapshot);
    expect(second.snapshot).toMatchObject({
      number: 2,
      note: "One claim more.",
      versions: [{ number: 1, publishedAt: first.snapshot.publishedAt, note: null }],
    });
    expect(first.snapshot.claims).toHaveLength(1);
    expect(second.snapshot.claims).toHaveLength(2);
    expect(second.sharing.publications.map(({ number, claims }) => [number, claims])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });

  test("a retry with the same id finds it made; the id of another article's is refused", async () => {
    await approved("twelve votes to nine");
    const { id } = await publish();
    expect((await createPublication(editor, article.id, { id, note: "again" })).publications).toHaveLength(1);
    const other = await makeArticle(db, reviewer);
    await expect(createPublication(editor, other.id, { id, note: null })).rejects.toMatchObject({ code: "duplicate" });
    const lines = await db.auditEvent.findMany({ where: { articleId: article.id, action: "publication.created" } });
    expect(lines.map((line) => [line.actorId, line.data])).toEqual([[editor.id, { id, number: 1, claims: 1 }]]);
  });

  test("publishing twice at once makes two versions, each with a number of its own", async () => {
    await approved("twelve votes to nine");
    const ids = [newId(), newId(), newId()];
    await Promise.all(ids.map((id) => createPublication(editor, article.id, { id, note: null })));
    const rows = await db.publication.findMany({ where: { articleId: article.id }, orderBy: { number: "asc" } });
    expect(rows.map((row) => row.number)).toEqual([1, 2, 3]);
  });

  test("while claims are being approved, a page holds each wholly or not at all", async () => {
    const quotes = ["twelve votes to nine", "rises by 4 percent", "since 2009", "called the figures invented"];
    const [, snapshots] = await Promise.all([
      (async () => {
        for (const quote of quotes) await approved(quote);
      })(),
      (async () => {
        const made: number[] = [];
        for (let round = 0; round < 6; round++) {
          const result = await publish().catch((error) => error);
          if ("snapshot" in result) {
            for (const claim of result.snapshot.claims) expect(claim.evidence).toHaveLength(1);
            made.push(result.snapshot.claims.length);
          } else expect(result).toMatchObject({ code: "invalid" });
        }
        return made;
      })(),
    ]);
    expect(snapshots).toEqual(snapshots.toSorted((a, b) => a - b));
  });

  test("a claim whose words are gone from the newest text is kept, last and unmarked", async () => {
    await approved("twelve votes to nine", { statement: "It was carried." });
    await approved("The auditor has not yet commented");
    const text = "The auditor has not yet commented.";
    await db.revision.create({
      data: {
        ...{ id: newId(), articleId: article.id, number: 2, text, sha256: "f".repeat(64) },
        ...{ document: paragraphs(text) as object, origin: "paste", createdById: reviewer.id },
      },
    });
    const auditor = await db.claim.findFirstOrThrow({
      where: { articleId: article.id, statement: "The auditor has not yet commented" },
    });
    const place = describeAnchor(text, { start: 0, end: text.length - 1 });
    await db.anchor.create({
      data: { id: newId(), claimId: auditor.id, revisionId: await newestRevision(), ...place },
    });
    const { snapshot, page } = await publish();
    expect(snapshot.revision.number).toBe(2);
    expect(snapshot.claims.map((claim) => [claim.statement, claim.anchors.length])).toEqual([
      ["The auditor has not yet commented", 1],
      ["It was carried.", 0],
    ]);
    expect(page).toContain("no longer in this version of the text");
  });

  test("refuses reviewers and admins, an article with nothing approved, in the trash, or not there", async () => {
    const input = { id: newId(), note: null };
    await expect(createPublication(reviewer, article.id, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(createPublication(admin, article.id, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(createPublication(editor, article.id, input)).rejects.toMatchObject({ code: "invalid" });
    await expect(createPublication(editor, newId(), input)).rejects.toMatchObject({ code: "not_found" });
    await approved("twelve votes to nine");
    await db.article.update({ where: { id: article.id }, data: { trashedAt: new Date() } });
    await expect(createPublication(editor, article.id, input)).rejects.toMatchObject({ code: "invalid" });
    expect(await db.publication.count({ where: { articleId: article.id } })).toBe(0);
  });

  test("a publication is never changed or deleted", async () => {
    await approved("twelve votes to nine");
    const { id } = await publish();
    await expect(db.$executeRaw`UPDATE publication SET note = 'other' WHERE id = ${id}::uuid`).rejects.toThrow(
      /append-only/,
    );
    await expect(db.$executeRaw`DELETE FROM publication WHERE id = ${id}::uuid`).rejects.toThrow(/append-only/);
  });

  test("waits for who is writing instead of being refused by them, and shows no claim as it was at two moments", async () => {
    const { id: claimId } = await approved("twelve votes to nine");
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      const { id } = await makeClaim(db, editor, article, { state: "in_check" });
      for (let round = 0; writing; round++) {
        const { version } = await getClaim(editor, id);
        await updateClaim(editor, id, version, { claimant: `Speaker ${writer} in round ${round}` });
      }
    });
    for (let number = 1; number <= 5; number++) expect((await publish()).snapshot.number).toBe(number);
    writing = false;
    await Promise.all(writers);
    expect((await publish()).snapshot.claims).toMatchObject([{ id: claimId }]);
  });

  test("says so on the page when the newsroom does without a second pair of eyes, and when it is a demo", async () => {
    await approved("twelve votes to nine");
    expect((await publish()).page).toContain("No verdict is published on one person’s word");
    await db.newsroom.update({ where: { id: 1 }, data: { fourEyes: false, isDemo: true } });
    const { page, snapshot } = await publish();
    await db.newsroom.update({ where: { id: 1 }, data: { fourEyes: true, isDemo: false } });
    expect(snapshot).toMatchObject({ fourEyes: false, demo: true });
    expect(page).toContain("A second pair of eyes was not required");
    expect(page).toContain("they are not findings");
  });

  test("does not promise a second pair of eyes for a claim approved alone, whatever the rule says by then", async () => {
    await approved("twelve votes to nine");
    await makeClaim(db, editor, article, { state: "approved", editor, quote: "the mayor said" });
    const { page, snapshot } = await publish();
    expect(snapshot).toMatchObject({ fourEyes: false, claims: [{ alone: false }, { alone: true }] });
    expect(page).toContain("Checked and approved by Edda Editor");
    expect(page).not.toContain("No verdict is published on one person’s word");
  });

  test("names whoever wrote the rationale beside whoever gave the rating, and knows people of one name apart", async () => {
    const namesake = await makeActor(db, "reviewer", "Edda Editor");
    const { id } = await approved("twelve votes to nine");
    await db.claim.update({ where: { id }, data: { rationaleById: namesake.id } });
    const { snapshot } = await publish();
    expect(snapshot).toMatchObject({
      fourEyes: true,
      claims: [{ checkedBy: "Rana Reviewer and Edda Editor", approvedBy: "Edda Editor", alone: false }],
    });
  });
});

const newestRevision = async () =>
  (await db.revision.findFirstOrThrow({ where: { articleId: article.id }, orderBy: { number: "desc" } })).id;

describe("previewPublication", () => {
  test("shows editors and admins the page as it would be, and keeps nothing", async () => {
    await approved("twelve votes to nine");
    for (const actor of [editor, admin])
      expect(await previewPublication(actor, article.id)).toContain("twelve votes to nine");
    await expect(previewPublication(reviewer, article.id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.publication.count({ where: { articleId: article.id } })).toBe(0);
  });
});
