/**
 * Where an anchor stands after an edit, by construction, and whether an answer says so. The truth is the hull of its words that
 * survived or were replaced in place; where more than one border of it is defensible, all are.
 */
import type { TextRange } from "../../lib/domain/anchor";
import { type Draft, type Placed, type Token, writeDraft } from "./draft";

/** A border may lie anywhere between two offsets, ends included. */
type Border = { least: number; most: number };
type Place = { start: Border; end: Border };

export type Truth =
  | { kind: "stands"; places: Place[] }
  /** Less than half of it survived, or of it in one place: any part of these, or none. */
  | { kind: "doubtful"; places: Place[] }
  | { kind: "gone" };

export type Verdict = "right" | "wrong" | "missed" | "false";

const leastOverlap = 0.8;
/** Foreign characters between two words of an anchor from which on it may be said to be torn. */
const torn = 200;
/** Of two parts of a torn anchor, either may be called its place when they differ by no more. */
const nearlyAsHeavy = 0.8;
/** New words right beside an anchor that may be taken into it: "guilty", now "not guilty". */
const mostBeside = 3;

type Survivor = Place & { weight: number; firstToken: number; lastToken: number };

const weightOf = (part: readonly Survivor[]) => part.reduce((sum, { weight }) => sum + weight, 0);

/** Characters from the end of a part on; negative when it does not stand after it. */
const distance = (part: readonly Survivor[], { start }: Place) => start.least - (part.at(-1)?.end.most ?? 0);

export class Truths {
  readonly newText: string;
  private readonly old: Placed[];
  private readonly fresh: Placed[];
  /** For each old token the new ones that it became. */
  private readonly became = new Map<number, { first: number; last: number }>();

  constructor(before: Draft, after: Draft) {
    this.old = writeDraft(before).tokens;
    const written = writeDraft(after);
    this.newText = written.text;
    this.fresh = written.tokens;
    for (const [index, { of }] of this.fresh.entries())
      if (of >= 0) this.became.set(of, { first: this.became.get(of)?.first ?? index, last: index });
  }

  of(anchor: TextRange): Truth {
    let total = 0;
    const parts: Survivor[][] = [];
    for (let nth = this.firstEndingAfter(anchor.start); (this.old[nth]?.start ?? anchor.end) < anchor.end; nth++) {
      const token = this.old[nth];
      if (!token) break;
      const weight = Math.min(anchor.end, token.end) - Math.max(anchor.start, token.start);
      total += weight;
      const survivor = this.survivor(nth, anchor, weight);
      if (!survivor) continue;
      const near = parts.find((part) => {
        const between = distance(part, survivor);
        return between >= 0 && between <= torn;
      });
      if (near) near.push(survivor);
      else parts.push([survivor]);
    }
    if (parts.length === 0) return { kind: "gone" };
    // What came between two parts in their order may be held to be inside of the anchor.
    const hulls = parts.flatMap((part, nth) =>
      parts.slice(nth + 1).flatMap((later) => (later[0] && distance(part, later[0]) >= 0 ? [[...part, ...later]] : [])),
    );
    const heaviest = Math.max(...parts.map(weightOf));
    const isDoubtful = heaviest < total / 2;
    const possible = [...parts, ...hulls].filter((part) => isDoubtful || weightOf(part) >= heaviest * nearlyAsHeavy);
    return { kind: isDoubtful ? "doubtful" : "stands", places: possible.map((part) => this.hull(part)) };
  }

  private firstEndingAfter(offset: number): number {
    let [low, high] = [0, this.old.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.old[middle]?.end ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private survivor(nth: number, anchor: TextRange, weight: number): Survivor | null {
    const old = this.old[nth];
    const tokens = this.became.get(nth);
    const [first, last] = [this.fresh[tokens?.first ?? -1], this.fresh[tokens?.last ?? -1]];
    if (!old || !tokens || !first || !last) return null;
    const { cuts } = first;
    const at = (offset: number): number | null => {
      if (cuts === "gone") return null;
      return first.start + (cuts ? (cuts[offset] ?? first.text.length) : offset);
    };
    // Part of a word that is another now may be any part of it.
    const from = anchor.start <= old.start ? first.start : at(anchor.start - old.start);
    const to = anchor.end >= old.end ? last.end : at(anchor.end - old.start);
    return {
      weight,
      firstToken: tokens.first,
      lastToken: tokens.last,
      start: this.besideHyphen({ least: from ?? first.start, most: from ?? last.end - 1 }),
      end: this.besideHyphen({ least: to ?? first.start + 1, most: to ?? last.end }),
    };
  }

  /** A soft hyphen at a border is on either side of it. */
  private besideHyphen({ least, most }: Border): Border {
    return {
      least: this.newText[least - 1] === "\u00ad" ? least - 1 : least,
      most: this.newText[most] === "\u00ad" ? most + 1 : most,
    };
  }

  private hull(part: Survivor[]): Place {
    const [first, last] = [part[0], part.at(-1)];
    if (!first || !last) throw new RangeError("No survivor");
    return {
      start: { least: this.beside(first.firstToken, -1) ?? first.start.least, most: first.start.most },
      end: { least: last.end.least, most: this.beside(last.lastToken, 1) ?? last.end.most },
    };
  }

  /** As far as words were put in next to a token. */
  private beside(token: number, step: -1 | 1): number | null {
    let reached: number | null = null;
    if (!startsAsWord(this.fresh[token])) return null;
    for (let away = 1; away <= mostBeside; away++) {
      const next = this.fresh[token + step * away];
      const opens = step === 1 ? next : this.fresh[token - away + 1];
      if (!next || opens?.opensParagraph || next.of >= 0 || !startsAsWord(next)) break;
      reached = step === 1 ? next.end : next.start;
    }
    return reached;
  }
}

const startsAsWord = (token: Token | undefined) => /^[\p{L}\p{N}]/u.test(token?.text ?? "");

const clamp = (value: number, { least, most }: Border) => Math.max(least, Math.min(most, value));

function overlap(range: TextRange, { start, end }: Place): number {
  const [from, to] = [clamp(range.start, start), clamp(range.end, end)];
  const common = Math.min(range.end, to) - Math.max(range.start, from);
  return Math.max(0, common) / (Math.max(range.end, to) - Math.min(range.start, from));
}

const share = (range: TextRange, { start, end }: Place) =>
  Math.max(0, Math.min(range.end, end.most) - Math.max(range.start, start.least)) / (range.end - range.start);

/** `exact` is what the anchor held. Found word for word inside of its place it is right, whatever came between its words. */
export function judge(truth: Truth, range: TextRange | null, exact: string, newText: string): Verdict {
  if (truth.kind === "gone") return range ? "false" : "right";
  if (!range) return truth.kind === "doubtful" ? "right" : "missed";
  const isPart = (place: Place) => share(range, place) >= leastOverlap;
  const isIt = (place: Place) =>
    overlap(range, place) >= leastOverlap ||
    (share(range, place) === 1 && newText.slice(range.start, range.end) === exact);
  return truth.places.some(truth.kind === "doubtful" ? isPart : isIt) ? "right" : "wrong";
}
