/**
 * The claims of an article read: 200 claims, each with its reviewer, two sources and an anchor. The product's route, one query that
 * builds the JSON in PostgreSQL, against a route in the same build that asks Prisma's `findMany` with includes. Requests a second.
 */
import assert from "node:assert/strict";
import { Pool } from "undici";
import { stopSignal } from "../scripts/stop-signal";
import { runCommand, say } from "../scripts/terminal";
import { longText, newSession, openGround } from "./harness/ground";
import { openPeer } from "./harness/peer";
import { median, takeRounds } from "./harness/rounds";

const claims = Number(process.env.BENCH_CLAIMS ?? 200);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const connections = 8;

/** Requests a second over as many connections as there are cookies, each asking again as soon as it is answered. */
async function load(url: string, cookies: string[]): Promise<number> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: cookies.length });
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  const ask = async (cookie: string) => {
    while (performance.now() < end) {
      const { statusCode, body } = await pool.request({ path: pathname, method: "GET", headers: { cookie } });
      await body.dump({ limit: Number.POSITIVE_INFINITY });
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
      answered++;
    }
  };
  await Promise.all(cookies.map(ask));
  await pool.close();
  return answered / seconds;
}

await runCommand(async () => {
  const stop = stopSignal();
  const ground = await openGround();
  const { database } = await import("../lib/server/db");
  const { makeActor, makeArticle, makeClaims, makeNewsroom } = await import("../prisma/fixtures/builder");
  const db = database();
  let stopPeer = async () => {};
  try {
    stopPeer = await openPeer({ name: "claims-peer", port: ground.port });
    await makeNewsroom(db);
    const actor = await makeActor(db, "reviewer");
    const article = await makeArticle(db, actor, { lines: longText });
    await makeClaims(db, actor, article, claims, { worked: true });
    await db.$executeRaw`ANALYZE`;
    // Each connection is somebody else's, and in each round anew.
    const newCookies = async () => {
      const sessions = await Promise.all(Array.from({ length: connections }, newSession));
      return sessions.map(({ name, value }) => `${name}=${value}`);
    };
    const [cookie = ""] = await newCookies();
    const addresses = {
      "Claimdesk, one query": `${ground.url}/api/v1/articles/${article.id}/claims`,
      "`findMany` with includes": `${ground.url}/plain/articles/${article.id}/claims`,
    };
    const answers = await Promise.all(
      Object.values(addresses).map(async (url) => (await fetch(url, { headers: { cookie } })).json()),
    );
    assert.deepEqual(answers[0], answers[1], "The two routes do not say the same");

    const subjects = Object.entries(addresses).map(([name, url]) => ({
      name,
      run: async () => load(url, await newCookies()),
    }));
    const taken = await takeRounds(subjects, { rounds, warmUp: 1, stop });
    const [ours = 0, theirs = 0] = [...taken.values()].map(median);
    say("| | requests a second |\n|---|---|");
    for (const [name, values] of taken) say(`| ${name} | ${median(values).toFixed(1)} |`);
    say(`Claimdesk answers ${(ours / theirs).toFixed(2)} times as often.`);
  } finally {
    await stopPeer();
    await db.$disconnect();
    await ground.close();
  }
});
