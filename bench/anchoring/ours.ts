/** Our own way, and what it says beyond a place: doubts, and words that it holds to be the same. */
import { type Carried, carryOver, isSameWords } from "../../lib/domain/carry-over";
import { findQuotes } from "../../lib/domain/find-quotes";
import { say } from "../../scripts/terminal";
import { type Answer, type Case, type Cell, verdictsOf } from "./cells";
import { all, type Peer } from "./peers";

const answerOf = (carried: Carried): Answer => ("range" in carried ? carried.range : null);

export const ours: Peer = {
  name: "Claimdesk",
  carry: (oldText, anchors, newText) => carryOver(oldText, anchors, newText).map(answerOf),
  plan: all,
};

/** Our way when the old text is not known: the quote, what stood around it and where. */
export const oursByQuote: Peer = {
  name: "Claimdesk, quotes alone",
  carry: (_, anchors, newText) => findQuotes(newText, anchors).map(answerOf),
  plan: all,
};

/** `otherWords`: said to hold the same words, and does not. */
export function inspect({ name, cases }: Cell, shown: number): { ambiguous: number; otherWords: number } {
  const found = { ambiguous: 0, otherWords: 0 };
  let left = shown;
  for (const each of cases) {
    const carried = carryOver(each.oldText, each.anchors, each.newText);
    for (const [nth, answer] of carried.entries()) {
      if (answer.state === "ambiguous") found.ambiguous++;
      if (answer.state !== "anchored" && answer.state !== "moved") continue;
      const words = each.newText.slice(answer.range.start, answer.range.end);
      if (!isSameWords(each.anchors[nth]?.exact ?? "", words)) found.otherWords++;
    }
    left = showFailures(name, each, carried, left);
  }
  return found;
}

/** The first failures, with the old and the new around them. Gives back how many more may be shown. */
function showFailures(name: string, each: Case, carried: readonly Carried[], most: number): number {
  let left = most;
  for (const [nth, verdict] of verdictsOf(each, carried.map(answerOf)).entries()) {
    const [anchor, answer, truth] = [each.anchors[nth], carried[nth], each.truths[nth]];
    if (!anchor || !answer || !truth || verdict === "right" || left === 0) continue;
    left--;
    const line = (label: string, text: string, start: number, end: number) =>
      say(
        `  ${label} ${start}–${end} ${JSON.stringify(`${text.slice(Math.max(0, start - 60), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 60)}`)}`,
      );
    say(`\n${name}: ${verdict}, ${answer.state} ${answer.score.toFixed(2)}`);
    line("old  ", each.oldText, anchor.start, anchor.end);
    const places = truth.kind === "gone" ? [] : truth.places;
    for (const { start, end } of places) line(truth.kind, each.newText, start.most, end.least);
    if (places.length === 0) say("  gone");
    const claimed = answer.state === "ambiguous" ? answer.candidates : [answerOf(answer)];
    for (const range of claimed) if (range) line("ours ", each.newText, range.start, range.end);
  }
  return left;
}
