import { expect, test } from "vitest";
import { articleQuery } from "@/lib/domain/article";
import { readAddress, writeAddress } from "./address";

const person = "019aa000-0000-7000-8000-000000000003";

test("reads what a form sends, empty fields and repeated ones included", () => {
  const { query, ignored } = readAddress(articleQuery, {
    ...{ q: "  harbour   plan ", state: "", person, sort: ["due", "headline"] },
  });
  expect(query).toEqual({ q: "harbour plan", person, sort: "due" });
  expect(ignored).toEqual([]);
});

test("leaves out what makes no sense, by name, and keeps the rest", () => {
  const params = { q: "a\u0000b", state: "published", rating: "1", due: "week", foo: "bar" };
  const { query, ignored } = readAddress(articleQuery, params);
  expect(query).toEqual({ due: "week", sort: "activity" });
  expect(ignored).toEqual(["q", "state", "rating"]);
});

test("writes what reads back the same", () => {
  const query = { q: "50 % & more", state: "in_review", sort: "headline", person: undefined } as const;
  const address = new URL(writeAddress("/articles", query), "http://desk.example");
  expect([...address.searchParams.keys()]).toEqual(["q", "state", "sort"]);
  expect(readAddress(articleQuery, Object.fromEntries(address.searchParams)).query).toEqual(query);
  expect(writeAddress("/articles", { q: "" })).toBe("/articles");
});
