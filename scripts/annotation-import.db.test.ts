import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeActor, makeArticle, makeNewsroom } from "@/prisma/fixtures/builder";
import { database } from "../lib/server/db";

// Each run is a process that loads the server's code.
vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let email: string;
let article: { id: string };

const page = "https://news.example/bridge";
const selecting = (exact: string) => [{ source: page, selector: [{ type: "TextQuoteSelector", exact }] }];

beforeAll(async () => {
  await makeNewsroom(database());
  const actor = await makeActor(database(), "reviewer");
  email = (await database().user.findUniqueOrThrow({ where: { id: actor.id } })).email;
  article = await makeArticle(database(), actor, { lines: ["The bridge opened in May, a year late."] });
  await database().article.update({
    where: { id: article.id },
    data: { canonicalUrl: page, urlKey: "news.example/bridge" },
  });
  folder = await mkdtemp(path.join(tmpdir(), "claimdesk-"));
  const rows = [
    { id: "a", uri: page, text: "Who says so?", target: selecting("a year late") },
    { id: "b", uri: page, text: "", target: selecting("words that nobody ever wrote here") },
    { id: "c", uri: "https://news.example/other", text: "", target: selecting("in May") },
  ];
  await writeFile(path.join(folder, "notes.json"), JSON.stringify({ total: 3, rows }));
  await writeFile(path.join(folder, "half.json"), '{"rows": [');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database().$disconnect();
});

type Outcome = { code: number; out: string; err: string };
const run = (...given: string[]) =>
  new Promise<Outcome>((resolve) => {
    const env = { ...process.env, INIT_CWD: folder, CLAIMDESK_URL: "https://desk.example" };
    const command = ["scripts/bootstrap.mjs", "annotation-import", "--as", email, ...given];
    execFile(process.execPath, command, { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
const claims = () => database().claim.count({ where: { articleId: article.id } });

test("makes claims of what stands in one place and lists what does not", async () => {
  const dry = await run("--article", page, "--dry-run", "notes.json");
  expect(dry.out).toContain("would be claims: 1\n");
  expect(await claims()).toBe(0);

  const { code, out } = await run("--article", `https://desk.example/articles/${article.id}?claim=x`, "notes.json");
  expect(out.split("\n").slice(1)).toEqual([
    ...["now claims: 1", "of another page: 1", "left out: 1"],
    ...["  not found: words that nobody ever wrote here", ""],
  ]);
  expect(code).toBe(1);
  expect(await claims()).toBe(1);

  const again = await run("--article", article.id, "--elsewhere", "notes.json");
  expect(again.out).toContain("now claims: 1\nclaims already: 1\nleft out: 1\n");
  expect(await claims()).toBe(2);
});

test("says in one line what it cannot work with", async () => {
  for (const [given, said] of [
    [["--article", article.id, "half.json"], "This is not JSON, or only the beginning of it."],
    [["--article", "https://news.example/nothing", "notes.json"], 'There is no article "https://news.example/nothing"'],
    [["--article", article.id, "missing.json"], "There is no file"],
    [["notes.json"], "Say with --article of which article they are"],
  ] as const) {
    const { code, err } = await run(...given);
    expect(err.trim().split("\n").at(-1)).toContain(said);
    expect(code).toBe(2);
  }
});
