/**
 * The thread that one import runs in: it gets the input, answers once, and ends. It has no settings, no database and no network,
 * and whoever started it may end it at any moment.
 */
import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../domain/errors";
import type { ImportAnswer, ImportJob } from "./import-answer";
import { importArticle, pageMetadata } from "./import-article";

async function work(): Promise<ImportAnswer> {
  try {
    const job = workerData as ImportJob;
    return { imported: job.want === "article" ? await importArticle(job.input) : pageMetadata(job.input) };
  } catch (error) {
    if (error instanceof AppError) return { refused: { code: error.code, message: error.message } };
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(await work());
