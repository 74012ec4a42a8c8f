/** The first start of a newsroom that is no demo, with the command that an operator runs and a database of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { claimPort } from "../scripts/serve";
import { expect, expectAccessible, test } from "./support/desk";
import { newPage } from "./support/people";

let data: string;
let server: ChildProcess;
let setUpUrl: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  data = await mkdtemp(path.join(os.tmpdir(), "claimdesk-set-up-"));
  const port = await claimPort({ port: 0, host: "127.0.0.1" });
  server = spawn(process.execPath, ["scripts/bootstrap.mjs", "start", "--port", String(port)], {
    cwd: path.resolve(import.meta.dirname, ".."),
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      DATABASE_URL: "",
      CLAIMDESK_DATA: data,
      CLAIMDESK_DEMO: "0",
      CLAIMDESK_URL: `http://127.0.0.1:${port}`,
      CLAIMDESK_DIST: ".next-test",
    },
  });
  for await (const line of createInterface({ input: server.stderr as NodeJS.ReadableStream })) {
    const [url] = /http:\S+\/set-up\?token=\S+/.exec(line) ?? [];
    if (!url) continue;
    setUpUrl = url;
    break;
  }
  server.stderr?.resume();
});

test.afterAll(async () => {
  if (server.exitCode === null) {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
  await rm(data, { recursive: true, force: true });
});

test("who holds the token from the terminal makes the first admin, once", async ({ browser }) => {
  const base = new URL(setUpUrl).origin;
  const stranger = await newPage(browser, base);
  await stranger.goto("/sign-in");
  await expect(stranger).toHaveURL("/set-up");
  await expectAccessible(stranger);
  const fill = async (page: typeof stranger, password: string) => {
    await page.getByLabel("Name of the newsroom").fill("The Courier");
    await page.getByLabel("Your name").fill("Ada Lind");
    await page.getByLabel("E-mail address").fill("ada@courier.example");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Make the newsroom" }).click();
  };
  await stranger.getByLabel("Set-up token").fill("a guess");
  await fill(stranger, "nine patient herons");
  await expect(stranger.getByText(/This is not the set-up token/)).toBeVisible();

  const operator = await newPage(browser, base);
  await operator.goto(setUpUrl);
  await fill(operator, "short");
  await expect(operator.getByText("At least 12 characters", { exact: true })).toBeVisible();
  await expect(operator.getByLabel("Name of the newsroom")).toHaveValue("The Courier");
  await fill(operator, "nine patient herons");
  await expect(operator).toHaveURL("/articles");
  await operator.goto("/settings");
  await expect(operator.getByLabel("Name of the newsroom")).toHaveValue("The Courier");
  await expect(operator.getByText("Unverifiable")).toBeVisible();

  expect((await operator.goto(setUpUrl))?.status()).toBe(404);
  await fill(stranger, "nine patient herons");
  await expect(stranger.getByText("This newsroom has been set up.")).toBeVisible();
  await stranger.goto("/sign-in");
  await expect(stranger.getByText("A demo newsroom")).toBeHidden();
});
