/** A real Chromium: the one that is named, one that is installed, Playwright's own, or Debian's package. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function find(): string | undefined {
  return [...usualPlaces, chromium.executablePath()].find((place) => existsSync(place));
}

function run(command: string, ...args: string[]): void {
  spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], timeout: 300_000 });
}

/** Installs one when there is none. Every worker asks, so the answer is left in the environment. */
function findChromium(): string {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names no file: ${given}`);
    return given;
  }
  let found = find();
  if (!found) {
    process.stderr.write("Fetching a Chromium for the tests\n");
    run(process.execPath, "node_modules/@playwright/test/cli.js", "install", "chromium");
    found = find();
  }
  if (!found && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", "update", "-qq");
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
    found = find();
  }
  if (!found) throw new Error("No Chromium was found or could be fetched: install one, or name it in CHROMIUM_PATH");
  process.env.CHROMIUM_PATH = found;
  return found;
}

/** How it is started, for a journey and for a measure alike. */
export function chromiumOptions(): { executablePath: string; args: string[] } {
  return {
    executablePath: findChromium(),
    args: [
      // Chromium refuses its sandbox to root.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}
