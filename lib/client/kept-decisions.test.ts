import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clearDecisions, countDecisions, dropDecision, keepDecision, readDecisions } from "./kept-decisions";

const attach = { kind: "attach", start: 3, end: 9, exact: "the sum" } as const;

function storage() {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    key: (index: number) => [...held.keys()][index] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

beforeEach(() => vi.stubGlobal("localStorage", storage()));
afterEach(() => vi.unstubAllGlobals());

test("what is kept is read by the same person and for the same text only, until it is dropped", () => {
  keepDecision("ana", "text", "a", attach);
  keepDecision("ana", "text", "b", null);
  keepDecision("ben", "text", "a", { kind: "confirm" });
  localStorage.setItem("claimdesk-decision:ana:text:c", "{}");
  expect([...readDecisions("ana", "text")]).toEqual([
    ["a", attach],
    ["b", null],
  ]);
  expect(readDecisions("ana", "other").size).toBe(0);
  dropDecision("ana", "text", "a");
  expect([...readDecisions("ana", "text").keys()]).toEqual(["b"]);
  clearDecisions("ana");
  expect([countDecisions("ana"), countDecisions("ben")]).toEqual([0, 1]);
});

test("nothing is kept where keeping is switched off", () => {
  localStorage.setItem("claimdesk-keep-unsent", "no");
  expect(keepDecision("ana", "text", "a", attach)).toBe(false);
  expect(countDecisions("ana")).toBe(0);
});
