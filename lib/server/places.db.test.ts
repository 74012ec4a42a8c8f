import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeNewsroom,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { type ClaimView, claimSummary, claimView, summaryOf } from "../domain/claim";
import type { Actor } from "../domain/people";
import { getClaimHistory } from "./activity";
import { getArticle, setArticleTrashed } from "./articles";
import { getClaim, listClaims } from "./claim-views";
import { moveClaim } from "./claim-workflow";
import { restoreClaim, trashClaim, updateClaim } from "./claims";
import { type Database, database } from "./db";
import { listArticles } from "./desk";
import { newId } from "./ids";
import { findPlaces, placeClaim, removePlace, undoPlaceChange } from "./places";
import { createPublication, previewPublication, readPublication } from "./publications";
import { applyRevisionDraft, createRevisionDraft, getRevisionDraft, undoRevision } from "./revisions";

const lines = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  "A sentence about dogs and cats stands here, and nobody minds.",
  "Third, the river rose by 3.5 metres in one night, officials said. Nobody was hurt.",
];
const otherLines = [
  "A week later the paper wrote again that 45 people were guilty of fraud, and gave no names.",
  "The river has fallen since.",
];

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let home: MadeArticle;
let second: MadeArticle;

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
  home = await makeArticle(db, reviewer, { lines, headline: "The court" });
  second = await makeArticle(db, reviewer, { lines: otherLines, headline: "A week later" });
});

const claimOn = async (quote: string, state: "open" | "in_check" | "in_review" | "approved" = "open") =>
  getClaim(editor, (await makeClaim(db, reviewer, home, { quote, state, editor })).id);

const words = (article: MadeArticle, exact: string, text = article.text, revisionId = article.revisionId) => {
  const start = text.indexOf(exact);
  return { change: newId(), revisionId, start, end: start + exact.length, exact };
};

/** Puts a text of these lines under check; answers with its id and its text. */
async function apply(article: MadeArticle, texts: string[]) {
  const { revision } = await getArticle(reviewer, article.id);
  const draft = await createRevisionDraft(reviewer, article.id, {
    ...{ id: newId(), baseId: revision.id, document: paragraphs(...texts), origin: "paste", originName: null },
  });
  await applyRevisionDraft(reviewer, draft.id, draft.version);
  const { id } = (await getArticle(reviewer, article.id)).revision;
  return { revisionId: id, text: draft.text, draftId: draft.id };
}

const changed = (texts: string[], ...changes: [string, string][]) =>
  changes.reduce((all, [from, to]) => all.replace(from, to), texts.join("\n\n")).split("\n\n");

const standing = ({ state, anchors }: ClaimView) => [state, ...anchors.map((one) => `${one.state}: ${one.exact}`)];
const idOf = (claim: ClaimView, at = 0) => claim.anchors[at]?.id ?? "";
const code = (expected: string) => expect.objectContaining({ code: expected });
const actionsOf = async (claimId: string) =>
  (await getClaimHistory(editor, claimId)).items.map(({ action }) => action).reverse();
const listed = async (article: MadeArticle) => (await listClaims(other, article.id)).claims.map(({ id }) => id);
/** What the streams of an article are told of a claim. */
const told = async (article: MadeArticle, claimId: string) => {
  const events = await db.$queryRaw<{ action: string }[]>`
    SELECT action FROM audit_event e LEFT JOIN event_echo o ON o.event_id = e.id
    WHERE e.claim_id = ${claimId}::uuid AND ${article.id}::uuid IN (e.article_id, o.article_id) ORDER BY e.id`;
  return events.map(({ action }) => action);
};

