import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import { Unreachable } from "./call";
import { sampleClaim, sampleEvidence, sampleId, sampleSource } from "./claim-sample";
import { type Message, Outbox, type Ports } from "./outbox";
import { type Send, same, valueIn } from "./outbox-queue";
import { memoryStorage, type QueueStorage } from "./outbox-storage";

const claimId = sampleId(10);
const userId = sampleId(1);

type Weather = "fine" | "cut before" | "cut after" | "busy" | "signed out" | "gone";

/** A server of one claim, as strict as the real one: a change of fields holds only over the fields that it was made on. */
class FakeServer {
  claim: ClaimView = sampleClaim();
  private fieldsVersion = 1;
  weather: Weather = "fine";
  readonly accepted: { send: Send; over: ClaimView }[] = [];

  readonly answer = async (send: Send): Promise<ClaimView> => {
    if (this.weather === "cut before") throw new Unreachable("lost", { cause: new TypeError("failed to fetch") });
    if (this.weather === "busy") throw new AppError("unavailable", "Try later", { retryAfter: 2 });
    if (this.weather === "signed out") throw new AppError("unauthenticated", "Your session has ended.");
    if (this.weather === "gone") throw new AppError("not_found", "This claim is not here.");
    const view = this.apply(send);
    if (this.weather === "cut after") throw new Unreachable("lost", { cause: new TypeError("failed to fetch") });
    return structuredClone(view);
  };

  readonly read = async (): Promise<ClaimView> => {
    if (this.weather === "gone") throw new AppError("not_found", "This claim is not here.");
    if (this.weather !== "fine") throw new Unreachable("lost");
    return structuredClone(this.claim);
  };

  /** Somebody else at work. */
  change(fields: Partial<ClaimView>): void {
    const version = this.claim.version + 1;
    this.fieldsVersion = version;
    this.claim = { ...this.claim, ...fields, version };
  }

  private conflict = () =>
    new AppError("conflict", "Somebody changed this claim in the meantime.", { current: structuredClone(this.claim) });

  private apply(send: Send): ClaimView {
    if (this.claim.trashedAt && !(send.kind === "command" && send.command.request.name === "restoreClaim"))
      throw this.conflict();
    const version = this.claim.version + 1;
    if (send.kind === "patch") {
      const fields = Object.fromEntries(send.edits.map(({ field, value }) => [field, value]));
      if (send.record === "evidence") {
        const row = this.claim.evidence.find(({ id }) => id === send.recordId);
        if (!row || row.version !== send.version) throw this.conflict();
        const evidence = this.claim.evidence.map((one) =>
          one === row ? { ...row, ...fields, version: row.version + 1 } : one,
        );
        this.accepted.push({ send, over: this.claim });
        this.claim = { ...this.claim, version, evidence };
        return this.claim;
      }
      if (Object.entries(fields).every(([name, value]) => same(this.claim[name as keyof ClaimView], value)))
        return this.claim;
      if (send.version < this.fieldsVersion || send.version > this.claim.version) throw this.conflict();
      this.accepted.push({ send, over: this.claim });
      this.fieldsVersion = version;
      this.claim = { ...this.claim, ...fields, version };
      return this.claim;
    }
    const { request } = send.command;
    if (request.name === "moveClaim") {
      if (send.command.version !== this.claim.version) throw this.conflict();
      if (request.body.event !== "submit") throw new AppError("invalid", "Not now");
      this.claim = { ...this.claim, version, state: "in_review" };
    } else if (request.name === "createEvidence") {
      const { sourceId, ...body } = request.body;
      const made = sampleEvidence({ ...body, source: { ...request.source, id: sourceId } });
      if (!this.claim.evidence.some(({ id }) => id === made.id))
        this.claim = { ...this.claim, version, evidence: [...this.claim.evidence, made] };
    } else if (request.name === "restoreClaim") this.claim = { ...this.claim, version, trashedAt: null };
    this.accepted.push({ send, over: this.claim });
    return this.claim;
  }
}

const told: Message[] = [];
const outboxes: Outbox[] = [];
function outboxOn(server: FakeServer, storage: QueueStorage = memoryStorage(), more: Partial<Ports> = {}): Outbox {
  const outbox = new Outbox(userId, {
    storage,
    send: server.answer,
    readClaim: server.read,
    exclusively: (_, work) => work(),
    tell: (message) => told.push(message),
    isOnline: () => true,
    ...more,
  });
  outboxes.push(outbox);
  return outbox;
}

