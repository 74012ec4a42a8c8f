import { describe, expect, it } from "vitest";
import { sampleClaim, sampleEvidence, sampleId, sampleSource } from "./claim-sample";
import {
  asked,
  type Command,
  contested,
  drafted,
  type Edit,
  emptyQueue,
  isEmpty,
  leaving,
  nextSend,
  objection,
  orphaned,
  projected,
  type Queue,
  type Request,
  rebased,
  refused,
  resolved,
  type Send,
  same,
  sourceReplaced,
  taken,
  typed,
  without,
} from "./outbox-queue";

const claimId = sampleId(10);
const evidenceId = sampleId(40);
const empty = emptyQueue(claimId);

type Typing = Partial<Edit> & Pick<Edit, "field" | "value">;
const type = (queue: Queue, { field, value, ...more }: Typing): Queue =>
  typed(queue, { record: "claim", recordId: claimId, field, value, base: null, version: 1, typedAt: 0, ...more });
const ask = (queue: Queue, request: Request, more: Partial<Command> = {}): Queue =>
  asked(queue, { key: "command", request, version: 1, seen: "in_check", askedAt: 0, ...more });
const submit: Request = { name: "moveClaim", params: { claimId }, body: { event: "submit" } };
const take: Request = { name: "moveClaim", params: { claimId }, body: { event: "take" } };
const create: Request = {
  name: "createEvidence",
  params: { claimId },
  body: { id: evidenceId, sourceId: sampleId(30), stance: "gives_context", excerpt: "", locator: "", shows: "" },
  source: sampleSource(),
};
const only = (queue: Queue): Queue["entries"][number] => {
  expect(queue.entries).toHaveLength(1);
  return queue.entries[0] as Queue["entries"][number];
};
const send = (queue: Queue): Send => {
  const next = nextSend(queue);
  if (!next) throw new Error("Nothing to send");
  return next;
};
const statement = (value: string, base = "old"): Typing => ({ field: "statement", value, base });

describe("typing", () => {
  it("keeps one entry a field, over what was first seen", () => {
    const queue = type(type(empty, { ...statement("n"), version: 4 }), { ...statement("new", "n"), version: 5 });
    expect(only(queue)).toMatchObject({ base: "old", version: 4, value: "new", held: null });
  });

  it("forgets a field that is typed back to what it was", () => {
    expect(isEmpty(type(type(empty, statement("new")), statement("old")))).toBe(true);
    expect(isEmpty(type(empty, statement("old")))).toBe(true);
  });

  it("remembers a field that is typed back while another text of it may be on its way", () => {
    const queue = type(empty, statement("new"));
    const onItsWay = leaving(queue, send(queue));
    expect(only(type(onItsWay, statement("old")))).toMatchObject({ value: "old", sent: ["new"] });
  });

  it("keeps what cannot be sent, with the reason, until it is typed right", () => {
    const wrong = type(empty, statement(" "));
    expect(only(wrong)).toMatchObject({
      value: " ",
      held: { because: "refused", message: "A claim needs a statement" },
    });
    expect(nextSend(wrong)).toBeNull();
    expect(only(type(wrong, statement("right"))).held).toBeNull();
  });

  it("goes on under a conflict", () => {
    const conflict = rebased(type(empty, statement("mine")), sampleClaim({ version: 2, statement: "theirs" }));
    expect(only(type(conflict, statement("mine and more")))).toMatchObject({
      value: "mine and more",
      held: { because: "conflict", theirs: "theirs", version: 2 },
    });
  });

  it("keeps a line as the server will, so that it is known again", () => {
    const queue = type(empty, { field: "claimant", value: "The  council ", base: null });
    expect(only(queue)).toMatchObject({ value: "The council" });
    const lost = type(leaving(queue, send(queue)), { field: "claimant", value: "The council of" });
    expect(only(rebased(lost, sampleClaim({ version: 2, claimant: "The council" })))).toMatchObject({
      ...{ base: "The council", value: "The council of", held: null },
    });
    expect(isEmpty(type(empty, { field: "claimant", value: "Officials ", base: "Officials" }))).toBe(true);
  });

  it("keeps every letter of a line that is too long, and says so", () => {
    const value = `${"x".repeat(600)} `;
    expect(only(type(empty, { field: "claimant", value }))).toMatchObject({ value, held: { because: "refused" } });
  });

  it("takes an empty claimant and a rationale without words for none, as the server does", () => {
    const blank = { type: "doc" as const, content: [{ type: "paragraph" }] };
    expect(only(type(empty, { field: "claimant", value: "", base: "Officials" }))).toMatchObject({ value: null });
    expect(isEmpty(type(empty, { field: "rationale", value: blank, base: null }))).toBe(true);
  });

  it("keeps drafts until they are empty", () => {
    const queue = drafted(empty, "ask", "Who paid?");
    expect(queue.drafts).toEqual({ ask: "Who paid?" });
    expect(isEmpty(drafted(queue, "ask", ""))).toBe(true);
  });
});

