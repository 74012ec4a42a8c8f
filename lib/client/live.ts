/**
 * What others do in an article, as it happens: one event stream, from which it is learnt *that* something changed; what it
 * is now is asked for. It comes back by itself after a dropped connection and catches up from the last event that it saw.
 * It never writes, and tells nothing of a change that is already known here.
 */
import { type LiveEvent, liveEvent, liveStream, type Presence, presence } from "../domain/article";
import type { ClaimView } from "../domain/claim";
import { endpoints } from "../domain/endpoints";
import { AppError } from "../domain/errors";
import { call } from "./call";

export type LiveStatus = "connecting" | "live" | "lost" | "signed_out";

export type LiveOptions = {
  articleId: string;
  /** The newest event that the page already holds. */
  after: number;
  /** Who is at work here: their own saves are known already. */
  actorId: string;
  onClaim: (view: ClaimView) => void;
  /** The claim is in the trash or gone. */
  onGone: (claimId: string) => void;
  /** So much changed that all claims are better read at once. When that fails it is asked for again. */
  onMany: () => Promise<void>;
  /** The article itself changed. The same holds. */
  onArticle: () => Promise<void>;
  /** Sentences were marked. The same holds. */
  onMarks: () => Promise<void>;
  onPresence: (people: Presence) => void;
  onStatus: (status: LiveStatus) => void;
  /** When this claim was last heard of from the server, in milliseconds of `performance.now()`. */
  lastHeard: (claimId: string) => number;
  /** Whether an event tells of marks that were set here. */
  isOwnMark: (event: number) => boolean;
};

/** Milliseconds in which several events become one question. */
const gather = 120;
/** So long our own save may take to answer before its event is taken for another browser's of ours. */
const ownGrace = 2_500;
/** With more claims than that, the list is read instead. */
const many = 25;
const atOnce = 4;
/** A tab that is only passed by keeps its stream. */
const untilRest = 5_000;
const shortestRetry = 1_000;
const longestRetry = 30_000;

/** Milliseconds before the next try, after so many that failed; never for all browsers at the same moment. */
const backoff = (failures: number): number =>
  Math.min(longestRetry, shortestRetry * 2 ** failures) * (0.75 + Math.random() / 2);

export class Live {
  private source: EventSource | null = null;
  private last: number;
  private streamId: string | null = null;
  private claimId: string | null = null;
  private readonly changed = new Set<string>();
  private articleChanged = false;
  private marksChanged = false;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private retrying: ReturnType<typeof setTimeout> | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** How often in a row something could not be read that is known to have changed. */
  private unread = 0;
  private gatheringDue = 0;
  /** What is told of a stream that is not there. */
  private absence: "lost" | "signed_out" = "lost";
  private readonly ending = new AbortController();

  constructor(private readonly options: LiveOptions) {
    this.last = options.after;
    const { signal } = this.ending;
    addEventListener("online", () => this.open(), { signal });
    addEventListener("offline", () => this.lose(), { signal });
    document.addEventListener("visibilitychange", () => this.heed(), { signal });
    this.open();
  }

  /**
   * A tab that nobody looks at lets its stream go and catches up when it is looked at again: over HTTP/1.1 a browser has six
   * connections to a server for all its tabs together, and one article a tab is not much.
   */
  private heed(): void {
    clearTimeout(this.resting);
    if (document.visibilityState === "hidden") this.resting = setTimeout(() => this.rest(), untilRest);
    else if (!this.source) this.open();
  }

  private rest(): void {
    clearTimeout(this.retrying);
    this.source?.close();
    this.source = null;
    this.streamId = null;
  }

