import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClaimSummary } from "../domain/claim";
import { workflowStates } from "../domain/workflow";
import {
  type ClaimFilter,
  everything,
  filterFrom,
  isEverything,
  none,
  tallyOf,
  testOf,
  unsurePlaces,
  writeFilter,
} from "./claim-filter";

const claim = (rest: Partial<ClaimSummary> = {}): ClaimSummary => ({
  ...{ id: "c", version: 1, statement: "Straße nach Zürich", state: "open", ratingId: null, assignee: null },
  ...{ createdById: "p", dueOn: null, home: null, sources: [], openQueries: 0, suggestion: null },
  anchors: [{ id: "a", start: 0, end: 5, state: "anchored" }],
  ...rest,
});
const shows = (filter: Partial<ClaimFilter>, rest: Partial<ClaimSummary> = {}) =>
  testOf({ ...everything, ...filter })(claim(rest));

describe("what a filter lets through", () => {
  it("is everything when it asks for nothing", () => {
    expect(isEverything(everything)).toBe(true);
    expect(shows({})).toBe(true);
    expect(isEverything({ ...everything, text: "  " })).toBe(true);
  });

  it("goes by state, verdict and person, each with its own kind of none", () => {
    expect([shows({ state: "open" }), shows({ state: "approved" })]).toEqual([true, false]);
    expect([shows({ verdict: none }), shows({ verdict: "r" }), shows({ verdict: "r" }, { ratingId: "r" })]).toEqual([
      true,
      false,
      true,
    ]);
    const held = { assignee: { id: "ana", name: "Ana" } };
    expect([shows({ person: none }), shows({ person: "ana" }, held), shows({ person: none }, held)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("asks all at once", () => {
    expect(shows({ state: "open", verdict: "r" }, { ratingId: "r" })).toBe(true);
    expect(shows({ state: "in_check", verdict: "r" }, { ratingId: "r" })).toBe(false);
  });

  it("finds words in any order, whatever their case and accents, in the statement and in the titles of sources", () => {
    expect(shows({ text: "zurich STRASSE" }, { statement: "Strasse nach Zürich" })).toBe(true);
    expect(shows({ text: "budget" }, { sources: [{ id: "s", title: "City budget review", stance: "supports" }] })).toBe(
      true,
    );
    expect(shows({ text: "zürich genf" })).toBe(false);
  });

  it("finds what has lost its text, wholly or in one of its places", () => {
    const lost = { id: "b", start: 0, end: 3, state: "orphaned" as const };
    expect(shows({ anchor: "orphaned" })).toBe(false);
    expect(shows({ anchor: "orphaned" }, { anchors: [] })).toBe(true);
    const sure = { id: "a", start: 4, end: 5, state: "anchored" as const };
    expect(shows({ anchor: "orphaned" }, { anchors: [lost, sure] })).toBe(true);
    const altered = { ...sure, state: "altered" as const };
    expect([shows({ anchor: "altered" }), shows({ anchor: "altered" }, { anchors: [sure, altered] })]).toEqual([
      false,
      true,
    ]);
  });
});

describe("in the address", () => {
  it("any filter comes back as it was, and what else stands there is left alone", () => {
    const text = fc.string().map((words) => words.trim());
    const filter = fc.record({
      state: fc.option(fc.constantFrom(...workflowStates)),
      verdict: fc.option(fc.uuid()),
      person: fc.option(fc.oneof(fc.uuid(), fc.constant(none))),
      anchor: fc.option(fc.constantFrom(...unsurePlaces)),
      wording: fc.boolean(),
      text,
    });
    fc.assert(
      fc.property(filter, (given) => {
        const search = new URLSearchParams("claim=x&state=open&q=old");
        writeFilter(given, search);
        const read = filterFrom(new URLSearchParams(search.toString()));
        expect(read).toEqual({ ...given, text: given.text.toWellFormed() });
        expect(search.get("claim")).toBe("x");
      }),
    );
  });

  it("what makes no sense is left out", () => {
    expect(filterFrom(new URLSearchParams("state=lost&anchor=moved&q="))).toEqual(everything);
  });
});

it("a tally counts every claim once in each of its kinds", () => {
  const tally = tallyOf([
    claim(),
    claim({ state: "in_check", assignee: { id: "ana", name: "Ana" }, ratingId: "r" }),
    claim({ anchors: [] }),
  ]);
  expect({ all: tally.all, anchors: [...tally.anchors] }).toEqual({ all: 3, anchors: [["orphaned", 1]] });
  expect(Object.fromEntries(tally.states)).toEqual({ open: 2, in_check: 1 });
  expect(Object.fromEntries(tally.verdicts)).toEqual({ [none]: 2, r: 1 });
  expect(Object.fromEntries(tally.people)).toEqual({ [none]: 2, ana: 1 });
});
