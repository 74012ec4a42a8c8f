import JSZip from "jszip";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeNewsroom,
  makeSource,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { changeList, groupChanges } from "../domain/change-list";
import { type ClaimPatch, claimSummary, claimView } from "../domain/claim";
import type { Actor } from "../domain/people";
import type { RevisionDraftView } from "../domain/revision";
import { getChangeList, getChangesDocx } from "./change-list";
import { getClaim, listClaims } from "./claim-views";
import { updateClaim } from "./claims";
import { type Database, database } from "./db";
import { createEvidence } from "./evidence";
import { newId } from "./ids";
import { placeClaim } from "./places";
import { applyRevisionDraft, createRevisionDraft, decideAnchor, undoRevision } from "./revisions";
import { decideWording } from "./wording";

const lines = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  "The council voted for the new harbour in March. It costs a third less than the old plan, the mayor said.",
  "The river rose by 3.5 metres in one night, officials said. Nobody was hurt, the mayor told reporters.",
];

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let admin: Actor;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, other, editor, admin] = await Promise.all([
    makeActor(db, "reviewer"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
    makeActor(db, "admin"),
  ]);
});
afterAll(() => database().$disconnect());
beforeEach(async () => {
  article = await makeArticle(db, reviewer, { lines });
});

const claimOn = (quote: string, state: "open" | "in_check" | "approved" = "open") =>
  makeClaim(db, reviewer, article, { quote, state, editor });
const code = (expected: string) => expect.objectContaining({ code: expected });
const change = async (actor: Actor, claimId: string, patch: ClaimPatch) =>
  updateClaim(actor, claimId, (await getClaim(actor, claimId)).version, patch);
const decide = async (claimId: string, state: "accepted" | "declined" | "proposed", actor = editor) =>
  decideWording(actor, claimId, (await getClaim(actor, claimId)).version, { state });
const actionsOf = async (claimId: string) =>
  (await db.auditEvent.findMany({ where: { claimId }, orderBy: { id: "asc" } })).map(({ action }) => action);

describe("proposing other words", () => {
  test("whoever may edit the claim, as a field of it", async () => {
    const { id } = await claimOn("guilty of fraud", "in_check");
    await expect(change(other, id, { wording: "charged with fraud" })).rejects.toEqual(code("forbidden"));
    const view = await change(reviewer, id, { wording: "charged with fraud", wordingNote: "No court has ruled." });
    expect(claimView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      ...{ version: 2, wording: "charged with fraud", wordingNote: "No court has ruled." },
      wordingAnchorId: view.anchors[0]?.id,
      suggestion: { state: "proposed", proposedBy: { id: reviewer.id }, decidedBy: null, outcomes: [] },
    });
    const { claims } = await listClaims(reviewer, article.id);
    expect(claims.map((claim) => claimSummary.parse(claim).suggestion)).toEqual(["proposed"]);
    expect(await actionsOf(id)).toEqual(["wording.proposed"]);
    // Once more, as after a lost answer: nothing is done twice, whatever version it was made on.
    expect(await updateClaim(reviewer, id, 1, { wording: "charged with fraud" })).toMatchObject({ version: 2 });
  });

  test("the words that stand there are none, and taking them back is an end of it", async () => {
    const { id } = await claimOn("guilty of fraud");
    expect(await change(reviewer, id, { wording: "guilty of fraud" })).toMatchObject({ version: 1, suggestion: null });
    await change(reviewer, id, { wording: "" });
    expect(await getClaim(reviewer, id)).toMatchObject({ wording: "", suggestion: { state: "proposed" } });
    const back = await change(reviewer, id, { wording: null });
    expect(back).toMatchObject({ wording: null, wordingNote: "", suggestion: null });
    await expect(change(reviewer, id, { wordingNote: "Too late." })).rejects.toEqual(code("invalid"));
    expect(await actionsOf(id)).toEqual(["wording.proposed", "wording.withdrawn"]);
  });

  test("on an old version it is a conflict; evidence that came in between is none", async () => {
    const { id } = await claimOn("guilty of fraud");
    await change(reviewer, id, { wording: "charged with fraud" });
    await expect(updateClaim(editor, id, 1, { wording: "tried for fraud" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { wording: "charged with fraud" } },
    });
    const source = await makeSource(db, reviewer);
    const { version } = await getClaim(editor, id);
    await createEvidence(reviewer, id, {
      ...{ id: newId(), sourceId: source.id, stance: "supports", excerpt: "", locator: "", shows: "" },
    });
    expect(await updateClaim(editor, id, version, { wording: "tried for fraud" })).toMatchObject({
      ...{ wording: "tried for fraud", suggestion: { proposedBy: { id: editor.id } } },
    });
  });

  test("at a place that the claim does not have it is refused", async () => {
    const { id } = await claimOn("guilty of fraud");
    const there = await claimOn("3.5 metres");
    const [elsewhere] = (await getClaim(reviewer, there.id)).anchors;
    const wordingAnchorId = elsewhere?.id ?? "";
    await expect(change(reviewer, id, { wording: "charged", wordingAnchorId })).rejects.toEqual(code("invalid"));
  });

  test("leaves an approval alone: it is a matter of words and not of what was found", async () => {
    const { id } = await claimOn("guilty of fraud", "approved");
    await change(reviewer, id, { wording: "charged with fraud" });
    await decide(id, "accepted");
    expect(await getClaim(editor, id)).toMatchObject({ state: "approved", suggestion: { state: "accepted" } });
  });
});

