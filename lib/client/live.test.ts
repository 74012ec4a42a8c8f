import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClaimView } from "../domain/claim";
import { AppError } from "../domain/errors";
import { Live, type LiveOptions } from "./live";

const article = "01970000-0000-7000-8000-0000000000aa";
const me = "01970000-0000-7000-8000-000000000001";
const they = "01970000-0000-7000-8000-000000000002";
const claimId = (n: number) => `01970000-0000-7000-8000-0000000001${String(n).padStart(2, "0")}`;

/** The browser's side of a stream, driven by the test. */
class Source extends EventTarget {
  static opened: Source[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.opened.push(this);
  }
  close() {
    this.closed = true;
  }
  say(type: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
  change(id: number, claim: string | null, actorId = they) {
    this.say("change", { id, articleId: article, claimId: claim, actorId, action: "claim.updated" });
  }
  marked(id: number, actorId = they) {
    this.say("change", { id, articleId: article, claimId: null, actorId, action: "sentences.marked" });
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const requests: string[] = [];
const lives: Live[] = [];
let answer: (path: string) => Response;
const views = (id: string, rest: Partial<ClaimView> = {}) =>
  Response.json({ id, version: 2, trashedAt: null, ...rest });

function begin(rest: Partial<LiveOptions> = {}) {
  const heard = {
    onClaim: vi.fn<LiveOptions["onClaim"]>(),
    onGone: vi.fn<LiveOptions["onGone"]>(),
    onMany: vi.fn<LiveOptions["onMany"]>(async () => {}),
    onArticle: vi.fn<LiveOptions["onArticle"]>(async () => {}),
    onMarks: vi.fn<LiveOptions["onMarks"]>(async () => {}),
    onPresence: vi.fn(),
    onStatus: vi.fn<LiveOptions["onStatus"]>(),
  };
  const live = new Live({
    articleId: article,
    after: 10,
    actorId: me,
    lastHeard: () => Number.NEGATIVE_INFINITY,
    isOwnMark: () => false,
    ...heard,
    ...rest,
  });
  lives.push(live);
  const source = () => Source.opened.at(-1) as Source;
  source().dispatchEvent(new Event("open"));
  return { ...heard, live, source };
}

beforeEach(() => {
  vi.useFakeTimers();
  Source.opened = [];
  requests.length = 0;
  page.visibilityState = "visible";
  answer = (path) => views(path.split("/").at(-1) ?? "");
  const window = new EventTarget();
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("dispatchEvent", window.dispatchEvent.bind(window));
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    requests.push(`${init.method} ${path}`);
    return answer(path);
  });
});
afterEach(() => {
  for (const live of lives.splice(0)) live.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("what others do", () => {
  it("is asked for, each claim once however often it changed", async () => {
    const { source, onClaim } = begin();
    source().change(11, claimId(1));
    source().change(12, claimId(1));
    source().change(13, claimId(2));
    await vi.advanceTimersByTimeAsync(200);
    expect(requests.sort()).toEqual([1, 2].map((n) => `GET /api/v1/claims/${claimId(n)}`));
    expect(onClaim.mock.calls.map(([view]) => view.id).sort()).toEqual([claimId(1), claimId(2)]);
  });

  it("when it was much, is read as one list", async () => {
    const { source, onMany } = begin();
    for (let n = 0; n < 40; n += 1) source().change(11 + n, claimId(n));
    await vi.advanceTimersByTimeAsync(200);
    expect(onMany).toHaveBeenCalledTimes(1);
    expect(requests).toEqual([]);
  });

  it("tells of claims that went to the trash or are gone, and of the article itself", async () => {
    const { source, onGone, onArticle, onClaim } = begin();
    answer = (path) =>
      path.endsWith(claimId(1))
        ? views(claimId(1), { trashedAt: "2026-01-01T00:00:00.000Z" })
        : Response.json({ code: "not_found", title: "Not here." }, { status: 404 });
    source().change(11, claimId(1));
    source().change(12, claimId(2));
    source().change(13, null);
    await vi.advanceTimersByTimeAsync(200);
    expect(onGone.mock.calls.flat().sort()).toEqual([claimId(1), claimId(2)]);
    expect(onArticle).toHaveBeenCalledTimes(1);
    expect(onClaim).not.toHaveBeenCalled();
  });

  it("that could not be read is asked for again when the stream is back", async () => {
    const { source, onClaim } = begin();
    answer = () => Response.json({ code: "unavailable", title: "Busy." }, { status: 503 });
    source().change(11, claimId(1));
    await vi.advanceTimersByTimeAsync(200);
    expect(onClaim).not.toHaveBeenCalled();
    answer = (path) => views(path.split("/").at(-1) ?? "");
    source().dispatchEvent(new Event("error"));
    await vi.advanceTimersByTimeAsync(2_000);
    source().dispatchEvent(new Event("open"));
    await vi.advanceTimersByTimeAsync(200);
    expect(onClaim).toHaveBeenCalledTimes(1);
  });
});

describe("what could not be read", () => {
  const busy = (title: string, more = {}) => Response.json({ code: "unavailable", title, ...more }, { status: 503 });

  it("is asked for again while the stream lives, later each time, and not before the server wants it", async () => {
    const { source, onClaim } = begin();
    answer = () => busy("Busy.");
    source().change(11, claimId(1));
    await vi.advanceTimersByTimeAsync(200);
    await vi.advanceTimersByTimeAsync(20_000);
    const tries = requests.length;
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(8);
    answer = () => busy("Busy.", { retryAfter: 100 });
    await vi.advanceTimersByTimeAsync(40_000);
    requests.length = 0;
    await vi.advanceTimersByTimeAsync(50_000);
    expect(requests).toEqual([]);
    answer = (path) => views(path.split("/").at(-1) ?? "");
    await vi.advanceTimersByTimeAsync(100_000);
    expect(onClaim).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(requests).toHaveLength(1);
  });

  it("as one list is read as one list again", async () => {
    const onMany = vi.fn(async () => {});
    onMany.mockRejectedValueOnce(new AppError("unavailable", "Busy."));
    const { source } = begin({ onMany });
    for (let n = 0; n < 40; n += 1) source().change(11 + n, claimId(n));
    await vi.advanceTimersByTimeAsync(200);
    expect(onMany).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onMany).toHaveBeenCalledTimes(2);
    expect(requests).toEqual([]);
  });

  it("of the article is read again", async () => {
    const onArticle = vi.fn(async () => {});
    onArticle.mockRejectedValueOnce(new AppError("rate_limited", "Wait."));
    const { source } = begin({ onArticle });
    source().change(11, null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onArticle).toHaveBeenCalledTimes(2);
  });
});

describe("one's own saves", () => {
  it("are known by their answers and not asked for", async () => {
    const { source } = begin({ lastHeard: () => performance.now() });
    source().change(11, claimId(1), me);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(requests).toEqual([]);
  });

  it("of marks are known too, and those of others or of another browser are asked for once for several", async () => {
    const { source, onMarks, onArticle } = begin({ isOwnMark: (event) => event === 11 });
    source().marked(11, me);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(onMarks).toHaveBeenCalledTimes(0);
    source().marked(12);
    source().marked(13);
    await vi.advanceTimersByTimeAsync(200);
    expect(onMarks).toHaveBeenCalledTimes(1);
    source().marked(14, me);
    onMarks.mockRejectedValueOnce(new TypeError("no connection"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onMarks).toHaveBeenCalledTimes(3);
    expect(onArticle).not.toHaveBeenCalled();
  });

  it("in another browser are asked for", async () => {
    const { source, onClaim } = begin();
    source().change(11, claimId(1), me);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(onClaim).toHaveBeenCalledTimes(1);
  });
});

describe("the stream", () => {
  it("after a drop goes on from the last event, waiting longer each time", async () => {
    const { source, onStatus } = begin();
    source().change(15, claimId(1));
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      const before = Source.opened.length;
      const since = Date.now();
      source().dispatchEvent(new Event("error"));
      expect(onStatus).toHaveBeenLastCalledWith("lost");
      while (Source.opened.length === before) await vi.advanceTimersByTimeAsync(50);
      waits.push(Date.now() - since);
    }
    expect(source().url).toContain("after=15");
    expect(waits[3]).toBeGreaterThan((waits[0] ?? 0) * 3);
    source().dispatchEvent(new Event("open"));
    expect(onStatus).toHaveBeenLastCalledWith("live");
    source().change(15, claimId(2));
    requests.length = 0;
    await vi.advanceTimersByTimeAsync(500);
    expect(requests).toEqual([]);
  });

  it("says when it is the session that has ended, and when it is back", async () => {
    const onArticle = vi.fn(async () => {});
    onArticle.mockRejectedValue(new AppError("unauthenticated", "Sign in."));
    const { source, onStatus } = begin({ onArticle });
    const fail = async () => {
      const before = Source.opened.length;
      source().dispatchEvent(new Event("error"));
      await vi.advanceTimersByTimeAsync(0);
      while (Source.opened.length === before) await vi.advanceTimersByTimeAsync(50);
    };
    await fail();
    expect(onStatus).toHaveBeenLastCalledWith("lost");
    await fail();
    await fail();
    expect(onStatus).toHaveBeenLastCalledWith("signed_out");
    source().dispatchEvent(new Event("open"));
    expect(onStatus).toHaveBeenLastCalledWith("live");
  });

  it("comes back at once with the connection", async () => {
    const { source } = begin();
    dispatchEvent(new Event("offline"));
    expect(source().closed).toBe(true);
    dispatchEvent(new Event("online"));
    expect(Source.opened).toHaveLength(2);
  });

  it("is let go by a tab that nobody looks at, and caught up when it is looked at", async () => {
    const { source } = begin();
    const look = (state: string) => {
      page.visibilityState = state;
      page.dispatchEvent(new Event("visibilitychange"));
    };
    look("hidden");
    await vi.advanceTimersByTimeAsync(1_000);
    look("visible");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(Source.opened).toHaveLength(1);
    source().change(20, claimId(1));
    look("hidden");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(source().closed).toBe(true);
    look("visible");
    expect(Source.opened).toHaveLength(2);
    expect(source().url).toContain("after=20");
  });

  it("is told which claim is open, also after it came back", async () => {
    const { live, source } = begin();
    source().say("stream", { id: claimId(90) });
    live.setClaim(claimId(1));
    live.setClaim(claimId(2));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests).toEqual([`PUT /api/v1/presence/${claimId(90)}`]);
    dispatchEvent(new Event("online"));
    source().say("stream", { id: claimId(91) });
    await vi.advanceTimersByTimeAsync(0);
    expect(requests.at(-1)).toBe(`PUT /api/v1/presence/${claimId(91)}`);
  });

  it("once closed stays closed", async () => {
    const { live, source } = begin();
    source().dispatchEvent(new Event("error"));
    live.close();
    await vi.advanceTimersByTimeAsync(60_000);
    dispatchEvent(new Event("online"));
    expect(Source.opened).toHaveLength(1);
  });
});
