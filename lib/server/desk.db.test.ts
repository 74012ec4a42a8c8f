import { beforeAll, describe, expect, test } from "vitest";
import { type ArticleQuery, articlePage, articleQuery } from "../domain/article";
import { limits } from "../domain/limits";
import type { Actor, Role } from "../domain/people";
import type { WorkflowState } from "../domain/workflow";
import { database } from "./db";
import { listArticles, listColleagues } from "./desk";
import { newId } from "./ids";
import { ensureNewsroom } from "./newsroom";

let editor: Actor;
let reviewer: Actor;
let other: Actor;
let ratings: string[];

beforeAll(async () => {
  await ensureNewsroom(database(), { name: "Test" });
  ratings = (await database().rating.findMany({ orderBy: { position: "asc" } })).map((rating) => rating.id);
  editor = await person("Edda", "editor");
  reviewer = await person("Rana", "reviewer");
  other = await person("Olaf", "reviewer");
});

async function person(name: string, role: Role): Promise<Actor> {
  const id = newId();
  await database().user.create({ data: { id, name, role, email: `${id}@desk.example` } });
  return { id, name, role, sessionId: "" };
}

type NewArticle = {
  headline: string;
  outlet?: string;
  texts?: string[];
  dueOn?: string;
  publishedOn?: string;
  lastActivityAt?: string;
  trashed?: boolean;
  by?: Actor;
};

const midnight = (day: string | undefined) => (day ? new Date(`${day}T00:00:00Z`) : null);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function article({ texts = ["A text."], trashed, by = reviewer, ...fields }: NewArticle): Promise<string> {
  const id = newId();
  await database().article.create({
    data: {
      id,
      headline: fields.headline,
      outlet: fields.outlet ?? null,
      dueOn: midnight(fields.dueOn),
      publishedOn: midnight(fields.publishedOn),
      trashedAt: trashed ? new Date() : null,
      createdById: by.id,
      ...(fields.lastActivityAt && { lastActivityAt: new Date(fields.lastActivityAt) }),
      revisions: {
        create: texts.map((text, index) => ({
          ...{ id: newId(), number: index + 1, document: {}, text, sha256: newId() },
          ...{ origin: "paste" as const, createdById: by.id },
        })),
      },
    },
  });
  return id;
}

type NewClaim = { state?: WorkflowState; rating?: number; holder?: Actor; statement?: string; trashed?: boolean };

async function claim(articleId: string, { state = "open", rating, holder, statement, trashed }: NewClaim = {}) {
  const id = newId();
  const signed = state === "approved" || state === "stale";
  await database().claim.create({
    data: {
      ...{ id, articleId, state, statement: statement ?? "A claim.", createdById: reviewer.id },
      ratingId: rating === undefined ? null : (ratings[rating] ?? null),
      assigneeId: state === "open" ? null : (holder ?? reviewer).id,
      setAsideAs: state === "set_aside" ? "opinion" : null,
      trashedAt: trashed ? new Date() : null,
      ...(["in_review", "returned", "approved", "stale"].includes(state) && { submittedAt: new Date() }),
      ...(signed && {
        ...{ approvedById: editor.id, approvedAt: new Date(), approvedDigest: "x", approvedContent: {} },
      }),
    },
  });
  return id;
}

type NewSource = { removed?: boolean; author?: string; publisher?: string; url?: string };

async function source(claimId: string, title: string, { removed = false, ...more }: NewSource = {}) {
  await database().evidence.create({
    data: {
      ...{ id: newId(), stance: "supports", excerpt: "", locator: "", shows: "", position: 0 },
      claim: { connect: { id: claimId } },
      createdBy: { connect: { id: reviewer.id } },
      removedAt: removed ? new Date() : null,
      source: { create: { id: newId(), kind: "other", title, ...more, createdById: reviewer.id } },
    },
  });
}

const ask = (query: Partial<ArticleQuery>, actor = reviewer) => listArticles(actor, articleQuery.parse(query));
const headlines = async (query: Partial<ArticleQuery>) => (await ask(query)).items.map((item) => item.headline);