test("of a claim that stands in two articles, the list of the one has it in which its place is", async () => {
  const { id } = await claimOn("guilty of fraud");
  const second = await makeArticle(db, reviewer, { lines: ["They were found guilty of fraud, the paper says."] });
  const start = second.text.indexOf("guilty of fraud");
  const words = { start, end: start + 15, exact: "guilty of fraud" };
  const there = newId();
  await placeClaim(reviewer, id, there, 1, { change: newId(), revisionId: second.revisionId, ...words });
  await change(reviewer, id, { wording: "charged with fraud" });
  await decide(id, "accepted");
  const listed = async () =>
    Promise.all([article, second].map(async (one) => (await getChangeList(reviewer, one.id)).items.length));
  expect(await listed()).toEqual([1, 0]);
  await change(reviewer, id, { wordingAnchorId: there });
  expect(await listed()).toEqual([0, 1]);
  expect(await getClaim(reviewer, id)).toMatchObject({ suggestion: { state: "proposed" } });
});

describe("deciding on it", () => {
  test("is an editor's, on the words that they saw", async () => {
    const { id } = await claimOn("guilty of fraud");
    await change(reviewer, id, { wording: "charged with fraud" });
    for (const actor of [reviewer, admin])
      await expect(decide(id, "accepted", actor)).rejects.toEqual(code("forbidden"));
    const { version } = await getClaim(editor, id);
    await change(reviewer, id, { wording: "charged with a fraud" });
    await expect(decideWording(editor, id, version, { state: "accepted" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { wording: "charged with a fraud" } },
    });
    const accepted = await decide(id, "accepted");
    expect(accepted).toMatchObject({ suggestion: { state: "accepted", decidedBy: { id: editor.id } } });
    expect(await decide(id, "accepted")).toEqual(accepted);
    expect(await actionsOf(id)).toEqual(["wording.proposed", "wording.proposed", "wording.accepted"]);
  });

  test("other words have to be decided on anew, another note does not", async () => {
    const { id } = await claimOn("guilty of fraud");
    await change(editor, id, { wording: "charged with fraud" });
    await decide(id, "accepted");
    expect(await change(editor, id, { wordingNote: "As the court says." })).toMatchObject({
      suggestion: { state: "accepted" },
    });
    expect(await change(reviewer, id, { wording: "on trial for fraud" })).toMatchObject({
      suggestion: { state: "proposed", decidedBy: null, decidedAt: null, proposedBy: { id: reviewer.id } },
    });
    expect(await decide(id, "declined")).toMatchObject({ suggestion: { state: "declined" } });
    expect(await decide(id, "proposed")).toMatchObject({ suggestion: { state: "proposed", decidedBy: null } });
  });

  test("where nothing is suggested there is nothing to decide", async () => {
    const { id } = await claimOn("guilty of fraud");
    await expect(decide(id, "accepted")).rejects.toEqual(code("conflict"));
  });
});

