import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";
import { type LiveEvent, liveStream, type Presence } from "../domain/article";
import type { Actor } from "../domain/people";
import { lastEventOf } from "./articles";
import { recordEvent } from "./audit";
import { updateClaim } from "./claims";
import { type Database, database, transaction } from "./db";
import { environment } from "./env";
import { EventHub, type HubTimes } from "./events";
import { newId } from "./ids";
import { placeClaim, undoPlaceChange } from "./places";
import { setPresence } from "./presence";
import { createRating, updateRating } from "./ratings";

const quick: Partial<HubTimes> = { heartbeat: 60_000, poll: 60_000, retry: 20, retryMost: 100, probe: 2_000 };

let db: Database;
let actor: Actor;
let colleague: Actor;
let article: MadeArticle;
const hubs: EventHub[] = [];

function startHub(times: Partial<HubTimes> = {}, connectionString = environment().DATABASE_URL): EventHub {
  const hub = new EventHub(connectionString, db, { ...quick, ...times });
  hubs.push(hub);
  return hub;
}

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  actor = await makeActor(db, "reviewer", "Ada");
  colleague = await makeActor(db, "editor", "Ben");
  article = await makeArticle(db, actor);
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});
afterAll(() => database().$disconnect());

type Message = { event: string; data: unknown; id: string | undefined };

/** A browser at the other end of a stream: parses what comes, as EventSource would. */
class Listener {
  readonly messages: Message[] = [];
  ended = false;
  readonly connection = new AbortController();
  private readonly waiting = new Set<() => void>();

  static async open(hub: EventHub, by: Actor, after: number | null = null, on = article): Promise<Listener> {
    const listener = new Listener();
    const stream = await hub.open(by, on.id, after, listener.connection.signal);
    void listener.read(stream);
    await listener.until(() => listener.of("stream").length > 0);
    return listener;
  }

  private async read(stream: ReadableStream): Promise<void> {
    let rest = "";
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      rest += chunk;
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
        );
        if (fields.event)
          this.messages.push({ event: fields.event, data: JSON.parse(fields.data ?? ""), id: fields.id });
        else this.messages.push({ event: "comment", data: block, id: undefined });
      }
      for (const look of this.waiting) look();
    }
    this.ended = true;
    for (const look of this.waiting) look();
  }

  of(event: string): Message[] {
    return this.messages.filter((message) => message.event === event);
  }
  get changes(): LiveEvent[] {
    return this.of("change").map(({ data }) => data as LiveEvent);
  }
  get presence(): Presence {
    return (this.of("presence").at(-1)?.data ?? []) as Presence;
  }
  get people(): string[] {
    return this.presence.map(({ name }) => name);
  }
  get streamId(): string {
    return liveStream.parse(this.of("stream")[0]?.data).id;
  }

  until(condition: () => boolean, milliseconds = 5_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`Waited in vain; heard ${JSON.stringify(this.messages)}`));
      }, milliseconds);
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}

const something = (action = "article.updated", on = article) =>
  transaction((tx) => recordEvent(tx, { actor: colleague, action, articleId: on.id }));