describe("a place that a new text has left in doubt", () => {
  test("shows the words that were and those that are, and is confirmed as they stand", async () => {
    const before = await claimOn("45 people were guilty");
    const { revisionId, text } = await apply(home, changed(lines, ["45", "46"]));
    const altered = await getClaim(other, before.id);
    expect(altered.anchors).toMatchObject([
      {
        state: "altered",
        exact: "46 people were guilty",
        was: "45 people were guilty",
        revisionId,
        articleId: home.id,
      },
    ]);
    const place = words(home, "46 people were guilty", text, revisionId);
    const settled = await placeClaim(other, before.id, idOf(altered), altered.version, place);
    expect(standing(settled)).toEqual(["open", "anchored: 46 people were guilty"]);
    expect(settled.anchors[0]?.was).toBeNull();
    expect((await actionsOf(before.id)).at(-1)).toBe("claim.place_confirmed");
    const back = await undoPlaceChange(other, place.change);
    expect(back.anchors).toMatchObject([{ state: "altered", was: "45 people were guilty" }]);
    expect(await undoPlaceChange(other, place.change)).toEqual(back);
  });

  test("still names the words that were sure after two texts in which nobody confirmed it", async () => {
    const { id } = await claimOn("45 people were guilty");
    await apply(home, changed(lines, ["45", "46"]));
    const { draftId } = await apply(home, changed(lines, ["45", "47"]));
    expect((await getClaim(other, id)).anchors).toMatchObject([
      { state: "altered", exact: "47 people were guilty", was: "45 people were guilty" },
    ]);
    await undoRevision(reviewer, (await getArticle(reviewer, home.id)).revision.id);
    expect((await getRevisionDraft(reviewer, draftId)).anchors).toMatchObject([
      { before: { words: "45 people were guilty" }, after: { words: "47 people were guilty" } },
    ]);
  });

  test("lost words are found again by anybody, tidied, and an approval holds where they are the same", async () => {
    const approved = await claimOn("dogs and cats", "approved");
    const { revisionId, text } = await apply(home, changed(lines, [lines[1] as string, "Nothing of it stands here."]));
    const lost = await getClaim(other, approved.id);
    expect(standing(lost)).toEqual(["stale", "orphaned: dogs and cats"]);
    expect((await listClaims(other, home.id)).claims[0]?.anchors[0]).toMatchObject({ quote: "dogs and cats" });
    const blank = { ...words(home, " of it stands ", text, revisionId) };
    const found = await placeClaim(other, lost.id, idOf(lost), lost.version, blank);
    expect(standing(found)).toEqual(["stale", "anchored: of it stands"]);
    const undone = await undoPlaceChange(other, blank.change);
    expect(standing(undone)).toEqual(["stale", "orphaned: dogs and cats"]);

    const again = await apply(home, changed(lines, ["about dogs", "on cats, horses, dogs"]));
    const gone = await getClaim(other, approved.id);
    const same = words(home, "dogs and cats", again.text, again.revisionId);
    const held = await placeClaim(other, gone.id, idOf(gone), gone.version, same);
    expect(standing(held)).toEqual(["approved", "anchored: dogs and cats"]);
    expect((await actionsOf(approved.id)).slice(-2)).toEqual(["claim.place_found", "claim.revalidated"]);
  });
});

