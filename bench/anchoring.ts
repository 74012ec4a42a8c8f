/**
 * A revision comes in and every claim's anchor is carried over to it: how fast and how rightly, against the ways others have, on
 * texts whose edits are known. `BENCH_PARTS` takes some of `mixes`, `quotes`, `kinds` and `growth`, `BENCH_SIZES` some of the lengths,
 * `BENCH_EDITS` some of the edits, `BENCH_SHORTEST` the anchors of so many characters or more; `BENCH_ROUNDS` says how often.
 * `BENCH_SEED=anything` makes other texts and edits of the same kinds; `BENCH_OURS=1` leaves the others out, `BENCH_SHOW=5` prints that many of our failures in each cell.
 */
import { stopSignal } from "../scripts/stop-signal";
import { runCommand, say } from "../scripts/terminal";
import { type Case, type Cell, makeCase, makeCell, shareOf, verdictKinds, verdictsOf } from "./anchoring/cells";
import { kindsOfEdit, mixes } from "./anchoring/edits";
import { inspect, ours, oursByQuote } from "./anchoring/ours";
import { hypothesisName, installPeers, type Peer } from "./anchoring/peers";
import { articlesAround } from "./anchoring/real-articles";
import { kindsOfText, makeArticle, readArticle } from "./anchoring/texts";
import type { Verdict } from "./anchoring/truth";
import { median, takeRounds, timeOf } from "./harness/rounds";

const parts = (process.env.BENCH_PARTS ?? "mixes,quotes,kinds,growth").split(",");
const sizes = (process.env.BENCH_SIZES ?? "1000,10000,100000,1000000").split(",").map(Number);
const wanted = process.env.BENCH_EDITS?.split(",");
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const shown = Number(process.env.BENCH_SHOW ?? 0);
const isAlone = process.env.BENCH_OURS === "1";

/** From this length on the times are compared. */
const long = 100_000;
const sizeOfKinds = 10_000;

type Taken = { time: number; verdicts: Verdict[]; isSample: boolean };
type Result = { name: string; time: number; verdicts: Verdict[]; of: number };

const anchorsIn = (cases: readonly Case[]) => cases.reduce((sum, { anchors }) => sum + anchors.length, 0);

/** All anchors of a cell, or as many as a round has time for; the time is that of all. */
async function take(peer: Peer, { cases }: Cell, round: number): Promise<Taken | null> {
  const taken: Taken = { time: 0, verdicts: [], isSample: false };
  for (const each of cases) {
    const plan = peer.plan(each.newText.length);
    const count = Math.min(plan.anchors, each.anchors.length);
    const isSample = count < each.anchors.length;
    if (round >= plan.rounds || (round < 0 && (isSample || plan.rounds < rounds))) return null;
    const first = (Math.max(0, round) % Math.floor(each.anchors.length / count)) * count;
    const anchors = each.anchors.slice(first, first + count);
    let answers: Awaited<ReturnType<Peer["carry"]>> = [];
    const time = await timeOf(async () => {
      answers = await peer.carry(each.oldText, anchors, each.newText);
    });
    taken.time += (time * each.anchors.length) / count;
    taken.verdicts.push(...verdictsOf(each, answers, first));
    taken.isSample ||= isSample;
  }
  return taken;
}

async function measure(peers: readonly Peer[], cell: Cell, stop: AbortSignal): Promise<Result[]> {
  const subjects = peers.map((peer) => ({ name: peer.name, run: (round: number) => take(peer, cell, round) }));
  const all = await takeRounds(subjects, { rounds, warmUp: 1, stop });
  return peers.map(({ name }) => {
    const taken = (all.get(name) ?? []).filter((each) => each !== null);
    const times = taken.map(({ time }) => time);
    const isSample = taken.some((each) => each.isSample);
    return {
      name,
      // Some anchors take a thousand times longer than others: only the mean of a sample says what all of them take.
      time: isSample ? times.reduce((sum, time) => sum + time, 0) / times.length : median(times),
      verdicts: isSample ? taken.flatMap(({ verdicts }) => verdicts) : (taken[0]?.verdicts ?? []),
      of: anchorsIn(cell.cases),
    };
  });
}