describe("the next revision is tested against what was accepted", () => {
  const asked: [string, string][] = [
    ["45 people were guilty of fraud", "45 people were charged with fraud"],
    ["It costs a third less than the old plan", "No public figure says yet what will be saved"],
    ["3.5 metres", "3.2 metres"],
    ["Nobody was hurt", "One person was hurt"],
  ];
  let claims: { id: string }[];

  beforeEach(async () => {
    claims = [];
    for (const [quote, wording] of asked) {
      const claim = await claimOn(quote, quote === "3.5 metres" ? "approved" : "open");
      await change(reviewer, claim.id, { wording });
      claims.push(claim);
    }
    for (const { id } of claims.slice(0, 3)) await decide(id, "accepted");
  });

  const newText = lines
    .join("\n\n")
    .replace("45 people were guilty of fraud", "45 people were charged with fraud")
    .replace("It costs a third less than the old plan", "No public figure says yet what will be saved")
    .replace("One person was hurt", "Nobody was hurt")
    .split("\n\n");

  const draftOf = (texts: string[], baseId = article.revisionId) =>
    createRevisionDraft(reviewer, article.id, {
      ...{ id: newId(), baseId, document: paragraphs(...texts), origin: "paste", originName: null },
    });
  const byClaim = ({ anchors }: RevisionDraftView, index: number) =>
    anchors.find(({ claimId }) => claimId === claims[index]?.id);
  const outcomesOf = async () =>
    Promise.all(
      claims.map(async ({ id }) => {
        const { suggestion } = await getClaim(editor, id);
        return suggestion?.outcomes.map(({ number, outcome }) => `${number} ${outcome}`).join();
      }),
    );

  test("told beside each claim; what was asked for is where the claim stands, one confirmation away", async () => {
    const draft = await draftOf(newText);
    expect(byClaim(draft, 0)).toMatchObject({ state: "altered", wording: { outcome: "applied" } });
    // Not a word of the old sentence is left.
    expect(byClaim(draft, 1)).toMatchObject({
      state: "altered",
      ...{ after: { words: asked[1]?.[1] }, wording: { wording: asked[1]?.[1], outcome: "applied" } },
    });
    expect(byClaim(draft, 2)).toMatchObject({ state: "anchored", wording: { outcome: "ignored" } });
    expect(byClaim(draft, 3)).toMatchObject({ wording: null });
    const anchorId = byClaim(draft, 1)?.anchorId ?? "";
    expect(await decideAnchor(reviewer, draft.id, anchorId, { kind: "confirm" })).toMatchObject({
      decision: { kind: "confirm", place: { words: asked[1]?.[1] } },
    });
    const exact = "The council";
    const start = draft.text.indexOf(exact);
    const chosen = { kind: "attach", start, end: start + exact.length, exact } as const;
    expect(await decideAnchor(reviewer, draft.id, anchorId, chosen)).toMatchObject({ wording: { outcome: "partly" } });
  });

  test("kept with the revision, in the history of the claim, off the open list, and gone when it is taken back", async () => {
    const draft = await draftOf(newText);
    await applyRevisionDraft(reviewer, draft.id, draft.version);
    expect(await outcomesOf()).toEqual(["2 applied", "2 applied", "2 ignored", ""]);
    const [done, , ignored] = claims;
    expect(await getClaim(editor, done?.id ?? "")).toMatchObject({
      ...{ wording: null, anchors: [{ exact: asked[0]?.[1] }] },
      suggestion: { outcomes: [{ before: asked[0]?.[0], after: asked[0]?.[1] }] },
    });
    expect(await getClaim(editor, ignored?.id ?? "")).toMatchObject({ state: "approved", wording: "3.2 metres" });
    expect((await actionsOf(done?.id ?? "")).slice(-2)).toEqual(["wording.applied", "claim.text_altered"]);
    const list = await getChangeList(reviewer, article.id);
    expect(changeList.parse(list)).toEqual(list);
    const groups = groupChanges(list.items);
    expect(groups.open.map(({ wording, place }) => [place?.words, wording])).toEqual([["3.5 metres", "3.2 metres"]]);
    expect(groups.undecided.map(({ wording }) => wording)).toEqual(["One person was hurt"]);
    expect(groups.done.map(({ number, items }) => [number, items.length])).toEqual([[2, 2]]);
    // What a text says already is done; other words after that are another suggestion.
    await expect(decide(done?.id ?? "", "declined")).rejects.toEqual(code("conflict"));
    await change(reviewer, done?.id ?? "", { wording: "45 people were on trial for fraud" });
    expect(await listClaims(reviewer, article.id)).toMatchObject({
      claims: expect.arrayContaining([expect.objectContaining({ id: done?.id, suggestion: "proposed" })]),
    });

    await undoRevision(reviewer, (await currentRevision()).id);
    expect(await outcomesOf()).toEqual(["", "", "", ""]);
    const after = await getChangeList(reviewer, article.id);
    expect(groupChanges(after.items).open.map(({ place }) => place?.words)).toEqual([asked[1]?.[0], "3.5 metres"]);
    expect(groupChanges(after.items).done).toEqual([]);
  });

  test("again in the revision after it, at the place where it now stands", async () => {
    const first = await draftOf(["A new lead, which nobody asked for.", ...lines]);
    await applyRevisionDraft(reviewer, first.id, first.version);
    expect(await outcomesOf()).toEqual(["2 ignored", "2 ignored", "2 ignored", ""]);
    const { id } = await currentRevision();
    const second = await draftOf(["A new lead, which nobody asked for.", ...newText], id);
    await applyRevisionDraft(reviewer, second.id, second.version);
    expect(await outcomesOf()).toEqual(["3 applied,2 ignored", "3 applied,2 ignored", "3 ignored,2 ignored", ""]);
  });

  test("cut with its passage it is told so, and waits for the passage", async () => {
    const draft = await draftOf(lines.slice(0, 2));
    expect(byClaim(draft, 2)).toMatchObject({ state: "orphaned", wording: { outcome: "gone" } });
    await applyRevisionDraft(reviewer, draft.id, draft.version);
    const { items } = await getChangeList(reviewer, article.id);
    expect(
      groupChanges(items)
        .lost.map(({ wording }) => wording)
        .sort(),
    ).toEqual(["3.2 metres", "One person was hurt"]);
  });

  test("as a Word document: what is open, and nothing that was not accepted", async () => {
    const { bytes, name } = await getChangesDocx(reviewer, article.id);
    expect(name).toBe("Council approves budget.docx");
    const xml = await (await JSZip.loadAsync(bytes)).file("word/document.xml")?.async("string");
    expect(xml).toMatch(/<w:del [^>]*w:author="A reviewer"[^>]*>.*?guilty of/);
    expect(xml).toContain("3.2");
    expect(xml).not.toContain("One person");
    await expect(getChangesDocx(reviewer, newId())).rejects.toEqual(code("not_found"));
  });
});

const currentRevision = () =>
  db.revision.findFirstOrThrow({
    where: { articleId: article.id },
    orderBy: { number: "desc" },
    select: { id: true },
  });