describe("moving a place", () => {
  test("is the claim's own matter where its words are sure: by whoever may change it, on the version that was seen", async () => {
    const claim = await claimOn("dogs and cats", "in_check");
    const place = words(home, "nobody minds");
    await expect(placeClaim(other, claim.id, idOf(claim), claim.version, place)).rejects.toEqual(code("forbidden"));
    await expect(placeClaim(reviewer, claim.id, idOf(claim), claim.version + 1, place)).rejects.toMatchObject({
      code: "conflict",
      details: { current: { id: claim.id, version: claim.version } },
    });
    const moved = await placeClaim(reviewer, claim.id, idOf(claim), claim.version, place);
    expect(standing(moved)).toEqual(["in_check", "anchored: nobody minds"]);
    expect(claimView.parse(moved)).toEqual(moved);
    // Sent again, as its answer was lost.
    expect(await placeClaim(reviewer, claim.id, idOf(claim), claim.version, place)).toEqual(moved);
    expect(await actionsOf(claim.id)).toEqual(["claim.place_moved"]);
    await updateClaim(reviewer, claim.id, moved.version, { statement: "Nobody minds." });
    expect(standing(await undoPlaceChange(editor, place.change))).toEqual(["in_check", "anchored: dogs and cats"]);
  });

  test("takes what stands in the newest text, and nothing else", async () => {
    const claim = await claimOn("dogs and cats");
    const place = words(home, "nobody minds");
    const refused = (input: typeof place, anchorId = idOf(claim)) =>
      expect(placeClaim(editor, claim.id, anchorId, claim.version, input)).rejects.toEqual(code("invalid"));
    await refused({ ...place, exact: "somebody minds" });
    await refused({ ...place, end: home.text.length + 9 });
    await refused(words(second, "gave no names"));
    await refused(words(home, "dogs and cats"), newId());
    const taken = await claimOn("Nobody was hurt");
    await expect(placeClaim(editor, claim.id, idOf(taken), claim.version, place)).rejects.toEqual(code("duplicate"));
    await apply(home, changed(lines, ["Third, ", ""]));
    const now = await getClaim(editor, claim.id);
    await expect(placeClaim(editor, claim.id, idOf(now), now.version, place)).rejects.toEqual(code("invalid"));
  });

  test("makes an approval stale, and the way back makes it hold again", async () => {
    const claim = await claimOn("dogs and cats", "approved");
    const place = words(home, "nobody minds");
    const moved = await placeClaim(editor, claim.id, idOf(claim), claim.version, place);
    expect(moved).toMatchObject({
      state: "stale",
      changes: [{ field: "text", before: "dogs and cats", after: "nobody minds" }],
    });
    expect((await undoPlaceChange(editor, place.change)).state).toBe("approved");
  });
});

describe("several places", () => {
  test("are added and removed, never the last one; each is carried over on its own", async () => {
    const claim = await claimOn("dogs and cats");
    const anchorId = newId();
    const place = words(home, "Nobody was hurt");
    const two = await placeClaim(other, claim.id, anchorId, claim.version, place);
    expect(standing(two)).toEqual(["open", "anchored: dogs and cats", "anchored: Nobody was hurt"]);
    await apply(home, changed(lines, [lines[1] as string, "Something else stands here."]));
    const carried = await getClaim(other, claim.id);
    expect(standing(carried)).toEqual(["open", "orphaned: dogs and cats", "anchored: Nobody was hurt"]);
    const removal = newId();
    const one = await removePlace(other, claim.id, idOf(carried), carried.version, removal);
    expect(standing(one)).toEqual(["open", "anchored: Nobody was hurt"]);
    expect(await removePlace(other, claim.id, idOf(carried), carried.version, removal)).toEqual(one);
    await expect(removePlace(other, claim.id, idOf(one), one.version)).rejects.toEqual(code("invalid"));
    expect(standing(await undoPlaceChange(other, removal))).toEqual(standing(carried));
  });

  test("one that was added in a text that is taken back stands in the text before", async () => {
    const claim = await claimOn("dogs and cats");
    const { revisionId, text } = await apply(home, changed(lines, ["Third, ", ""]));
    const { version } = await getClaim(other, claim.id);
    await placeClaim(other, claim.id, newId(), version, words(home, "Nobody was hurt", text, revisionId));
    await undoRevision(reviewer, revisionId);
    expect(standing(await getClaim(other, claim.id))).toEqual([
      "open",
      "anchored: dogs and cats",
      "anchored: Nobody was hurt",
    ]);
  });

  test("one approval holds for all of them; one more asks for it again", async () => {
    const claim = await claimOn("dogs and cats", "approved");
    const place = words(home, "Nobody was hurt");
    const two = await placeClaim(editor, claim.id, newId(), claim.version, place);
    expect(two.state).toBe("stale");
    const approved = await moveClaim(editor, claim.id, two.version, { event: "approve" });
    expect(approved.state).toBe("approved");
    // The two sentences change places: the same words stand there.
    await apply(home, [lines[2], lines[0], lines[1]] as string[]);
    expect((await getClaim(editor, claim.id)).state).toBe("approved");
  });
});