const shares = (verdicts: readonly Verdict[]) =>
  verdictKinds.map((kind) => shareOf(verdicts, kind).toFixed(1)).join(" | ");
const milliseconds = (time: number) => `${time.toFixed(time < 10 ? 2 : 0)} ms`;
const chosen = (edits: typeof kindsOfEdit) =>
  Object.entries(edits).filter(([name]) => !wanted || wanted.some((part) => name.includes(part)));

/** What the goals are held against. */
const ratios: number[] = [];
const scores: Verdict[][] = [];
let otherWords = 0;

function inspectOurs(cell: Cell, verdicts: Verdict[]): number {
  scores.push(verdicts);
  const found = inspect(cell, shown);
  otherWords += found.otherWords;
  return found.ambiguous;
}

async function measureMixes(peers: readonly Peer[], stop: AbortSignal): Promise<void> {
  say("| | | right | wrong place | missed | of them in doubt | false | all anchors | against ours | anchors tried |");
  say("|---|---|---|---|---|---|---|---|---|---|");
  for (const size of sizes)
    for (const kind of kindsOfText)
      for (const [name, edit] of chosen(mixes)) {
        const cell = makeCell(size, kind, name, edit);
        const results = await measure(peers, cell, stop);
        const own = results[0]?.time ?? Number.NaN;
        for (const { name: peer, time, verdicts, of } of results) {
          const doubt = peer === ours.name ? inspectOurs(cell, verdicts) : "";
          const [right, wrong, missed, wrongly] = shares(verdicts).split(" | ");
          const ratio = time / own;
          if (peer === hypothesisName && size >= long) ratios.push(ratio);
          say(
            `| ${cell.name} | ${peer} | ${right} | ${wrong} | ${missed} | ${doubt} | ${wrongly} | ${milliseconds(time)} | ${ratio.toPrecision(3)} | ${verdicts.length} of ${of} |`,
          );
        }
      }
}

/** The old text is not known, as of annotations that come from elsewhere: ours and Hypothesis's from the same quotes. */
async function measureQuotes(peers: readonly Peer[], stop: AbortSignal): Promise<void> {
  const compared = [oursByQuote, ...peers.filter(({ name }) => name === hypothesisName)];
  say("| quotes alone | | right | wrong place | missed | false | all anchors | against ours | anchors tried |");
  say("|---|---|---|---|---|---|---|---|---|");
  for (const size of sizes)
    for (const kind of kindsOfText)
      for (const [name, edit] of chosen(mixes)) {
        const cell = makeCell(size, kind, name, edit);
        const results = await measure(compared, cell, stop);
        const own = results[0]?.time ?? Number.NaN;
        for (const { name: peer, time, verdicts, of } of results)
          say(
            `| ${cell.name} | ${peer} | ${shares(verdicts)} | ${milliseconds(time)} | ${(time / own).toPrecision(3)} | ${verdicts.length} of ${of} |`,
          );
      }
}

async function measureKinds(peers: readonly Peer[], stop: AbortSignal): Promise<void> {
  const compared = peers.filter(({ name }) => name === ours.name || name === hypothesisName);
  const titles = compared.map(({ name }) => `${name}: right | wrong place | missed | false`).join(" | ");
  say(`| | ${titles} |`);
  say(`|---|${"---|".repeat(4 * compared.length)}`);
  const cells = kindsOfText.flatMap((kind) =>
    chosen(kindsOfEdit).map(([name, edit]) => makeCell(sizeOfKinds, kind, name, edit)),
  );
  for (const { name: title, text } of await articlesAround())
    for (const [name, edit] of chosen({ ...kindsOfEdit, ...mixes }))
      cells.push({ name: `${title}, ${name}`, cases: [makeCase(readArticle(text), `${title} ${name}`, edit, 500)] });
  for (const cell of cells) {
    const row: string[] = [];
    for (const peer of compared) {
      stop.throwIfAborted();
      const verdicts = (await take(peer, cell, 0))?.verdicts ?? [];
      if (peer === ours) inspectOurs(cell, verdicts);
      row.push(shares(verdicts));
    }
    say(`| ${cell.name} | ${row.join(" | ")} |`);
  }
}

