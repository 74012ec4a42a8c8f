/** The scale and the newsroom's settings: who may change them, and what a change may never do. */
import { beforeEach, describe, expect, test } from "vitest";
import { makeArticle, makeClaim } from "@/prisma/fixtures/builder";
import { emptyTables } from "../../scripts/empty-tables";
import { type Actor, roles } from "../domain/people";
import { defaultScale, type RatingView } from "../domain/verdict";
import { moveClaim } from "./claim-workflow";
import { updateClaim } from "./claims";
import { database } from "./db";
import { newId } from "./ids";
import { ensureNewsroom, findNewsroom, getNewsroom, updateNewsroom } from "./newsroom";
import { createRating, listRatings, updateRating } from "./ratings";

const as = (role: Actor["role"]): Actor => ({ id: ids[role], name: role, role, sessionId: "" });
const ids = { reviewer: newId(), editor: newId(), admin: newId() };
const admin = as("admin");
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const newRating = (label = "Misattributed") => ({
  id: newId(),
  label,
  definition: "Said, but not by whom it is put down to.",
  symbol: "↔",
  color: "context" as const,
  position: 6,
  claimReviewValue: 2,
});

beforeEach(async () => {
  await emptyTables();
  await ensureNewsroom(database(), { name: "The Herald" });
  await database().user.createMany({
    data: roles.map((role) => ({ id: ids[role], email: `${role}@desk.example`, name: role, role })),
  });
});

test("a new newsroom has the default scale in its order; asking again changes nothing", async () => {
  await ensureNewsroom(database(), { name: "Another", isDemo: true });
  expect((await listRatings(admin)).map(({ label }) => label)).toEqual(defaultScale.map(({ label }) => label));
  expect(await findNewsroom()).toEqual({ name: "The Herald", demo: false });
});

describe.each(roles)("%s", (role) => {
  const outcome = role === "admin" ? null : expect.objectContaining({ code: "forbidden" });

  test("reads both", async () => {
    expect(await listRatings(as(role))).toHaveLength(5);
    expect(await getNewsroom(as(role))).toEqual({ name: "The Herald", fourEyes: true, demo: false, version: 1 });
  });

  test("changes them as the role allows", async () => {
    const [first] = await listRatings(admin);
    expect(await refusalOf(createRating(as(role), newRating()))).toEqual(outcome);
    expect(await refusalOf(updateRating(as(role), first?.id ?? "", 1, { label: "True" }))).toEqual(outcome);
    expect(await refusalOf(updateNewsroom(as(role), 1, { fourEyes: false }))).toEqual(outcome);
  });
});

