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
import type { ArticleView } from "../domain/article";
import type { Actor } from "../domain/people";
import { getClaim } from "./claim-views";
import { moveClaim } from "./claim-workflow";
import { trashClaim, updateClaim } from "./claims";
import { type Database, database, transaction } from "./db";
import { newId } from "./ids";
import { listClaimChanges, openPastRevision } from "./past-revisions";
import { placeClaim, removePlace } from "./places";
import { updateRating } from "./ratings";
import { applyRevisionDraft, createRevisionDraft, decideAnchor, undoRevision } from "./revisions";

const lines = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  "The river rose by 3.5 metres in one night, officials said. Nobody was hurt, the mayor told reporters.",
];

let db: Database;
let reviewer: Actor;
let editor: Actor;
let admin: Actor;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, editor, admin] = await Promise.all([
    makeActor(db, "reviewer", "Rea"),
    makeActor(db, "editor", "Edi"),
    makeActor(db, "admin"),
  ]);
});
afterAll(() => database().$disconnect());
beforeEach(async () => {
  article = await makeArticle(db, reviewer, { lines });
});

const claimOn = (quote: string, state: "open" | "approved" = "open") =>
  makeClaim(db, reviewer, article, { quote, state, editor });

type Decided = { claimId: string; decision: Parameters<typeof decideAnchor>[3] };

/** Puts another text under check: each change is a word and what stands in its place. */
async function replace(
  base: { id: string; text: string },
  changes: [string, string][],
  decided: Decided[] = [],
): Promise<ArticleView["revision"] & { text: string }> {
  const text = changes.reduce((now, [from, to]) => now.replace(from, to), base.text);
  const draft = await createRevisionDraft(editor, article.id, {
    ...{ id: newId(), baseId: base.id, document: paragraphs(...text.split("\n\n")), origin: "paste", originName: null },
  });
  for (const { claimId, decision } of decided) {
    const anchor = draft.anchors.find((one) => one.claimId === claimId);
    await decideAnchor(editor, draft.id, anchor?.anchorId ?? "", decision);
  }
  const { revision } = await applyRevisionDraft(editor, draft.id, draft.version + decided.length);
  return { ...revision, text };
}

const first = () => ({ id: article.revisionId, text: article.text });
const open = (revisionId = article.revisionId, claimId?: string) =>
  openPastRevision(reviewer, article.id, revisionId, claimId);
const entryOf = async (claimId: string, revisionId = article.revisionId) => {
  const entry = (await open(revisionId))?.entries.find((one) => one.claimId === claimId);
  if (!entry) throw new Error("The claim is not in that revision");
  return entry;
};
const code = (expected: string) => expect.objectContaining({ code: expected });

