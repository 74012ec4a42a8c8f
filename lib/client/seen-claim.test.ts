import { describe, expect, it } from "vitest";
import type { ClaimView } from "../domain/claim";
import { sampleClaim, sampleEvidence, sampleId } from "./claim-sample";
import { asked, type Entry, emptyQueue, type Queue, type Request, rebased, typed } from "./outbox-queue";
import { seenOver, unseen, withOwn } from "./seen-claim";

const seen = sampleClaim({ version: 3, statement: "seen", claimant: "seen" });
const claimId = seen.id;
const empty = emptyQueue(claimId);
const mine = (value: string): Queue =>
  typed(empty, {
    ...{ record: "claim", recordId: claimId, field: "statement", value, base: "seen", version: 3, typedAt: 0 },
  });
const asking = (request: Request): readonly Entry[] =>
  asked(empty, { key: "command", request, version: 3, seen: "in_check", askedAt: 0 }).entries;
const query = {
  ...{ id: sampleId(60), question: "Who paid?", askedBy: { id: sampleId(1), name: "Leila" } },
  ...{ askedAt: "2026-11-23T10:00:00.000Z", answer: null, answeredBy: null, answeredAt: null },
};

describe("what others change in the open claim", () => {
  it("is counted, each thing once, and waits", () => {
    const view = sampleClaim({
      ...{ version: 6, statement: "theirs", claimant: "seen", ratingId: sampleId(50) },
      evidence: [sampleEvidence()],
    });
    expect(unseen(seen, view)).toBe(3);
    expect(seenOver(seen, view, empty)).toMatchObject({ statement: "seen", ratingId: null, evidence: [], version: 3 });
  });

  it("counts a suggested wording with its note and its place as one thing", () => {
    const suggested = { wording: "other words", wordingNote: "A reason.", wordingAnchorId: sampleId(70) };
    const view = sampleClaim({ version: 4, statement: "seen", claimant: "seen", ...suggested });
    expect(unseen(seen, view)).toBe(1);
    expect(seenOver(seen, view, empty)).toMatchObject({ wording: null, wordingNote: "", version: 3 });
  });

  it("does not hold back state, holder and what may be done", () => {
    const abilities = { ...seen.abilities, edit: false, trash: false, due: false, addEvidence: false };
    const view = sampleClaim({ version: 4, statement: "theirs", claimant: "seen", state: "returned", abilities });
    expect(seenOver(seen, view, empty)).toMatchObject({ statement: "seen", state: "returned", abilities, version: 3 });
  });

  it("tells at once that the claim is in the trash, and leaves what is read", () => {
    const view = sampleClaim({ version: 4, statement: "theirs", claimant: "seen", trashedAt: seen.createdAt });
    expect(seenOver(seen, view, empty)).toMatchObject({ statement: "seen", trashedAt: seen.createdAt });
  });

  it("moves the version up when nothing that is read has changed", () => {
    const view = { ...seen, version: 4, updatedAt: "2026-11-23T12:00:00.000Z" };
    expect(seenOver(seen, view, empty)).toBe(view);
  });

  it("counts another order of the evidence, and no version of it", () => {
    const [a, b] = [sampleEvidence({ id: sampleId(41) }), sampleEvidence({ id: sampleId(42) })];
    const before = { ...seen, evidence: [a, b] };
    expect(unseen(before, { ...seen, evidence: [b, a] })).toBe(1);
    expect(unseen(before, { ...seen, evidence: [{ ...a, version: 9 }, b] })).toBe(0);
    expect(unseen(before, { ...seen, evidence: [b] })).toBe(1);
  });

  it("is seen where a conflict shows it beside one’s own", () => {
    const view = sampleClaim({ version: 4, statement: "theirs", claimant: "seen" });
    const conflict = rebased(mine("mine"), view);
    expect(seenOver(seen, view, conflict)).toBe(view);
  });
});

describe("what this person did", () => {
  const theirs: Partial<ClaimView> = { version: 5, claimant: "theirs" };

  it("is seen field by field, and what came with it waits", () => {
    const view = { ...seen, ...theirs, statement: "mine" };
    const known = withOwn(seen, view, mine("mine").entries);
    expect(seenOver(known, view, empty)).toMatchObject({ statement: "mine", claimant: "seen", version: 3 });
  });

  it("is known again from a text that was sent and not answered", () => {
    const [entry] = mine("mine, and more").entries as [Entry & { kind: "edit" }];
    const view = { ...seen, version: 4, statement: "mine" };
    expect(withOwn(seen, view, [{ ...entry, sent: ["mine"] }]).statement).toBe("mine");
    expect(withOwn(seen, view, [entry]).statement).toBe("seen");
  });

  it("is evidence added, removed and ordered, and nobody else’s", () => {
    const [own, other] = [sampleEvidence({ id: sampleId(41) }), sampleEvidence({ id: sampleId(42) })];
    const create: Request = {
      ...{ name: "createEvidence", params: { claimId }, source: own.source },
      body: { id: own.id, sourceId: own.source.id, stance: "supports", excerpt: "", locator: "", shows: "" },
    };
    const added = withOwn(seen, { ...seen, evidence: [other, own] }, asking(create));
    expect(added.evidence).toEqual([own]);
    const both = { ...seen, evidence: [own, other] };
    const remove: Request = { name: "removeEvidence", params: { evidenceId: own.id } };
    expect(withOwn(both, { ...seen, evidence: [] }, asking(remove)).evidence).toEqual([other]);
    const order: Request = { name: "orderEvidence", params: { claimId }, body: { ids: [other.id, own.id] } };
    expect(withOwn(both, { ...seen, evidence: [other, own] }, asking(order)).evidence).toEqual([other, own]);
  });

  it("is a question asked and an answer given", () => {
    const ask: Request = {
      ...{ name: "moveClaim", params: { claimId } },
      body: { event: "ask", query: { id: query.id, question: query.question } },
    };
    expect(withOwn(seen, { ...seen, queries: [query] }, asking(ask)).queries).toEqual([query]);
    const answer: Request = { name: "answerQuery", params: { queryId: query.id }, body: { answer: "The city" } };
    const waiting = { ...seen, queries: [query] };
    const answered = (text: string) => ({ ...seen, queries: [{ ...query, answer: text }] });
    expect(withOwn(waiting, answered("The city"), asking(answer)).queries[0]?.answer).toBe("The city");
    expect(withOwn(waiting, answered("The state"), asking(answer)).queries[0]?.answer).toBeNull();
  });
});
