import { describe, expect, test } from "vitest";
import { sourceCreate } from "@/lib/domain/source";
import { contested, draftOf, emptyDraft, inputOf, merged, restored } from "./source-draft";

const base = { ...emptyDraft, title: "Annual count", author: "A. Writer", publisher: "Office" };

describe("two people in one source", () => {
  test("in different fields: both are kept and nothing is contested", () => {
    const mine = { ...base, title: "Annual count 2026" };
    const theirs = { ...base, publisher: "Statistics office" };
    const both = merged(base, mine, theirs);
    expect(both).toEqual({ ...base, title: "Annual count 2026", publisher: "Statistics office" });
    expect(contested(base, both, theirs)).toEqual([]);
  });

  test("in the same field: mine stands and theirs is shown", () => {
    const mine = { ...base, title: "Mine" };
    const theirs = { ...base, title: "Theirs", author: "" };
    const both = merged(base, mine, theirs);
    expect(both).toEqual({ ...base, title: "Mine", author: "" });
    expect(contested(base, both, theirs)).toEqual(["title"]);
  });

  test("the same words twice are no conflict", () => {
    const same = { ...base, title: "Same" };
    expect(contested(base, { ...base, title: " Same " }, same)).toEqual([]);
  });
});

test("what is empty leaves as null, and what comes in empty is shown empty", () => {
  const id = "019aa000-0000-7000-8000-000000000003";
  const input = inputOf({ ...emptyDraft, title: " Register ", url: " " });
  expect(sourceCreate.parse({ id, ...input })).toMatchObject({ title: "Register", url: null, author: null });
  expect(draftOf({ ...input, id, version: 1, createdAt: "" })).toEqual({ ...emptyDraft, title: "Register" });
});

test("kept fields come back over the source they belong to, and nothing else does", () => {
  expect(restored(base, { title: "Typed", kind: "book", id: "x" })).toEqual({ ...base, title: "Typed", kind: "book" });
  expect(restored(base, { kind: "rumour" })).toEqual(base);
});