const write = (outbox: Outbox, value: string) => {
  const seen = outbox.state(claimId).view;
  if (!seen) throw new Error("Not read yet");
  outbox.type(seen, { record: "claim", recordId: claimId, field: "statement", value });
};

const settle = () => vi.advanceTimersByTimeAsync(120_000);

beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
});
afterEach(() => {
  for (const outbox of outboxes.splice(0)) outbox.stop();
  vi.useRealTimers();
});

describe("saving", () => {
  it("sends once the person pauses, and says so", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    write(outbox, "n");
    await vi.advanceTimersByTimeAsync(500);
    write(outbox, "new");
    expect(outbox.getSaveState()).toEqual({ kind: "saving" });
    await vi.advanceTimersByTimeAsync(600);
    expect(server.accepted).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.claim.statement).toBe("new");
    expect(outbox.getSaveState()).toMatchObject({ kind: "saved", at: expect.any(Number) });
    expect(outbox.unsent()).toBe(0);
  });

  it("does not wait for ever for a pause", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    for (let count = 1; count <= 20; count += 1) {
      write(outbox, "x".repeat(count));
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(server.claim.statement.length).toBeGreaterThan(10);
  });

  it("shows what is typed at once, whatever the server does", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = "cut before";
    write(outbox, "new");
    expect(outbox.state(claimId).shown?.statement).toBe("new");
    await settle();
    expect(outbox.state(claimId).shown?.statement).toBe("new");
  });
});

describe("trouble", () => {
  it.each([
    ["cut before", "offline"],
    ["busy", "retrying"],
    ["signed out", "signed_out"],
  ] as const)("keeps the text while the server is %s, and sends it afterwards", async (weather, kind) => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = weather;
    write(outbox, "new");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(outbox.getSaveState()).toMatchObject({ kind, waiting: 1, kept: false });
    server.weather = "fine";
    outbox.wake();
    await vi.advanceTimersByTimeAsync(10);
    expect(server.claim.statement).toBe("new");
    expect(outbox.getSaveState()).toMatchObject({ kind: "saved" });
  });

  it("tries again by itself, more and more rarely", async () => {
    const server = new FakeServer();
    const send = vi.fn(server.answer);
    const outbox = outboxOn(server, memoryStorage(), { send });
    await outbox.open(claimId);
    server.weather = "cut before";
    write(outbox, "new");
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(send.mock.calls.length).toBeGreaterThan(8);
    expect(send.mock.calls.length).toBeLessThan(20);
    server.weather = "fine";
    await settle();
    expect(server.claim.statement).toBe("new");
  });

  it("waits as long as the server asks for", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = "busy";
    write(outbox, "new");
    await vi.advanceTimersByTimeAsync(800);
    server.weather = "fine";
    await vi.advanceTimersByTimeAsync(1_800);
    expect(server.accepted).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(400);
    expect(server.claim.statement).toBe("new");
  });

  it("knows its own text again when only the answer was lost, and goes on from there", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = "cut after";
    for (const value of ["new", "newer", "newest"]) {
      write(outbox, value);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    server.weather = "fine";
    await settle();
    expect(server.claim.statement).toBe("newest");
    expect(outbox.unsent()).toBe(0);
  });

  it("does a thing once when only the answer was lost", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = "cut after";
    outbox.move(outbox.state(claimId).view as ClaimView, { event: "submit" });
    await vi.advanceTimersByTimeAsync(50);
    server.weather = "fine";
    await settle();
    expect(server.claim).toMatchObject({ state: "in_review", version: 2 });
    expect(outbox.unsent()).toBe(0);
  });

  it("keeps what was typed on a claim that is gone", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = "gone";
    write(outbox, "new");
    await settle();
    expect(outbox.state(claimId)).toMatchObject({
      status: "gone",
      queue: { entries: [{ value: "new", held: { because: "gone" } }] },
    });
    expect(outbox.getSaveState()).toEqual({ kind: "held", claimIds: [claimId] });
  });

  it("saves it by itself when the claim comes out of the trash", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.change({ trashedAt: "2026-11-23T11:00:00.000Z" });
    write(outbox, "new");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(outbox.state(claimId).queue.entries[0]?.held).toEqual({ because: "trashed" });
    outbox.restore(claimId);
    await settle();
    expect(server.claim).toMatchObject({ statement: "new", trashedAt: null });
  });
});

