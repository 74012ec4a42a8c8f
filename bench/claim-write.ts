/**
 * Marking a claim, at 10 and at 4,000 claims in the article of 50,000 words, against the same rows in one transaction through bare
 * `pg`: the use case in this process, and the whole POST against the same POST with bare `pg` behind it in the same build.
 */
import { Client } from "pg";
import { Pool } from "undici";
import type { MadeArticle } from "../prisma/fixtures/builder";
import { stopSignal } from "../scripts/stop-signal";
import { runCommand, say } from "../scripts/terminal";
import { writeClaimRows } from "./claims-peer/claim-rows";
import { longText, newSession, openGround } from "./harness/ground";
import { openPeer } from "./harness/peer";
import { median, quantile, takeRounds, timeOf } from "./harness/rounds";

const rounds = Number(process.env.BENCH_ROUNDS ?? 180);
const warmUp = 40;
/** Each round marks four claims at each size: spread, so that ten do not become a thousand, nor four thousand too many. */
const sizes = [
  { size: 10, articles: 10 },
  { size: 4_000, articles: 2 },
];

await runCommand(async () => {
  const stop = stopSignal();
  const ground = await openGround();
  const { database } = await import("../lib/server/db");
  const { createClaim } = await import("../lib/server/claims");
  const { newId } = await import("../lib/server/ids");
  const { describeAnchor } = await import("../lib/domain/anchor");
  const { makeActor, makeArticle, makeClaims, makeNewsroom } = await import("../prisma/fixtures/builder");
  const db = database();
  const bare = new Client({ connectionString: ground.databaseUrl });
  const server = new Pool(ground.url, { connections: 1 });
  let stopPeer = async () => {};
  try {
    stopPeer = await openPeer({ name: "claims-peer", port: ground.port });
    await bare.connect();
    await makeNewsroom(db);
    const actor = await makeActor(db, "reviewer");
    const places = [];
    for (const { size, articles: count } of sizes) {
      const articles: MadeArticle[] = [];
      for (let nth = 0; nth < count; nth++) {
        const article = await makeArticle(db, actor, { lines: longText });
        await makeClaims(db, actor, article, size);
        articles.push(article);
      }
      places.push({ size, articles });
    }
    await db.$executeRaw`ANALYZE`;
    const sessions = await Promise.all(Array.from({ length: 40 }, newSession));
    const cookies = sessions.map(({ name, value }) => `${name}=${value}`);
    let turn = 0;

    const subjects = places.flatMap(({ size, articles }) => {
      const input = () => {
        const article = articles[turn++ % articles.length];
        if (!article) throw new Error("No article");
        const start = Math.floor(Math.random() * (article.text.length - 120));
        const mark = { id: newId(), start, end: start + 120, exact: article.text.slice(start, start + 120) };
        return { article, claim: { id: newId(), revisionId: article.revisionId, anchors: [mark] }, mark };
      };
      const post = (base: string) => async () => {
        const { article, claim } = input();
        const body = JSON.stringify(claim);
        const cookie = cookies[turn % cookies.length] ?? "";
        const headers = { "content-type": "application/json", cookie };
        return timeOf(async () => {
          const path = `${base}/articles/${article.id}/claims`;
          const answer = await server.request({ path, method: "POST", headers, body });
          const text = await answer.body.text();
          if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
        });
      };
      return [
        {
          name: `createClaim, ${size}`,
          run: async () => {
            const { article, claim } = input();
            return timeOf(() => createClaim(actor, article.id, claim));
          },
        },
        {
          name: `bare pg, ${size}`,
          run: async () => {
            const { article, claim, mark } = input();
            const anchor = { id: mark.id, ...describeAnchor(article.text, mark) };
            return timeOf(() => writeClaimRows(bare, { ...claim, articleId: article.id, by: actor.id, anchor }));
          },
        },
        { name: `POST, ${size}`, run: post("/api/v1") },
        { name: `POST with bare pg behind it, ${size}`, run: post("/plain") },
      ];
    });
    const taken = await takeRounds(subjects, { rounds, warmUp, stop });

    say("| | median | fastest tenth | against bare `pg` | against 10 claims |\n|---|---|---|---|---|");
    const middle = (name: string) => median(taken.get(name) ?? []);
    for (const { size } of sizes)
      for (const [name, peer] of [
        ["createClaim", "bare pg"],
        ["POST", "POST with bare pg behind it"],
        ["bare pg", "bare pg"],
        ["POST with bare pg behind it", "POST with bare pg behind it"],
      ] as const) {
        const mine = middle(`${name}, ${size}`);
        const tenth = quantile(taken.get(`${name}, ${size}`) ?? [], 0.1);
        const [byPeer, byTen] = [mine / middle(`${peer}, ${size}`), mine / middle(`${name}, ${sizes[0]?.size}`)];
        say(
          `| ${name}, ${size} | ${mine.toFixed(2)} ms | ${tenth.toFixed(2)} ms | ${byPeer.toFixed(2)} | ${byTen.toFixed(2)} |`,
        );
      }
  } finally {
    await bare.end();
    await server.close();
    await stopPeer();
    await db.$disconnect();
    await ground.close();
  }
});
