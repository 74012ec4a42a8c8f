/**
 * The thread that one import runs in: it gets the input, answers once, and ends. It has no settings, no database and no network,
 * and whoever started it may end it at any moment.
 */
import { parentPort, workerData } from "node:worker_threads";
import { answerOf } from "../domain/thread-answer";
import type { ImportJob } from "./import-answer";
import { importArticle, pageMetadata } from "./import-article";

const job = workerData as ImportJob;
parentPort?.postMessage(
  await answerOf(async () => (job.want === "article" ? importArticle(job.input) : pageMetadata(job.input))),
);
