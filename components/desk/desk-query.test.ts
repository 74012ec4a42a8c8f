import { expect, test } from "vitest";
import { deskAddress, isNarrowed, readDeskQuery } from "./desk-query";

const person = "019aa000-0000-7000-8000-000000000003";

test("reads what a form sends, empty fields and repeated ones included", () => {
  const { query, ignored } = readDeskQuery({ q: "  harbour   plan ", state: "", person, sort: ["due", "headline"] });
  expect(query).toEqual({ q: "harbour plan", person, sort: "due" });
  expect(ignored).toEqual([]);
});

test("leaves out what makes no sense, by name, and keeps the rest", () => {
  const { query, ignored } = readDeskQuery({ q: "a\u0000b", state: "published", rating: "1", due: "week", foo: "bar" });
  expect(query).toEqual({ due: "week", sort: "activity" });
  expect(ignored).toEqual(["q", "state", "rating"]);
});

test("writes the shortest address, which reads back the same", () => {
  expect(deskAddress({ sort: "activity" })).toBe("/articles");
  const query = { q: "50 % & more", state: "in_review", sort: "headline" } as const;
  const address = new URL(deskAddress(query), "http://desk.example");
  expect(readDeskQuery(Object.fromEntries(address.searchParams)).query).toEqual(query);
});

test("the trash and the order narrow nothing", () => {
  expect(isNarrowed({ trash: "1", sort: "due" })).toBe(false);
  expect(isNarrowed({ state: "open", sort: "activity" })).toBe(true);
});
