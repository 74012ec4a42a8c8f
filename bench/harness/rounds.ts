/** How a measure is taken: all subjects in turn, round after round, so that whatever else the machine does falls on each of them alike. */

/** `run` is told the number of the round, below 0 while warming up. */
export type Subject<Taken> = { name: string; run: (round: number) => Promise<Taken> };

/** What each subject gave, the first rounds left out as warm-up. */
export async function takeRounds<Taken>(
  subjects: Subject<Taken>[],
  { rounds, warmUp, stop }: { rounds: number; warmUp: number; stop?: AbortSignal },
): Promise<Map<string, Taken[]>> {
  const taken = new Map<string, Taken[]>(subjects.map(({ name }) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    // There and back, so that none always follows the same one.
    for (const { name, run } of round % 2 === 0 ? subjects : subjects.toReversed()) {
      stop?.throwIfAborted();
      const value = await run(round);
      if (round >= 0) taken.get(name)?.push(value);
    }
  }
  return taken;
}

/** The value below which this share of the numbers lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]): number => quantile(values, 0.5);

/** Milliseconds. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
