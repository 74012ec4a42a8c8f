import { expect, test } from "vitest";
import type { CarriedAnchor } from "../domain/revision";
import { DecisionQueue, type Wanted } from "./decision-queue";

const confirm: Wanted = { kind: "confirm" };
const cut: Wanted = { kind: "set_aside" };
const anchor = (anchorId: string) => ({ anchorId }) as CarriedAnchor;

/** A server that answers when it is told to. */
function server() {
  const calls: { id: string; wanted: Wanted; answer: (error?: Error) => void }[] = [];
  const saved: string[] = [];
  const kept = new Map<string, Wanted>();
  const queue = new DecisionQueue(
    (id, wanted) =>
      new Promise((resolve, reject) => {
        calls.push({ id, wanted, answer: (error) => (error ? reject(error) : resolve(anchor(id))) });
      }),
    ({ anchorId }) => saved.push(anchorId),
    { keep: (id, wanted) => kept.set(id, wanted), drop: (id) => kept.delete(id) },
  );
  const sent = () => calls.map(({ id, wanted }) => [id, wanted?.kind ?? null]);
  const answer = async (error?: Error) => {
    calls.at(-1)?.answer(error);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { queue, saved, kept, sent, answer };
}

test("decisions go one after the other", async () => {
  const { queue, saved, sent, answer } = server();
  queue.decide("a", confirm);
  queue.decide("b", cut);
  expect(sent()).toEqual([["a", "confirm"]]);
  await answer();
  expect(sent()).toEqual([
    ["a", "confirm"],
    ["b", "set_aside"],
  ]);
  await answer();
  await queue.settle();
  expect(saved).toEqual(["a", "b"]);
  expect(queue.get().unsent.size).toBe(0);
  expect(queue.get().savedAt).not.toBeNull();
});

test("a second thought that comes while the first is sent goes after it", async () => {
  const { queue, sent, answer } = server();
  queue.decide("a", confirm);
  queue.decide("a", null);
  await answer();
  expect(queue.get().unsent.has("a")).toBe(true);
  await answer();
  expect(sent()).toEqual([
    ["a", "confirm"],
    ["a", null],
  ]);
  expect(queue.get().unsent.size).toBe(0);
});

test("what failed is kept, holds up nothing else, and goes again when asked", async () => {
  const { queue, sent, answer } = server();
  queue.decide("a", confirm);
  queue.decide("b", cut);
  await answer(new Error("lost"));
  await answer();
  await queue.settle();
  expect([...queue.get().unsent]).toEqual([["a", confirm]]);
  expect(queue.get().failed.has("a")).toBe(true);
  queue.retry();
  await answer();
  expect(sent().at(-1)).toEqual(["a", "confirm"]);
  expect(queue.get()).toMatchObject({ unsent: new Map(), failed: new Map() });
});

test("what failed is let go of when the person says so", async () => {
  const { queue, sent, answer } = server();
  queue.decide("a", confirm);
  await answer(new Error("refused"));
  queue.drop();
  expect(queue.get().unsent.size).toBe(0);
  expect(sent()).toHaveLength(1);
});

test("a decision is kept until it is saved or let go of", async () => {
  const { queue, kept, answer } = server();
  queue.decide("a", confirm);
  queue.decide("b", cut);
  expect([...kept.keys()]).toEqual(["a", "b"]);
  await answer();
  expect([...kept.keys()]).toEqual(["b"]);
  await answer(new Error("no"));
  expect([...kept.keys()]).toEqual(["b"]);
  queue.drop();
  expect(kept.size).toBe(0);
});

test("what an earlier page left is sent; what is held waits to be asked for", async () => {
  const { queue, sent, answer } = server();
  const left = new Map<string, Wanted>([
    ["a", confirm],
    ["b", cut],
  ]);
  queue.restore(left, new Map([["b", new Error("somebody else")]]));
  await answer();
  expect(sent()).toEqual([["a", "confirm"]]);
  expect([...queue.get().unsent.keys()]).toEqual(["b"]);
  queue.retry();
  expect(sent().at(-1)).toEqual(["b", "set_aside"]);
});
