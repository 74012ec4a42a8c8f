import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "../domain/errors";
import type { MarkKind, SentenceMark, SentenceMarked } from "../domain/sentence-mark";
import { Unreachable } from "./call";
import type { Wish } from "./kept-marks";
import { MarkQueue } from "./mark-queue";

const me = { id: "01970000-0000-7000-8000-000000000001", name: "Me" };
const they = { id: "01970000-0000-7000-8000-000000000002", name: "They" };
const wish = (start: number, kind: MarkKind | null, was: MarkKind | null = null): Wish => ({
  ...{ start, end: start + 9, was, kind },
});
const mark = (start: number, kind: MarkKind, by = me): SentenceMark => ({
  ...{ start, end: start + 9, kind, by, at: "2026-11-28T05:00:00.000Z" },
});
const answer = (...marks: SentenceMark[]): SentenceMarked => ({ revisionId: me.id, marks, event: 1 });
const conflict = (...marks: SentenceMark[]) =>
  new AppError("conflict", "Somebody marked it.", { current: { ...answer(...marks), event: null } });

/** A server that answers when it is told to. */
function made() {
  const sent: (readonly Wish[])[] = [];
  const told: string[] = [];
  let waiting: { resolve: (answer: SentenceMarked) => void; reject: (error: unknown) => void } | undefined;
  let kept: readonly Wish[] = [];
  const queue = new MarkQueue({
    userId: me.id,
    send(wishes) {
      sent.push(wishes);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    keep: (wishes) => {
      kept = wishes;
    },
    onSaved: (_, wishes) => told.push(`saved ${wishes.length}`),
    onOvertaken: (_, __, theirs) => told.push(`overtaken ${theirs.map(({ by, kind }) => `${by.name} ${kind}`)}`),
    onRefused: ({ message }, wishes) => told.push(`refused ${wishes.length}: ${message}`),
  });
  const settle = async (result: SentenceMarked | unknown) => {
    if (result instanceof Error) waiting?.reject(result);
    else waiting?.resolve(result as SentenceMarked);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { queue, sent, told, settle, kept: () => kept };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is marked while an answer is awaited goes out together, on what the answer said", async () => {
  const { queue, sent, settle, kept } = made();
  queue.want([wish(0, "opinion")]);
  queue.want([wish(10, "no_fact"), wish(20, "no_fact")]);
  queue.want([wish(0, "transition", "opinion")]);
  expect(kept()).toHaveLength(3);
  await settle(answer(mark(0, "opinion")));
  expect(sent).toEqual([
    [wish(0, "opinion")],
    [wish(0, "transition", "opinion"), wish(10, "no_fact"), wish(20, "no_fact")],
  ]);
  await settle(answer());
  expect([kept(), queue.count()]).toEqual([[], 0]);
});

test("several strokes before the first is sent are one, on what stood before all of them", async () => {
  const { queue, sent, settle } = made();
  queue.want([wish(0, "opinion")]);
  queue.want([wish(10, "opinion")]);
  queue.want([wish(10, "transition", "opinion")]);
  await settle(answer());
  expect(sent[1]).toEqual([wish(10, "transition")]);
});

describe("when it cannot be sent", () => {
  test.each([
    [new Unreachable("gone"), "offline"],
    [new AppError("unavailable", "Busy."), "offline"],
    [new AppError("rate_limited", "Slowly."), "offline"],
    [new AppError("unauthenticated", "Sign in."), "signed_out"],
  ])("%s: it is kept, said, and tried again until it is taken", async (error, trouble) => {
    const { queue, sent, settle, kept, told } = made();
    queue.want([wish(0, "opinion")]);
    await settle(error);
    expect([queue.trouble(), kept().length]).toEqual([trouble, 1]);
    await vi.advanceTimersByTimeAsync(1_000);
    await settle(error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(2);
    queue.wake();
    await settle(answer(mark(0, "opinion")));
    expect([sent.length, queue.trouble(), queue.count(), told]).toEqual([3, null, 0, ["saved 1"]]);
  });

  test("it waits as long as the server asks", async () => {
    const { queue, sent, settle } = made();
    queue.want([wish(0, "opinion")]);
    await settle(new AppError("unavailable", "Busy.", { retryAfter: 9 }));
    await vi.advanceTimersByTimeAsync(8_900);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toHaveLength(2);
  });

  test("what is refused for good is told and let go of, and the next goes out", async () => {
    const { queue, sent, settle, told } = made();
    queue.want([wish(0, "opinion")]);
    queue.want([wish(10, "opinion")]);
    await settle(new AppError("invalid", "There is a newer text."));
    await settle(answer());
    expect(told).toEqual(["refused 1: There is a newer text.", "saved 1"]);
    expect(sent).toHaveLength(2);
  });

  test("nothing goes out once it is stopped, until work begins again", async () => {
    const { queue, sent, settle } = made();
    queue.want([wish(0, "opinion")]);
    queue.stop();
    await settle(new Unreachable("gone"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    queue.wake();
    expect(sent).toHaveLength(2);
  });
});

describe("when it was marked meanwhile", () => {
  test("a colleague's mark stands and is told; the others go out again", async () => {
    const { queue, sent, settle, told } = made();
    queue.want([wish(0, "opinion"), wish(10, "opinion")]);
    await settle(conflict(mark(0, "transition", they)));
    expect(told).toEqual(["overtaken They transition"]);
    expect(sent[1]).toEqual([wish(10, "opinion")]);
  });

  test("one's own, of which the answer was lost, is gone on from; a mark taken away is no mark", async () => {
    const { queue, sent, settle, told } = made();
    queue.want([wish(0, "transition"), wish(10, "no_fact", "opinion")]);
    await settle(conflict(mark(0, "opinion", me)));
    expect(sent[1]).toEqual([wish(0, "transition", "opinion"), wish(10, "no_fact", null)]);
    expect(told).toEqual(["overtaken "]);
  });

  test("a refusal that explains nothing is not sent again for ever", async () => {
    const { queue, sent, settle, told } = made();
    queue.want([wish(0, "opinion")]);
    await settle(conflict());
    expect(told).toEqual(["refused 1: Somebody marked it."]);
    expect(sent).toHaveLength(1);
  });
});