describe("changes", () => {
  test("reach the streams of the article on every instance, and of no other article", async () => {
    const other = await makeArticle(db, actor);
    const [first, second] = [startHub(), startHub()];
    const here = await Listener.open(first, actor);
    const there = await Listener.open(second, colleague);
    const elsewhere = await Listener.open(second, colleague, null, other);
    const claim = await makeClaim(db, actor, article);

    await updateClaim(colleague, claim.id, 1, { claimant: "The mayor" });

    const about = { articleId: article.id, claimId: claim.id, actorId: colleague.id, action: "claim.updated" };
    for (const listener of [here, there]) {
      await listener.until(() => listener.changes.length > 0);
      expect(listener.changes).toEqual([{ ...about, id: await lastEventOf(db, article.id) }]);
      expect(listener.of("change")[0]?.id).toBe(String(listener.changes[0]?.id));
    }
    expect(elsewhere.changes).toEqual([]);
  });

  test("of a claim that stands in other articles reach those too, in order with their own, and the last one that takes it out", async () => {
    const other = await makeArticle(db, actor);
    const hub = startHub();
    const before = await lastEventOf(db, other.id);
    const [here, there] = [await Listener.open(hub, actor), await Listener.open(hub, actor, null, other)];
    const claim = await makeClaim(db, actor, article);
    const [start, exact] = [other.text.indexOf("The auditor"), "The auditor"];
    const place = { change: newId(), revisionId: other.revisionId, start, end: start + exact.length, exact };
    await placeClaim(colleague, claim.id, newId(), 1, place);
    const own = await something("article.updated", other);
    await undoPlaceChange(colleague, place.change);
    await updateClaim(colleague, claim.id, 3, { claimant: "The mayor" });
    await here.until(() => here.changes.length >= 3);
    await there.until(() => there.changes.length >= 3);
    expect(here.changes.map(({ action }) => action)).toEqual([
      "claim.place_added",
      "claim.place_restored",
      "claim.updated",
    ]);
    expect(there.changes).toMatchObject([
      { articleId: other.id, claimId: claim.id, action: "claim.place_added" },
      { id: own, action: "article.updated" },
      { articleId: other.id, claimId: claim.id, action: "claim.place_restored" },
    ]);
    expect(await lastEventOf(db, other.id)).toBe(there.changes.at(-1)?.id);
    const again = await Listener.open(hub, actor, before, other);
    await again.until(() => again.changes.length >= 3);
    expect(again.changes).toEqual(there.changes);
  });

  test("of the scale reach every open article, and whoever comes back to one", async () => {
    const other = await makeArticle(db, actor);
    const admin = await makeActor(db, "admin");
    const before = await lastEventOf(db, article.id);
    const hub = startHub();
    const [here, there] = [await Listener.open(hub, actor), await Listener.open(hub, actor, null, other)];
    const input = { id: newId(), label: "Misattributed", definition: "", symbol: "↔", color: "context" } as const;
    await createRating(admin, { ...input, position: 6, claimReviewValue: null });
    await updateRating(admin, input.id, 1, { symbol: "⇄" });
    const again = await Listener.open(hub, actor, before);
    for (const [listener, articleId] of [
      [here, article.id],
      [there, other.id],
      [again, article.id],
    ] as const) {
      await listener.until(() => listener.changes.length >= 2);
      expect(listener.changes).toMatchObject([
        { articleId, claimId: null, actorId: admin.id, action: "rating.created" },
        { articleId, claimId: null, actorId: admin.id, action: "rating.updated" },
      ]);
      expect(listener.changes.at(-1)?.id).toBe(await lastEventOf(db, articleId));
    }
  });

  test("that came between two streams are caught up with, each once and in order", async () => {
    const hub = startHub();
    const before = await lastEventOf(db, article.id);
    const numbers = [await something(), await something(), await something()];
    const listener = await Listener.open(hub, actor, before);
    numbers.push(await something());
    await listener.until(() => listener.changes.length >= 4);
    expect(listener.changes.map(({ id }) => id)).toEqual(numbers);

    const again = await Listener.open(hub, actor, numbers[1] ?? 0);
    await again.until(() => again.changes.length >= 2);
    expect(again.changes.map(({ id }) => id)).toEqual(numbers.slice(2));
  });

  test("are missed by no stream that opens while those before it are sent to", async () => {
    const hub = startHub();
    await Listener.open(hub, colleague);
    const before = await lastEventOf(db, article.id);
    const writing: Promise<number>[] = [];
    const opened: Listener[] = [];
    for (let i = 0; i < 8; i++) {
      writing.push(something());
      opened.push(await Listener.open(hub, actor, before));
    }
    const numbers = (await Promise.all(writing)).sort((a, b) => a - b);
    for (const listener of opened) {
      await listener.until(() => listener.changes.length >= numbers.length);
      expect(listener.changes.map(({ id }) => id)).toEqual(numbers);
    }
  });

  test("more than one look can hold all arrive, while others write", async () => {
    const hub = startHub();
    const before = await lastEventOf(db, article.id);
    await db.$executeRaw`
      INSERT INTO audit_event (action, article_id) SELECT 'article.updated', ${article.id}::uuid FROM generate_series(1, 1200)`;
    const listener = await Listener.open(hub, actor, before);
    await Promise.all(Array.from({ length: 6 }, () => something()));
    await listener.until(() => listener.changes.length >= 1206);
    const ids = listener.changes.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(ids).toHaveLength(1206);
  });

  test("of many writers at once: none is missed by a stream that only goes forward", async () => {
    const listeners = await Promise.all([startHub(), startHub()].map((hub) => Listener.open(hub, actor)));
    const writers = Array.from({ length: 6 }, async () => [await something(), await something(), await something()]);
    const numbers = (await Promise.all(writers)).flat();
    for (const listener of listeners) {
      await listener.until(() => listener.changes.length >= numbers.length);
      expect(new Set(listener.changes.map(({ id }) => id))).toEqual(new Set(numbers));
    }
  });
});

