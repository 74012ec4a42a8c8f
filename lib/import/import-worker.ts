/**
 * The thread that one import runs in: it gets the input, answers once, and ends. It has no settings, no database and no network,
 * and whoever started it may end it at any moment.
 */
import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../domain/errors";
import type { ImportAnswer } from "./import-answer";
import { type ImportInput, importArticle } from "./import-article";

async function work(): Promise<ImportAnswer> {
  try {
    return { imported: await importArticle(workerData as ImportInput) };
  } catch (error) {
    if (error instanceof AppError) return { refused: { code: error.code, message: error.message } };
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(await work());