describe("a claim that could not be made", () => {
  it("keeps what was written on it until the person lets go of all of it", async () => {
    const server = new FakeServer();
    const refuse = async (): Promise<never> => {
      throw new AppError("invalid", "An article holds at most 5,000 claims.");
    };
    const outbox = outboxOn(server, memoryStorage(), { send: refuse });
    outbox.createClaim(
      sampleId(20),
      { id: claimId, revisionId: sampleId(21), anchors: [] },
      sampleClaim({ version: 0 }),
    );
    write(outbox, "written on it");
    await settle();
    expect(outbox.state(claimId).shown?.statement).toBe("written on it");
    expect(outbox.unsent()).toBe(2);
    outbox.abandon(claimId);
    await settle();
    expect(outbox.unsent()).toBe(0);
  });
});

describe("two people", () => {
  it("merges fields that only one of them changed", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.change({ claimant: "Officials" });
    write(outbox, "new");
    await settle();
    expect(server.claim).toMatchObject({ statement: "new", claimant: "Officials" });
  });

  it("holds a field that both changed, goes on with the rest, and sends what the person chooses", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.change({ statement: "theirs" });
    write(outbox, "mine");
    const seen = outbox.state(claimId).view as ClaimView;
    outbox.type(seen, { record: "claim", recordId: claimId, field: "claimant", value: "Officials" });
    await settle();
    expect(server.claim).toMatchObject({ statement: "theirs", claimant: "Officials" });
    const [entry] = outbox.state(claimId).queue.entries;
    expect(entry?.held).toMatchObject({ because: "conflict", theirs: "theirs" });
    expect(outbox.getSaveState()).toEqual({ kind: "held", claimIds: [claimId] });
    outbox.resolve(claimId, entry?.key ?? "", "both");
    await settle();
    expect(server.claim.statement).toBe("both");
    expect(outbox.unsent()).toBe(0);
  });

  it("never submits what was not seen", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    const seen = outbox.state(claimId).view as ClaimView;
    server.change({ claimant: "somebody else’s words" });
    outbox.move(seen, { event: "submit" });
    await settle();
    expect(server.claim.state).toBe("in_check");
    expect(outbox.state(claimId).queue.entries[0]?.held).toMatchObject({ because: "refused" });
  });
});

describe("a claim that is open before the person", () => {
  const opened = async (server: FakeServer) => {
    const outbox = outboxOn(server);
    const close = outbox.look(claimId);
    await settle();
    const hear = () => outbox.learn(structuredClone(server.claim));
    return { outbox, close, hear, state: () => outbox.state(claimId) };
  };
  const verdict = (value: string) => ({ record: "claim", recordId: claimId, field: "ratingId", value }) as const;
  const seenOf = ({ outbox }: { outbox: Outbox }) => outbox.state(claimId).seen as ClaimView;

  it("keeps what others change until it is asked for, for whoever only reads as well", async () => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ claimant: "theirs", ratingId: sampleId(50) });
    open.hear();
    expect(open.state()).toMatchObject({ seen: { claimant: null, ratingId: null, version: 1 }, unseen: 2 });
    open.outbox.catchUp(claimId);
    expect(open.state()).toMatchObject({ seen: { claimant: "theirs", version: 2 }, unseen: 0 });
  });

  it("is of the newest version when it is opened again", async () => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ claimant: "theirs" });
    open.hear();
    open.close();
    expect(open.state()).toMatchObject({ seen: { claimant: "theirs" }, unseen: 0 });
    const again = open.outbox.look(claimId);
    await settle();
    expect(open.state().unseen).toBe(0);
    again();
  });

  it("holds a verdict that is given over one that was not seen, and takes neither away", async () => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ ratingId: sampleId(50) });
    open.hear();
    open.outbox.type(seenOf(open), verdict(sampleId(51)));
    await settle();
    expect(server.claim.ratingId).toBe(sampleId(50));
    expect(open.state().queue.entries[0]?.held).toMatchObject({ because: "conflict", theirs: sampleId(50) });
  });

  it("shows one’s own verdict that the other side has given as well", async () => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ ratingId: sampleId(50) });
    open.hear();
    open.outbox.type(seenOf(open), verdict(sampleId(50)));
    expect(open.state()).toMatchObject({ shown: { ratingId: sampleId(50) }, unseen: 0 });
  });

  it.each(["submit", "approve"] as const)("binds a %s to what was seen", async (event) => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ claimant: "unseen" });
    open.hear();
    open.outbox.move(seenOf(open), { event });
    await settle();
    expect(server.claim.state).toBe("in_check");
    expect(open.state().queue.entries[0]?.held).toMatchObject({ because: "refused" });
  });

  it("keeps one’s own saved text and lets theirs wait", async () => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ claimant: "theirs" });
    open.hear();
    open.outbox.type(seenOf(open), { record: "claim", recordId: claimId, field: "statement", value: "mine" });
    await settle();
    expect(server.claim).toMatchObject({ statement: "mine", claimant: "theirs" });
    expect(open.state()).toMatchObject({ shown: { statement: "mine", claimant: null }, unseen: 1 });
  });

  it("shows their text once it was taken in a conflict", async () => {
    const server = new FakeServer();
    const open = await opened(server);
    server.change({ statement: "theirs" });
    open.outbox.type(seenOf(open), { record: "claim", recordId: claimId, field: "statement", value: "mine" });
    await settle();
    const [entry] = open.state().queue.entries;
    open.outbox.resolve(claimId, entry?.key ?? "", "theirs");
    await settle();
    expect(open.state()).toMatchObject({ shown: { statement: "theirs" }, unseen: 0, queue: { entries: [] } });
  });
});

