import { expect, test } from "vitest";
import { deskAddress, isNarrowed } from "./desk-query";

test("the usual order goes without saying", () => {
  expect(deskAddress({ sort: "activity" })).toBe("/articles");
  expect(deskAddress({ sort: "due", state: "open" })).toBe("/articles?state=open&sort=due");
});

test("the trash and the order narrow nothing", () => {
  expect(isNarrowed({ trash: "1", sort: "due" })).toBe(false);
  expect(isNarrowed({ state: "open", sort: "activity" })).toBe(true);
});
