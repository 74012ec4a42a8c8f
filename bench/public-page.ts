/**
 * The public page against the same content prerendered by `next start`: requests a second with gzip over 16 connections, and what
 * the page weighs. 50,000 words, 2,000 claims, each with a rationale and two sources.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buildWhenStale } from "../scripts/build";
import { dataDirectory } from "../scripts/project";
import { claimPort, serve } from "../scripts/serve";
import { stopSignal } from "../scripts/stop-signal";
import { runCommand, say } from "../scripts/terminal";
import { host, openGround } from "./harness/ground";
import { openPeer } from "./harness/peer";
import { median } from "./harness/rounds";

const words = Number(process.env.BENCH_WORDS ?? 50_000);
const claims = Number(process.env.BENCH_CLAIMS ?? 2_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const connections = 16;

type Load = {
  requests: { average: number };
  latency: { p50: number };
  throughput: { average: number };
  non2xx: number;
};

/** In a process of its own, so that asking does not slow down the answering more than it must. */
async function load(url: string, duration = seconds): Promise<Load> {
  const cli = createRequire(import.meta.url).resolve("autocannon");
  const options = ["-c", String(connections), "-d", String(duration), "-H", "Accept-Encoding: gzip", "--json", "-n"];
  const child = spawn(process.execPath, [cli, ...options, url], { stdio: ["ignore", "pipe", "ignore"] });
  let json = "";
  child.stdout.on("data", (chunk) => {
    json += chunk;
  });
  await once(child, "close");
  const result = JSON.parse(json) as Load;
  if (result.non2xx > 0) throw new Error(`${result.non2xx} of the answers of ${url} were refusals`);
  return result;
}

/** Publishes a fact-check of this size, straight into the tables, and opens a link to it. */
async function publish(): Promise<{ path: string; page: string }> {
  const { database } = await import("../lib/server/db");
  const { newId } = await import("../lib/server/ids");
  const { publicPage } = await import("../lib/export/public-page");
  const { createShareLink } = await import("../lib/server/shares");
  const { makeActor, makeArticle, makeNewsroom } = await import("../prisma/fixtures/builder");
  const { makeLongSnapshot } = await import("../prisma/fixtures/snapshot");
  const db = database();
  await makeNewsroom(db);
  const editor = await makeActor(db, "editor");
  const snapshot = makeLongSnapshot({ words, claims });
  const page = publicPage(snapshot);
  const article = await makeArticle(db, editor, { document: snapshot.revision.document });
  await db.publication.create({
    data: {
      ...{ id: newId(), articleId: article.id, number: 1, createdById: editor.id },
      ...{ snapshot: snapshot as object, page: gzipSync(page, { level: 9 }) },
    },
  });
  const sharing = await createShareLink(editor, article.id, { id: newId(), label: null, expiresAt: null });
  await db.$disconnect();
  return { path: new URL(sharing.links[0]?.url ?? "").pathname, page };
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
const bytesOf = (text: string) => ({ raw: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length });

/**
 * The page without all that a page adds to its content: head, style, script, navigation, classes, ids, and the links between a
 * mark and its claim. What is left is each word once, in plain elements, with `<mark>` around what is marked.
 */
function bare(html: string): string {
  return html
    .replace(/<(nav|div class=t).*?<\/(nav|div)>/gs, "")
    .replace(/<a [^>]*href=#[^>]*>(.*?)<\/a>/gs, "$1")
    .replace(/<(\w+)( [^>]*)?>/g, (_, name: string, attributes = "") => {
      const href = name === "a" ? /( href="[^"]*")/.exec(attributes)?.[1] : "";
      return `<${name}${href ?? ""}>`;
    });
}

function tellSizes(page: string): void {
  const script = /<script>(.*)<\/script>/s.exec(page)?.[1] ?? "";
  const main = page.slice(page.indexOf("<main>"), page.lastIndexOf("<script>"));
  const article = /<article[^>]*>(.*)<\/article>/s.exec(main)?.[1] ?? "";
  const bareArticle = bare(article).replace(/<sup>.*?<\/sup>/g, "");
  const [whole, plain] = [bytesOf(page), bytesOf(bare(main))];
  const [marked, unlinked] = [bytesOf(article), bytesOf(bareArticle)];
  const row = (what: string, a: typeof whole, b: typeof whole) =>
    say(
      `| ${what} | ${kilobytes(a.raw)} / ${kilobytes(b.raw)} = ${(a.raw / b.raw).toFixed(2)} | ${kilobytes(a.gzip)} / ${kilobytes(b.gzip)} = ${(a.gzip / b.gzip).toFixed(2)} |`,
    );
  say(`Script: ${Buffer.byteLength(script)} bytes`);
  say("| HTML | as it is | gzip |\n|---|---|---|");
  row("page / the same words in bare elements with their marks", whole, plain);
  row("article on the page / article with bare marks, no links and numbers", marked, unlinked);
}

await runCommand(async () => {
  const stop = stopSignal();
  await buildWhenStale(process.env.CLAIMDESK_DIST || ".next", stop);
  const ground = await openGround();
  try {
    const { path: share, page } = await publish();
    tellSizes(page);
    const file = path.join(dataDirectory(), "bench-page.html");
    await mkdir(dataDirectory(), { recursive: true });
    await writeFile(file, page);
    const peerPort = await claimPort({ port: 0, host });
    const stopPeer = await openPeer({ name: "prerendered-peer", port: peerPort, settings: { BENCH_PAGE: file } });
    const ours = await serve({ port: ground.port, host }, {});
    try {
      const subjects = {
        "Claimdesk, `/f/{token}`": `${ground.url}${share}`,
        "`next start`, elements": `http://${host}:${peerPort}/`,
        "`next start`, one string": `http://${host}:${peerPort}/inner`,
      };
      const loads = new Map<string, Load[]>();
      for (let round = 0; round <= rounds; round++) {
        for (const [name, url] of Object.entries(subjects)) {
          stop.throwIfAborted();
          const measured = await load(url, round === 0 ? 3 : seconds);
          // The first round warms up.
          if (round > 0) loads.set(name, [...(loads.get(name) ?? []), measured]);
        }
      }
      const rates = [...loads].map(([name, all]) => ({
        name,
        rate: median(all.map(({ requests }) => requests.average)),
        wait: median(all.map(({ latency }) => latency.p50)),
        sent: median(all.map(({ throughput, requests }) => throughput.average / requests.average)),
      }));
      say("| | requests a second | median wait | sent each time | ours is faster by |\n|---|---|---|---|---|");
      for (const { name, rate, wait, sent } of rates) {
        const times = ((rates[0]?.rate ?? 0) / rate).toFixed(1);
        say(`| ${name} | ${rate.toFixed(1)} | ${Math.round(wait)} ms | ${kilobytes(sent)} | ${times} |`);
      }
    } finally {
      await stopPeer();
      await ours.stop();
    }
  } finally {
    await ground.close();
  }
});
