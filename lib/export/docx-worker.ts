/** The thread that one Word document is written in: it gets the text and its changes, answers once, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { answerOf } from "../domain/thread-answer";
import { changesDocx, type MarkedText } from "./changes-docx";

parentPort?.postMessage(await answerOf(() => changesDocx(workerData as MarkedText)));
