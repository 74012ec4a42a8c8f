import { describe, expect, test, vi } from "vitest";
import type { ClaimSummary } from "../domain/claim";
import type { MarkKind, SentenceMark } from "../domain/sentence-mark";
import { ClaimStore } from "./claim-store";
import { Ledger, type LedgerChange } from "./ledger";

const text = "The vote came late. Nobody left! What now?\n\nThe mayor went home.";
const me = { id: "01970000-0000-7000-8000-000000000001", name: "Me" };
const they = { id: "01970000-0000-7000-8000-000000000002", name: "They" };
const rangeOf = (words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};
const claim = (words: string, version = 1, rest: Partial<ClaimSummary> = {}): ClaimSummary => ({
  ...{ id: `claim ${words}`, version, statement: words, state: "open", ratingId: null, assignee: null },
  ...{ createdById: me.id, dueOn: null, sources: [], openQueries: 0, home: null, suggestion: null },
  anchors: [{ id: words, ...rangeOf(words), state: "anchored" }],
  ...rest,
});
const mark = (words: string, kind: MarkKind, by = they): SentenceMark => ({
  ...{ ...rangeOf(words), kind, by, at: "2026-11-28T05:00:00.000Z" },
});
const list = (lastEvent: number, ...marks: SentenceMark[]) => ({ revisionId: me.id, marks, lastEvent });

function made(...claims: ClaimSummary[]) {
  vi.stubGlobal("window", { requestIdleCallback: () => 1 });
  vi.stubGlobal("requestIdleCallback", () => 1);
  vi.stubGlobal("cancelIdleCallback", () => {});
  const store = new ClaimStore("article");
  const ledger = new Ledger(store, me);
  const changes: LedgerChange[] = [];
  ledger.follow();
  ledger.subscribeToChanges((change) => changes.push(change));
  store.set(claims);
  const told = () =>
    ledger.sentences().map(({ account }) => {
      if (!account) return null;
      return account.by === "claim" ? account.claimId : `${account.mark.kind} ${account.mark.by.name}`;
    });
  return { store, ledger, changes, told };
}

function read(...claims: ClaimSummary[]) {
  const all = made(...claims);
  all.ledger.setText(text, "en");
  all.ledger.setMarks(list(5, mark("What now?", "opinion")));
  return all;
}

test("nothing is said before text, claims and marks are known", () => {
  const { ledger, told } = made(claim("vote"));
  expect([ledger.coverage(), told()]).toEqual([null, []]);
  ledger.setText(text, "en");
  expect(ledger.coverage()).toBeNull();
  ledger.setMarks(list(5));
  expect(ledger.coverage()).toEqual({ sentences: 4, accounted: 1 });
});

test("a claim that comes, goes or moves changes its sentences and no others", () => {
  const { store, ledger, told, changes } = read();
  store.applySummary(claim("vote"));
  expect(told()).toEqual(["claim vote", null, "opinion They", null]);
  expect(changes.at(-1)).toEqual([0]);
  const before = changes.length;
  store.applySummary(claim("vote", 2, { state: "in_check", ratingId: "r" }));
  expect(told()[0]).toBe("claim vote");
  expect(changes).toHaveLength(before);
  store.applySummary(claim("vote", 3, { anchors: [{ id: "vote", ...rangeOf("vote"), state: "orphaned" }] }));
  expect(told()[0]).toBeNull();
  store.remove("claim vote");
  expect(ledger.coverage()).toEqual({ sentences: 4, accounted: 1 });
});

describe("marks that wait", () => {
  test("are laid over what the server has, and stay when it has taken them", () => {
    const { ledger, told, changes } = read();
    const wishes = [
      { ...rangeOf("Nobody left!"), was: null, kind: "transition" as const },
      { ...rangeOf("What now?"), was: "opinion" as const, kind: null },
    ];
    ledger.setWishes(wishes);
    expect(told()).toEqual([null, "transition Me", null, null]);
    const before = changes.length;
    ledger.take({ revisionId: me.id, marks: [mark("Nobody left!", "transition", me)], event: 7 }, wishes);
    ledger.setWishes([]);
    expect(told()).toEqual([null, "transition Me", null, null]);
    expect(changes).toHaveLength(before);
    expect([ledger.isOwn(7), ledger.isOwn(6)]).toEqual([true, false]);
  });

  test("are not undone by a list that was read before the answer", () => {
    const { ledger, told } = read();
    const wishes = [{ ...rangeOf("What now?"), was: "opinion" as const, kind: null }];
    ledger.take({ revisionId: me.id, marks: [], event: 7 }, wishes);
    ledger.setMarks(list(6, mark("What now?", "opinion"), mark("Nobody left!", "no_fact")));
    expect(told()).toEqual([null, "no_fact They", null, null]);
    ledger.setMarks(list(8, mark("What now?", "transition")));
    expect(told()).toEqual([null, null, "transition They", null]);
  });
});

describe("the next unaccounted sentence", () => {
  test("is found from a place on or back, around the end", () => {
    const { ledger } = read(claim("vote"));
    const { start, end } = rangeOf("Nobody left!");
    expect(ledger.next(0, 1)).toBe(1);
    expect(ledger.next(end, 1)).toBe(3);
    expect(ledger.next(text.length, 1)).toBe(1);
    expect(ledger.next(start, -1)).toBe(3);
    expect(ledger.next(start + 3, -1)).toBe(1);
    expect(ledger.next(text.length, -1)).toBe(3);
  });

  test("is none when there is none", () => {
    const { ledger } = read(claim("vote"), claim("mayor"), claim("left"));
    expect(ledger.coverage()).toEqual({ sentences: 4, accounted: 4 });
    expect([ledger.next(0, 1), ledger.next(0, -1)]).toEqual([-1, -1]);
  });
});

test("another language finds the sentences anew", () => {
  const { ledger, changes } = read();
  ledger.setText(text, "fr");
  expect(changes.at(-1)).toBeNull();
  expect(ledger.coverage()).toEqual({ sentences: 4, accounted: 1 });
});
