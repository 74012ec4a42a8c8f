import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  clearSourceDrafts,
  dropSourceDraft,
  keepSourceDraft,
  listSourceDrafts,
  readSourceDraft,
} from "./source-drafts";
import { storageSample } from "./storage-sample";

const draft = { version: 3, base: { title: "Count" }, fields: { title: "Annual count" } };

beforeEach(() => vi.stubGlobal("localStorage", storageSample()));
afterEach(() => vi.unstubAllGlobals());

test("what is kept is read again, by the same person and for the same source only", () => {
  keepSourceDraft("ana", "new", draft);
  expect(readSourceDraft("ana", "new")).toEqual(draft);
  expect(readSourceDraft("ben", "new")).toBeNull();
  expect(readSourceDraft("ana", "s1")).toBeNull();
  dropSourceDraft("ana", "new");
  expect(readSourceDraft("ana", "new")).toBeNull();
});

test("signing out clears what one person wrote and nobody else's", () => {
  keepSourceDraft("ana", "new", draft);
  keepSourceDraft("ana", "s1", draft);
  keepSourceDraft("ben", "s1", draft);
  expect(listSourceDrafts("ana").sort()).toEqual(["new", "s1"]);
  clearSourceDrafts("ana");
  expect(listSourceDrafts("ana")).toEqual([]);
  expect(readSourceDraft("ben", "s1")).toEqual(draft);
});

test("nothing is kept where keeping is switched off", () => {
  localStorage.setItem("claimdesk-keep-unsent", "no");
  keepSourceDraft("ana", "new", draft);
  expect(readSourceDraft("ana", "new")).toBeNull();
});

test.each(["{", "null", "[]", '{"version":3,"fields":{}}', '{"version":3,"base":{},"fields":{"title":1}}'])(
  "%s is no draft",
  (kept) => {
    localStorage.setItem("claimdesk-source:ana:new", kept);
    expect(readSourceDraft("ana", "new")).toBeNull();
  },
);

test("a browser that keeps nothing costs nothing", () => {
  const refuse = () => {
    throw new DOMException("denied");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse, length: 1 });
  keepSourceDraft("ana", "new", draft);
  dropSourceDraft("ana", "new");
  expect(readSourceDraft("ana", "new")).toBeNull();
  expect(listSourceDrafts("ana")).toEqual([]);
});
