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
  const queue = new DecisionQueue(
    (id, wanted) =>
      new Promise((resolve, reject) => {
        calls.push({ id, wanted, answer: (error) => (error ? reject(error) : resolve(anchor(id))) });
      }),
    ({ anchorId }) => saved.push(anchorId),
  );
  const sent = () => calls.map(({ id, wanted }) => [id, wanted?.kind ?? null]);
  const answer = async (error?: Error) => {
    calls.at(-1)?.answer(error);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { queue, saved, sent, answer };
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
