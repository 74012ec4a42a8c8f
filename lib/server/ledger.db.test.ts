import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  makeActor,
  makeArticle,
  makeClaim,
  makeNewsroom,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { ledgerSentences } from "../domain/ledger";
import { limits } from "../domain/limits";
import type { Actor, Role } from "../domain/people";
import { type MarkKind, sentenceMarked, sentenceMarkList } from "../domain/sentence-mark";
import { setArticleTrashed, updateArticle } from "./articles";
import { createClaim, restoreClaim, trashClaim } from "./claims";
import { type Database, database } from "./db";
import { listArticles } from "./desk";
import { newId } from "./ids";
import { listSentenceMarks, markSentences } from "./ledger";
import { applyRevisionDraft, createRevisionDraft, undoRevision } from "./revisions";
import { getSharing } from "./shares";

const lines = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court. It was a bad day.",
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
    makeActor(db, "reviewer", "Leila"),
    makeActor(db, "reviewer", "Tomás"),
    makeActor(db, "editor"),
  ]);
});
afterAll(() => database().$disconnect());
beforeEach(async () => {
  article = await makeArticle(db, reviewer, { lines });
});

/** One sentence as a browser names it. */
const sentence = (exact: string, kind: MarkKind | null, was: MarkKind | null = null, text = article.text) => {
  const start = text.indexOf(exact);
  return { start, end: start + exact.length, exact, was, kind };
};
const mark = (actor: Actor, ...sentences: ReturnType<typeof sentence>[]) =>
  markSentences(actor, article.id, { revisionId: article.revisionId, sentences });
const marksNow = async (text = article.text) =>
  (await listSentenceMarks(reviewer, article.id)).marks.map(({ start, end, kind, by }) => [
    ...[text.slice(start, end), kind, by.name],
  ]);
const linesOfRecord = () =>
  db.auditEvent.findMany({
    where: { articleId: article.id },
    orderBy: { id: "asc" },
    select: { id: true, action: true, actorId: true, data: true },
  });
const code = (expected: string) => expect.objectContaining({ code: expected });
/** As the desk tells it. */
const coverage = async (id = article.id) =>
  (await listArticles(editor, { sort: "activity" })).items.find((item) => item.id === id)?.coverage;

