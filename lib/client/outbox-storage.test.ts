import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { sampleId } from "./claim-sample";
import { drafted, emptyQueue, type Queue } from "./outbox-queue";
import { browserStorage, memoryStorage } from "./outbox-storage";

const [leila, tomas] = [sampleId(1), sampleId(2)];
const [one, other] = [sampleId(10), sampleId(11)];
const write = (name: string, text: string) => (queue: Queue) => drafted(queue, name, text);

beforeEach(async () => {
  await browserStorage(leila).clear();
  await browserStorage(tomas).clear();
});

describe.each([
  ["the browser", (userId: string) => browserStorage(userId), true],
  ["memory", () => memoryStorage(), false],
])("what is kept in %s", (_, open, durable) => {
  it("is there until it is empty", async () => {
    const storage = open(leila);
    expect(storage.durable).toBe(durable);
    expect(await storage.read(one)).toEqual(emptyQueue(one));
    await storage.change(one, write("ask", "Who paid?"));
    expect((await storage.read(one)).drafts).toEqual({ ask: "Who paid?" });
    expect(await storage.all()).toEqual([{ claimId: one, entries: [], drafts: { ask: "Who paid?" } }]);
    await storage.change(one, write("ask", ""));
    expect(await storage.all()).toEqual([]);
  });

  it("is changed one change after another", async () => {
    const storage = open(leila);
    await Promise.all(["a", "b", "c"].map((name) => storage.change(one, write(name, name))));
    expect((await storage.read(one)).drafts).toEqual({ a: "a", b: "b", c: "c" });
  });

  it("is gone when it is cleared", async () => {
    const storage = open(leila);
    await storage.change(one, write("ask", "Who paid?"));
    await storage.change(other, write("ask", "Who knew?"));
    await storage.clear();
    expect(await storage.all()).toEqual([]);
  });
});

it("is never given to anybody else", async () => {
  const [hers, his] = [browserStorage(leila), browserStorage(tomas)];
  await hers.change(one, write("ask", "hers"));
  await his.change(one, write("ask", "his"));
  expect((await hers.all()).map(({ drafts }) => drafts)).toEqual([{ ask: "hers" }]);
  await his.clear();
  expect((await hers.read(one)).drafts).toEqual({ ask: "hers" });
  expect(await his.all()).toEqual([]);
});

it("keeps the text of two tabs of one person", async () => {
  const [tab, second] = [browserStorage(leila), browserStorage(leila)];
  await Promise.all([tab.change(one, write("ask", "one")), second.change(one, write("return", "two"))]);
  expect((await tab.read(one)).drafts).toEqual({ ask: "one", return: "two" });
});

it("leaves the kept text as it was when a change fails", async () => {
  const storage = browserStorage(leila);
  await storage.change(one, write("ask", "Who paid?"));
  const failing = () => {
    throw new Error("a bug");
  };
  await expect(storage.change(one, failing)).rejects.toThrow("a bug");
  expect((await storage.read(one)).drafts).toEqual({ ask: "Who paid?" });
});
