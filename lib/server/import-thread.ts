/** Runs one import in a thread of its own: no file and no page can hold or fell the server. */
import "server-only";
import { Worker } from "node:worker_threads";
import { limits } from "../domain/limits";
import type { ImportJob, ImportResult } from "../import/import-answer";
import { Threads } from "./threads";

const threads = new Threads({
  start: ({ workerData, resourceLimits, env, execArgv }) =>
    new Worker(new URL("../import/import-worker.ts", import.meta.url), { workerData, resourceLimits, env, execArgv }),
  ...{ mostAtOnce: 2, mostWaiting: 20 },
  busy: "Many articles are being read at the moment. Try again shortly.",
  tookTooLong: (seconds) =>
    `This takes more than ${seconds} seconds to read, so it was given up. Bring in a smaller part of it.`,
  tookTooMuch: "This takes more memory to read than one import may have. Bring in a smaller part of it.",
});

/**
 * @throws AppError what the import refuses; `too_large` when it takes more than `milliseconds` or too much memory; `unavailable` when
 * too many wait.
 */
export const runImport = async <J extends ImportJob>(
  job: J,
  milliseconds: number = limits.importMilliseconds,
): Promise<ImportResult<J>> => (await threads.run(job, milliseconds)) as ImportResult<J>;