describe("a new source", () => {
  it("that the library had already is replaced by the one that is there, before evidence is made of it", async () => {
    const server = new FakeServer();
    const kept = sampleSource({ id: sampleId(31), title: "As the library has it" });
    const send = async (send: Send) =>
      send.kind === "command" && send.command.request.name === "createSource" ? kept : server.answer(send);
    const outbox = outboxOn(server, memoryStorage(), { send });
    await outbox.open(claimId);
    const reused = vi.fn();
    outbox.onReused(reused);
    outbox.addEvidence(claimId, sampleSource({ id: sampleId(32) }), true);
    await settle();
    expect(server.claim.evidence.map(({ source }) => source.id)).toEqual([kept.id]);
    expect(reused).toHaveBeenCalledWith(kept);
  });

  it("can be written on before any of it has reached the server", async () => {
    const server = new FakeServer();
    const send = async (send: Send) =>
      send.kind === "command" && send.command.request.name === "createSource" ? sampleSource() : server.answer(send);
    const outbox = outboxOn(server, memoryStorage(), { send });
    await outbox.open(claimId);
    server.weather = "cut before";
    const id = outbox.addEvidence(claimId, sampleSource(), true);
    const seen = outbox.state(claimId).view as ClaimView;
    outbox.type(seen, { record: "evidence", recordId: id, field: "excerpt", value: "Verbatim" });
    expect(outbox.state(claimId).shown?.evidence[0]).toMatchObject({ id, excerpt: "Verbatim" });
    server.weather = "fine";
    outbox.wake();
    await settle();
    expect(server.claim.evidence[0]).toMatchObject({ id, excerpt: "Verbatim" });
  });
});

describe("tabs and visits", () => {
  it("sends at the next visit what a closed page had left", async () => {
    const server = new FakeServer();
    const storage = memoryStorage();
    const first = outboxOn(server, storage);
    await first.open(claimId);
    server.weather = "cut before";
    write(first, "new");
    await settle();
    first.stop();
    server.weather = "fine";
    const second = outboxOn(server, storage);
    await second.start();
    await settle();
    expect(server.claim.statement).toBe("new");
  });

  it("finds a conflict at the next visit with what was typed over an older text", async () => {
    const server = new FakeServer();
    const storage = memoryStorage();
    const first = outboxOn(server, storage);
    await first.open(claimId);
    server.weather = "cut before";
    write(first, "mine");
    await settle();
    first.stop();
    server.weather = "fine";
    server.change({ statement: "theirs" });
    const second = outboxOn(server, storage);
    await second.start();
    await settle();
    expect(server.claim.statement).toBe("theirs");
    expect(second.state(claimId).queue.entries[0]).toMatchObject({ value: "mine", held: { theirs: "theirs" } });
  });

  it("shows in one tab what is typed in another, and forgets it in all when the person signs out", async () => {
    const server = new FakeServer();
    const storage = memoryStorage();
    const [one, other] = [outboxOn(server, storage), outboxOn(server, storage)];
    await Promise.all([one.open(claimId), other.open(claimId)]);
    server.weather = "cut before";
    write(one, "new");
    await vi.advanceTimersByTimeAsync(10);
    other.hear({ about: "queue", userId, claimId });
    await vi.advanceTimersByTimeAsync(10);
    expect(other.state(claimId).shown?.statement).toBe("new");
    await one.clear();
    for (const message of told) other.hear(message);
    await vi.advanceTimersByTimeAsync(10);
    expect([one.unsent(), other.unsent(), (await storage.all()).length]).toEqual([0, 0, 0]);
  });

  it("does not listen to another person’s tabs", async () => {
    const server = new FakeServer();
    const outbox = outboxOn(server);
    await outbox.open(claimId);
    server.weather = "cut before";
    write(outbox, "new");
    outbox.hear({ about: "cleared", userId: sampleId(2) });
    outbox.hear({ about: "view", userId: sampleId(2), view: sampleClaim({ version: 99, statement: "not for me" }) });
    expect(outbox.state(claimId)).toMatchObject({ shown: { statement: "new" }, view: { version: 1 } });
  });

  it("goes on in memory when the browser keeps nothing", async () => {
    const server = new FakeServer();
    const full = async () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    const broken: QueueStorage = { durable: true, all: full, read: full, change: full, clear: full };
    const outbox = outboxOn(server, broken);
    await outbox.start();
    await outbox.open(claimId);
    server.weather = "cut before";
    write(outbox, "new");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(outbox.getSaveState()).toMatchObject({ kind: "offline", kept: false });
    server.weather = "fine";
    await settle();
    expect(server.claim.statement).toBe("new");
  });
});

