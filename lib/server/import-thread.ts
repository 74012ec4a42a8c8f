/**
 * Runs one import in a thread of its own, with a bound on memory and time, so that no file or page can hold or fell the server.
 * At most two at once; a few wait, and the rest are told to come back.
 */
import "server-only";
import { Worker } from "node:worker_threads";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { ImportAnswer, ImportJob, ImportResult } from "../import/import-answer";

const mostAtOnce = 2;
const mostWaiting = 20;
/** Megabytes of heap. The largest text within the limits takes about a third of it. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 };

let running = 0;
const waiting: (() => void)[] = [];

/**
 * @throws AppError what the import refuses; `too_large` when it takes more than `milliseconds` or too much memory; `unavailable` when
 * too many wait.
 */
export async function runImport<J extends ImportJob>(
  job: J,
  milliseconds: number = limits.importMilliseconds,
): Promise<ImportResult<J>> {
  await takeTurn();
  try {
    return (await runThread(job, milliseconds)) as ImportResult<J>;
  } finally {
    // The turn is handed over, not given back: nobody who comes now gets in before those who wait.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

async function takeTurn(): Promise<void> {
  if (running < mostAtOnce) {
    running++;
    return;
  }
  if (waiting.length >= mostWaiting) {
    throw new AppError("unavailable", "Many articles are being read at the moment. Try again shortly.", {
      retryAfter: 10,
    });
  }
  await new Promise<void>((resolve) => waiting.push(resolve));
}

async function runThread(job: ImportJob, milliseconds: number): Promise<unknown> {
  const worker = new Worker(new URL("../import/import-worker.ts", import.meta.url), {
    workerData: job,
    resourceLimits,
    // No settings and no secrets in there; and outside of Next, which compiles the file, TypeScript has to be understood.
    env: { NODE_ENV: process.env.NODE_ENV },
    execArgv: process.env.NEXT_RUNTIME ? [] : ["--import", "./scripts/typescript-in-threads.mjs"],
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<unknown>((resolve, reject) => {
      timer = setTimeout(() => reject(tookTooLong(milliseconds)), milliseconds);
      worker.once("message", (answer: ImportAnswer) => {
        if ("imported" in answer) resolve(answer.imported);
        else if ("refused" in answer) reject(new AppError(answer.refused.code, answer.refused.message));
        else reject(new Error(`An import failed: ${answer.failed}`));
      });
      worker.once("error", (error: Error & { code?: string }) =>
        reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tookTooMuch(error) : error),
      );
      worker.once("exit", (code) => reject(new Error(`The import's thread ended with ${code} and without an answer`)));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const tookTooLong = (milliseconds: number) =>
  new AppError(
    "too_large",
    `This takes more than ${milliseconds / 1000} seconds to read, so it was given up. Bring in a smaller part of it.`,
  );
const tookTooMuch = (cause: Error) =>
  new AppError(
    "too_large",
    "This takes more memory to read than one import may have. Bring in a smaller part of it.",
    {},
    { cause },
  );
