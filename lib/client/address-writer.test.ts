import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AddressWriter } from "./address-writer";

const page = { pathname: "/articles/1", search: "" };
const replaceState = vi.fn((_state: unknown, _title: string, address: string) => {
  [page.pathname = "", page.search = ""] = address.split(/(?=\?)/);
});
let click: () => void;
const open = (claim: string) => (search: URLSearchParams) => search.set("claim", claim);

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(page, { pathname: "/articles/1", search: "" });
  replaceState.mockClear();
  vi.stubGlobal("location", page);
  vi.stubGlobal("history", { replaceState });
  const events = new EventTarget();
  vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
  vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events));
  click = () => events.dispatchEvent(new Event("click"));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("writes the first change soon, and of a held key only what it comes to", () => {
  const writer = new AddressWriter();
  writer.write((search) => search.set("state", "open"));
  vi.advanceTimersByTime(100);
  expect(page.search).toBe("?state=open");
  for (let claim = 1; claim <= 300; claim += 1) {
    writer.write(open(String(claim)));
    vi.advanceTimersByTime(33);
  }
  vi.advanceTimersByTime(1_000);
  expect(page.search).toBe("?state=open&claim=300");
  expect(replaceState.mock.calls.length).toBeLessThan(30);
  writer.write((search) => search.delete("claim"));
  vi.advanceTimersByTime(100);
  expect(page.search).toBe("?state=open");
});

it("does without where the browser refuses, and writes it later", () => {
  replaceState.mockImplementationOnce(() => {
    throw new DOMException("More than 100 times per 30 seconds", "SecurityError");
  });
  const writer = new AddressWriter();
  writer.write(open("1"));
  expect(() => vi.advanceTimersByTime(100)).not.toThrow();
  expect(replaceState).toHaveBeenCalledOnce();
  writer.write(open("2"));
  expect(page.search).toBe("");
  vi.advanceTimersByTime(10_000);
  expect(page.search).toBe("?claim=2");
});

it("writes nothing of one page into another", () => {
  const writer = new AddressWriter();
  writer.write(open("1"));
  writer.write(open("2"));
  Object.assign(page, { pathname: "/articles/2", search: "" });
  vi.advanceTimersByTime(1_000);
  expect(page.search).toBe("");
  writer.write(open("3"));
  vi.advanceTimersByTime(100);
  expect(page.search).toBe("?claim=3");
});

it("writes before a link is followed, and nothing while it is", () => {
  const writer = new AddressWriter();
  writer.write(open("1"));
  click();
  expect(page.search).toBe("?claim=1");
  vi.advanceTimersByTime(1_000);
  click();
  expect(replaceState).toHaveBeenCalledOnce();
});
