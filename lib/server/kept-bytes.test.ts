import { expect, test, vi } from "vitest";
import { KeptBytes } from "./kept-bytes";

const kept = () => new KeptBytes<string>(10, (value) => value.length);

test("what was fetched once is not fetched again, and many who ask at once wait for the same", async () => {
  const store = kept();
  const load = vi.fn(async () => "page");
  expect(await Promise.all([store.get("a", load), store.get("a", load)])).toEqual(["page", "page"]);
  expect(await store.get("a", load)).toBe("page");
  expect(load).toHaveBeenCalledTimes(1);
});

test("what was asked for longest ago goes first, and what is larger than all of it is handed on all the same", async () => {
  const store = kept();
  for (const key of ["a", "b"]) await store.get(key, async () => "12345");
  await store.get("a", async () => "never");
  await store.get("c", async () => "12345");
  expect(await store.get("a", async () => "again")).toBe("12345");
  expect(await store.get("b", async () => "again")).toBe("again");
  expect(await store.get("huge", async () => "more than ten")).toBe("more than ten");
});

test("a failure is not kept", async () => {
  const store = kept();
  await expect(store.get("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await store.get("a", async () => "back")).toBe("back");
});