/**
 * The two promises over any weather: what was typed last is on the server or in the outbox, and the server never takes a
 * text over one that its writer had not seen.
 */
describe("whatever happens", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("type" as const), value: fc.string({ minLength: 1, maxLength: 3 }) }),
    fc.record({ do: fc.constant("other" as const), value: fc.string({ minLength: 1, maxLength: 3 }) }),
    fc.record({
      do: fc.constant("weather" as const),
      value: fc.constantFrom<Weather>("fine", "cut before", "cut after", "busy", "signed out"),
    }),
    fc.record({ do: fc.constant("wait" as const), value: fc.integer({ min: 1, max: 3_000 }) }),
    fc.record({ do: fc.constant("reload" as const), value: fc.constant(0) }),
    fc.record({ do: fc.constant("look" as const), value: fc.constant(0) }),
  );

  it("nothing typed is lost, nothing is overwritten unseen", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const server = new FakeServer();
        server.claim = sampleClaim({ statement: "start" });
        const storage = memoryStorage();
        let outbox = outboxOn(server, storage);
        await outbox.open(claimId);
        let last: string | null = null;
        const shownTexts = new Set<unknown>(["start"]);
        const others = new Set<unknown>();
        for (const step of steps) {
          if (step.do === "type") {
            const value = `mine ${step.value}`;
            if (outbox.state(claimId).view) {
              write(outbox, value);
              last = value;
              shownTexts.add(value);
            }
          } else if (step.do === "other") {
            const value = `theirs ${step.value} ${server.claim.version}`;
            others.add(value);
            server.change({ statement: value });
          } else if (step.do === "weather") server.weather = step.value;
          else if (step.do === "wait") await vi.advanceTimersByTimeAsync(step.value);
          else if (step.do === "reload") {
            outbox.stop();
            outbox = outboxOn(server, storage);
            await outbox.start();
            await outbox.open(claimId);
          } else await outbox.open(claimId);
          // What the person has before them: the server's text as far as it is known here, when nothing of theirs lies over it.
          const { view, shown } = outbox.state(claimId);
          if (shown && view) shownTexts.add(shown.statement);
        }
        server.weather = "fine";
        outbox.wake();
        await settle();
        for (const { send, over } of server.accepted)
          if (send.kind === "patch")
            for (const edit of send.edits) {
              const replaced = valueIn(over, edit);
              // Without anybody’s choice, only a text that was shown here is ever replaced.
              expect(!others.has(replaced) || shownTexts.has(replaced)).toBe(true);
            }
        const waiting = outbox
          .state(claimId)
          .queue.entries.map((entry) => (entry.kind === "edit" ? entry.value : null));
        const wasTaken = server.accepted.some(
          ({ send }) => send.kind === "patch" && send.edits.some(({ value }) => value === last),
        );
        expect(last === null || wasTaken || waiting.includes(last) || server.claim.statement === last).toBe(true);
        outbox.stop();
      }),
      { numRuns: 300 },
    );
  });
});