describe("a revision that was replaced", () => {
  test("has its claims as they stood, whatever becomes of them", async () => {
    const [figure, river] = [await claimOn("45 people", "approved"), await claimOn("in one night")];
    expect(await open()).toBeNull();
    const second = await replace(first(), [["45", "46"]]);
    const stood = await entryOf(figure.id);
    expect(stood).toMatchObject({
      number: 1,
      state: "approved",
      rating: { label: "Verified", symbol: "✓", color: "verified" },
      record: {
        statement: "45 people",
        approvedBy: { id: editor.id, name: "Edi" },
        assignee: { id: reviewer.id, name: "Rea" },
        rationale: paragraphs("The minutes say so."),
        evidence: [{ stance: "supports", excerpt: "Carried 12 to 9.", source: { title: "Minutes of the council" } }],
        places: [{ exact: "45 people", state: "anchored" }],
      },
      fates: [{ kind: "altered", words: "46 people" }],
    });

    const now = await getClaim(editor, figure.id);
    expect(now.state).toBe("stale");
    await updateClaim(editor, figure.id, now.version, { statement: "Forty-six", rationale: paragraphs("Another.") });
    const rating = await db.rating.findFirstOrThrow({ where: { label: "Verified" } });
    await updateRating(admin, rating.id, rating.version, { symbol: "V" });
    await db.source.updateMany({ data: { title: "Another title" } });
    await moveClaim(reviewer, river.id, (await getClaim(editor, river.id)).version, { event: "take" });
    expect(await entryOf(figure.id)).toEqual(stood);
    expect((await entryOf(river.id)).record).toMatchObject({ state: "open", assignee: null });

    const third = await replace(second, [["one night", "two nights"]]);
    expect(await entryOf(figure.id, second.id)).toMatchObject({
      record: { statement: "Forty-six", state: "stale", rating: { symbol: "V" }, places: [{ state: "altered" }] },
      fates: [{ kind: "altered" }],
    });
    expect(await open(third.id)).toBeNull();
    expect(await open(second.id)).toMatchObject({
      isKept: true,
      revision: { number: 2 },
      previous: { id: article.revisionId, number: 1 },
      next: { number: 3, createdBy: "Edi" },
      newest: { id: third.id },
    });
    await db.rating.update({ where: { id: rating.id }, data: { symbol: "✓" } });
  });

  test("tells what became of each claim and who decided it", async () => {
    const ids = await Promise.all(
      ["He denied all", "45 people", "3.5 metres", "Nobody was hurt", "in one night"].map(
        async (quote) => (await claimOn(quote)).id,
      ),
    );
    const [same = "", confirmed = "", attached = "", cut = "", gone = ""] = ids;
    const text = "The minister said on Monday that 46 people were guilty of fraud. He denied all of it in court.";
    const exact = "46 people";
    await replace(
      first(),
      [
        ["45", "46"],
        [lines[1] ?? "", "Nothing else is known."],
      ],
      [
        { claimId: confirmed, decision: { kind: "confirm" } },
        {
          claimId: attached,
          decision: { kind: "attach", start: text.indexOf(exact), end: text.indexOf(exact) + exact.length, exact },
        },
        { claimId: cut, decision: { kind: "set_aside" } },
      ],
    );
    const fates = new Map((await open())?.entries.map(({ claimId, fates }) => [claimId, fates]));
    expect(fates.get(same)).toEqual([{ kind: "unchanged", words: "He denied all", by: null }]);
    expect(fates.get(confirmed)).toEqual([{ kind: "confirmed", words: exact, by: "Edi" }]);
    expect(fates.get(attached)).toEqual([{ kind: "attached", words: exact, by: "Edi" }]);
    expect(fates.get(cut)).toEqual([{ kind: "cut", words: "Nobody was hurt", by: "Edi" }]);
    expect(fates.get(gone)).toEqual([{ kind: "gone", words: "in one night", by: null }]);
  });

  test("keeps a claim of another article that stands here too, with its places here alone", async () => {
    const home = await makeArticle(db, reviewer);
    const guest = await makeClaim(db, reviewer, home);
    const exact = "45 people";
    const start = article.text.indexOf(exact);
    const place = { change: newId(), revisionId: article.revisionId, start, end: start + exact.length, exact };
    await placeClaim(editor, guest.id, newId(), (await getClaim(editor, guest.id)).version, place);
    const second = await replace(first(), [["45", "46"]]);
    const stood = await entryOf(guest.id);
    expect(stood).toMatchObject({ places: [{ exact }], fates: [{ kind: "altered" }] });

    const now = await getClaim(editor, guest.id);
    const here = now.anchors.find(({ articleId }) => articleId === article.id);
    const words = { ...place, change: newId(), revisionId: second.id, exact: "46 people" };
    const settled = await placeClaim(editor, guest.id, here?.id ?? "", now.version, words);
    expect((await entryOf(guest.id)).fates).toEqual([{ kind: "settled", words: "46 people", by: null }]);
    await removePlace(editor, guest.id, here?.id ?? "", settled.version);
    expect(await entryOf(guest.id)).toEqual({ ...stood, fates: [{ kind: "removed", words: exact, by: null }] });
  });

  test("is compared with any other, forwards and backwards, claim by claim", async () => {
    const ids = await Promise.all(
      ["He denied all", "45 people", "3.5 metres", "Nobody was hurt"].map(async (quote) => (await claimOn(quote)).id),
    );
    const name = new Map(ids.map((id, index) => [id, ["same", "figure", "moved", "cut"][index]]));
    const second = await replace(first(), [
      ["45", "46"],
      [" Nobody was hurt, the mayor told reporters.", ""],
    ]);
    const [before, after] = second.text.split("\n\n");
    const third = await replace(second, [[second.text, `${after}\n\n${before?.replace("46", "47")}`]]);
    const told = async (from: string, to: string) => {
      const { claims } = await listClaimChanges(reviewer, from, to);
      return claims.map((claim) => [name.get(claim.claimId), claim.kind, claim.before?.words, claim.after?.words]);
    };
    const moved = ["moved", "moved", "3.5 metres", "3.5 metres"];
    expect(await told(article.revisionId, third.id)).toEqual([
      moved,
      ["figure", "changed", "45 people", "47 people"],
      ["cut", "gone", "Nobody was hurt", undefined],
    ]);
    expect(await told(third.id, article.revisionId)).toEqual([
      ["figure", "changed", "47 people", "45 people"],
      moved,
      ["cut", "found", undefined, "Nobody was hurt"],
    ]);
    expect(await told(second.id, third.id)).toEqual([moved, ["figure", "changed", "46 people", "47 people"]]);
    expect(await told(third.id, third.id)).toEqual([]);
    const other = await makeArticle(db, reviewer);
    await expect(listClaimChanges(reviewer, other.revisionId, third.id)).rejects.toEqual(code("not_found"));
  });

  test("leaves out claims that were in the trash, and is read by everybody in the newsroom only", async () => {
    const [trashed, stays] = [await claimOn("45 people"), await claimOn("in one night")];
    await trashClaim(editor, trashed.id);
    await replace(first(), [["45", "46"]]);
    expect((await open())?.marks.map(({ claimId }) => claimId)).toEqual([stays.id]);
    await expect(open(newId())).rejects.toEqual(code("not_found"));
    const other = await makeArticle(db, reviewer);
    await expect(openPastRevision(reviewer, other.id, article.revisionId)).rejects.toEqual(code("not_found"));
  });

  test("is under check again when the next one is taken back, and what was kept is forgotten", async () => {
    const figure = await claimOn("45 people");
    const second = await replace(first(), [["45", "46"]]);
    await undoRevision(editor, second.id);
    expect(await open()).toBeNull();
    expect(await db.pastClaim.count({ where: { claimId: figure.id } })).toBe(0);
    const { version } = await getClaim(editor, figure.id);
    await updateClaim(reviewer, figure.id, version, { statement: "Said since" });
    await replace(first(), [["45", "47"]]);
    expect((await entryOf(figure.id)).record).toMatchObject({ statement: "Said since" });
    expect((await entryOf(figure.id)).fates).toMatchObject([{ words: "47 people" }]);
  });

  test("from before claims were kept tells the places alone", async () => {
    const figure = await claimOn("45 people", "approved");
    const second = await replace(first(), [["45", "46"]]);
    await transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('claimdesk.taken_back', ${second.id}, true)`;
      await tx.$executeRaw`DELETE FROM past_claim WHERE replaced_by_id = ${second.id}::uuid`;
    });
    expect(await open()).toMatchObject({ isKept: false });
    expect(await entryOf(figure.id)).toMatchObject({
      ...{ state: null, rating: null, record: null },
      places: [{ exact: "45 people" }],
      fates: [{ kind: "altered" }],
    });
  });

  test("without a claim has none, and that is known", async () => {
    await replace(first(), [["45", "46"]]);
    expect(await open()).toMatchObject({ isKept: true, marks: [], entries: [] });
  });

  test("with 5,000 claims opens around the one that is asked for", async () => {
    article = await makeArticle(db, reviewer, {
      lines: Array.from({ length: 800 }, (_, index) => `Paragraph ${index} tells of case ${index} and how it ended.`),
    });
    const ids = await makeClaims(db, reviewer, article, 5_000, { worked: true });
    await replace(first(), [["case 7 ", "case 8 "]]);
    const opened = await open(article.revisionId, ids[4_321]);
    expect(opened?.marks).toHaveLength(5_000);
    expect(opened?.entries).toHaveLength(200);
    expect(opened?.entries.find(({ claimId }) => claimId === ids[4_321])?.record).toMatchObject({
      state: "in_check",
      evidence: [{ source: { title: /Minutes of sitting/ } }, {}].map(() => expect.anything()),
    });
  }, 60_000);
});
