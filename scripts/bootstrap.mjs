/**
 * The first step of every command, in plain JavaScript because nothing is installed yet: looks at Node, installs what the lock
 * file says where that is not installed, then hands over to `scripts/<command>.ts`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const oldest = [20, 19];
const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {(line: string) => never} */
function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    fail(`Claimdesk needs Node ${oldest.join(".")} or later; this is Node ${process.versions.node}`);
  }
}

/** Compares the lock file with the record that npm leaves in node_modules when an install is complete. */
function isInstalled() {
  const record = `${root}node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")).packages;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === "" || installed[place]?.version === version || (optional && !installed[place]),
  );
}

function install() {
  process.stderr.write("Installing packages (a minute or two the first time)\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`, which would empty node_modules under whatever else runs from them.
  const flags = ["--no-save", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync(npm, ["install", ...flags], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (result.error) fail(`npm could not be run: ${result.error.message}`);
  if (result.status !== 0) fail("The packages could not be installed; npm's own words stand above");
}

checkNode();
if (!isInstalled()) install();

// Prisma asks pg things at the same time inside a transaction, which pg calls deprecated; nobody at a terminal can mend that.
process.noDeprecation = true;
const command = process.argv[2] ?? "";
const script = `${root}scripts/${command}.ts`;
if (!existsSync(script)) fail(`There is no command "${command}"`);
process.argv.splice(1, 2, script);
process.chdir(root);
const { register } = await import("tsx/esm/api");
register({ tsconfig: `${root}scripts/tsconfig.json` });
const { generatePrismaClient } = await import("./prisma-client.ts");
const { runCommand } = await import("./terminal.ts");
await runCommand(generatePrismaClient);
if (!process.exitCode) await import(pathToFileURL(script).href);
