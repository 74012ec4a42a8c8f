/**
 * The live events of articles, as server-sent events. One hub for each process: it listens to PostgreSQL on one connection,
 * so that it works with several instances, and fans out by article.
 *
 * A notification is only a hint to look. What happened is always read from the audit record, from the number that each
 * stream has already sent: the same look serves a new stream, a notification, a stream that reconnects with `Last-Event-ID`,
 * a database that was away, and polling where LISTEN does not reach us. An event says that something happened, never what
 * a record holds; whoever needs it asks for it and is authorized then.
 */
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { LiveEvent, Presence } from "../domain/article";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { lastEventOf } from "./articles";
import { ofScale } from "./audit";
import { type Database, database, databaseFault } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import { endPresence, keepPresence, readPresence, sweepPresence } from "./presence";
import { findLiveSessions } from "./session";

/** Milliseconds. */
export type HubTimes = {
  /** Between two signs of life on every stream; sessions are looked at again as often. */
  heartbeat: number;
  /** Between two looks where notifications do not reach us. */
  poll: number;
  /** From a lost connection to the first try at a new one, and the longest wait between two tries. */
  retry: number;
  retryMost: number;
  /** How long a notification of our own may take before we hold that none arrive. */
  probe: number;
};
const usualTimes: HubTimes = { heartbeat: 15_000, poll: 2_000, retry: 500, retryMost: 15_000, probe: 3_000 };

/** Open streams of one person on one process: many tabs, not a runaway program. */
const streamsPerPerson = 20;
/** Events read for one article at a time. */
const batch = 500;
/** Messages that a browser has not taken before its stream is closed; it comes back and catches up. */
const backlog = 1_000;

/** An open stream: where it stands in its article, and how to send to it. */
type Stream = {
  /** Names its row of presence too. */
  id: string;
  articleId: string;
  actor: Actor;
  /** The number of the last event that it was sent. */
  sent: number;
  /** The people that it was told of last. */
  told: string;
  write: (text: string) => void;
  close: () => void;
};

export class EventHub {
  private readonly streams = new Set<Stream>();
  private readonly times: HubTimes;
  private client: Client | null = null;
  private listener: Promise<void> | null = null;
  /** True while notifications reach us. */
  private listening = false;
  private looking = false;
  private lookAgain = false;
  private beating = false;
  /** Articles whose people have changed since they were last told. */
  private readonly moved = new Set<string>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly ending = new AbortController();
  private readonly probes = new Map<string, () => void>();

  constructor(
    private readonly connectionString: string,
    private readonly db: Database,
    times: Partial<HubTimes> = {},
  ) {
    this.times = { ...usualTimes, ...times };
  }

