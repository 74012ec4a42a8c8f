/**
 * The ground of the two measures of claims: a throw-away database with articles of 50,000 words, people with sessions, and the
 * build in `claims-peer`, where the product's route stands beside the same endpoint written plainly.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { migrate } from "../../prisma/migrate";
import { generatePrismaClient } from "../../scripts/prisma-client";
import { projectDirectory } from "../../scripts/project";
import { claimPort, stopProcess } from "../../scripts/serve";
import { say } from "../../scripts/terminal";
import { openThrowAwayDatabase } from "../../scripts/throw-away-database";

const host = "127.0.0.1";
const peer = path.join(projectDirectory, "bench/claims-peer");
const next = path.join(projectDirectory, "node_modules/next/dist/bin/next");

export type Ground = { databaseUrl: string; url: string; close(): Promise<void> };

/** Sets the environment that the server's code reads, so that it may be imported afterwards. */
export async function openGround({ withServer }: { withServer: boolean }): Promise<Ground> {
  await generatePrismaClient();
  const database = await openThrowAwayDatabase();
  try {
    await migrate(database.url);
    const port = await claimPort({ port: 0, host });
    const url = `http://${host}:${port}`;
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      CLAIMDESK_SECRET: "a secret for nothing but this measure",
      CLAIMDESK_URL: url,
    });
    const stopServer = withServer ? await startPeer(port, url) : async () => {};
    return {
      databaseUrl: database.url,
      url,
      async close() {
        await stopServer();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function startPeer(port: number, url: string): Promise<() => Promise<void>> {
  say("Building the routes");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  await rm(path.join(peer, ".next"), { recursive: true, force: true });
  const build = spawn(process.execPath, [next, "build", peer], { stdio: ["ignore", "ignore", "inherit"], env });
  const [code] = await once(build, "close");
  if (code !== 0) throw new Error("The routes could not be built");
  const server = spawn(process.execPath, [next, "start", peer, "-p", String(port), "-H", host], {
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
  for (let tries = 0; tries < 600; tries++) {
    if (await fetch(url).catch(() => null)) return () => stopProcess(server);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stopProcess(server);
  throw new Error("The routes did not come up");
}

/** Paragraphs of about 50,000 words in all. */
export const longText = Array.from(
  { length: 1_250 },
  (_, index) =>
    `In sitting ${index + 1} the council heard the report of its auditor, who put the sum at ${(index * 37) % 1_000} million, ` +
    "while the mayor, before she left the hall, called the number invented and asked that it be struck from the minutes of the day.",
);
