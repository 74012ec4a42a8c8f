import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeClaims,
  makeNewsroom,
  paragraphs,
} from "@/prisma/fixtures/builder";
import type { Actor } from "../domain/people";
import { type CarriedAnchor, revisionDraftView, revisionList } from "../domain/revision";
import { getArticle, setArticleTrashed } from "./articles";
import { getClaim, listClaims } from "./claim-views";
import { createClaim, trashClaim } from "./claims";
import { type Database, database } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import {
  applyRevisionDraft,
  createRevisionDraft,
  decideAnchor,
  discardRevisionDraft,
  getRevisionDraft,
  listRevisions,
  rebaseRevisionDraft,
  undecideAnchor,
  undoRevision,
} from "./revisions";

const lines = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  'The "second" paragraph is about something else. A sentence about dogs and cats stands here, and nobody minds.',
  "Third, the river rose by 3.5 metres in one night, officials said. Nobody was hurt, the mayor told reporters.",
];

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, other, editor] = await Promise.all([
    makeActor(db, "reviewer"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
  ]);
});
afterAll(() => database().$disconnect());
beforeEach(async () => {
  article = await makeArticle(db, reviewer, { lines });
});

const rangeOf = (quote: string, text = article.text) => {
  const start = text.indexOf(quote);
  return { start, end: start + quote.length };
};

const claimOn = (quote: string, state: "open" | "approved" = "open") =>
  makeClaim(db, reviewer, article, { quote, state, editor });

const draftOf = (texts: string[], actor = reviewer, baseId = article.revisionId) =>
  createRevisionDraft(actor, article.id, {
    ...{ id: newId(), baseId, document: paragraphs(...texts), origin: "paste", originName: null },
  });

const changed = (...changes: [string, string][]) =>
  changes
    .reduce((text, [from, to]) => text.replace(from, to), lines.join("\n\n"))
    .split("\n\n")
    .filter((line) => line !== "");

const byClaim = (anchors: CarriedAnchor[], claimId: string) => {
  const found = anchors.find((anchor) => anchor.claimId === claimId);
  if (!found) throw new Error("The claim is not among those that are carried over");
  return found;
};

const stateOf = async (claimId: string) => {
  const { state, anchors } = await getClaim(editor, claimId);
  return { state, anchors: anchors.map(({ exact, state: anchor }) => `${anchor}: ${exact}`) };
};

const code = (expected: string) => expect.objectContaining({ code: expected });