describe("a database that goes away", () => {
  test("ends no stream; what happened meanwhile arrives afterwards", async () => {
    const listener = await Listener.open(startHub(), actor);
    const before = await something();
    await listener.until(() => listener.changes.length === 1);
    // The event is written on the connection that ends the others, so that nobody listens when it is told.
    const [ended] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
      WHERE application_name = 'claimdesk events' AND datname = current_database()`;
    expect(ended?.count).toBe(1);
    const during = await something();
    await listener.until(() => listener.changes.length === 2);
    const after = await something();
    await listener.until(() => listener.changes.length === 3);
    expect(listener.changes.map(({ id }) => id)).toEqual([before, during, after]);
    expect(listener.ended).toBe(false);
  });

  test("where nobody can listen, the record is polled", async () => {
    const away = new URL(environment().DATABASE_URL);
    away.port = "1";
    const listener = await Listener.open(startHub({ poll: 30 }, away.href), actor);
    const number = await something();
    await listener.until(() => listener.changes.length === 1);
    expect(listener.changes[0]?.id).toBe(number);
    await listener.until(() => listener.people.includes("Ada"));
    expect(listener.of("presence")).toHaveLength(1);
  });
});

describe("presence", () => {
  test("says who is in the article and on which claim, on every instance, each person once", async () => {
    const [first, second] = [startHub(), startHub()];
    const ada = await Listener.open(first, actor);
    const ben = await Listener.open(second, colleague);
    const secondTab = await Listener.open(second, colleague);
    await ada.until(() => ada.people.join() === "Ada,Ben");

    const claim = await makeClaim(db, actor, article);
    await setPresence(colleague, ben.streamId, claim.id);
    const onClaim = () => ada.presence.find(({ name }) => name === "Ben")?.claimId;
    await ada.until(() => onClaim() === claim.id);

    ben.connection.abort();
    await ada.until(() => onClaim() === null);
    secondTab.connection.abort();
    await ada.until(() => ada.people.join() === "Ada");
    expect(await db.presence.count()).toBe(1);
  });

  test("is one's own to set", async () => {
    const listener = await Listener.open(startHub(), actor);
    await expect(setPresence(colleague, listener.streamId, null)).rejects.toMatchObject({ code: "not_found" });
    await expect(setPresence(actor, newId(), null)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of a process that was killed is swept", async () => {
    await db.presence.create({
      data: { id: newId(), articleId: article.id, userId: colleague.id, seenAt: new Date(Date.now() - 60_000) },
    });
    const listener = await Listener.open(startHub({ heartbeat: 30 }), actor);
    await listener.until(() => listener.people.length > 0);
    expect(listener.people).toEqual(["Ada"]);
    await expect.poll(() => db.presence.count()).toBe(1);
  });

  test("is made again by the heartbeat when it was swept while the database was away", async () => {
    const listener = await Listener.open(startHub({ heartbeat: 30 }), actor);
    await db.presence.deleteMany({});
    await expect.poll(() => db.presence.findMany({ select: { id: true } })).toEqual([{ id: listener.streamId }]);
  });
});

describe("a stream", () => {
  test("gives signs of life", async () => {
    const listener = await Listener.open(startHub({ heartbeat: 20 }), actor);
    await listener.until(() => listener.of("comment").length >= 2);
  });

  test("ends when its session ended, and when its person was disabled; others go on", async () => {
    const leaving = await makeActor(db, "reviewer");
    const disabled = await makeActor(db, "reviewer");
    const hub = startHub({ heartbeat: 20 });
    const streams = await Promise.all([leaving, disabled, actor].map((by) => Listener.open(hub, by)));
    await db.session.delete({ where: { id: leaving.sessionId } });
    await streams[0]?.until(() => streams[0]?.ended === true);
    await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    await streams[1]?.until(() => streams[1]?.ended === true);
    expect(streams[2]?.ended).toBe(false);
    await expect.poll(() => db.presence.count({ where: { userId: { in: [leaving.id, disabled.id] } } })).toBe(0);
  });

  test("of an article that is not here is refused, and so is one too many", async () => {
    const hub = startHub();
    const signal = new AbortController().signal;
    await expect(hub.open(actor, newId(), null, signal)).rejects.toMatchObject({ code: "not_found" });
    await Promise.all(Array.from({ length: 20 }, () => Listener.open(hub, actor)));
    await expect(hub.open(actor, article.id, null, signal)).rejects.toMatchObject({ code: "rate_limited" });
    await Listener.open(hub, colleague);
  });

  test("of a browser that takes nothing is closed rather than kept in memory for ever", async () => {
    const hub = startHub();
    await hub.open(actor, article.id, 0, new AbortController().signal);
    const listener = await Listener.open(hub, colleague);
    await db.$executeRaw`
      INSERT INTO audit_event (action, article_id) SELECT 'article.updated', ${article.id}::uuid FROM generate_series(1, 1100)`;
    await something();
    await listener.until(() => listener.changes.length >= 1101);
    await expect.poll(() => db.presence.count({ where: { userId: actor.id } })).toBe(0);
  });

  test("ends with the server, which takes no new one then", async () => {
    const hub = startHub();
    const listener = await Listener.open(hub, actor);
    await hub.close();
    await listener.until(() => listener.ended);
    expect(await db.presence.count()).toBe(0);
    const [open] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE application_name = 'claimdesk events' AND datname = current_database()`;
    expect(open?.count).toBe(0);
    await expect(hub.open(actor, article.id, null, new AbortController().signal)).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});
