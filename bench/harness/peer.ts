/** A peer: a small Next.js app in a folder of `bench/`, built and served as the product is. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectDirectory } from "../../scripts/project";
import { stopProcess } from "../../scripts/serve";
import { say } from "../../scripts/terminal";
import { host } from "./ground";

const next = path.join(projectDirectory, "node_modules/next/dist/bin/next");

type Peer = { name: `${string}-peer`; port: number; settings?: Record<string, string> };

/** Gives back how to stop it. */
export async function openPeer({ name, port, settings }: Peer): Promise<() => Promise<void>> {
  const directory = path.join(projectDirectory, "bench", name);
  const run = (...args: string[]) =>
    spawn(process.execPath, [next, ...args], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, ...settings, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
  say(`Building ${name}`);
  await rm(path.join(directory, ".next"), { recursive: true, force: true });
  const [code] = await once(run("build", directory), "close");
  if (code !== 0) throw new Error(`${name} could not be built`);

  const server = run("start", directory, "-p", String(port), "-H", host);
  for (let tries = 0; tries < 600 && server.exitCode === null; tries++) {
    if (await fetch(`http://${host}:${port}`, { method: "HEAD" }).catch(() => null)) return () => stopProcess(server);
    await wait(100);
  }
  await stopProcess(server);
  throw new Error(`${name} did not come up`);
}
