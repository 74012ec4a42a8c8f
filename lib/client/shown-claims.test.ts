import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClaimSummary } from "../domain/claim";
import type { WorkflowState } from "../domain/workflow";
import { everything, testOf } from "./claim-filter";
import { ClaimStore } from "./claim-store";
import { type ShownChange, ShownClaims } from "./shown-claims";

const claim = (id: string, start: number, state: WorkflowState = "open", version = 1): ClaimSummary => ({
  ...{ id, version, statement: `Claim ${id}`, state, ratingId: null, assignee: null, createdById: "p", dueOn: null },
  ...{
    home: null,
    sources: [],
    openQueries: 0,
    suggestion: null,
    anchors: [{ id: `${id}-a`, start, end: start + 3, state: "anchored" }],
  },
});

function made(...claims: ClaimSummary[]) {
  const store = new ClaimStore("article");
  store.set(claims);
  const shown = new ShownClaims(store);
  const changes: ShownChange[] = [];
  shown.follow();
  shown.subscribeToChanges((change) => changes.push(change));
  return { store, shown, changes };
}

describe("without a filter", () => {
  it("is the store itself, in its order", () => {
    const { store, shown, changes } = made(claim("b", 20), claim("a", 5));
    expect(shown.ids()).toBe(store.ids());
    store.applySummary(claim("c", 10));
    expect(shown.ids()).toEqual(["a", "c", "b"]);
    store.remove("a");
    expect(changes.map((change) => change.type)).toEqual(["show", "hide"]);
  });
});

describe("with a filter", () => {
  it("shows and hides a claim as it begins and ceases to match", () => {
    const { store, shown, changes } = made(claim("a", 5), claim("b", 20, "in_check"));
    shown.setFilter({ ...everything, state: "open" });
    expect(shown.ids()).toEqual(["a"]);
    store.applySummary(claim("b", 20, "open", 2));
    store.applySummary(claim("a", 5, "in_check", 2));
    expect(shown.ids()).toEqual(["b"]);
    expect(changes).toMatchObject([{ type: "set" }, { type: "show", claim: { id: "b" } }, { type: "hide", id: "a" }]);
  });

  it("never takes away the claim that is open", () => {
    const { store, shown } = made(claim("a", 5), claim("b", 20));
    shown.setFilter({ ...everything, state: "open" });
    shown.keep("a");
    store.applySummary(claim("a", 5, "in_review", 2));
    expect(shown.ids()).toEqual(["a", "b"]);
    shown.keep("b");
    expect(shown.ids()).toEqual(["b"]);
  });

  it("tells only of the claims that come and go when another one is opened", () => {
    const { shown, changes } = made(claim("a", 5), claim("b", 20), claim("c", 30, "in_check"), claim("d", 40, "stale"));
    shown.setFilter({ ...everything, state: "open" });
    changes.length = 0;
    for (const id of ["a", "b", null]) shown.keep(id);
    expect(changes).toEqual([]);
    for (const id of ["c", "d", "a"]) shown.keep(id);
    expect(changes).toMatchObject([
      ...[
        { type: "show", claim: { id: "c" } },
        { type: "hide", id: "c" },
        { type: "show", claim: { id: "d" } },
      ],
      { type: "hide", id: "d" },
    ]);
  });

  it("keeps the same ids as long as the same claims are shown, so that no list is drawn anew", () => {
    const { store, shown } = made(claim("a", 5), claim("b", 20, "in_check"));
    shown.setFilter({ ...everything, state: "open" });
    const ids = shown.ids();
    store.applySummary(claim("b", 20, "in_check", 2));
    store.applySummary(claim("a", 5, "open", 2));
    expect(shown.ids()).toBe(ids);
    expect(shown.all()[0]?.version).toBe(2);
  });

  it("is after any changes what filtering the store at the end would give", () => {
    const states = ["open", "in_check", "approved"] as const;
    const step = fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e"),
      start: fc.nat(30),
      state: fc.constantFrom(...states),
      does: fc.constantFrom("put", "remove", "filter", "keep"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { store, shown } = made();
        let kept: string | null = null;
        let filter = everything;
        steps.forEach(({ id, start, state, does }, index) => {
          if (does === "put") store.applySummary(claim(id, start, state, index + 1));
          if (does === "remove") store.remove(id);
          if (does === "keep") {
            kept = id;
            shown.keep(id);
          }
          if (does === "filter") {
            filter = { ...everything, state };
            shown.setFilter(filter);
          }
        });
        const test = testOf(filter);
        const expected = store.all().filter((one) => one.id === kept || test(one));
        expect(shown.all()).toEqual(expected);
        expect(shown.ids()).toEqual(expected.map((one) => one.id));
        expect(shown.between(5, 15)).toEqual(
          expected.filter(({ anchors: [anchor] }) => anchor && anchor.start >= 5 && anchor.start < 15),
        );
      }),
    );
  });
});

describe("the next claim", () => {
  const { shown } = made(claim("a", 5), claim("b", 20), claim("c", 20), claim("d", 40));

  it("follows the open one in both directions, piles and all, and ends at the ends", () => {
    expect(["a", "b", "c", "d"].map((id) => shown.next(id, 1))).toEqual(["b", "c", "d", null]);
    expect(["a", "b", "c", "d"].map((id) => shown.next(id, -1))).toEqual([null, "a", "b", "c"]);
  });

  it("from the caret is the first at or after it, or the last before it", () => {
    expect([shown.next(null, 1, 0), shown.next(null, 1, 20), shown.next(null, 1, 41)]).toEqual(["a", "b", null]);
    expect([shown.next(null, -1, 5), shown.next(null, -1, 21)]).toEqual([null, "c"]);
    expect(shown.next("gone", 1, 30)).toBe("d");
  });
});
