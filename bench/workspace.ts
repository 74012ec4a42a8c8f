/**
 * The workspace in a real Chromium, from the production build, on articles of 50,000 words: opening it, marking a claim, jumping to
 * one and scrolling, each with few claims and with thousands. A claim marked against a mark set in a plain Tiptap editor that holds
 * the same document (`tiptap-peer/`). `BENCH_PARTS` names those to take, `BENCH_ROUNDS` how often.
 */
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumOptions } from "../e2e/support/chromium";
import type { MadeArticle } from "../prisma/fixtures/builder";
import { buildWhenStale } from "../scripts/build";
import { claimPort, serve } from "../scripts/serve";
import { stopSignal } from "../scripts/stop-signal";
import { Fault, runCommand, say } from "../scripts/terminal";
import { host, longText, newSession, openGround } from "./harness/ground";
import { installProbe, type KeyCost, type Opening } from "./harness/page-probe";
import { openPeer } from "./harness/peer";
import { median, quantile, takeRounds } from "./harness/rounds";

/** Marking comes last: it leaves more claims behind. */
const parts = ["opening", "jumping", "scrolling", "marking"] as const;
type Part = (typeof parts)[number];
const asked = (process.env.BENCH_PARTS?.split(",") ?? parts) as Part[];
const givenRounds = Number(process.env.BENCH_ROUNDS) || undefined;

/** An article holds at most 5,000 claims, and those that the measure marks need room. */
const most = 4_900;

type Site = {
  stop: AbortSignal;
  browser: Browser;
  url: string;
  peerUrl: string;
  /** One article of each number of claims. */
  article(claims: number): Promise<MadeArticle>;
};

/** In a browser of its own, signed in as somebody new. */
async function newPage({ browser, url }: Site): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
  });
  await context.addCookies([{ ...(await newSession()), url }]);
  // The compiler of this file calls it in functions that go to the page.
  await context.addInitScript({ content: "globalThis.__name = (it) => it;" });
  await context.addInitScript(installProbe);
  return context.newPage();
}

async function openWorkspace(site: Site, page: Page, claims: number): Promise<Opening> {
  const { id } = await site.article(claims);
  await page.goto("about:blank");
  await page.goto(`${site.url}/articles/${id}`, { waitUntil: "commit" });
  return page.evaluate((count) => window.probe.opening(count), claims);
}

/** Pages that stay open for all rounds of a part. */
async function openPages<Key extends string>(pages: Record<Key, () => Promise<Page>>) {
  const opened = {} as Record<Key, Page>;
  for (const [name, open] of Object.entries(pages) as [Key, () => Promise<Page>][]) opened[name] = await open();
  return {
    pages: Object.entries(opened) as [Key, Page][],
    close: () => Promise.all(Object.values<Page>(opened).map((page) => page.context().close())),
  };
}

async function measureOpening(site: Site): Promise<void> {
  const sizes = [0, 500, 2_000, 5_000];
  const page = await newPage(site);
  const subjects = sizes.map((claims) => ({
    name: `${claims}`,
    run: () => openWorkspace(site, page, claims),
  }));
  const taken = await takeRounds(subjects, { rounds: givenRounds ?? 15, warmUp: 2, stop: site.stop });
  await page.context().close();

  const middle = (claims: number, what: keyof Opening) =>
    median((taken.get(`${claims}`) ?? []).map((opening) => opening[what]));
  say("| claims | first paint | largest paint | against none | all drawn, at rest | against 500 | longest task |");
  say("|---|---|---|---|---|---|---|");
  for (const claims of sizes) {
    const [first, largest, rest] = [middle(claims, "first"), middle(claims, "largest"), middle(claims, "atRest")];
    const against = [first / middle(0, "first"), largest / middle(0, "largest")].map((ratio) => ratio.toFixed(2));
    say(
      `| ${claims} | ${first.toFixed(0)} ms | ${largest.toFixed(0)} ms | ${against.join("; ")} | ${rest.toFixed(0)} ms | ${(rest / middle(500, "atRest")).toFixed(2)} | ${middle(claims, "longest").toFixed(0)} ms |`,
    );
  }
}

/** Milliseconds of processor time that the page's main thread spends meanwhile: whatever else the machine does is not in it. */
async function busyDuring(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  };
  const before = await spent();
  await work();
  const busy = (await spent()) - before;
  await session.detach();
  return busy;
}

type Press = KeyCost & {
  /** Processor time of the main thread until a second after the key. */
  second: number;
};