  /** Tells the others which claim is open here. */
  setClaim(claimId: string | null): void {
    this.claimId = claimId;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), 400);
  }

  close(): void {
    this.ending.abort();
    this.source?.close();
    for (const timer of [this.gathering, this.retrying, this.telling, this.resting]) clearTimeout(timer);
  }

  private open(): void {
    if (this.ending.signal.aborted) return;
    clearTimeout(this.retrying);
    this.source?.close();
    this.streamId = null;
    if (this.failures === 0) this.options.onStatus("connecting");
    const query = new URLSearchParams({ article: this.options.articleId, after: String(this.last) });
    const source = new EventSource(`/api/v1/events?${query}`);
    this.source = source;
    source.addEventListener("open", () => {
      this.failures = 0;
      this.absence = "lost";
      this.options.onStatus("live");
      if (this.changed.size > 0 || this.articleChanged || this.marksChanged) this.gatherFor(gather);
    });
    source.addEventListener("stream", ({ data }) => {
      this.streamId = liveStream.parse(JSON.parse(data)).id;
      if (this.claimId) this.tell();
    });
    source.addEventListener("change", ({ data }) => this.hear(liveEvent.parse(JSON.parse(data))));
    source.addEventListener("presence", ({ data }) => this.options.onPresence(presence.parse(JSON.parse(data))));
    // The browser would try again by itself only after a dropped connection, and from the address's old `after`.
    source.addEventListener("error", () => this.lose());
  }

  private lose(): void {
    this.source?.close();
    this.source = null;
    this.streamId = null;
    this.options.onStatus(this.absence);
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => this.open(), backoff(this.failures));
    if (this.failures > 0) void this.findOutWhy();
    this.failures += 1;
  }

  /** A stream does not say why it was refused; any other question does. */
  private async findOutWhy(): Promise<void> {
    const isSignedOut = await this.options.onArticle().then(
      () => false,
      (error) => error instanceof AppError && error.code === "unauthenticated",
    );
    if (this.ending.signal.aborted || this.failures === 0) return;
    this.absence = isSignedOut ? "signed_out" : "lost";
    this.options.onStatus(this.absence);
  }

  private tell(): void {
    if (!this.streamId) return;
    const { signal } = this.ending;
    const said = { params: { streamId: this.streamId }, body: { claimId: this.claimId }, signal };
    // Only a courtesy to the others: the next claim or the next stream says it anew.
    call(endpoints.setPresence, said).catch(() => {});
  }

  private hear(event: LiveEvent): void {
    if (event.id <= this.last) return;
    this.last = event.id;
    if (event.action.startsWith("sentences.")) this.hearMarks(event);
    else if (event.claimId === null) this.articleChanged = true;
    else if (event.actorId === this.options.actorId) this.hearOwn(event.claimId);
    else this.changed.add(event.claimId);
    this.gatherFor(gather);
  }

  /** A save of this browser is known by its answer; one of the same person in another browser is not. */
  private hearOwn(claimId: string): void {
    const since = performance.now() - ownGrace;
    this.unlessKnown(
      () => this.options.lastHeard(claimId) >= since,
      () => void this.changed.add(claimId),
    );
  }

  private hearMarks({ id, actorId }: LiveEvent): void {
    const note = () => {
      this.marksChanged = true;
    };
    if (actorId === this.options.actorId) this.unlessKnown(() => this.options.isOwnMark(id), note);
    else note();
  }

  private unlessKnown(isKnown: () => boolean, note: () => void): void {
    const wait = setTimeout(() => {
      if (isKnown()) return;
      note();
      void this.ask();
    }, ownGrace);
    this.ending.signal.addEventListener("abort", () => clearTimeout(wait));
  }

  /** Asks after so long, or sooner when that was going to happen. */
  private gatherFor(wait: number): void {
    const due = performance.now() + wait;
    if (this.gathering !== undefined && this.gatheringDue <= due) return;
    clearTimeout(this.gathering);
    this.gatheringDue = due;
    this.gathering = setTimeout(() => void this.ask(), wait);
  }

  private async ask(): Promise<void> {
    this.gathering = undefined;
    const ids = [...this.changed];
    const [isArticle, isMarks] = [this.articleChanged, this.marksChanged];
    this.changed.clear();
    this.articleChanged = false;
    this.marksChanged = false;
    const failures: unknown[] = [];
    /** What could not be read is still unread: it is noted again, and asked for again. */
    const read = async (work: () => Promise<void>, note: () => void) => {
      try {
        await work();
      } catch (error) {
        note();
        failures.push(error);
      }
    };
    const noteClaims = (unread: readonly string[]) => () => {
      for (const id of unread) this.changed.add(id);
    };
    const noteArticle = () => {
      this.articleChanged = true;
    };
    const noteMarks = () => {
      this.marksChanged = true;
    };
    const readEach = async () => {
      for (let id = ids.pop(); id; id = ids.pop()) {
        const claimId = id;
        await read(() => this.readClaim(claimId), noteClaims([claimId]));
      }
    };
    await Promise.all([
      ...(isArticle ? [read(this.options.onArticle, noteArticle)] : []),
      ...(isMarks ? [read(this.options.onMarks, noteMarks)] : []),
      ...(ids.length > many
        ? [read(this.options.onMany, noteClaims([...ids]))]
        : Array.from({ length: atOnce }, readEach)),
    ]);
    this.retryAfter(failures);
  }

  /** No connection, or the server is busy: once more after a while, later each time. */
  private retryAfter([failure]: unknown[]): void {
    if (this.ending.signal.aborted) return;
    if (failure === undefined) {
      this.unread = 0;
      return;
    }
    const asked = failure instanceof AppError ? (failure.details.retryAfter ?? 0) * 1000 : 0;
    this.gatherFor(Math.max(asked, backoff(this.unread)));
    this.unread += 1;
  }

  private async readClaim(claimId: string): Promise<void> {
    try {
      const view = await call(endpoints.getClaim, { params: { claimId }, signal: this.ending.signal });
      if (view.trashedAt) this.options.onGone(claimId);
      else this.options.onClaim(view);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "not_found")) throw error;
      this.options.onGone(claimId);
    }
  }
}