describe("a new text beside the one under check", () => {
  test("says what becomes of each claim and changes nothing", async () => {
    const [kept, figure, cut] = [
      await claimOn("He denied all"),
      await claimOn("45 people"),
      await claimOn("dogs and cats"),
    ];
    const draft = await draftOf(
      changed(["45", "46"], [" A sentence about dogs and cats stands here, and nobody minds.", ""]),
    );
    expect(revisionDraftView.parse(draft)).toEqual(draft);
    expect(byClaim(draft.anchors, kept.id)).toMatchObject({ state: "anchored", after: { words: "He denied all" } });
    expect(byClaim(draft.anchors, figure.id)).toMatchObject({ state: "altered", after: { words: "46 people" } });
    expect(byClaim(draft.anchors, cut.id)).toMatchObject({ state: "orphaned", after: null });
    expect((await getArticle(reviewer, article.id)).revision.number).toBe(1);
    expect(await stateOf(figure.id)).toEqual({ state: "open", anchors: ["anchored: 45 people"] });
    const list = await listRevisions(reviewer, article.id);
    expect(revisionList.parse(list)).toEqual(list);
    expect(list.drafts.map(({ id }) => id)).toEqual([draft.id]);
  });

  test("rests on what an edit kept where both texts bear it out, until it follows another text", async () => {
    const phrase = "The mayor said no.";
    const twice = await makeArticle(db, reviewer, { lines: [`${phrase} ${phrase}`, "The rest stays."] });
    const [start, end] = [phrase.length + 1, phrase.length * 2 + 1];
    const second = await createClaim(reviewer, twice.id, {
      ...{ id: newId(), revisionId: twice.revisionId },
      anchors: [{ id: newId(), start, end, exact: phrase }],
    });
    const edited = (kept: { from: number; to: number; length: number }[]) =>
      createRevisionDraft(reviewer, twice.id, {
        ...{ id: newId(), baseId: twice.revisionId, document: paragraphs(phrase, "The rest stays."), kept },
        ...{ origin: "edit", originName: null },
      });
    const rest = { from: end + 2, to: phrase.length + 2, length: 15 };
    const first = await edited([{ from: 0, to: 0, length: phrase.length }, rest]);
    expect(byClaim(first.anchors, second.id).state).toBe("orphaned");
    const other = await edited([{ from: start, to: 0, length: phrase.length }, rest]);
    expect(byClaim(other.anchors, second.id)).toMatchObject({ state: "anchored", after: { start: 0 } });
    expect((await edited([{ from: 1, to: 0, length: phrase.length }])).kept).toBeNull();

    await applyRevisionDraft(reviewer, first.id, first.version);
    expect((await rebaseRevisionDraft(reviewer, other.id)).kept).toBeNull();
  });

  test("is refused when it is the same, empty, or of an article in the trash; a retry finds it made", async () => {
    await expect(draftOf(lines)).rejects.toEqual(code("duplicate"));
    await expect(draftOf([" "])).rejects.toEqual(code("invalid"));
    await expect(draftOf(["x".repeat(1_000_001)])).rejects.toEqual(code("too_large"));
    const input = { id: newId(), baseId: article.revisionId, document: paragraphs("Another text."), originName: null };
    const first = await createRevisionDraft(reviewer, article.id, { ...input, origin: "edit" });
    expect(await createRevisionDraft(reviewer, article.id, { ...input, origin: "edit" })).toEqual(first);
    await expect(createRevisionDraft(other, article.id, { ...input, origin: "edit" })).rejects.toEqual(code("invalid"));
    await setArticleTrashed(editor, article.id, true);
    await expect(draftOf(["Yet another text."])).rejects.toEqual(code("invalid"));
    await expect(applyRevisionDraft(editor, first.id, first.version)).rejects.toEqual(code("invalid"));
  });

  test("that is the same but for its formatting is taken, and told to be so", async () => {
    const [first, ...rest] = paragraphs(...lines).content ?? [];
    const document = { type: "doc" as const, content: [{ ...first, type: "heading", attrs: { level: 2 } }, ...rest] };
    const draft = await createRevisionDraft(reviewer, article.id, {
      ...{ id: newId(), baseId: article.revisionId, document, origin: "paste", originName: null },
    });
    expect(draft.warnings).toEqual([{ kind: "formatting" }]);
    expect((await draftOf(changed(["45", "46"]))).warnings).toEqual([]);
  });

  test("is thrown away by whoever made it or an editor", async () => {
    const draft = await draftOf(changed(["45", "46"]));
    const offered = async (actor: Actor) =>
      (await listRevisions(actor, article.id)).drafts.map((one) => one.canDiscard);
    expect([await offered(other), await offered(reviewer), await offered(editor)]).toEqual([[false], [true], [true]]);
    await expect(discardRevisionDraft(other, draft.id)).rejects.toEqual(code("forbidden"));
    await discardRevisionDraft(editor, draft.id);
    expect(await discardRevisionDraft(editor, draft.id)).toEqual({ done: true });
    await expect(getRevisionDraft(reviewer, draft.id)).rejects.toEqual(code("not_found"));
  });
});