async function press(page: Page, key: string): Promise<Press> {
  await page.evaluate(() => window.probe.listen());
  const second = await busyDuring(page, async () => {
    await page.keyboard.press(key);
    await page.evaluate(() => window.probe.keyCost());
    await page.waitForTimeout(1_000);
  });
  return { ...(await page.evaluate(() => window.probe.keyCost())), second };
}

const drawing = ({ script, frames: [first = 0] }: KeyCost) => script + first;

async function openTiptap(site: Site, claims: number): Promise<Page> {
  const { id, revisionId } = await site.article(claims);
  const { database } = await import("../lib/server/db");
  const { document } = await database().revision.findUniqueOrThrow({ where: { id: revisionId } });
  const anchors = await database().anchor.findMany({
    where: { claim: { articleId: id } },
    select: { start: true, end: true },
  });
  const page = await newPage(site);
  await page.goto(site.peerUrl);
  await page.waitForFunction(() => "openPeer" in window);
  await page.evaluate(([text, ranges]) => window.openPeer?.(text as never, ranges as never), [document, anchors]);
  return page;
}

async function openAlone(site: Site, claims: number): Promise<Page> {
  const page = await newPage(site);
  await openWorkspace(site, page, claims);
  return page;
}

async function measureMarking(site: Site): Promise<void> {
  const { pages, close } = await openPages({
    "Claimdesk, 100": () => openAlone(site, 100),
    "Claimdesk, 2,000": () => openAlone(site, 2_000),
    "Claimdesk, 4,900": () => openAlone(site, most),
    "Claimdesk with the list open, 4,900": async () => {
      const page = await openAlone(site, most);
      await page.keyboard.press("l");
      return page;
    },
    "`setMark`, 100": () => openTiptap(site, 100),
    "`setMark`, 2,000": () => openTiptap(site, 2_000),
    "`setMark`, 4,900": () => openTiptap(site, most),
  });
  const subjects = pages.map(([name, page]) => ({
    name,
    async run(round: number) {
      const block = 300 + round * 7;
      await page.evaluate((at) => window.probe.select(at, 20, 80), block);
      await page.waitForTimeout(300);
      const before = await page.evaluate(() => window.probe.countClaims());
      const cost = await press(page, "h");
      const after = await page.evaluate(() => window.probe.countClaims());
      if (after !== before + 1) throw new Error(`${name}: ${before} claims became ${after}`);
      return cost;
    },
  }));
  const taken = await takeRounds(subjects, { rounds: givenRounds ?? 25, warmUp: 4, stop: site.stop });
  await close();

  const middle = (name: string, of: (cost: Press) => number) => median((taken.get(name) ?? []).map(of));
  say("| | script | first frame | together | against `setMark` | against 100 | in the second after |");
  say("|---|---|---|---|---|---|---|");
  for (const [name] of pages) {
    const [of, claims] = [name.slice(0, name.lastIndexOf(", ")), name.slice(name.lastIndexOf(", "))];
    const together = middle(name, drawing);
    const few = of.startsWith("Claimdesk") ? "Claimdesk" : of;
    const ratios = [
      middle(`\`setMark\`${claims.startsWith(", 4") ? ", 4,900" : claims}`, drawing),
      middle(`${few}, 100`, drawing),
    ];
    const numbers = [
      middle(name, ({ script }) => script),
      middle(name, ({ frames: [first = 0] }) => first),
      together,
    ].map((value) => `${value.toFixed(1)} ms`);
    say(
      `| ${name} | ${numbers.join(" | ")} | ${ratios.map((ratio) => (together / ratio).toFixed(2)).join(" | ")} | ${middle(name, ({ second }) => second).toFixed(0)} ms |`,
    );
  }
}

async function measureJumping(site: Site): Promise<void> {
  const { pages, close } = await openPages({
    "100": () => openAlone(site, 100),
    "5,000": () => openAlone(site, 5_000),
  });
  const jump = (page: Page) => async () => {
    const cost = await press(page, "j");
    if (!(await page.evaluate(() => window.probe.seesOpenClaim()))) throw new Error("The claim is not on the screen");
    return cost;
  };
  for (const [, page] of pages) await page.evaluate(() => window.probe.select(100, 0, 0));
  const subjects = pages.flatMap(([claims, page]) => [
    {
      name: `far away, ${claims}`,
      async run(round: number) {
        await page.keyboard.press("Escape");
        const block = round % 2 === 0 ? 100 + round * 7 : 1_100 - round * 7;
        await page.evaluate((at) => window.probe.select(at, 0, 0), block);
        await page.waitForTimeout(300);
        return jump(page)();
      },
    },
    { name: `the next, ${claims}`, run: jump(page) },
  ]);
  const taken = await takeRounds(subjects, { rounds: givenRounds ?? 20, warmUp: 3, stop: site.stop });
  await close();

  say("| jump to a claim | script and first frame | longest frame after it | there after | against 100 |");
  say("|---|---|---|---|---|");
  for (const [name, costs] of [...taken].sort()) {
    const there = (of: string) => median((taken.get(of) ?? []).map(({ settled }) => settled));
    const longest = median(costs.map(({ frames }) => Math.max(0, ...frames.slice(1))));
    const few = `${name.slice(0, name.indexOf(","))}, 100`;
    say(
      `| ${name} | ${median(costs.map(drawing)).toFixed(1)} ms | ${longest.toFixed(1)} ms | ${there(name).toFixed(0)} ms | ${(there(name) / there(few)).toFixed(2)} |`,
    );
  }
}

