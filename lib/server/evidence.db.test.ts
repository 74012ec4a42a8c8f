import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type MadeArticle,
  type MadeSource,
  makeActor,
  makeArticle,
  makeClaim,
  makeEvidence,
  makeNewsroom,
  makeSource,
} from "@/prisma/fixtures/builder";
import { claimView } from "../domain/claim";
import type { EvidenceCreate } from "../domain/evidence";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { getClaim } from "./claim-views";
import { trashClaim } from "./claims";
import { type Database, database } from "./db";
import { createEvidence, orderEvidence, removeEvidence, restoreEvidence, updateEvidence } from "./evidence";
import { newId } from "./ids";

let db: Database;
let reviewer: Actor;
let other: Actor;
let editor: Actor;
let article: MadeArticle;
let source: MadeSource;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, other, editor] = await Promise.all([
    makeActor(db, "reviewer"),
    makeActor(db, "reviewer"),
    makeActor(db, "editor"),
  ]);
  article = await makeArticle(db, reviewer);
  source = await makeSource(db, reviewer);
});
afterAll(() => database().$disconnect());

const held = (state: "in_check" | "in_review" | "approved" | "open" = "in_check") =>
  makeClaim(db, reviewer, article, { state, assignee: reviewer, editor });

const given = (): EvidenceCreate => ({
  ...{
    id: newId(),
    sourceId: source.id,
    stance: "refutes",
    excerpt: "Lost 9 to 12.",
    locator: "p. 4",
    shows: "The count.",
  },
});

const actionsOn = async (claimId: string) =>
  (await db.auditEvent.findMany({ where: { claimId }, orderBy: { id: "asc" } })).map(({ action }) => action);

/** A claim with three pieces of evidence, in the order that they were added. */
async function withThree() {
  const claim = await held();
  const ids: [string, string, string] = ["", "", ""];
  for (const index of ids.keys()) ids[index] = (await makeEvidence(db, reviewer, claim, source)).id;
  return { claim, ids };
}
const orderOf = (view: { evidence: { id: string }[] }) => view.evidence.map(({ id }) => id);

describe("createEvidence", () => {
  test("puts a source to use at the end, and answers with the claim whole", async () => {
    const claim = await held();
    const [first, second] = [given(), given()];
    await createEvidence(reviewer, claim.id, first);
    const view = await createEvidence(editor, claim.id, second);
    expect(claimView.parse(view)).toEqual(view);
    expect(orderOf(view)).toEqual([first.id, second.id]);
    const { sourceId, ...fields } = second;
    expect(view.evidence[1]).toMatchObject({
      ...fields,
      claimId: claim.id,
      source: { id: sourceId, title: source.title },
      version: 1,
      createdById: editor.id,
    });
    expect(view.version).toBe(3);
    expect(await actionsOn(claim.id)).toEqual(["evidence.created", "evidence.created"]);
  });

  test("sent again with the same id changes nothing; an id of other evidence is refused", async () => {
    const claim = await held("open");
    const input = given();
    const made = await createEvidence(reviewer, claim.id, input);
    expect(await createEvidence(reviewer, claim.id, input)).toEqual(made);
    expect(await actionsOn(claim.id)).toEqual(["evidence.created"]);
    await expect(createEvidence(other, claim.id, input)).rejects.toMatchObject({ code: "duplicate" });
    const elsewhere = await held();
    await expect(createEvidence(reviewer, elsewhere.id, input)).rejects.toMatchObject({ code: "duplicate" });
    const same = given();
    await Promise.all(Array.from({ length: 5 }, () => createEvidence(reviewer, claim.id, same)));
    expect((await getClaim(reviewer, claim.id)).evidence).toHaveLength(2);
  });

  test("is for everybody, on whosever claim and whatever its state; an approval on other evidence no longer holds", async () => {
    for (const state of ["open", "in_check", "in_review"] as const)
      await expect(createEvidence(other, (await held(state)).id, given())).resolves.toMatchObject({ state });
    expect((await createEvidence(other, (await held("approved")).id, given())).state).toBe("stale");
    await expect(createEvidence(reviewer, newId(), given())).rejects.toMatchObject({ code: "not_found" });
  });

  test("refuses a source that the library does not have, one piece too many, and a claim in the trash", async () => {
    const claim = await held();
    await expect(createEvidence(reviewer, claim.id, { ...given(), sourceId: newId() })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "sourceId" }] },
    });
    await db.evidence.createMany({
      data: Array.from({ length: limits.evidencePerClaim }, (_, position) => ({
        ...{ ...given(), claimId: claim.id, position, createdById: reviewer.id },
      })),
    });
    await expect(createEvidence(reviewer, claim.id, given())).rejects.toMatchObject({
      code: "invalid",
      message: "A claim holds at most 100 pieces of evidence.",
    });
    await trashClaim(reviewer, claim.id);
    await expect(createEvidence(reviewer, claim.id, given())).rejects.toMatchObject({
      code: "conflict",
      details: { current: { trashedAt: expect.any(String) } },
    });
  });

  test("makes an approval stale and shows what came", async () => {
    const claim = await held("approved");
    const view = await createEvidence(reviewer, claim.id, given());
    expect(view.state).toBe("stale");
    expect(view.changes).toHaveLength(1);
    expect(view.changes[0]).toMatchObject({ field: "evidence" });
    expect(view.changes[0]?.after).toContain(`refutes | ${source.title}`);
    expect(view.changes[0]?.before).not.toContain("refutes");
  });
});

