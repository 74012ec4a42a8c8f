import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { ClaimSummary, ClaimView } from "../domain/claim";
import { type ClaimChange, ClaimStore, placeOf } from "./claim-store";

const idOf = (n: number) => `01970000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

function claim(
  n: number,
  start: number | null,
  end = (start ?? 0) + 5,
  rest: Partial<ClaimSummary> = {},
): ClaimSummary {
  return {
    id: idOf(n),
    version: 1,
    statement: `Claim ${n}`,
    state: "open",
    ratingId: null,
    assignee: null,
    createdById: idOf(999),
    dueOn: null,
    home: null,
    anchors: start === null ? [] : [{ id: idOf(100_000 + n), start, end, state: "anchored" }],
    sources: [],
    openQueries: 0,
    suggestion: null,
    ...rest,
  };
}

function view(summary: ClaimSummary, rest: Partial<ClaimView> = {}): ClaimView {
  return {
    ...summary,
    articleId: idOf(1),
    articles: [{ id: idOf(1), headline: "An article", trashed: false }],
    revisionId: idOf(2),
    claimant: null,
    confidence: null,
    rationale: null,
    anchors: summary.anchors.map((anchor) => ({
      ...anchor,
      ...{ exact: "", prefix: "", suffix: "", was: null, articleId: idOf(1), revisionId: idOf(2) },
    })),
    evidence: [],
    queries: [],
    createdBy: { id: idOf(999), name: "Ana" },
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    verdictBy: null,
    approvedBy: null,
    approvedAt: null,
    stateReason: null,
    setAsideAs: null,
    duplicateOfId: null,
    trashedAt: null,
    changes: [],
    ...{ wording: null, wordingNote: "", wordingAnchorId: null, suggestion: null },
    abilities: {
      ...{ edit: true, trash: true, due: true, place: true, settle: true },
      ...{ addEvidence: true, editEvidence: [], decideWording: false, events: [] },
    },
    ...rest,
  };
}

const storeWith = (...claims: ClaimSummary[]) => {
  const store = new ClaimStore(idOf(1));
  store.set(claims);
  return store;
};

describe("a list that was asked for a while ago", () => {
  it("takes nothing away and brings nothing back that was heard of since", () => {
    vi.useFakeTimers();
    const store = storeWith(claim(1, 10), claim(2, 20), claim(3, 30));
    store.applySummary(claim(4, 40, 45, { version: 0 }));
    vi.advanceTimersByTime(10);
    const since = performance.now();
    vi.advanceTimersByTime(10);
    store.apply(view(claim(4, 40)));
    store.remove(idOf(2));
    store.set([claim(1, 10), claim(2, 20)], since);
    expect(store.ids()).toEqual([1, 4].map(idOf));
    expect(store.view(idOf(4))).toBeDefined();
    // The next list knows it all.
    vi.advanceTimersByTime(10);
    store.set([claim(1, 10)], performance.now());
    expect(store.ids()).toEqual([idOf(1)]);
    vi.useRealTimers();
  });
});

describe("the order of the text", () => {
  it("is by start, then the longer first, then the older; orphans last", () => {
    const store = storeWith(claim(1, 50), claim(2, null), claim(3, 10, 12), claim(4, 10, 40), claim(5, 10, 12));
    expect(store.ids()).toEqual([4, 3, 5, 1, 2].map(idOf));
  });

  it("does not count an anchor whose words are gone", () => {
    const lost = claim(1, 0);
    lost.anchors = [{ id: idOf(7), start: 0, end: 4, state: "orphaned" }];
    expect(placeOf(lost)).toBeNull();
    lost.anchors.push({ id: idOf(8), start: 90, end: 95, state: "moved" });
    expect(placeOf(lost)).toMatchObject({ start: 90 });
  });

  it("holds after any sequence of changes, as if all claims had been set at once", () => {
    const step = fc.record({
      n: fc.integer({ min: 1, max: 12 }),
      start: fc.option(fc.integer({ min: 0, max: 30 })),
      length: fc.integer({ min: 1, max: 9 }),
      gone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = storeWith();
        const expected = new Map<string, ClaimSummary>();
        steps.forEach(({ n, start, length, gone }, index) => {
          const next = claim(n, start, (start ?? 0) + length, { version: index + 1 });
          if (gone) {
            store.remove(next.id);
            expected.delete(next.id);
          } else {
            store.applySummary(next);
            expected.set(next.id, next);
          }
        });
        const afresh = storeWith(...expected.values());
        expect(store.ids()).toEqual(afresh.ids());
        expect(store.all()).toEqual(afresh.all());
      }),
    );
  });
});

describe("who is told", () => {
  it("is whoever shows the claim that changed, and nobody else", () => {
    const store = storeWith(claim(1, 0), claim(2, 10));
    const [first, second] = [vi.fn(), vi.fn()];
    store.subscribe(idOf(1), first);
    store.subscribe(idOf(2), second);
    const ids = store.ids();
    store.applySummary(claim(2, 10, 15, { version: 2, state: "in_check" }));
    expect([first, second].map((listener) => listener.mock.calls.length)).toEqual([0, 1]);
    expect(store.ids()).toBe(ids);
  });

  it("hears what came, what went and what was there before", () => {
    const store = storeWith(claim(1, 0));
    const changes: ClaimChange[] = [];
    const stop = store.subscribeToChanges((change) => changes.push(change));
    store.applySummary(claim(2, 3));
    store.applySummary(claim(2, 3, 8, { version: 2 }));
    store.remove(idOf(1));
    stop();
    store.remove(idOf(2));
    expect(changes).toMatchObject([
      { type: "upsert", before: undefined },
      { type: "upsert", claim: { version: 2 }, before: { version: 1 } },
      { type: "remove", claim: { id: idOf(1) } },
    ]);
  });

  it("may stop listening while it is being told", () => {
    const store = storeWith(claim(1, 0));
    const heard: string[] = [];
    const stop = store.subscribe(idOf(1), () => {
      heard.push("a");
      stop();
    });
    store.subscribe(idOf(1), () => heard.push("b"));
    store.applySummary(claim(1, 0, 5, { version: 2 }));
    store.applySummary(claim(1, 0, 5, { version: 3 }));
    expect(heard).toEqual(["a", "b", "b"]);
  });
});

describe("versions", () => {
  it("an answer that is older than what is known changes nothing", () => {
    const store = storeWith(claim(1, 0, 5, { version: 4, statement: "new" }));
    store.apply(view(claim(1, 0, 5, { version: 3, statement: "old" })));
    store.applySummary(claim(1, 0, 5, { version: 2, statement: "older" }));
    expect(store.get(idOf(1))?.statement).toBe("new");
    expect(store.view(idOf(1))).toBeUndefined();
  });

  it("a view is given only while nothing newer is known", () => {
    const store = storeWith(claim(1, 0));
    store.apply(view(claim(1, 0)));
    expect(store.view(idOf(1))).toBeDefined();
    store.applySummary(claim(1, 0, 5, { version: 2 }));
    expect(store.view(idOf(1))).toBeUndefined();
  });

  it("a list that was read before a save does not undo it, nor drop what is not saved yet", () => {
    const store = storeWith(claim(1, 0));
    store.apply(view(claim(1, 0, 5, { version: 2, statement: "saved" })));
    store.applySummary(claim(2, 10, 15, { version: 0 }));
    store.set([claim(1, 0), claim(3, 20)]);
    expect(store.get(idOf(1))?.statement).toBe("saved");
    expect(store.ids()).toEqual([1, 2, 3].map(idOf));
  });

  it("a claim of another article stands here as long as it has a place here", () => {
    const store = storeWith(claim(1, 0));
    const home = { id: idOf(77), headline: "Another article", trashed: false };
    const here = { id: idOf(1), headline: "An article", trashed: false };
    const guest = view(claim(2, 5), { articleId: home.id, articles: [home, here] });
    store.apply(guest);
    expect(store.get(idOf(2))).toMatchObject({ home: { id: home.id, headline: "Another article" } });
    expect(store.ids()).toEqual([idOf(1), idOf(2)]);
    store.apply({ ...guest, version: 2, anchors: [], articles: [home] });
    expect(store.ids()).toEqual([idOf(1)]);
  });

  it("a claim of another article is none of this one's", () => {
    const store = storeWith(claim(1, 0));
    store.apply(view(claim(2, 5), { articleId: idOf(77), articles: [{ id: idOf(77), headline: "", trashed: false }] }));
    expect(store.ids()).toEqual([idOf(1)]);
  });

  it("a view from the trash takes the claim away", () => {
    const store = storeWith(claim(1, 0));
    store.apply(view(claim(1, 0, 5, { version: 2 }), { trashedAt: "2026-01-01T00:00:00.000Z" }));
    expect(store.ids()).toEqual([]);
  });
});