describe("in another article", () => {
  const quote = "45 people were guilty of fraud";
  const addTo = async (claim: ClaimView, actor = other) => {
    const place = words(second, quote);
    const view = await placeClaim(actor, claim.id, newId(), claim.version, place);
    return { view, change: place.change };
  };

  test("its words are proposed, and the claim then stands among the claims of both, counted in both", async () => {
    const claim = await claimOn(quote);
    const found = await findPlaces(other, claim.id, second.id);
    expect(found).toMatchObject({ revisionId: second.revisionId, headline: "A week later" });
    expect(found.proposals).toMatchObject([{ words: quote, start: second.text.indexOf(quote) }]);
    const { view } = await addTo(claim);
    expect(claimView.parse(view)).toEqual(view);
    expect(view.articles.map(({ headline }) => headline)).toEqual(["The court", "A week later"]);
    expect((await findPlaces(other, claim.id, second.id)).proposals).toEqual([]);
    for (const article of [home, second]) {
      const { claims } = await listClaims(other, article.id);
      expect(claims).toEqual([claimSummary.parse(summaryOf(view, article.id))]);
      expect(claims[0]?.anchors).toHaveLength(1);
      const { claimCount } = await db.article.findUniqueOrThrow({ where: { id: article.id } });
      expect(claimCount).toBe(1);
    }
    expect((await listClaims(other, second.id)).claims[0]?.home).toEqual({ id: home.id, headline: "The court" });
    const desk = await listArticles(other, { sort: "activity", q: "A week later" });
    expect(desk.items.find(({ id }) => id === second.id)).toMatchObject({ claims: 1, states: { open: 1 }, lost: 0 });
  });

  test("whatever is done to it is told in both, and what takes it out of one is told there last", async () => {
    const claim = await claimOn(quote);
    const { view, change } = await addTo(claim);
    const taken = await moveClaim(reviewer, claim.id, view.version, { event: "take" });
    expect(await told(home, claim.id)).toEqual(["claim.place_added", "claim.taken"]);
    expect(await told(second, claim.id)).toEqual(["claim.place_added", "claim.taken"]);
    await undoPlaceChange(reviewer, change);
    const { version, articles } = await getClaim(other, claim.id);
    expect(articles).toHaveLength(1);
    expect(await listed(second)).toEqual([]);
    await updateClaim(reviewer, claim.id, version, { claimant: "The minister" });
    expect((await told(second, claim.id)).at(-1)).toBe("claim.place_restored");
    expect((await told(home, claim.id)).at(-1)).toBe("claim.updated");
    expect(taken.version).toBeLessThan(version);
    const { claimCount } = await db.article.findUniqueOrThrow({ where: { id: second.id } });
    expect(claimCount).toBe(0);
  });

  test("a new text of either carries its own places, and taking it back brings them back", async () => {
    const { view } = await addTo(await claimOn(quote, "open"));
    const there = await apply(second, changed(otherLines, ["45", "44"]));
    expect(standing(await getClaim(other, view.id))).toEqual([
      "open",
      `anchored: ${quote}`,
      "altered: 44 people were guilty of fraud",
    ]);
    expect((await told(second, view.id)).at(-1)).toBe("claim.text_altered");
    const here = await apply(home, changed(lines, ["The minister", "A minister"], ["45", "46"]));
    expect(standing(await getClaim(other, view.id)).map((one) => one.split(":")[0])).toEqual([
      "open",
      "altered",
      "altered",
    ]);
    await undoRevision(reviewer, there.revisionId);
    await undoRevision(reviewer, here.revisionId);
    expect(standing(await getClaim(other, view.id))).toEqual(["open", `anchored: ${quote}`, `anchored: ${quote}`]);
    expect(await listed(second)).toEqual([view.id]);
  });

  test("a place that was removed in a text that is taken back is there again, and so is the claim", async () => {
    const { view } = await addTo(await claimOn(quote));
    const { revisionId } = await apply(second, changed(otherLines, ["fallen", "risen"]));
    const carried = await getClaim(other, view.id);
    await removePlace(other, view.id, idOf(carried, 1), carried.version);
    expect(await listed(second)).toEqual([]);
    await undoRevision(reviewer, revisionId);
    expect(await listed(second)).toEqual([view.id]);
    expect((await getClaim(other, view.id)).articles).toHaveLength(2);
  });

  test("words that change there make the approval stale here, and say where", async () => {
    const { view } = await addTo(await claimOn(quote, "in_review"), editor);
    const approved = await moveClaim(editor, view.id, view.version, { event: "approve" });
    expect(approved.state).toBe("approved");
    const { revisionId } = await apply(second, changed(otherLines, ["45", "44"]));
    const stale = await getClaim(editor, view.id);
    expect(stale).toMatchObject({ state: "stale", changes: [{ field: "text" }] });
    const line = (await getClaimHistory(editor, view.id)).items.find(({ action }) => action === "claim.invalidated");
    expect(line?.data.articleId).toBe(second.id);
    await undoRevision(reviewer, revisionId);
    expect((await getClaim(editor, view.id)).state).toBe("approved");
  });

  test("is published in each article, with the places that it has there", async () => {
    const { view } = await addTo(await claimOn(quote, "in_review"), editor);
    await moveClaim(editor, view.id, view.version, { event: "approve" });
    for (const article of [home, second]) {
      const { publications } = await createPublication(editor, article.id, { id: newId(), note: "" });
      const { claims } = await readPublication(publications[0]?.id ?? "");
      const start = article.text.indexOf(quote);
      expect(claims).toMatchObject([{ id: view.id, anchors: [{ start, end: start + quote.length, exact: quote }] }]);
    }
    expect(await previewPublication(editor, second.id)).toContain(quote);
  });

  test("goes on when one article is in the trash, and stops when both are; its own trash counts in both", async () => {
    const { view } = await addTo(await claimOn(quote));
    await setArticleTrashed(editor, home.id, true);
    const open = await updateClaim(reviewer, view.id, view.version, { claimant: "The minister" });
    expect(open.articles).toMatchObject([{ trashed: true }, { trashed: false }]);
    await setArticleTrashed(editor, second.id, true);
    await expect(updateClaim(reviewer, view.id, open.version, { claimant: "He" })).rejects.toEqual(code("invalid"));
    await setArticleTrashed(editor, home.id, false);
    const elsewhere = words(second, "gave no names");
    const { version } = await getClaim(other, view.id);
    await expect(placeClaim(other, view.id, newId(), version, elsewhere)).rejects.toEqual(code("invalid"));
    const countOf = async (id: string) => (await db.article.findUniqueOrThrow({ where: { id } })).claimCount;
    await trashClaim(editor, view.id);
    expect([await countOf(home.id), await countOf(second.id)]).toEqual([0, 0]);
    expect((await listClaims(other, second.id, true)).claims).toHaveLength(1);
    await restoreClaim(editor, view.id);
    expect([await countOf(home.id), await countOf(second.id)]).toEqual([1, 1]);
  });

  test("is never set aside as cut because one article cut its words", async () => {
    const { view } = await addTo(await claimOn(quote));
    const draft = await createRevisionDraft(editor, second.id, {
      ...{ id: newId(), baseId: second.revisionId, origin: "paste", originName: null },
      document: paragraphs("The river has fallen since."),
    });
    expect(draft.anchors).toMatchObject([{ claimId: view.id, state: "orphaned", maySetAside: false }]);
  });

  test("two people who change it from two articles at once: one is told of the other", async () => {
    const { view } = await addTo(await claimOn(quote));
    const outcomes = await Promise.allSettled([
      placeClaim(reviewer, view.id, newId(), view.version, words(home, "dogs and cats")),
      placeClaim(other, view.id, newId(), view.version, words(second, "gave no names")),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });
});

describe("what has lost its place", () => {
  test("is counted for each article of the desk, and filters it", async () => {
    const claim = await claimOn("dogs and cats");
    await apply(home, changed(lines, [lines[1] as string, "Nothing of it stands here."]));
    const desk = await listArticles(other, { sort: "activity", anchor: "orphaned" });
    expect(desk.items.find(({ id }) => id === home.id)).toMatchObject({ lost: 1, claims: 1 });
    expect(desk.items.some(({ id }) => id === second.id)).toBe(false);
    await trashClaim(editor, claim.id);
    const after = await listArticles(other, { sort: "activity", anchor: "orphaned" });
    expect(after.items.some(({ id }) => id === home.id)).toBe(false);
  });
});
