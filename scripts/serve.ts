/** The built app as a process of its own, so that it stops and falls without taking the database along. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectDirectory } from "./project";
import { Fault } from "./terminal";

export type Address = { port: number; host: string };

export type Server = {
  /** Resolves when the process is gone, for whatever reason. */
  ended: Promise<unknown>;
  /** Lets requests finish, for a few seconds at most. */
  stop(): Promise<void>;
};

/**
 * Longer than reverse proxies and browsers keep a connection for their next request, commonly a minute: with Node's five seconds some of
 * those requests met a connection that was just being closed, and failed.
 */
const keepAliveMilliseconds = 75_000;
const readyLimit = 60_000;
const stopLimit = 8_000;

/** Asked before anything slow is begun. 0 is any free port. */
export async function claimPort({ port, host }: Address): Promise<number> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address ? address.port : port;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new Fault(
        `Port ${port} is taken, perhaps by another Claimdesk (http://localhost:${port}): stop it, or choose one with PORT=${port + 1}`,
      );
    }
    if (code === "EACCES") throw new Fault(`No permission to listen on port ${port}: choose one above 1023 with PORT`);
    throw new Fault(`Nothing can listen on ${host}:${port}: ${message}`);
  } finally {
    server.close();
  }
}

export function readAddress(portFlag: string | undefined): Address {
  const port = Number(portFlag ?? (process.env.PORT || 3000));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Fault("PORT is not a number from 0 to 65535");
  // Only this machine, until somebody says otherwise.
  return { port, host: process.env.HOST || "127.0.0.1" };
}

/** Next.js's own command, in a mode, with nothing told to anybody else. */
export function runNext(
  mode: "start" | "dev",
  { port, host }: Address,
  settings: Record<string, string>,
  stdio: "inherit" | "ipc",
): ChildProcess {
  const next = path.join(projectDirectory, "node_modules/next/dist/bin/next");
  const keepAlive = mode === "start" ? ["--keepAliveTimeout", String(keepAliveMilliseconds)] : [];
  return spawn(process.execPath, [next, mode, "--port", String(port), "--hostname", host, ...keepAlive], {
    cwd: projectDirectory,
    stdio: stdio === "ipc" ? ["ignore", "pipe", "inherit", "ipc"] : "inherit",
    env: {
      ...process.env,
      ...settings,
      NODE_ENV: mode === "dev" ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --no-deprecation`.trim(),
    },
  });
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const patience = new AbortController();
  const late = wait(stopLimit, null, { signal: patience.signal }).then(
    () => child.kill("SIGKILL"),
    () => {},
  );
  await gone;
  patience.abort();
  await late;
}

/** Starts the app and waits until it answers. */
export async function serve(address: Address, settings: Record<string, string>): Promise<Server> {
  const child = runNext("start", address, settings, "ipc");
  // Next.js greets with its own address and version, which is not ours to repeat.
  child.stdout?.resume();
  const ended = once(child, "exit");
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const host = address.host === "0.0.0.0" ? "127.0.0.1" : address.host === "::" ? "[::1]" : address.host;
  const health = `http://${host}:${address.port}/api/health`;
  const deadline = Date.now() + readyLimit;
  while (!over && Date.now() < deadline) {
    const answer = await fetch(health).catch(() => null);
    if (answer) {
      child.stdout?.pipe(process.stdout, { end: false });
      return { ended, stop: () => stopProcess(child) };
    }
    await wait(50);
  }
  if (!over) await stopProcess(child);
  throw new Fault("The app did not come up; its own words, if any, stand above");
}