describe("updateEvidence", () => {
  test("changes what is sent, on its own version", async () => {
    const claim = await held();
    const { id } = await makeEvidence(db, reviewer, claim, source);
    const another = await makeSource(db, reviewer, { title: "The recording" });
    const view = await updateEvidence(reviewer, id, 1, { stance: "gives_context", sourceId: another.id });
    expect(view.evidence).toMatchObject([
      { id, stance: "gives_context", source: { title: "The recording" }, excerpt: "Carried 12 to 9.", version: 2 },
    ]);
    expect(view.version).toBe(2);
    await expect(updateEvidence(reviewer, id, 2, { sourceId: newId() })).rejects.toMatchObject({ code: "invalid" });
  });

  test("made on an older version is a conflict with the claim as it is; other evidence is none of its business", async () => {
    const { claim, ids } = await withThree();
    await updateEvidence(editor, ids[0], 1, { excerpt: "The editor's" });
    await expect(updateEvidence(reviewer, ids[0], 1, { excerpt: "The reviewer's" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { id: claim.id, evidence: [{ excerpt: "The editor's", version: 2 }, {}, {}] } },
    });
    const view = await updateEvidence(reviewer, ids[1], 1, { excerpt: "The reviewer's" });
    expect(view.evidence.map(({ excerpt }) => excerpt)).toEqual(["The editor's", "The reviewer's", "Carried 12 to 9."]);
  });

  test("that would change nothing is answered whatever its version", async () => {
    const claim = await held();
    const { id } = await makeEvidence(db, reviewer, claim, source);
    const saved = await updateEvidence(reviewer, id, 1, { shows: "All of it." });
    expect(await updateEvidence(reviewer, id, 1, { shows: "All of it.", sourceId: source.id })).toEqual(saved);
    expect(await actionsOn(claim.id)).toEqual(["evidence.updated"]);
  });

  test("of evidence that was removed meanwhile is a conflict, not a loss", async () => {
    const claim = await held();
    const { id } = await makeEvidence(db, reviewer, claim, source);
    await removeEvidence(editor, id);
    await expect(updateEvidence(reviewer, id, 1, { shows: "Still typing" })).rejects.toMatchObject({
      code: "conflict",
      details: { current: { evidence: [] } },
    });
  });

  test("is for whoever added it or may edit the claim, as the view of the claim says", async () => {
    const claim = await held();
    const { id } = await makeEvidence(db, reviewer, claim, source);
    const own = given();
    const { abilities } = await createEvidence(other, claim.id, own);
    expect(abilities).toMatchObject({ edit: false, addEvidence: true, editEvidence: [own.id] });
    expect((await getClaim(reviewer, claim.id)).abilities.editEvidence).toEqual([id, own.id]);
    await expect(updateEvidence(other, id, 1, { shows: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateEvidence(other, own.id, 1, { shows: "x" })).resolves.toMatchObject({ version: 3 });
    await expect(removeEvidence(other, own.id)).resolves.toMatchObject({ version: 4 });
    await expect(updateEvidence(reviewer, newId(), 1, { shows: "x" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("notices words that only moved from one field to another", async () => {
    const claim = await held("approved");
    const [evidence] = (await getClaim(reviewer, claim.id)).evidence;
    const patch = { locator: `${evidence?.locator} | ${evidence?.excerpt}`, excerpt: "" };
    const view = await updateEvidence(reviewer, evidence?.id ?? "", 1, patch);
    expect(view.state).toBe("stale");
    expect(view.changes.map(({ field }) => field)).toEqual(["evidence"]);
  });
});

describe("removeEvidence and restoreEvidence", () => {
  test("take it away and bring it back where it stood; twice is no error", async () => {
    const { claim, ids } = await withThree();
    expect(orderOf(await removeEvidence(reviewer, ids[1]))).toEqual([ids[0], ids[2]]);
    const removed = await removeEvidence(reviewer, ids[1]);
    expect(removed.version).toBe(2);
    expect(orderOf(await restoreEvidence(editor, ids[1]))).toEqual(ids);
    expect((await restoreEvidence(editor, ids[1])).version).toBe(3);
    expect(await actionsOn(claim.id)).toEqual(["evidence.removed", "evidence.restored"]);
  });

  test("made on an older version of the evidence is a conflict, when it names one", async () => {
    const { claim, ids } = await withThree();
    await updateEvidence(editor, ids[0], 1, { shows: "More than was seen." });
    await expect(removeEvidence(reviewer, ids[0], 1)).rejects.toMatchObject({
      code: "conflict",
      details: { current: { id: claim.id, evidence: [{ shows: "More than was seen." }, {}, {}] } },
    });
    expect(orderOf(await removeEvidence(reviewer, ids[0], 2))).toEqual([ids[1], ids[2]]);
    // What is gone already is gone as was asked.
    expect(orderOf(await removeEvidence(reviewer, ids[0], 2))).toEqual([ids[1], ids[2]]);
  });

  test("are for whoever added it or may edit the claim", async () => {
    const { ids } = await withThree();
    for (const change of [removeEvidence, restoreEvidence]) {
      await expect(change(other, ids[0])).rejects.toMatchObject({ code: "forbidden" });
      await expect(change(reviewer, newId())).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("do not get around the limit", async () => {
    const { claim, ids } = await withThree();
    await removeEvidence(reviewer, ids[0]);
    await db.evidence.createMany({
      data: Array.from({ length: limits.evidencePerClaim - 2 }, (_, index) => ({
        ...{ ...given(), claimId: claim.id, position: index + 9, createdById: reviewer.id },
      })),
    });
    await expect(restoreEvidence(reviewer, ids[0])).rejects.toMatchObject({ code: "invalid" });
  });

  test("the only evidence of an approved claim makes it stale; back again, what was approved stands there, and it holds again", async () => {
    const claim = await held("approved");
    const id = (await getClaim(reviewer, claim.id)).evidence[0]?.id ?? "";
    const without = await removeEvidence(reviewer, id);
    expect(without.state).toBe("stale");
    expect(without.changes).toMatchObject([{ field: "evidence", after: "" }]);
    const back = await restoreEvidence(reviewer, id);
    expect(back).toMatchObject({ state: "approved", changes: [] });
  });
});

describe("orderEvidence", () => {
  test("puts the evidence in order; the same order again changes nothing", async () => {
    const { claim, ids } = await withThree();
    const turned = [ids[2], ids[0], ids[1]];
    const view = await orderEvidence(reviewer, claim.id, { ids: turned });
    expect(orderOf(view)).toEqual(turned);
    expect(await orderEvidence(reviewer, claim.id, { ids: turned })).toEqual(view);
    expect(await actionsOn(claim.id)).toEqual(["evidence.ordered"]);
  });

  test("keeps what came meanwhile after the rest, and passes over what was removed", async () => {
    const { claim, ids } = await withThree();
    const late = given();
    await createEvidence(editor, claim.id, late);
    await removeEvidence(editor, ids[1]);
    const view = await orderEvidence(reviewer, claim.id, { ids: [ids[2], ids[1], ids[0]] });
    expect(orderOf(view)).toEqual([ids[2], ids[0], late.id]);
    const added = given();
    await createEvidence(reviewer, claim.id, added);
    expect(orderOf(await getClaim(reviewer, claim.id)).at(-1)).toBe(added.id);
  });

  test("refuses an id twice, an id of another claim, and whoever may not edit", async () => {
    const { claim, ids } = await withThree();
    const elsewhere = await withThree();
    for (const wrong of [[ids[0], ids[0]], [elsewhere.ids[0]], [newId()]])
      await expect(orderEvidence(reviewer, claim.id, { ids: wrong })).rejects.toMatchObject({
        code: "invalid",
        details: { fields: [{ path: "ids" }] },
      });
    await expect(orderEvidence(other, claim.id, { ids: [] })).rejects.toMatchObject({ code: "forbidden" });
  });
});