describe("deciding", () => {
  test("takes what fits what became of the words, and can be taken back", async () => {
    const [kept, figure, cut] = [
      await claimOn("He denied all"),
      await claimOn("45 people"),
      await claimOn("dogs and cats"),
    ];
    const draft = await draftOf(
      changed(["45", "46"], [" A sentence about dogs and cats stands here, and nobody minds.", ""]),
    );
    const anchorOf = (claimId: string) => byClaim(draft.anchors, claimId).anchorId;
    const decide = (claimId: string, decision: Parameters<typeof decideAnchor>[3], actor = editor) =>
      decideAnchor(actor, draft.id, anchorOf(claimId), decision);
    await expect(decide(kept.id, { kind: "confirm" })).rejects.toEqual(code("invalid"));
    await expect(decide(cut.id, { kind: "confirm" })).rejects.toEqual(code("invalid"));
    await expect(decide(cut.id, { kind: "attach", start: 0, end: 3, exact: "xyz" })).rejects.toEqual(code("invalid"));
    expect((await decide(figure.id, { kind: "confirm" })).decision).toMatchObject({
      kind: "confirm",
      place: { words: "46 people" },
      by: { id: editor.id },
    });
    const place = rangeOf("something else", draft.text);
    const attached = await decide(cut.id, { kind: "attach", ...place, exact: "something else" });
    expect(attached.decision?.place).toEqual({ ...place, words: "something else" });
    expect((await undecideAnchor(reviewer, draft.id, anchorOf(cut.id))).decision).toBeNull();
    expect((await getRevisionDraft(reviewer, draft.id)).version).toBe(draft.version + 3);
  });

  test("a reviewer sets aside only what is open", async () => {
    const [open, approved] = [await claimOn("dogs and cats"), await claimOn("nobody minds", "approved")];
    const draft = await draftOf(changed([" A sentence about dogs and cats stands here, and nobody minds.", ""]));
    const set = (claimId: string) =>
      decideAnchor(reviewer, draft.id, byClaim(draft.anchors, claimId).anchorId, { kind: "set_aside" });
    await set(open.id);
    await expect(set(approved.id)).rejects.toEqual(code("forbidden"));
  });
});