async function measureScrolling(site: Site): Promise<void> {
  const sizes = [0, 2_000, 5_000];
  const speeds = { "as one reads on, 10 pixels a frame": 10, "as one skims, 60 pixels a frame": 60 };
  const { pages, close } = await openPages(
    Object.fromEntries(sizes.map((claims) => [claims, () => openAlone(site, claims)])),
  );
  const subjects = Object.entries(speeds).flatMap(([speed, step]) =>
    pages.map(([claims, page]) => ({
      name: `${speed}; ${claims} claims`,
      async run(round: number) {
        const from = 4_000 + (round + 1) * 150 * step;
        let gaps: number[] = [];
        const busy = await busyDuring(page, async () => {
          gaps = await page.evaluate(([start, by]) => window.probe.scroll(start, by, 120), [from, step] as const);
        });
        return { gaps, busy: busy / gaps.length };
      },
    })),
  );
  const taken = await takeRounds(subjects, { rounds: givenRounds ?? 8, warmUp: 1, stop: site.stop });
  await close();

  say("| scrolling | median frame | 95 of 100 within | late frames | main thread for each frame | against none |");
  say("|---|---|---|---|---|---|");
  for (const [name, rounds] of taken) {
    const gaps = rounds.flatMap((round) => round.gaps);
    const late = gaps.filter((gap) => gap > 25).length / gaps.length;
    const busy = (of: string) => median((taken.get(of) ?? []).map((round) => round.busy));
    const none = name.replace(/\d+ claims$/, "0 claims");
    say(
      `| ${name} | ${median(gaps).toFixed(1)} ms | ${quantile(gaps, 0.95).toFixed(1)} ms | ${(late * 100).toFixed(1)} % | ${busy(name).toFixed(1)} ms | ${(busy(name) / busy(none)).toFixed(2)} |`,
    );
  }
}

const measures: Record<Part, (site: Site) => Promise<void>> = {
  opening: measureOpening,
  marking: measureMarking,
  jumping: measureJumping,
  scrolling: measureScrolling,
};

await runCommand(async () => {
  const unknown = asked.find((part) => !parts.includes(part));
  if (unknown !== undefined) throw new Fault(`There is no part "${unknown}": ${parts.join(", ")}`);
  const stop = stopSignal();
  await buildWhenStale(process.env.CLAIMDESK_DIST || ".next", stop);
  const ground = await openGround();
  const closing: (() => Promise<unknown>)[] = [() => ground.close()];
  try {
    const { database } = await import("../lib/server/db");
    const { makeActor, makeArticle, makeClaims, makeNewsroom } = await import("../prisma/fixtures/builder");
    const db = database();
    closing.push(() => db.$disconnect());
    await makeNewsroom(db);
    const actor = await makeActor(db, "reviewer");
    const articles = new Map<number, MadeArticle>();
    const article = async (claims: number) => {
      const known = articles.get(claims);
      if (known) return known;
      const made = await makeArticle(db, actor, { lines: longText });
      await makeClaims(db, actor, made, claims, { worked: true });
      await db.$executeRaw`ANALYZE`;
      articles.set(claims, made);
      return made;
    };
    let peerUrl = "";
    if (asked.includes("marking")) {
      const port = await claimPort({ port: 0, host });
      peerUrl = `http://${host}:${port}`;
      closing.push(await openPeer({ name: "tiptap-peer", port }));
    }
    const server = await serve({ port: ground.port, host }, {});
    closing.push(() => server.stop());
    const browser = await chromium.launch(chromiumOptions());
    closing.push(() => browser.close());
    for (const part of asked) {
      say(`\n${part}`);
      await measures[part]({ stop, browser, url: ground.url, peerUrl, article });
    }
  } finally {
    for (const close of closing.reverse()) await close();
  }
});
