import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clearDecisions, countDecisions, dropDecision, keepDecision, readDecisions } from "./kept-decisions";
import { storageSample } from "./storage-sample";

const attach = { kind: "attach", start: 3, end: 9, exact: "the sum" } as const;

beforeEach(() => vi.stubGlobal("localStorage", storageSample()));
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
