/**
 * Work that takes long runs in a thread of its own, with a bound on memory and time, so that it can neither hold nor fell the server.
 * A few at once; a few wait, and the rest are told to come back.
 */
import "server-only";
import type { Worker, WorkerOptions } from "node:worker_threads";
import { AppError } from "../domain/errors";
import type { ThreadAnswer } from "../domain/thread-answer";

type Options = {
  /** Made where the file of the thread is named, each option by its name: only so is it packed as code and not as a file. */
  start: (options: Required<Pick<WorkerOptions, "workerData" | "resourceLimits" | "env" | "execArgv">>) => Worker;
  mostAtOnce: number;
  mostWaiting: number;
  /** In words for the person. */
  busy: string;
  tookTooLong: (seconds: number) => string;
  tookTooMuch: string;
};

/** Megabytes of heap. The largest text within the limits takes about a third of it. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 };

export class Threads {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly options: Options) {}

  /**
   * @throws AppError what the work refuses; `too_large` when it takes more than `milliseconds` or too much memory; `unavailable` when
   * too many wait.
   */
  async run(job: unknown, milliseconds: number): Promise<unknown> {
    await this.takeTurn();
    try {
      return await this.runThread(job, milliseconds);
    } finally {
      // The turn is handed over, not given back: nobody who comes now gets in before those who wait.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private async takeTurn(): Promise<void> {
    if (this.running < this.options.mostAtOnce) {
      this.running++;
      return;
    }
    if (this.waiting.length >= this.options.mostWaiting)
      throw new AppError("unavailable", this.options.busy, { retryAfter: 10 });
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private async runThread(job: unknown, milliseconds: number): Promise<unknown> {
    const { start, tookTooLong, tookTooMuch } = this.options;
    const worker = start({
      workerData: job,
      resourceLimits,
      // No settings and no secrets in there; and outside of Next, which compiles the file, TypeScript has to be understood.
      env: { NODE_ENV: process.env.NODE_ENV },
      execArgv: process.env.NEXT_RUNTIME ? [] : ["--import", "./scripts/typescript-in-threads.mjs"],
    });
    const tooLong = () => new AppError("too_large", tookTooLong(milliseconds / 1000));
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<unknown>((resolve, reject) => {
        timer = setTimeout(() => reject(tooLong()), milliseconds);
        worker.once("message", (answer: ThreadAnswer<unknown>) => {
          if ("done" in answer) resolve(answer.done);
          else if ("refused" in answer) reject(new AppError(answer.refused.code, answer.refused.message));
          else reject(new Error(`A thread failed: ${answer.failed}`));
        });
        worker.once("error", (cause: Error & { code?: string }) =>
          reject(
            cause.code === "ERR_WORKER_OUT_OF_MEMORY" ? new AppError("too_large", tookTooMuch, {}, { cause }) : cause,
          ),
        );
        worker.once("exit", (code) => reject(new Error(`A thread ended with ${code} and without an answer`)));
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
    }
  }
}