describe("marking", () => {
  test("sets the mark of each sentence at once, on the record, as a live event; asked twice it is done once", async () => {
    const [denied, bad] = [
      sentence("He denied all of it in court.", "no_fact"),
      sentence("It was a bad day.", "no_fact"),
    ];
    const answer = await mark(reviewer, denied, bad);
    expect(sentenceMarked.parse(answer)).toEqual(answer);
    expect(answer.marks).toMatchObject([
      { start: denied.start, kind: "no_fact", by: { id: reviewer.id, name: "Leila" } },
      { start: bad.start, kind: "no_fact" },
    ]);
    const again = await mark(other, denied, bad);
    expect(again).toEqual({ ...answer, event: null });
    const list = await listSentenceMarks(other, article.id);
    expect(sentenceMarkList.parse(list)).toEqual(list);
    expect(list).toEqual({ revisionId: article.revisionId, marks: answer.marks, lastEvent: answer.event });
    expect(await linesOfRecord()).toEqual([
      {
        ...{ id: BigInt(answer.event ?? 0), action: "sentences.marked", actorId: reviewer.id },
        data: { kind: "no_fact", sentences: 2, starts: [denied.start, bad.start] },
      },
    ]);
  });

  test.each<Role>(["reviewer", "editor", "admin"])("%s: may", async (role) => {
    await mark(await makeActor(db, role), sentence("It was a bad day.", "opinion"));
    expect(await marksNow()).toHaveLength(1);
  });

  test("is nobody's who is not of the newsroom", async () => {
    const nobody = { ...reviewer, role: "reader" as Role };
    await expect(mark(nobody, sentence("It was a bad day.", "opinion"))).rejects.toEqual(code("forbidden"));
    await expect(listSentenceMarks(nobody, article.id)).rejects.toEqual(code("forbidden"));
  });

  test("changes nothing that was not seen, for any of the sentences", async () => {
    await mark(reviewer, sentence("It was a bad day.", "opinion"));
    const late = mark(
      other,
      sentence("He denied all of it in court.", "no_fact"),
      sentence("It was a bad day.", "transition"),
    );
    await expect(late).rejects.toMatchObject({
      code: "conflict",
      details: { current: { marks: [{ kind: "opinion", by: { name: "Leila" } }], event: null } },
    });
    expect(await marksNow()).toEqual([["It was a bad day.", "opinion", "Leila"]]);
    await mark(other, sentence("It was a bad day.", "transition", "opinion"));
    expect(await marksNow()).toEqual([["It was a bad day.", "transition", "Tomás"]]);
    await mark(reviewer, sentence("It was a bad day.", null, "transition"));
    expect(await mark(reviewer, sentence("It was a bad day.", null, "transition"))).toMatchObject({ event: null });
    expect(await marksNow()).toEqual([]);
    expect((await linesOfRecord()).at(-1)).toMatchObject({ action: "sentences.cleared", data: { sentences: 1 } });
  });

  test("of two people at once one is told", async () => {
    const results = await Promise.allSettled([
      mark(reviewer, sentence("It was a bad day.", "opinion")),
      mark(other, sentence("It was a bad day.", "transition")),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("is refused on other words, on words twice, in the trash, and in an older text", async () => {
    const good = sentence("It was a bad day.", "opinion");
    await expect(mark(reviewer, { ...good, start: good.start - 1, end: good.end - 1 })).rejects.toEqual(
      code("invalid"),
    );
    await expect(mark(reviewer, good, sentence("a bad day.", "opinion"))).rejects.toEqual(code("invalid"));
    const elsewhere = await makeArticle(db, reviewer, { lines });
    await expect(
      markSentences(reviewer, elsewhere.id, { revisionId: article.revisionId, sentences: [good] }),
    ).rejects.toEqual(code("not_found"));
    await setArticleTrashed(editor, article.id, true);
    await expect(mark(reviewer, good)).rejects.toEqual(code("invalid"));
    await setArticleTrashed(editor, article.id, false);
    await apply([`${lines[0]} More.`, lines[1] ?? ""]);
    await expect(mark(reviewer, good)).rejects.toEqual(code("invalid"));
    await expect(listSentenceMarks(reviewer, newId())).rejects.toEqual(code("not_found"));
  });

  test("a part of what was marked as one leaves the rest as it was", async () => {
    await mark(reviewer, sentence("He denied all of it in court. It was a bad day.", "opinion"));
    await mark(other, sentence("It was a bad day.", "transition", "opinion"));
    expect(await marksNow()).toEqual([
      ["He denied all of it in court.", "opinion", "Leila"],
      ["It was a bad day.", "transition", "Tomás"],
    ]);
  });
});

async function apply(texts: string[], of = article): Promise<{ revisionId: string; text: string }> {
  const { revisionId: baseId } = await listSentenceMarks(reviewer, of.id);
  const input = { id: newId(), baseId, document: paragraphs(...texts), origin: "paste", originName: null } as const;
  const draft = await createRevisionDraft(reviewer, of.id, input);
  const { revision } = await applyRevisionDraft(reviewer, draft.id, draft.version);
  return { revisionId: revision.id, text: draft.text };
}

describe("a new text", () => {
  test("keeps the marks of the same words, brings changed sentences back, and is taken back whole", async () => {
    const all = ["He denied all of it in court.", "It was a bad day.", "Nobody was hurt, the mayor told reporters."];
    await mark(reviewer, ...all.map((words) => sentence(words, "no_fact")));
    const before = await listSentenceMarks(reviewer, article.id);
    const moved = [lines[1] ?? "", (lines[0] ?? "").replace("a bad day", "a good day")];
    const { revisionId, text } = await apply(moved);
    expect(await marksNow(text)).toEqual([
      ["Nobody was hurt, the mayor told reporters.", "no_fact", "Leila"],
      ["He denied all of it in court.", "no_fact", "Leila"],
    ]);
    expect((await listSentenceMarks(reviewer, article.id)).marks.map(({ at }) => at)).toEqual(
      [before.marks[2], before.marks[0]].map((one) => one?.at),
    );
    // What is marked in the new text on words that the old one has is carried back; what stood there stands there again.
    const guilty = "The minister said on Monday that 45 people were guilty of fraud.";
    await markSentences(other, article.id, {
      revisionId,
      sentences: [sentence(guilty, "opinion", null, text), sentence("It was a good day.", "opinion", null, text)],
    });
    await undoRevision(editor, revisionId);
    expect(await marksNow()).toEqual([
      [guilty, "opinion", "Tomás"],
      ["He denied all of it in court.", "no_fact", "Leila"],
      ["It was a bad day.", "no_fact", "Leila"],
      ["Nobody was hurt, the mayor told reporters.", "no_fact", "Leila"],
    ]);
  });

  test("says before it is applied how many sentences are accounted for, and is right", async () => {
    await makeClaim(db, reviewer, article, { quote: "45 people" });
    await makeClaim(db, reviewer, article, { quote: "3.5 metres" });
    await mark(
      reviewer,
      sentence("It was a bad day.", "opinion"),
      sentence("He denied all of it in court.", "no_fact"),
    );
    const texts = lines.map((line) => line.replace("45", "46").replace("a bad day", "a good day"));
    const draft = await createRevisionDraft(reviewer, article.id, {
      ...{ id: newId(), baseId: article.revisionId, document: paragraphs(...texts), origin: "paste", originName: null },
    });
    expect(draft.coverage).toEqual({ sentences: 5, accounted: 3 });
    await applyRevisionDraft(reviewer, draft.id, draft.version);
    expect(await coverage()).toEqual(draft.coverage);
  });

  test("5,000 marks", async () => {
    const large = await makeArticle(db, reviewer, {
      lines: Array.from({ length: 2_500 }, (_, index) => `Case ${index} was long. Of case ${index} nothing came.`),
    });
    const all = ledgerSentences(large.text, "en");
    const input = (from: number) => ({
      revisionId: large.revisionId,
      sentences: all.slice(from, from + 1_000).map((range) => ({
        ...range,
        exact: large.text.slice(range.start, range.end),
        was: null,
        kind: "no_fact" as const,
      })),
    });
    for (let from = 0; from < all.length; from += 1_000) await markSentences(reviewer, large.id, input(from));
    await apply(
      large.text.split("\n\n").map((line) => line.replace("Case 7 was", "Case 7 is")),
      large,
    );
    expect((await listSentenceMarks(reviewer, large.id)).marks).toHaveLength(4_999);
    expect(await coverage(large.id)).toEqual({ sentences: 5_000, accounted: 4_999 });
  }, 60_000);
});

test("the desk and the publish form tell what claims and marks account for, as it is now", async () => {
  expect(await coverage()).toEqual({ sentences: 5, accounted: 0 });
  await mark(reviewer, sentence("It was a bad day.", "opinion"));
  const exact = "3.5 metres";
  const start = article.text.indexOf(exact);
  const claim = await createClaim(reviewer, article.id, {
    ...{ id: newId(), revisionId: article.revisionId },
    anchors: [{ id: newId(), start, end: start + exact.length, exact }],
  });
  expect(await coverage()).toEqual({ sentences: 5, accounted: 2 });
  expect((await getSharing(editor, article.id)).unaccounted).toBe(3);
  await trashClaim(editor, claim.id);
  expect(await coverage()).toEqual({ sentences: 5, accounted: 1 });
  await restoreClaim(editor, claim.id);
  expect(await coverage()).toEqual({ sentences: 5, accounted: 2 });
  await updateArticle(editor, article.id, 1, { language: "fr" });
  expect((await coverage())?.accounted).toBe(2);
});

test("the desk sorts by what is left to account for, page by page", async () => {
  const word = `sorted-${newId()}`;
  const made: MadeArticle[] = [];
  for (let index = 0; index < limits.pageSize + 2; index += 1)
    made.push(await makeArticle(db, reviewer, { lines, headline: `${word} ${index}` }));
  const [first, second] = made;
  for (const one of [first, second])
    if (one)
      await markSentences(reviewer, one.id, {
        revisionId: one.revisionId,
        sentences: [
          sentence("It was a bad day.", "opinion"),
          ...(one === first ? [sentence("He denied all of it in court.", "no_fact" as const)] : []),
        ],
      });
  const ask = (cursor?: string) => listArticles(editor, { q: word, sort: "coverage", ...(cursor && { cursor }) });
  const page = await ask();
  expect(page.items.every((item) => item.coverage.accounted === 0)).toBe(true);
  const last = await ask(page.next ?? "");
  expect(last.items.map(({ id, coverage: { accounted } }) => [id, accounted])).toEqual([
    [second?.id, 1],
    [first?.id, 2],
  ]);
});