async function measureGrowth(stop: AbortSignal): Promise<void> {
  const long100 = makeArticle(long, "varied", "growth");
  const cells = [
    ...[10, 100, 1_000, 5_000].map((count) => ({
      name: `${count.toLocaleString("en")} anchors in ${long.toLocaleString("en")} characters`,
      cases: [makeCase(long100, "growth", mixes.heavy, count)],
    })),
    ...[1_000, 10_000, 100_000, 1_000_000].map((size) => ({
      name: `1,000 anchors in ${size.toLocaleString("en")} characters`,
      cases: [makeCase(makeArticle(size, "varied", `growth ${size}`), "growth", mixes.heavy, 1_000)],
    })),
  ];
  const subjects = cells.map((cell) => ({ name: cell.name, run: (round: number) => take(ours, cell, round) }));
  const taken = await takeRounds(subjects, { rounds: rounds * 3, warmUp: 2, stop });
  say("| | all anchors | each anchor | each 1,000 characters |");
  say("|---|---|---|---|");
  for (const { name, cases } of cells) {
    const time = median((taken.get(name) ?? []).flatMap((each) => each?.time ?? []));
    const length = cases.reduce((sum, { oldText }) => sum + oldText.length, 0);
    const each = `${((1000 * time) / anchorsIn(cases)).toFixed(1)} µs`;
    say(`| ${name} | ${milliseconds(time)} | ${each} | ${((1_000_000 * time) / length).toFixed(0)} µs |`);
  }
}

function sayGoals(): void {
  say("\n| goal | reached |");
  say("|---|---|");
  if (ratios.length > 0) {
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    say(
      `| 100 times as fast as ${hypothesisName} (geometric mean), never below 40 | ${mean.toFixed(0)} times, least ${Math.min(...ratios).toFixed(0)} |`,
    );
  }
  if (scores.length > 0) {
    const of = (kind: Verdict) => scores.map((verdicts) => shareOf(verdicts, kind));
    const most = (kind: Verdict) => `at most ${Math.max(...of(kind)).toFixed(1)} %`;
    say(
      `| right in at least 99 % of each cell | at least ${Math.min(...of("right")).toFixed(1)} %, below 99 % in ${of("right").filter((share) => share < 99).length} of ${scores.length} |`,
    );
    say(`| in a wrong place in at most 0.5 % | ${most("wrong")} |`);
    say(`| attached in at most 0.5 % though all its words are gone | ${most("false")} |`);
    say(`| none said to hold the same words that does not | ${otherWords} |`);
  }
}

await runCommand(async () => {
  const stop = stopSignal();
  const { peers, remove } = isAlone ? { peers: [], remove: async () => {} } : await installPeers();
  try {
    const everybody = [ours, ...peers];
    const small = makeCell(1_000, "varied", "heavy", mixes.heavy);
    for (const peer of everybody) await take(peer, small, 0);
    const measures: Record<string, () => Promise<void>> = {
      mixes: () => measureMixes(everybody, stop),
      quotes: () => measureQuotes(everybody, stop),
      kinds: () => measureKinds(everybody, stop),
      growth: () => measureGrowth(stop),
    };
    for (const part of parts) {
      say("");
      await measures[part]?.();
    }
    sayGoals();
  } finally {
    await remove();
  }
});
