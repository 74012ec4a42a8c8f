import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeNewsroom, makePerson } from "@/prisma/fixtures/builder";
import { database } from "../lib/server/db";

// Each run is a process that loads the server's code.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let email: string;
const story = "The river rose in the night, and the bridge was closed in the morning. Nobody was hurt, they said.";

beforeAll(async () => {
  await makeNewsroom(database());
  const { id } = await makePerson(database(), "reviewer");
  email = `${id}@desk.example`;
  folder = await mkdtemp(path.join(tmpdir(), "claimdesk-"));
  await writeFile(path.join(folder, "river.txt"), `River rises\n\ndate 2025-11-28\n\n${story}\n\nReuters`);
  await writeFile(path.join(folder, "bare.txt"), story);
  await writeFile(path.join(folder, "broken.docx"), "PK\u0003\u0004 and nothing more");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database().$disconnect();
});

type Outcome = { code: number; out: string; err: string };
const run = (...given: string[]) =>
  new Promise<Outcome>((resolve) => {
    const env = { ...process.env, INIT_CWD: folder, CLAIMDESK_URL: "https://desk.example" };
    execFile(process.execPath, ["scripts/bootstrap.mjs", "article-import", ...given], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

test("brings in what it can, says why it cannot the rest, and exits with 1", async () => {
  const { code, out, err } = await run("--as", email, "river.txt", "bare.txt", "broken.docx", "missing.txt");
  expect(out).toMatch(
    /^\S+river\.txt: brought in: River rises \(98 characters\) https:\/\/desk\.example\/articles\/[0-9a-f-]{36}\n$/,
  );
  expect(err.trim().split("\n")).toEqual([
    expect.stringMatching(/bare\.txt: refused: No headline was found/),
    expect.stringMatching(/broken\.docx: refused: This Word document is damaged/),
    expect.stringMatching(/missing\.txt: refused: There is no such file/),
  ]);
  expect(code).toBe(1);
  const article = await database().article.findFirstOrThrow({ include: { revisions: true } });
  expect(article).toMatchObject({ headline: "River rises", outlet: "Reuters", language: "en" });
  expect(article.revisions).toMatchObject([{ text: story, origin: "file", originName: "river.txt" }]);
});

test("finds what is already here, and exits with 0", async () => {
  const { code, out } = await run("river.txt");
  expect(out).toMatch(/already here: River rises https:/);
  expect(code).toBe(0);
  expect(await database().article.count()).toBe(1);
});

test("keeps nothing on a dry run, and takes what is known better", async () => {
  const { code, out } = await run("--dry-run", "--headline", "A bridge is closed", "--date", "2025-11-27", "bare.txt");
  expect(out).toContain("A bridge is closed (98 characters)\n");
  expect(out).toContain("publishedOn: 2025-11-27");
  expect(code).toBe(0);
  expect(await database().article.count()).toBe(1);
});

test("exits with 2 when it is called wrongly, and with 3 when nobody is meant", async () => {
  const calls = [
    [],
    ["--no-such-option", "a.txt"],
    ["--headline", "x", "a.txt", "b.txt"],
    ["--as", "x@desk.example", "river.txt"],
  ];
  const outcomes = await Promise.all(calls.map((given) => run(...given)));
  expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2, 3]);
  expect(outcomes[0]?.err).toContain("Name at least one file");
});
