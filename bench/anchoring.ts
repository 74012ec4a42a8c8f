/**
 * A revision comes in and every claim's anchor is carried over to it: how fast and how rightly, against the ways others have, on
 * texts whose edits are known. `BENCH_SIZES` takes some of the lengths, `BENCH_EDITS` some of the edits; `BENCH_SHOW=5` prints that
 * many of our failures in each cell.
 */
import { type Carried, carryOver, isSameWords } from "../lib/domain/carry-over";
import { runCommand, say } from "../scripts/terminal";
import { type Answer, type Case, type Cell, makeCase, makeCell, verdictsOf } from "./anchoring/cells";
import { kindsOfEdit, mixes } from "./anchoring/edits";
import { articlesAround } from "./anchoring/real-articles";
import { kindsOfText } from "./anchoring/texts";

const sizes = (process.env.BENCH_SIZES ?? "1000,10000,100000,1000000").split(",").map(Number);
const edits = process.env.BENCH_EDITS?.split(",");
const shown = Number(process.env.BENCH_SHOW ?? 0);

const answerOf = (carried: Carried): Answer => ("range" in carried ? carried.range : null);

/** The first failures, with the old and the new around them. */
function show(name: string, each: Case, carried: readonly Carried[], most: number): number {
  let left = most;
  for (const [nth, verdict] of verdictsOf(each, carried.map(answerOf)).entries()) {
    const [anchor, answer, truth] = [each.anchors[nth], carried[nth], each.truths[nth]];
    if (!anchor || !answer || !truth || verdict === "right" || left === 0) continue;
    left--;
    const around = (text: string, start: number, end: number) =>
      JSON.stringify(
        `${text.slice(Math.max(0, start - 60), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 60)}`,
      );
    say(`\n${name}: ${verdict}, anchor ${anchor.start}–${anchor.end}, ${answer.state} ${answer.score.toFixed(2)}`);
    say(`  old   ${around(each.oldText, anchor.start, anchor.end)}`);
    if (truth.kind === "gone") say("  truth gone");
    else
      for (const { start, end } of truth.places)
        say(`  truth ${truth.kind} ${start.most}–${end.least} ${around(each.newText, start.most, end.least)}`);
    const range = answerOf(answer);
    if (range) say(`  ours  ${range.start}–${range.end} ${around(each.newText, range.start, range.end)}`);
    if (answer.state === "ambiguous")
      for (const { start, end } of answer.candidates)
        say(`  ours? ${start}–${end} ${around(each.newText, start, end)}`);
  }
  return left;
}

/** Said to hold the same words, and does not. */
const hasOtherWords = ({ oldText, newText, anchors }: Case, carried: readonly Carried[]): number =>
  carried.filter((answer, nth) => {
    const anchor = anchors[nth];
    if (!anchor || (answer.state !== "anchored" && answer.state !== "moved")) return false;
    const { start, end } = answer.range;
    return !isSameWords(oldText.slice(anchor.start, anchor.end), newText.slice(start, end));
  }).length;

function measureOurs({ name, cases }: Cell): void {
  const start = performance.now();
  const carried = cases.map((each) => carryOver(each.oldText, each.anchors, each.newText));
  const time = performance.now() - start;
  const verdicts = cases.flatMap((each, nth) => verdictsOf(each, carried[nth]?.map(answerOf) ?? []));
  const percent = (count: number) => ((100 * count) / verdicts.length).toFixed(1);
  const shares = (["right", "wrong", "missed", "false"] as const).map((kind) =>
    percent(verdicts.filter((verdict) => verdict === kind).length),
  );
  const truths = cases.flatMap((each) => each.truths);
  const counts = [
    carried.flat().filter(({ state }) => state === "ambiguous").length,
    cases.reduce((sum, each, nth) => sum + hasOtherWords(each, carried[nth] ?? []), 0),
    truths.filter(({ kind }) => kind === "gone").length,
    truths.filter(({ kind }) => kind === "doubtful").length,
  ];
  say(`| ${[name, ...shares, ...counts, `${time.toFixed(0)} ms`].join(" | ")} |`);
  let left = shown;
  for (const [nth, each] of cases.entries()) left = show(name, each, carried[nth] ?? [], left);
}

await runCommand(async () => {
  say("| | right % | wrong % | missed % | false % | ambiguous | other words | truth: gone | doubtful | time |");
  say("|---|---|---|---|---|---|---|---|---|---|");
  const chosen = (all: typeof kindsOfEdit) =>
    Object.entries(all).filter(([name]) => !edits || edits.some((edit) => name.includes(edit)));
  for (const size of sizes)
    for (const kind of kindsOfText)
      for (const [name, edit] of chosen(size === 10_000 ? { ...kindsOfEdit, ...mixes } : mixes))
        measureOurs(makeCell(size, kind, name, edit));
  for (const { name: title, article } of await articlesAround())
    for (const [name, edit] of chosen({ ...kindsOfEdit, ...mixes }))
      measureOurs({ name: `${title}, ${name}`, cases: [makeCase(article, `${title} ${name}`, edit, 500)] });
});
