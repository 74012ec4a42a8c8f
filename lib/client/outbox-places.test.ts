import { describe, expect, it } from "vitest";
import type { AnchorView } from "../domain/anchor";
import { sampleClaim, sampleId } from "./claim-sample";
import {
  asked,
  contested,
  emptyQueue,
  leaving,
  nextSend,
  projected,
  type Queue,
  type Request,
  rebased,
} from "./outbox-queue";

const anchor = (change: Partial<AnchorView> = {}): AnchorView => ({
  ...{ id: sampleId(50), articleId: sampleId(20), revisionId: sampleId(21), start: 0, end: 11, exact: "The harbour" },
  ...{ prefix: "", suffix: " plan", state: "altered", was: "The quay" },
  ...change,
});
const claim = (...anchors: AnchorView[]) => sampleClaim({ version: 3, anchors });

const place = (before: AnchorView | null, change: Partial<AnchorView> = {}): Request => {
  const { id, articleId, revisionId, start, end, exact } = anchor(change);
  return {
    ...{ name: "placeClaim", params: { claimId: sampleId(10), anchorId: id }, articleId, before },
    body: { change: sampleId(60), revisionId, start, end, exact },
  };
};
const waiting = (request: Request): Queue =>
  asked(emptyQueue(sampleId(10)), { key: "k", request, version: 3, seen: "in_check", askedAt: 0 });
const entryOf = (queue: Queue) => queue.entries[0];

describe("a place that waits to be sent", () => {
  it("is shown where it will be, in its place among the others, and a removed one no more", () => {
    const [first, second] = [
      anchor(),
      anchor({ id: sampleId(51), start: 20, end: 25, exact: "plans", state: "anchored" }),
    ];
    const view = claim(first, second);
    const moved = projected(view, waiting(place(first, { start: 4, end: 11, exact: "harbour" })));
    expect(moved.anchors.map(({ id, exact, state }) => [id, exact, state])).toEqual([
      [first.id, "harbour", "anchored"],
      [second.id, "plans", "anchored"],
    ]);
    const added = projected(view, waiting(place(null, { id: sampleId(52), exact: "added" })));
    expect(added.anchors.map(({ exact }) => exact)).toEqual(["The harbour", "plans", "added"]);
    const params = { claimId: view.id, anchorId: first.id };
    const removal: Request = { name: "removePlace", params, query: { change: sampleId(60) }, before: first };
    expect(projected(view, waiting(removal)).anchors).toEqual([second]);
  });

  it("is shown no more when it was undone before it was sent", () => {
    const view = claim(anchor());
    const added = place(null, { id: sampleId(52) });
    const undo: Request = { name: "undoPlaceChange", params: { changeId: sampleId(60) } };
    const queue = asked(waiting(added), { key: "u", request: undo, version: null, seen: null, askedAt: 1 });
    expect(projected(view, waiting(added)).anchors).toHaveLength(2);
    expect(projected(view, queue).anchors).toEqual(view.anchors);
    expect(nextSend(queue)).toMatchObject({ command: { key: "k" } });
  });

  it("holds over whatever else has changed in the claim", () => {
    const before = anchor();
    const queue = waiting(place(before, { start: 4, exact: "harbour" }));
    const newer = sampleClaim({ version: 7, anchors: [before], statement: "Theirs" });
    const send = nextSend(queue);
    expect(send && entryOf(contested(leaving(queue, send), send, newer))).toMatchObject({ version: 7, held: null });
  });

  it("waits for the person when somebody else has moved that place, and is done when it stands there already", () => {
    const before = anchor();
    const queue = waiting(place(before, { start: 4, exact: "harbour" }));
    const theirs = anchor({ start: 20, end: 25, exact: "plans", state: "anchored", was: null });
    expect(entryOf(rebased(queue, claim(theirs)))).toMatchObject({ held: { because: "refused" } });
    expect(entryOf(rebased(queue, claim()))).toMatchObject({ held: { because: "refused" } });
    const done = anchor({ start: 4, exact: "harbour", state: "anchored", was: null, prefix: "The " });
    expect(rebased(queue, claim(done)).entries).toEqual([]);
  });

  it("confirmed by a colleague meanwhile, it is confirmed", () => {
    const before = anchor();
    expect(rebased(waiting(place(before)), claim(before)).entries).toHaveLength(1);
    expect(rebased(waiting(place(before)), claim(anchor({ state: "anchored", was: null }))).entries).toEqual([]);
  });
});
