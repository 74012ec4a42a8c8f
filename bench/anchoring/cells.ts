/** One case of the measure, a text with its anchors, its edit and the truth of each anchor, and the score of an answer to it. */
import { type AnchorDescription, describeAnchor, type TextRange } from "../../lib/domain/anchor";
import type { Edit } from "./edits";
import { Seeded } from "./seeded";
import { type Article, type KindOfText, makeAnchors, makeArticle } from "./texts";
import { judge, type Truth, Truths, type Verdict } from "./truth";

export type Case = {
  oldText: string;
  newText: string;
  anchors: AnchorDescription[];
  truths: Truth[];
};

/** Several cases where the texts are short, so that each cell has as many anchors. */
export type Cell = { name: string; cases: Case[] };

/** Where a peer says that an anchor stands; null for nowhere or in doubt. */
export type Answer = TextRange | null;

const anchorsOfCell = 1_000;
/** Shorter anchors are left out: a single letter stands in thousands of places, and some search all of them. */
const shortest = Number(process.env.BENCH_SHORTEST ?? 1);
/** Other texts, anchors and edits of the same kinds: what an engine was not made on. */
const otherSeed = process.env.BENCH_SEED ? ` ${process.env.BENCH_SEED}` : "";
const mostAnchors = (size: number) => Math.max(50, Math.min(anchorsOfCell, size / 40));

export function makeCell(size: number, kind: KindOfText, editName: string, edit: Edit): Cell {
  const count = mostAnchors(size);
  const cases = Array.from({ length: anchorsOfCell / count }, (_, nth) => {
    const seed = `${size} ${kind} ${nth}${otherSeed}`;
    return makeCase(makeArticle(size, kind, seed), `${seed} ${editName}`, edit, count);
  });
  return { name: `${size.toLocaleString("en")} ${kind}, ${editName}`, cases };
}

export function makeCase(article: Article, seed: string, edit: Edit, count: number): Case {
  const anchors = makeAnchors(article, count, seed)
    .filter(({ start, end }) => end - start >= shortest)
    .map((range) => describeAnchor(article.text, range));
  const truths = new Truths(article.draft, edit(article.draft, new Seeded(`edit ${seed}`), article.writer));
  return {
    oldText: article.text,
    newText: truths.newText,
    anchors,
    truths: anchors.map((anchor) => truths.of(anchor)),
  };
}

/** Of some of the anchors of a case, from the `first` on. */
export const verdictsOf = ({ newText, anchors, truths }: Case, answers: readonly Answer[], first = 0): Verdict[] =>
  answers.map((answer, nth) => {
    const [truth, anchor] = [truths[first + nth], anchors[first + nth]];
    if (!truth || !anchor) throw new RangeError("More answers than anchors");
    return judge(truth, answer, anchor.exact, newText);
  });

/** How many of a hundred. */
export const shareOf = (verdicts: readonly Verdict[], kind: Verdict): number =>
  (100 * verdicts.filter((verdict) => verdict === kind).length) / verdicts.length;

export const verdictKinds = ["right", "wrong", "missed", "false"] as const satisfies Verdict[];