describe("applying", () => {
  test("carries approvals with their words, lets them fall with changed ones, and is taken back whole", async () => {
    const quotes = ["He denied all", '"second" paragraph', "river rose", "45 people", "dogs and cats", "nobody minds"];
    const [kept, spelt, moved, figure, cut, gone] = await Promise.all(
      quotes.map((quote) => claimOn(quote, "approved")),
    );
    const ids = [kept, spelt, moved, figure, cut, gone].map((claim) => claim?.id ?? "");
    const before = await Promise.all(ids.map(stateOf));
    const text = changed(
      ["45", "46"],
      ['"second"', "“second”"],
      [" A sentence about dogs and cats stands here, and nobody minds.", ""],
    );
    const draft = await draftOf([text[2] ?? "", text[0] ?? "", text[1] ?? ""]);
    const aside = byClaim(draft.anchors, ids[4] ?? "").anchorId;
    const { version } = draft;
    await decideAnchor(editor, draft.id, aside, { kind: "set_aside" });
    await expect(applyRevisionDraft(editor, draft.id, version)).rejects.toEqual(code("conflict"));

    const view = await applyRevisionDraft(editor, draft.id, version + 1);
    expect(view.revision.number).toBe(2);
    expect(await Promise.all(ids.map(stateOf))).toEqual([
      { state: "approved", anchors: ["anchored: He denied all"] },
      { state: "approved", anchors: ["anchored: “second” paragraph"] },
      { state: "approved", anchors: ["moved: river rose"] },
      { state: "stale", anchors: ["altered: 46 people"] },
      { state: "set_aside", anchors: ["orphaned: dogs and cats"] },
      { state: "stale", anchors: ["orphaned: nobody minds"] },
    ]);
    expect((await getClaim(editor, ids[3] ?? "")).changes).toEqual([
      { field: "text", before: "45 people", after: "46 people" },
    ]);
    await expect(getRevisionDraft(editor, draft.id)).rejects.toEqual(code("not_found"));
    const list = await listRevisions(editor, article.id);
    expect(list.revisions.map(({ number, isCurrent, canUndo }) => ({ number, isCurrent, canUndo }))).toEqual([
      { number: 2, isCurrent: true, canUndo: true },
      { number: 1, isCurrent: false, canUndo: false },
    ]);

    const again = await undoRevision(editor, view.revision.id);
    expect((await getArticle(editor, article.id)).revision.number).toBe(1);
    expect(await Promise.all(ids.map(stateOf))).toEqual(before);
    expect(byClaim(again.anchors, ids[4] ?? "").decision?.kind).toBe("set_aside");
    await applyRevisionDraft(editor, again.id, again.version);
    expect((await stateOf(ids[4] ?? "")).state).toBe("set_aside");
  });

  test("is done whole or not at all, when the server is killed in the middle", async () => {
    const figure = await claimOn("45 people", "approved");
    const draft = await draftOf(changed(["45", "46"]));
    const holder = new Client({ connectionString: environment().DATABASE_URL });
    await holder.connect();
    try {
      // Whoever holds the claim lets the new text be written, and has it wait before the claim is touched.
      await holder.query("BEGIN");
      await holder.query("SELECT FROM claim WHERE id = $1 FOR UPDATE", [figure.id]);
      const applying = applyRevisionDraft(editor, draft.id, draft.version).catch((error: unknown) => error);
      const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      await expect.poll(async () => (await holder.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1);
      await holder.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) w`);
      expect(await applying).toBeInstanceOf(Error);
    } finally {
      await holder.end();
    }
    expect((await getArticle(editor, article.id)).revision.number).toBe(1);
    expect(await stateOf(figure.id)).toEqual({ state: "approved", anchors: ["anchored: 45 people"] });
    expect(await db.pastClaim.count({ where: { claimId: figure.id } })).toBe(0);
    const again = await getRevisionDraft(editor, draft.id);
    expect(again.version).toBe(draft.version);
    expect((await applyRevisionDraft(editor, draft.id, again.version)).revision.number).toBe(2);
  });

  test("a confirmed claim stands on the new words, an attached one on those that were chosen", async () => {
    const [figure, cut] = [await claimOn("45 people", "approved"), await claimOn("dogs and cats")];
    const draft = await draftOf(changed(["45", "46"], ["dogs and cats stands", "foxes and hares lies somewhere"]));
    await decideAnchor(editor, draft.id, byClaim(draft.anchors, figure.id).anchorId, { kind: "confirm" });
    const exact = "foxes and hares";
    await decideAnchor(editor, draft.id, byClaim(draft.anchors, cut.id).anchorId, {
      kind: "attach",
      ...rangeOf(exact, draft.text),
      exact,
    });
    const { version } = await getRevisionDraft(editor, draft.id);
    await applyRevisionDraft(editor, draft.id, version);
    expect(await stateOf(figure.id)).toEqual({ state: "stale", anchors: ["anchored: 46 people"] });
    expect(await stateOf(cut.id)).toEqual({ state: "open", anchors: ["anchored: foxes and hares"] });
  });

  test("words that nobody confirmed stay altered in the next revision, and are themselves again when they come back", async () => {
    const figure = await claimOn("45 people", "approved");
    const second = await draftOf(changed(["45", "46"]));
    const { revision } = await applyRevisionDraft(editor, second.id, second.version);
    const third = await draftOf(changed(["45", "46"], ["one night", "a single night"]), reviewer, revision.id);
    expect(byClaim(third.anchors, figure.id)).toMatchObject({ state: "altered", after: { words: "46 people" } });
    const { revision: next } = await applyRevisionDraft(editor, third.id, third.version);
    const fourth = await draftOf(changed(["one night", "a single night"]), reviewer, next.id);
    await decideAnchor(editor, fourth.id, byClaim(fourth.anchors, figure.id).anchorId, { kind: "confirm" });
    await applyRevisionDraft(editor, fourth.id, fourth.version + 1);
    expect(await stateOf(figure.id)).toEqual({ state: "approved", anchors: ["anchored: 45 people"] });
  });

  test("words that were gone are found where they stand again", async () => {
    const cut = await claimOn("dogs and cats");
    const without = changed([" A sentence about dogs and cats stands here, and nobody minds.", ""]);
    const second = await draftOf(without);
    const { revision } = await applyRevisionDraft(reviewer, second.id, second.version);
    const third = await draftOf([...without, "Of dogs and cats more is told here."], reviewer, revision.id);
    expect(byClaim(third.anchors, cut.id)).toMatchObject({
      state: "ambiguous",
      candidates: [{ words: "dogs and cats" }],
    });
  });

  test("of two texts at once one wins; the other keeps its decisions and is laid beside it", async () => {
    const figure = await claimOn("45 people");
    const [mine, theirs] = [
      await draftOf(changed(["45", "46"], ["one night", "two nights"])),
      await draftOf(changed(["Nobody was hurt", "Two were hurt"]), editor),
    ];
    await decideAnchor(reviewer, mine.id, byClaim(mine.anchors, figure.id).anchorId, { kind: "confirm" });
    const results = await Promise.allSettled([
      applyRevisionDraft(editor, theirs.id, theirs.version),
      applyRevisionDraft(editor, theirs.id, theirs.version),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(applyRevisionDraft(reviewer, mine.id, mine.version + 1)).rejects.toMatchObject({
      code: "conflict",
      details: { current: { isOutdated: true, version: mine.version + 1 } },
    });
    const rebased = await rebaseRevisionDraft(reviewer, mine.id);
    expect(rebased).toMatchObject({ isOutdated: false, base: { number: 2 } });
    expect(byClaim(rebased.anchors, figure.id).decision).toMatchObject({ kind: "confirm" });
    const { revision } = await applyRevisionDraft(reviewer, mine.id, rebased.version);
    expect(revision.number).toBe(3);
    expect(await stateOf(figure.id)).toEqual({ state: "open", anchors: ["anchored: 46 people"] });
  });

  test("a claim in the trash is carried over too; one marked since is carried back", async () => {
    const trashed = await claimOn("Nobody was hurt");
    await trashClaim(editor, trashed.id);
    const draft = await draftOf(changed(["45", "46"]));
    expect(draft.anchors).toEqual([]);
    const { revision } = await applyRevisionDraft(editor, draft.id, draft.version);
    expect((await getClaim(editor, trashed.id)).anchors).toMatchObject([{ state: "anchored" }]);
    const mark = (exact: string) => ({
      id: newId(),
      revisionId: revision.id,
      anchors: [{ id: newId(), ...rangeOf(exact, draft.text), exact }],
    });
    const stands = await createClaim(reviewer, article.id, mark("river rose"));
    const fresh = await createClaim(reviewer, article.id, mark("46"));
    await expect(undoRevision(other, revision.id)).rejects.toEqual(code("forbidden"));
    await undoRevision(editor, revision.id);
    expect((await stateOf(stands.id)).anchors).toEqual(["anchored: river rose"]);
    expect((await stateOf(fresh.id)).anchors).toEqual(["altered: 45"]);
    await expect(undoRevision(editor, article.revisionId)).rejects.toEqual(code("invalid"));
  });

  test("5,000 claims", async () => {
    const large = await makeArticle(db, reviewer, {
      lines: Array.from(
        { length: 800 },
        (_, index) => `Paragraph ${index} tells of case ${index} and of what came of it in the end.`,
      ),
    });
    await makeClaims(db, reviewer, large, 5_000);
    const document = paragraphs(...large.text.split("\n\n").map((line) => line.replace("case 7 ", "case 8 ")));
    const draft = await createRevisionDraft(editor, large.id, {
      ...{ id: newId(), baseId: large.revisionId, document, origin: "file", originName: "text.txt" },
    });
    expect(draft.anchors.length).toBeGreaterThanOrEqual(5_000);
    await applyRevisionDraft(editor, draft.id, draft.version);
    const { claims } = await listClaims(editor, large.id);
    expect(claims).toHaveLength(5_000);
    expect(claims.every(({ anchors }) => anchors.length > 0)).toBe(true);
  }, 60_000);
});