describe("the scale", () => {
  test("takes a new rating once, however often it is sent", async () => {
    const input = newRating();
    await createRating(admin, input);
    expect(await createRating(admin, input)).toMatchObject({ ...input, retired: false, version: 1 });
    expect(await listRatings(admin)).toHaveLength(6);
    expect(await database().auditEvent.count({ where: { action: "rating.created" } })).toBe(1);
  });

  test("a stale version is a conflict that shows the rating as it is", async () => {
    const [first] = await listRatings(admin);
    const id = first?.id ?? "";
    await updateRating(admin, id, 1, { definition: "It holds." });
    expect(await refusalOf(updateRating(admin, id, 1, { definition: "It stands." }))).toMatchObject({
      code: "conflict",
      details: { current: { definition: "It holds.", version: 2 } },
    });
  });

  test("a rating is retired and brought back, never deleted; one at least can be given", async () => {
    const ratings = await listRatings(admin);
    for (const { id } of ratings.slice(1)) await updateRating(admin, id, 1, { retired: true });
    const last = ratings[0]?.id ?? "";
    expect(await refusalOf(updateRating(admin, last, 1, { retired: true }))).toMatchObject({ code: "invalid" });
    expect((await listRatings(admin)).filter(({ retired }) => !retired)).toHaveLength(1);
    expect(await updateRating(admin, ratings[1]?.id ?? "", 2, { retired: false })).toMatchObject({ retired: false });
  });

  test("no two ratings have one label, in whatever case, retired ones included", async () => {
    const refused = { code: "invalid", details: { fields: [{ path: "label" }] } };
    expect(await refusalOf(createRating(admin, newRating("verified")))).toMatchObject(refused);
    const [first, second] = await listRatings(admin);
    await updateRating(admin, first?.id ?? "", 1, { retired: true });
    expect(await refusalOf(updateRating(admin, second?.id ?? "", 1, { label: "VERIFIED" }))).toMatchObject(refused);
    expect(await refusalOf(updateRating(admin, first?.id ?? "", 2, { label: "Verified" }))).toBeNull();
    const both = await Promise.all(
      [createRating(admin, newRating("Twin")), createRating(admin, newRating("twin"))].map(refusalOf),
    );
    expect(both.filter((refusal) => refusal === null)).toHaveLength(1);
  });

  describe("a rating that claims are approved with", () => {
    let rating: RatingView;
    let claim: { id: string };
    beforeEach(async () => {
      [rating] = (await listRatings(admin)) as [RatingView];
      const reviewer = as("reviewer");
      claim = await makeClaim(database(), reviewer, await makeArticle(database(), reviewer), {
        ...{ state: "approved", editor: as("editor"), ratingId: rating.id },
      });
    });

    const words = [{ label: "True" }, { definition: "It is so." }, { claimReviewValue: 1 }];
    test.each(words)("keeps what it says: %o", async (change) => {
      const refused = { code: "invalid", details: { fields: [{ path: Object.keys(change)[0] }] } };
      expect(await refusalOf(updateRating(admin, rating.id, 1, change))).toMatchObject(refused);
      // Nor while the approval may come back: the claim is stale, and by now carries another rating.
      const [, second] = await listRatings(admin);
      await updateClaim(as("reviewer"), claim.id, 1, { ratingId: second?.id ?? null });
      expect(await refusalOf(updateRating(admin, rating.id, 1, change))).toMatchObject(refused);
      expect(await listRatings(admin)).toContainEqual(rating);
    });

    test("may look otherwise, be retired, and be sent again as it is", async () => {
      const same = { label: rating.label, definition: rating.definition, claimReviewValue: rating.claimReviewValue };
      const look = { symbol: "✔", color: "context", position: 9, retired: true } as const;
      expect(await updateRating(admin, rating.id, 1, { ...same, ...look })).toMatchObject({ ...same, ...look });
    });

    test("is free again when no approval rests on it", async () => {
      await updateClaim(as("reviewer"), claim.id, 1, { claimant: "The mayor" });
      await moveClaim(as("editor"), claim.id, 2, { event: "set_aside", reason: "cut" });
      expect(await updateRating(admin, rating.id, 1, { label: "True" })).toMatchObject({ label: "True" });
    });
  });

  test("an approval and a new name at the same moment: what is approved is what the rating then says", async () => {
    const reviewer = as("reviewer");
    const article = await makeArticle(database(), reviewer);
    for (let round = 0; round < 10; round++) {
      const input = newRating(`Round ${round}`);
      await createRating(admin, input);
      const { id } = await makeClaim(database(), reviewer, article, { state: "in_review", ratingId: input.id });
      await Promise.allSettled([
        moveClaim(as("editor"), id, 1, { event: "approve" }),
        updateRating(admin, input.id, 1, { label: `Round ${round}, renamed` }),
      ]);
      const claim = await database().claim.findUniqueOrThrow({ where: { id }, include: { rating: true } });
      if (claim.state === "approved") expect(claim.approvedContent).toMatchObject({ verdict: claim.rating?.label });
    }
  });

  test("a rating that is not there is not found", async () => {
    expect(await refusalOf(updateRating(admin, newId(), 1, { label: "None" }))).toMatchObject({ code: "not_found" });
  });
});

describe("the newsroom", () => {
  test("is renamed and its rule changed; the record says which way the rule went", async () => {
    expect(await updateNewsroom(admin, 1, { name: "The Courier", fourEyes: false })).toEqual({
      name: "The Courier",
      fourEyes: false,
      demo: false,
      version: 2,
    });
    const [event] = await database().auditEvent.findMany();
    expect(event).toMatchObject({
      action: "newsroom.updated",
      data: { fields: ["name", "fourEyes"], fourEyes: false },
    });
  });

  test("a stale version is a conflict that shows the settings as they are", async () => {
    await updateNewsroom(admin, 1, { name: "First" });
    expect(await refusalOf(updateNewsroom(admin, 1, { name: "Second" }))).toMatchObject({
      code: "conflict",
      details: { current: { name: "First", version: 2 } },
    });
  });
});