  /**
   * The stream of an article for a person, from the event after `after`; without it, from now on.
   * @throws AppError `not_found`, `rate_limited` (too many streams), `unavailable` (the server is stopping)
   */
  async open(actor: Actor, articleId: string, after: number | null, signal: AbortSignal): Promise<ReadableStream> {
    authorize(actor, "newsroom.read");
    if (this.ending.signal.aborted)
      throw new AppError("unavailable", "The server is starting again.", { retryAfter: 2 });
    if ([...this.streams].filter((stream) => stream.actor.id === actor.id).length >= streamsPerPerson)
      throw new AppError("rate_limited", "Too many articles are open at once. Close some tabs.", { retryAfter: 30 });
    const article = await this.db.article.findUnique({ where: { id: articleId }, select: { id: true } });
    if (!article) throw new AppError("not_found", "This article is not here.");
    const sent = after ?? (await lastEventOf(this.db, articleId));
    const id = newId();
    await keepPresence(this.db, [{ id, articleId, userId: actor.id }]);
    this.start();

    const encoder = new TextEncoder();
    let stream: Stream;
    const leave = () => {
      if (!this.streams.delete(stream)) return false;
      signal.removeEventListener("abort", stream.close);
      void endPresence(this.db, [id]).catch(ignore); // Swept when it has been silent for long enough.
      return true;
    };
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const close = () => {
            if (leave()) controller.close();
          };
          const write = (text: string) => {
            if ((controller.desiredSize ?? 0) < -backlog) close();
            else controller.enqueue(encoder.encode(text));
          };
          stream = { id, articleId, actor, sent, told: "", write, close };
          this.streams.add(stream);
          if (signal.aborted) return close();
          signal.addEventListener("abort", close);
          write(`retry: 2000\n${message("stream", { id })}`);
          this.moved.add(articleId);
          void this.look();
        },
        cancel: () => void leave(),
      },
      { highWaterMark: 0 },
    );
  }

  /** Ends every stream and the connection; afterwards nothing of the hub runs. */
  async close(): Promise<void> {
    this.ending.abort();
    for (const timer of this.timers) clearInterval(timer);
    const ids = [...this.streams].map(({ id }) => id);
    for (const stream of this.streams) stream.close();
    await Promise.allSettled([endPresence(this.db, ids), this.client?.end(), this.listener]);
  }

  /** Once, with the first stream: most processes of a build or a script never need it. */
  private start(): void {
    if (this.timers.length > 0) return;
    this.timers.push(
      setInterval(() => void this.beat(), this.times.heartbeat).unref(),
      setInterval(() => {
        if (!this.listening) void this.look(true);
      }, this.times.poll).unref(),
    );
    this.listener = this.keepListening();
  }

  private async keepListening(): Promise<void> {
    const { signal } = this.ending;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const { lost } = await this.listen();
        failures = 0;
        await lost;
      } catch {
        // The database is away, or notifications do not reach us: polled until they do.
      }
      this.listening = false;
      const wait = Math.min(this.times.retry * 2 ** failures, this.times.retryMost);
      // A part of chance, so that several instances do not all come back at once.
      await sleep(wait * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(ignore);
    }
  }

  /** Resolves when notifications arrive, with a promise that resolves when the connection is lost. */
  private async listen(): Promise<{ lost: Promise<void> }> {
    const client = new Client({
      connectionString: this.connectionString,
      application_name: "claimdesk events",
      connectionTimeoutMillis: this.times.probe,
      query_timeout: this.times.probe,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.once("end", resolve);
      // Without a listener an error of an idle connection would end the process; `end` follows it.
      client.on("error", ignore);
    });
    try {
      await client.connect();
      // From here on `close` finds it; one that was closed meanwhile must not begin to listen.
      this.ending.signal.throwIfAborted();
      this.client = client;
      client.on("notification", ({ channel, payload = "" }) => this.hear(channel, payload));
      await client.query("LISTEN claimdesk_event; LISTEN claimdesk_presence");
      await this.probe();
    } catch (error) {
      await client.end().catch(ignore);
      throw error;
    }
    this.listening = true;
    // What happened between two connections was not heard of.
    void this.look(true);
    return { lost };
  }

  /** A pooler in transaction mode takes a LISTEN and delivers nothing, so a notification goes once around, by another connection. */
  private async probe(): Promise<void> {
    const id = newId();
    const heard = new Promise<void>((resolve) => this.probes.set(id, resolve));
    try {
      await this.db.$executeRaw`SELECT pg_notify('claimdesk_presence', ${id})`;
      const late = sleep(this.times.probe, undefined, { signal: this.ending.signal, ref: false });
      await Promise.race([heard, late.then(() => Promise.reject(new Error("No notification came back")))]);
    } finally {
      this.probes.delete(id);
    }
  }

  private hear(channel: string, payload: string): void {
    if (channel === "claimdesk_presence") {
      this.probes.get(payload)?.();
      if (![...this.streams].some((stream) => stream.articleId === payload)) return;
      this.moved.add(payload);
    }
    void this.look();
  }

  /** Reads what the streams have not been sent, and sends it. One look at a time; asked for meanwhile, it is done once more. */
  private async look(everybody = false): Promise<void> {
    if (everybody) for (const { articleId } of this.streams) this.moved.add(articleId);
    this.lookAgain = true;
    if (this.looking) return;
    this.looking = true;
    try {
      while (this.lookAgain && this.streams.size > 0) {
        this.lookAgain = false;
        await this.sendEvents();
        await this.sendPresence();
      }
    } catch (error) {
      logUnlessAway(error); // Nothing is lost: the next look starts where this one did.
    } finally {
      this.looking = false;
    }
  }

  private async sendEvents(): Promise<void> {
    // A stream that opens while this reads stands further back than what is read; the look that it asks for is its own.
    const asking = [...this.streams];
    const from = new Map<string, number>();
    for (const { articleId, sent } of asking)
      from.set(articleId, Math.min(sent, from.get(articleId) ?? Number.POSITIVE_INFINITY));
    const events = await this.db.$queryRaw<(Omit<LiveEvent, "id"> & { id: bigint })[]>`
      SELECT e.id, e.article_id AS "articleId", e.claim_id AS "claimId", e.actor_id AS "actorId", e.action
      FROM unnest(${[...from.keys()]}::uuid[], ${[...from.values()]}::bigint[]) AS stand (article_id, sent)
      CROSS JOIN LATERAL (
        (SELECT id, article_id, claim_id, actor_id, action FROM audit_event
          WHERE article_id = stand.article_id AND id > stand.sent ORDER BY id LIMIT ${batch})
        UNION ALL
        (SELECT id, stand.article_id, claim_id, actor_id, action FROM event_echo JOIN audit_event ON id = event_id
          WHERE event_echo.article_id = stand.article_id AND event_id > stand.sent ORDER BY event_id LIMIT ${batch})
        UNION ALL
        (SELECT id, stand.article_id, claim_id, actor_id, action FROM audit_event
          WHERE ${ofScale} AND id > stand.sent ORDER BY id LIMIT ${batch})
        ORDER BY id LIMIT ${batch}
      ) e
      ORDER BY e.id`;
    for (const row of events) {
      const event: LiveEvent = { ...row, id: Number(row.id) };
      const text = `id: ${event.id}\n${message("change", event)}`;
      for (const stream of asking) {
        if (stream.articleId !== event.articleId || stream.sent >= event.id || !this.streams.has(stream)) continue;
        stream.sent = event.id;
        stream.write(text);
      }
    }
    if (events.length >= batch) this.lookAgain = true;
  }

  private async sendPresence(): Promise<void> {
    if (this.moved.size === 0) return;
    const articleIds = [...this.moved];
    this.moved.clear();
    const people = await readPresence(this.db, articleIds).catch((error) => {
      for (const articleId of articleIds) this.moved.add(articleId);
      throw error;
    });
    for (const stream of this.streams) {
      const here = people.get(stream.articleId);
      const text = here ? message("presence", here satisfies Presence) : stream.told;
      if (text !== stream.told) stream.write(text);
      stream.told = text;
    }
  }

  /** A sign of life on every stream; those whose session ended or whose person was disabled end here. */
  private async beat(): Promise<void> {
    for (const stream of this.streams) stream.write(": still here\n\n");
    if (this.streams.size === 0 || this.beating) return;
    this.beating = true;
    try {
      // Streams that open while the sessions are looked at are looked at next time.
      const open = [...this.streams];
      const live = await findLiveSessions(
        this.db,
        open.map(({ actor }) => actor.sessionId),
      );
      for (const stream of open) if (!live.has(stream.actor.sessionId)) stream.close();
      await this.keepPresence();
      // A connection whose other end is gone without a word is only noticed by using it.
      if (this.listening) await this.client?.query("SELECT 1").catch(() => this.client?.end());
      // A notification can be lost; nobody is behind for longer than this.
      await this.look();
    } catch (error) {
      logUnlessAway(error); // The streams wait for the database.
    } finally {
      this.beating = false;
    }
  }

  private async keepPresence(): Promise<void> {
    const open = [...this.streams];
    const stays = open.map(({ id, articleId, actor }) => ({ id, articleId, userId: actor.id }));
    await keepPresence(this.db, stays);
    // Whoever left while it was written has been written anew.
    const left = open.filter((stream) => !this.streams.has(stream));
    if (left.length > 0)
      await endPresence(
        this.db,
        left.map(({ id }) => id),
      );
    await sweepPresence(this.db);
  }
}

const ignore = () => {};

function logUnlessAway(error: unknown): void {
  if (!(databaseFault(error) instanceof AppError)) console.error("Live events:", error);
}

const message = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Route handlers and `instrumentation.ts` are bundled apart, so the one hub is held where both find it. */
type Global = { claimdeskEvents?: EventHub };

export function eventHub(): EventHub {
  const held = globalThis as Global;
  held.claimdeskEvents ??= new EventHub(environment().DATABASE_URL, database());
  return held.claimdeskEvents;
}

/** For a server that stops: with a stream open it would wait for ever. */
export async function closeEventStreams(): Promise<void> {
  await (globalThis as Global).claimdeskEvents?.close();
}