describe("a fresh view", () => {
  const mine = type(empty, statement("mine"));

  it("moves a field up that only this person changed", () => {
    const view = sampleClaim({ version: 7, statement: "old", claimant: "changed by another" });
    expect(only(rebased(mine, view))).toMatchObject({ version: 7, held: null });
  });

  it("holds a field that both changed, with both texts", () => {
    const view = sampleClaim({ version: 2, statement: "theirs" });
    expect(only(rebased(mine, view))).toMatchObject({
      value: "mine",
      held: { because: "conflict", theirs: "theirs", version: 2 },
    });
  });

  it("shows the newest text of the other side, and lets go when it goes back to what it was", () => {
    const conflict = rebased(mine, sampleClaim({ version: 2, statement: "theirs" }));
    const again = rebased(conflict, sampleClaim({ version: 3, statement: "theirs, again" }));
    expect(only(again).held).toMatchObject({ theirs: "theirs, again", version: 3 });
    expect(only(rebased(again, sampleClaim({ version: 4, statement: "old" })))).toMatchObject({
      held: null,
      version: 4,
    });
  });

  it("is done where the other side says the same", () => {
    expect(isEmpty(rebased(mine, sampleClaim({ version: 2, statement: "mine" })))).toBe(true);
  });

  it("knows its own text again when the answer was lost, and goes on from there", () => {
    const lost = type(leaving(mine, send(mine)), statement("mine and more"));
    const after = only(rebased(lost, sampleClaim({ version: 2, statement: "mine" })));
    expect(after).toMatchObject({ base: "mine", version: 2, value: "mine and more", held: null });
    expect(after).not.toHaveProperty("sent");
  });

  it("knows any of several texts of its own again, none of which was answered", () => {
    let queue = mine;
    for (const value of ["mine, two", "mine, three"]) queue = type(leaving(queue, send(queue)), statement(value));
    expect(only(rebased(queue, sampleClaim({ version: 2, statement: "mine" })))).toMatchObject({
      base: "mine",
      value: "mine, three",
      held: null,
    });
  });

  it("compares rich text without regard to the order of keys", () => {
    const value = { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Why" }] }] };
    const reordered = {
      content: [{ content: [{ text: "Why", type: "text" }], type: "paragraph" }],
      type: "doc" as const,
    };
    const queue = type(empty, { field: "rationale", value });
    expect(isEmpty(rebased(queue, sampleClaim({ version: 2, rationale: reordered })))).toBe(true);
  });

  it("keeps what was typed on evidence that somebody removed", () => {
    const queue = type(empty, { record: "evidence", recordId: evidenceId, field: "excerpt", value: "Words", base: "" });
    expect(only(rebased(queue, sampleClaim()))).toMatchObject({ value: "Words", held: { because: "gone" } });
    const back = rebased(rebased(queue, sampleClaim()), sampleClaim({ evidence: [sampleEvidence({ version: 3 })] }));
    expect(only(back)).toMatchObject({ held: null, version: 3 });
  });

  it("waits with fields of evidence that is still to be made", () => {
    const queue = type(ask(empty, create), {
      ...{ record: "evidence", recordId: evidenceId, field: "excerpt", value: "Words", base: "" },
    });
    expect(rebased(queue, sampleClaim()).entries.map(({ held }) => held)).toEqual([null, null]);
  });

  it("holds everything while the claim is in the trash, and sends it once it is back", () => {
    const trashed = rebased(mine, sampleClaim({ version: 2, trashedAt: "2026-11-23T11:00:00.000Z", statement: "old" }));
    expect(only(trashed).held).toEqual({ because: "trashed" });
    expect(nextSend(trashed)).toBeNull();
    const restoring = ask(trashed, { name: "restoreClaim", params: { claimId } });
    expect(send(restoring)).toMatchObject({ kind: "command" });
    expect(only(rebased(trashed, sampleClaim({ version: 3, statement: "old" })))).toMatchObject({
      held: null,
      version: 3,
    });
  });

  it("keeps everything of a claim that is gone", () => {
    expect(only(orphaned(mine))).toMatchObject({ value: "mine", held: { because: "gone" } });
  });
});

describe("the order of sending", () => {
  it("sends the fields of one record together, and never a workflow event before the text it is about", () => {
    const queue = ask(type(type(empty, statement("new")), { field: "claimant", value: "Officials" }), submit);
    const first = send(queue);
    expect(first).toMatchObject({ kind: "patch", record: "claim", recordId: claimId, version: 1 });
    expect(first.kind === "patch" && first.edits.map(({ field }) => field)).toEqual(["statement", "claimant"]);
    expect(send(taken(queue, first, null, null))).toMatchObject({ kind: "command" });
  });

  it("makes evidence before it is written in", () => {
    const queue = type(ask(empty, create), {
      ...{ record: "evidence", recordId: evidenceId, field: "excerpt", value: "Words", base: "" },
    });
    expect(send(queue)).toMatchObject({ kind: "command" });
    expect(send(without(queue, "command"))).toMatchObject({ kind: "patch", record: "evidence" });
  });

  it("lets no workflow event past a text that is held, but everything else", () => {
    const conflict = rebased(type(empty, statement("mine")), sampleClaim({ version: 2, statement: "theirs" }));
    expect(nextSend(ask(conflict, submit))).toBeNull();
    expect(send(ask(conflict, create))).toMatchObject({ kind: "command" });
    expect(send(type(conflict, { field: "claimant", value: "Officials" }))).toMatchObject({
      edits: [{ field: "claimant" }],
    });
  });

  it("sends nothing for what could not be made", () => {
    const queue = type(
      ask(empty, { name: "createClaim", params: { articleId: sampleId(20) }, body: {} }),
      statement("new"),
    );
    expect(nextSend(refused(queue, send(queue), "Too many claims"))).toBeNull();
  });

  it("names the oldest version that any of the fields was typed over", () => {
    const queue = type(type(empty, { ...statement("new"), version: 5 }), { field: "claimant", value: "O", version: 3 });
    expect(send(queue)).toMatchObject({ version: 3 });
  });
});

describe("an answer", () => {
  it("ends what was sent, and keeps what was typed since over the new version", () => {
    const queue = type(empty, statement("one"));
    const one = send(queue);
    const more = type(leaving(queue, one), statement("one two"));
    const view = sampleClaim({ version: 2, statement: "one" });
    expect(isEmpty(taken(leaving(queue, one), one, view, 1))).toBe(true);
    expect(only(taken(more, one, view, 1))).toMatchObject({ base: "one", value: "one two", version: 2, held: null });
  });

  it("never takes a later change by somebody else for what the person saw", () => {
    const queue = type(empty, statement("one"));
    const one = send(queue);
    const more = type(leaving(queue, one), statement("one two"));
    const settled = taken(more, one, sampleClaim({ version: 2, statement: "one" }), 1);
    expect(only(rebased(settled, sampleClaim({ version: 3, statement: "theirs" }))).held).toMatchObject({
      because: "conflict",
    });
  });

  it("moves an approval up with this person's own change, and not with anybody else's", () => {
    const approve: Request = { name: "moveClaim", params: { claimId }, body: { event: "approve" } };
    const queue = ask(type(empty, statement("new")), approve, { seen: "in_review" });
    const view = (version: number) => sampleClaim({ version, statement: "new", state: "in_review" });
    expect(only(taken(queue, send(queue), view(2), 1))).toMatchObject({ version: 2 });
    expect(only(taken(queue, send(queue), view(3), 1))).toMatchObject({ version: 1 });
  });

  it("refuses the field that is named, and sends the others again", () => {
    const queue = type(type(empty, statement("new")), { field: "ratingId", value: sampleId(50) });
    const after = refused(queue, send(queue), "The scale no longer has this verdict.", [
      { path: "ratingId", message: "Not on the scale" },
    ]);
    expect(after.entries.map(({ held }) => held?.because ?? null)).toEqual([null, "refused"]);
    expect(send(after)).toMatchObject({ edits: [{ field: "statement" }] });
  });

  it("says of a request that is refused what is wrong with it", () => {
    const queue = ask(empty, create);
    const after = refused(queue, send(queue), "Some of this cannot be saved.", [
      { path: "locator", message: "At most 500 characters" },
    ]);
    expect(only(after).held).toEqual({
      ...{ because: "refused", message: "Some of this cannot be saved. At most 500 characters" },
    });
  });

  it("refuses all fields when none is named", () => {
    const queue = type(type(empty, statement("new")), { field: "claimant", value: "Officials" });
    const after = refused(queue, send(queue), "Somebody else holds this claim.");
    expect(after.entries.every(({ held }) => held?.because === "refused")).toBe(true);
  });

  it("does not hold what was typed after the text that was refused", () => {
    const queue = type(empty, statement("wrong"));
    const after = refused(type(queue, statement("right")), send(queue), "No");
    expect(only(after)).toMatchObject({ value: "right", held: null });
  });
});

describe("a workflow event over a newer claim", () => {
  it("is not done again when its lost answer was a yes", () => {
    const queue = ask(empty, submit);
    const lost = leaving(queue, send(queue));
    expect(isEmpty(rebased(lost, sampleClaim({ version: 2, state: "in_review" })))).toBe(true);
  });

  it("that binds what was seen is for the person to do again", () => {
    const queue = ask(empty, submit);
    const after = contested(leaving(queue, send(queue)), send(queue), sampleClaim({ version: 2 }));
    expect(only(after).held).toMatchObject({ because: "refused" });
  });

  it("that binds nothing goes on while the state is the same, and not from another one", () => {
    const queue = ask(empty, take, { seen: "open" });
    expect(only(contested(queue, send(queue), sampleClaim({ version: 2, state: "open" })))).toMatchObject({
      version: 2,
      held: null,
    });
    expect(only(rebased(queue, sampleClaim({ version: 2, state: "in_review" }))).held).toMatchObject({
      because: "refused",
    });
  });

  it("keeps an answer to a query that somebody else has answered", () => {
    const request: Request = { name: "answerQuery", params: { queryId: sampleId(60) }, body: { answer: "Mine" } };
    const query = {
      ...{ id: sampleId(60), question: "Who paid?", askedBy: { id: sampleId(1), name: "Leila" } },
      ...{ askedAt: "2026-11-23T10:00:00.000Z", answeredBy: null, answeredAt: null },
    };
    const answered = (answer: string | null) =>
      rebased(ask(empty, request), sampleClaim({ queries: [{ ...query, answer }] }));
    expect(only(answered(null)).held).toBeNull();
    expect(isEmpty(answered("Mine"))).toBe(true);
    expect(only(answered("Theirs")).held).toMatchObject({ because: "refused" });
  });
});

describe("the person's choice in a conflict", () => {
  const conflict = rebased(type(empty, statement("mine")), sampleClaim({ version: 2, statement: "theirs" }));
  const key = only(conflict).key;

  it("sends mine knowingly over theirs", () => {
    expect(only(resolved(conflict, key, "mine"))).toMatchObject({
      base: "theirs",
      version: 2,
      value: "mine",
      held: null,
    });
  });
  it("takes theirs by dropping mine", () => {
    expect(isEmpty(resolved(conflict, key, "theirs"))).toBe(true);
  });
  it("sends a merge", () => {
    expect(only(resolved(conflict, key, "both"))).toMatchObject({ base: "theirs", value: "both", held: null });
  });
  it("is a conflict anew when a third text came in between", () => {
    const after = rebased(resolved(conflict, key, "both"), sampleClaim({ version: 3, statement: "a third" }));
    expect(only(after).held).toMatchObject({ because: "conflict", theirs: "a third" });
  });
});

describe("the claim with what waits laid over it", () => {
  it("shows fields, new, removed and ordered evidence before the server has answered", () => {
    const first = sampleEvidence({ id: sampleId(41) });
    const view = sampleClaim({ evidence: [first] });
    const queue = type(type(ask(empty, create), statement("new", view.statement)), {
      ...{ record: "evidence", recordId: evidenceId, field: "excerpt", value: "Words", base: "" },
    });
    const shown = projected(view, queue);
    expect(shown.statement).toBe("new");
    expect(shown.evidence.map(({ id, excerpt }) => [id, excerpt])).toEqual([
      [first.id, ""],
      [evidenceId, "Words"],
    ]);
    const ordered = ask(
      queue,
      { name: "orderEvidence", params: { claimId }, body: { ids: [evidenceId, first.id] } },
      { key: "o" },
    );
    expect(projected(view, ordered).evidence.map(({ id }) => id)).toEqual([evidenceId, first.id]);
    const removed = ask(ordered, { name: "removeEvidence", params: { evidenceId: first.id } }, { key: "r" });
    expect(projected(view, removed).evidence.map(({ id }) => id)).toEqual([evidenceId]);
    const back = ask(
      removed,
      { name: "restoreEvidence", params: { evidenceId: first.id }, evidence: first },
      { key: "b" },
    );
    expect(projected(view, back).evidence.map(({ id }) => id)).toEqual([evidenceId, first.id]);
  });

  it("puts waiting evidence on the source that the library had already", () => {
    const kept = sampleSource({ id: sampleId(31), title: "As the library has it" });
    const queue = sourceReplaced(ask(empty, create), sampleId(30), kept);
    expect(send(queue)).toMatchObject({ command: { request: { body: { sourceId: kept.id } } } });
    expect(projected(sampleClaim(), queue).evidence[0]?.source.title).toBe("As the library has it");
  });
});

describe("same and objection", () => {
  it("takes absent and undefined for one, and null for another", () => {
    expect(same({ a: undefined }, {})).toBe(true);
    expect(same({ a: null }, {})).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
    expect(same([], {})).toBe(false);
  });
  it("asks the schema of the endpoint", () => {
    expect(objection({ record: "claim", field: "dueOn", value: "soon" })).not.toBeNull();
    expect(objection({ record: "evidence", field: "locator", value: "p. 14" })).toBeNull();
  });
});

describe("a decision on a suggested wording", () => {
  const accept: Request = { name: "decideWording", params: { claimId }, body: { state: "accepted" } };
  const suggestion = {
    ...{ id: sampleId(60), state: "proposed" as const, proposedBy: { id: sampleId(1), name: "Leila Haddad" } },
    ...{ proposedAt: "2026-11-23T10:00:00.000Z", decidedBy: null, decidedAt: null, outcomes: [] },
  };
  const proposed = sampleClaim({ version: 2, wording: "new", suggestion });

  it("goes after one's own words, and is then about these", () => {
    const queue = ask(type(empty, { field: "wording", value: "new" }), accept);
    const first = send(queue);
    expect(first).toMatchObject({ kind: "patch" });
    const second = send(taken(leaving(queue, first), first, proposed, 1));
    expect(second).toMatchObject({ kind: "command", command: { version: 2 } });
  });

  it("is never made on words that are held", () => {
    const queue = ask(type(empty, { field: "wording", value: "x".repeat(20_001) }), accept);
    expect(queue.entries[0]?.held?.because).toBe("refused");
    expect(nextSend(queue)).toBeNull();
  });

  it("is held when somebody changed the words, and known again when only its answer was lost", () => {
    const asking = ask(empty, accept);
    const going = leaving(asking, send(asking));
    const others = sampleClaim({ version: 3, wording: "theirs", suggestion });
    expect(only(contested(going, send(asking), others)).held?.because).toBe("refused");
    const accepted = sampleClaim({ version: 3, wording: "new", suggestion: { ...suggestion, state: "accepted" } });
    expect(rebased(going, accepted).entries).toEqual([]);
    // What was never sent is sent: other words of one's own may be on their way before it.
    expect(rebased(asking, accepted).entries).toHaveLength(1);
  });
});