describe("an article on the desk", () => {
  test("carries its claims by state and verdict, its people, and is what the contract says", async () => {
    const id = await article({
      headline: "Tallied",
      outlet: "The Harbour",
      dueOn: "2026-12-01",
      publishedOn: "2026-11-01",
    });
    await claim(id);
    await claim(id, { state: "in_check", holder: other, rating: 2 });
    await claim(id, { state: "approved", rating: 0 });
    await claim(id, { state: "approved", rating: 0 });
    await claim(id, { state: "in_check", rating: 1, trashed: true });
    await database().shareLink.create({ data: { id: newId(), articleId: id, nonce: "n", createdById: editor.id } });

    const page = articlePage.strict().parse(await ask({ q: "Tallied" }));
    expect(page.total).toBe(1);
    expect(page.items[0]).toMatchObject({
      ...{ id, headline: "Tallied", outlet: "The Harbour", dueOn: "2026-12-01", publishedOn: "2026-11-01" },
      ...{ claims: 4, shared: true, trashedAt: null },
      states: { open: 1, in_check: 1, approved: 2 },
      ratings: [
        { ratingId: ratings[0], count: 2 },
        { ratingId: ratings[2], count: 1 },
      ],
      people: [
        { id: reviewer.id, name: "Rana" },
        { id: other.id, name: "Olaf" },
      ],
    });
  });

  test("without claims has empty tallies and the one who brought it in", async () => {
    await article({ headline: "Untouched", by: other });
    const [item] = (await ask({ q: "untouched" })).items;
    expect(item).toMatchObject({ claims: 0, states: {}, ratings: [], people: [{ id: other.id }], shared: false });
  });

  test("may be trashed by who brought it in until something is submitted, and by an editor always", async () => {
    const id = await article({ headline: "Trashable" });
    const trashable = async (actor: Actor) => (await ask({ q: "Trashable" }, actor)).items[0]?.abilities.trash;
    expect([await trashable(reviewer), await trashable(other), await trashable(editor)]).toEqual([true, false, true]);
    await claim(id, { state: "in_review" });
    expect([await trashable(reviewer), await trashable(editor)]).toEqual([false, true]);
  });

  test("is no longer shared when its link is revoked or expired", async () => {
    const id = await article({ headline: "Once shared" });
    const past = new Date(Date.now() - 1000);
    const link = { articleId: id, nonce: "n", createdById: editor.id };
    await database().shareLink.create({ data: { id: newId(), ...link, revokedAt: past } });
    await database().shareLink.create({ data: { id: newId(), ...link, expiresAt: past } });
    expect((await ask({ q: "Once shared" })).items[0]?.shared).toBe(false);
  });
});

describe("search", () => {
  beforeAll(async () => {
    const id = await article({
      headline: "Quay rises 100% by_night",
      outlet: "Quayside Courier",
      texts: ["The old draft spoke of zeppelins.", "The tide came in at noon."],
    });
    const held = await claim(id, { statement: "Nobody saw the lanterns." });
    const more = { author: "Ines Halloran", publisher: "Dry Dock Press", url: "https://moorings.example/plan-7" };
    await source(held, "Registry of moorings", more);
    await source(held, "Removed almanac", { removed: true });
    await claim(id, { statement: "Vanished parrots.", trashed: true });
    await article({ headline: "Something else" });
  });

  test.each([
    ["the headline", "QUAY rises"],
    ["the outlet", "courier"],
    ["the newest text", "tide noon"],
    ["a claim", "lanterns"],
    ["a source that a claim rests on", "registry"],
    ["a source's author", "halloran"],
    ["a source's publisher", "dry dock"],
    ["a source's address", "moorings.example/plan-7"],
    ["several of them, one word in each", "rises tide lanterns moorings"],
    ["a percent sign taken by its word", "100%"],
    ["an underscore taken by its word", "by_night"],
  ])("finds an article by %s", async (_, q) => {
    expect(await headlines({ q })).toEqual(["Quay rises 100% by_night"]);
  });

  test.each([
    ["an older text", "zeppelins"],
    ["removed evidence", "almanac"],
    ["a claim in the trash", "parrots"],
    ["a pattern that a person did not mean", "r%ses"],
    ["words of which one is nowhere", "tide submarine"],
    ["what looks like SQL", "'; DROP TABLE article; --"],
  ])("does not find it by %s", async (_, q) => {
    expect(await headlines({ q })).toEqual([]);
  });
});

describe("filters", () => {
  test("by state and verdict, asked of one and the same claim", async () => {
    const id = await article({ headline: "Filtered lighthouse" });
    await claim(id, { state: "in_review", rating: 0 });
    await claim(id, { state: "in_check", rating: 3, holder: other });
    const found = async (query: Partial<ArticleQuery>) => (await headlines({ q: "lighthouse", ...query })).length;
    expect(await found({ state: "in_review" })).toBe(1);
    expect(await found({ state: "stale" })).toBe(0);
    expect(await found({ rating: ratings[3] })).toBe(1);
    expect(await found({ state: "in_review", rating: ratings[3] })).toBe(0);
    expect(await found({ state: "in_check", rating: ratings[3], person: other.id })).toBe(1);
    expect(await found({ state: "in_review", person: other.id })).toBe(0);
  });

  test("by a person: what they brought in and what they hold a claim in", async () => {
    const someone = await person("Sora", "reviewer");
    await article({ headline: "Brought in by Sora", by: someone });
    const held = await article({ headline: "Held by Sora" });
    await claim(held, { state: "in_check", holder: someone });
    expect((await headlines({ person: someone.id, sort: "headline" })).sort()).toEqual([
      "Brought in by Sora",
      "Held by Sora",
    ]);
    expect(await headlines({ person: someone.id, state: "in_check" })).toEqual(["Held by Sora"]);
  });

  test("by due date, which settled work no longer has", async () => {
    await article({ headline: "Due long ago", dueOn: inDays(-3) });
    await article({ headline: "Due soon", dueOn: inDays(3) });
    await article({ headline: "Due late", dueOn: inDays(30) });
    const settled = await article({ headline: "Due but settled", dueOn: inDays(-3) });
    await claim(settled, { state: "approved", rating: 0 });
    await claim(settled, { state: "set_aside" });
    expect(await headlines({ q: "due", due: "overdue" })).toEqual(["Due long ago"]);
    expect(await headlines({ q: "due", due: "week" })).toEqual(["Due soon"]);
  });

  test("the trash holds what is trashed and nothing else does", async () => {
    await article({ headline: "Wreck in the trash", trashed: true });
    expect(await headlines({ q: "wreck" })).toEqual([]);
    expect(await headlines({ q: "wreck", trash: "1" })).toEqual(["Wreck in the trash"]);
  });
});

describe("order and paging", () => {
  test.each(["due", "published", "headline", "activity"] as const)("by %s", async (sort) => {
    const word = `ordered-${sort}`;
    await article({
      headline: `b ${word}`,
      dueOn: "2026-01-02",
      publishedOn: "2026-01-02",
      lastActivityAt: "2026-01-02T00:00:00Z",
    });
    await article({ headline: `C ${word}`, lastActivityAt: "2026-01-01T00:00:00Z" });
    await article({
      headline: `A ${word}`,
      dueOn: "2026-01-01",
      publishedOn: "2026-01-03",
      lastActivityAt: "2026-01-03T00:00:00Z",
    });
    const initials = (await headlines({ q: word, sort })).map((headline) => headline[0]);
    expect(initials).toEqual(["A", "b", "C"]);
  });

  test.each(["due", "published", "headline", "activity"] as const)(
    "pages by %s show each article once, while others come and go",
    async (sort) => {
      const word = `paged-${sort}`;
      const count = limits.pageSize + 7;
      for (let i = 0; i < count; i++) {
        // Many share a key, so that the id has to part them.
        await article({
          headline: `${word} ${"abc"[i % 3]}`,
          ...(i % 2 && { dueOn: "2026-05-05", publishedOn: "2026-05-05" }),
          lastActivityAt: `2026-02-0${(i % 3) + 1}T00:00:00.120Z`,
        });
      }
      const first = await ask({ q: word, sort });
      expect(first.total).toBe(count);
      expect(first.items).toHaveLength(limits.pageSize);
      await database().article.update({ where: { id: first.items[0]?.id ?? "" }, data: { trashedAt: new Date() } });
      const early = { due: "2020-01-01", publishedOn: "2030-01-01" };
      await article({ headline: `${word} A newcomer`, dueOn: early.due, publishedOn: early.publishedOn });

      const second = await ask({ q: word, sort, ...(first.next && { cursor: first.next }) });
      expect(second.items).toHaveLength(7);
      expect(second.next).toBeNull();
      const shown = [...first.items, ...second.items].map((item) => item.id);
      expect(new Set(shown).size).toBe(count);
    },
  );

  test.each([
    ["noise", "%%%"],
    ["another order's place", Buffer.from(JSON.stringify(["due", "2026-01-01", newId()])).toString("base64url")],
    ["a key of the wrong kind", Buffer.from(JSON.stringify(["activity", "yesterday", newId()])).toString("base64url")],
    ["no day", Buffer.from(JSON.stringify(["activity", "9999-99-99 00:00:00+00", newId()])).toString("base64url")],
    ["no hour", Buffer.from(JSON.stringify(["activity", "2026-01-01 25:00:00+00", newId()])).toString("base64url")],
    ["no id", Buffer.from(JSON.stringify(["activity", "2026-01-01 00:00:00+00", "x"])).toString("base64url")],
  ])("a cursor that is %s is refused with the field named", async (_, cursor) => {
    await expect(ask({ cursor })).rejects.toMatchObject({ code: "invalid", details: { fields: [{ path: "cursor" }] } });
  });
});

test("a cursor that PostgreSQL could not keep is refused before it sees it", async () => {
  const cursor = (...place: string[]) => Buffer.from(JSON.stringify([...place, newId()])).toString("base64url");
  const refused = { code: "invalid", details: { fields: [{ path: "cursor" }] } };
  await expect(ask({ sort: "headline", cursor: cursor("headline", "a\u0000") })).rejects.toMatchObject(refused);
  await expect(ask({ sort: "due", cursor: cursor("due", "0000-01-01") })).rejects.toMatchObject(refused);
});

test("colleagues are everybody at work, and those who left with claims in hand", async () => {
  const gone = await person("Gone", "reviewer");
  const left = await person("Left", "reviewer");
  await claim(await article({ headline: "Held by one who left" }), { state: "in_check", holder: left });
  await database().user.updateMany({ where: { id: { in: [gone.id, left.id] } }, data: { disabledAt: new Date() } });
  const names = (await listColleagues(reviewer)).map((colleague) => colleague.name);
  expect(names).toContain("Left");
  expect(names).not.toContain("Gone");
});
