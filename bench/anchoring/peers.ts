/**
 * The ways others have of finding an anchor in a new text, each as it is done there, on plain strings. Their packages are installed
 * for the measure into a folder that is thrown away.
 */
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { diffWordsWithSpace } from "diff";
import type { AnchorDescription } from "../../lib/domain/anchor";
import type { Answer } from "./cells";

export type Peer = {
  name: string;
  carry: (oldText: string, anchors: readonly AnchorDescription[], newText: string) => Answer[] | Promise<Answer[]>;
  /** How many anchors of a text in each round, always others, where all would take hours; and how many rounds at most. */
  plan: (length: number) => { anchors: number; rounds: number };
};

const everything = { anchors: Number.POSITIVE_INFINITY, rounds: Number.POSITIVE_INFINITY };
export const all = () => everything;
const few = (length: number) => (length > 3_000 ? { ...everything, anchors: length > 300_000 ? 20 : 50 } : everything);

export async function installPeers(): Promise<{ peers: Peer[]; remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "claimdesk-anchoring-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await copyFile(path.join(import.meta.dirname, "package.json"), path.join(directory, "package.json"));
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
    await promisify(execFile)("npm", ["install", ...flags], { cwd: directory });
    const { resolve } = createRequire(path.join(directory, "package.json"));
    const load = async <Module>(name: string) => (await import(pathToFileURL(resolve(name)).href)) as Module;
    const { default: approximately } = await load<{ default: ApproximateSearch }>("approx-string-match");
    const { default: DiffMatchPatch } = await load<{ default: new () => Bitap }>("diff-match-patch");
    const { textQuoteSelectorMatcher } = await load<ApacheAnnotator>("@apache-annotator/selector");
    return {
      peers: [
        hypothesis(approximately),
        quoteByBitap(DiffMatchPatch),
        exactQuote(textQuoteSelectorMatcher),
        offsets,
        diffed,
      ],
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

type Match = { start: number; end: number; errors: number };
type ApproximateSearch = (text: string, pattern: string, maxErrors: number) => Match[];

export const hypothesisName = "Hypothesis's matcher";

/**
 * Order and weights as in the client of Hypothesis: the old place when the very words stand there, else the quote, with 32
 * characters on each side and the old place to choose among what is found.
 */
function hypothesis(approximately: ApproximateSearch): Peer {
  const weights = { quote: 50, prefix: 20, suffix: 20, position: 2 };
  const weight = weights.quote + weights.prefix + weights.suffix + weights.position;

  function search(text: string, words: string, maxErrors: number): Match[] {
    const exact: Match[] = [];
    for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1))
      exact.push({ start: at, end: at + words.length, errors: 0 });
    return exact.length > 0 ? exact : approximately(text, words, maxErrors);
  }

  function likeness(text: string, words: string): number {
    if (words === "" || text === "") return 0;
    return 1 - (search(text, words, words.length)[0]?.errors ?? words.length) / words.length;
  }

  function find(text: string, { exact, prefix, suffix, start: hint }: AnchorDescription): Answer {
    if (text.startsWith(exact, hint)) return { start: hint, end: hint + exact.length };
    let best: (Match & { score: number }) | null = null;
    for (const match of search(text, exact, Math.min(256, exact.length / 2))) {
      const before = text.slice(Math.max(0, match.start - prefix.length), match.start);
      const after = text.slice(match.end, match.end + suffix.length);
      const score =
        (weights.quote * (1 - match.errors / exact.length) +
          weights.prefix * (prefix ? likeness(before, prefix) : 1) +
          weights.suffix * (suffix ? likeness(after, suffix) : 1) +
          weights.position * (1 - Math.abs(match.start - hint) / text.length)) /
        weight;
      if (!best || score > best.score) best = { ...match, score };
    }
    return best && { start: best.start, end: best.end };
  }

  return {
    name: hypothesisName,
    carry: (_, anchors, newText) => anchors.map((anchor) => find(newText, anchor)),
    plan: few,
  };
}

type Bitap = { Match_Distance: number; match_main: (text: string, pattern: string, near: number) => number };

/** As `dom-anchor-text-quote` does it: the prefix or the suffix first, then the quote in slices of 32 characters. */
function quoteByBitap(DiffMatchPatch: new () => Bitap): Peer {
  function find(text: string, { exact, prefix, suffix, start: hint }: AnchorDescription): Answer {
    const matcher = new DiffMatchPatch();
    matcher.Match_Distance = text.length * 2;
    let near = hint;
    const before = prefix === "" ? -1 : matcher.match_main(text, prefix, near);
    if (before > -1) near = before + prefix.length;
    else {
      const after = suffix === "" ? -1 : matcher.match_main(text, suffix, near);
      if (after > -1) near = after - exact.length;
    }
    let range: Answer = null;
    for (const slice of exact.match(/[\s\S]{1,32}/g) ?? []) {
      const at = matcher.match_main(text, slice, near);
      if (at === -1) return null;
      near = at + slice.length;
      range = range ? { start: Math.min(range.start, at), end: Math.max(range.end, near) } : { start: at, end: near };
      matcher.Match_Distance = 64;
    }
    return range;
  }

  return {
    name: "`diff-match-patch`",
    carry: (_, anchors, newText) => anchors.map((anchor) => find(newText, anchor)),
    plan: few,
  };
}

type Chunk = { data: string };
type Chunker = {
  currentChunk: Chunk;
  nextChunk: () => Chunk | null;
  previousChunk: () => Chunk | null;
  precedesCurrentChunk: () => boolean;
};
type ApacheAnnotator = {
  textQuoteSelectorMatcher: (
    selector: Pick<AnchorDescription, "exact" | "prefix" | "suffix">,
  ) => (text: Chunker) => AsyncGenerator<{ startIndex: number; endIndex: number }>;
};

/** Finds the quote with its prefix and suffix, to the letter. */
function exactQuote(matcher: ApacheAnnotator["textQuoteSelectorMatcher"]): Peer {
  async function find(text: string, { exact, prefix, suffix }: AnchorDescription): Promise<Answer> {
    const none = () => null;
    const chunker = {
      currentChunk: { data: text },
      nextChunk: none,
      previousChunk: none,
      precedesCurrentChunk: () => false,
    };
    for await (const { startIndex, endIndex } of matcher({ exact, prefix, suffix })(chunker))
      return { start: startIndex, end: endIndex };
    return null;
  }

  return {
    name: "`@apache-annotator`",
    carry: async (_, anchors, newText) => {
      const answers: Answer[] = [];
      for (const anchor of anchors) answers.push(await find(newText, anchor));
      return answers;
    },
    plan: all,
  };
}

/** As `@recogito/text-annotator` keeps them. */
const offsets: Peer = {
  name: "plain offsets",
  carry: (_, anchors, newText) => anchors.map(({ start, end }) => (end <= newText.length ? { start, end } : null)),
  plan: all,
};

const longestDiff = 20_000;

/** What both texts have is where it is in both; an anchor is the hull of what is left of it. Gives up after twenty seconds. */
const diffed: Peer = {
  name: "`diff`",
  carry: (oldText, anchors, newText) => {
    const changes = diffWordsWithSpace(oldText, newText, { timeout: longestDiff });
    if (!changes) return anchors.map(() => null);
    const kept: { old: number; fresh: number; length: number }[] = [];
    let [old, fresh] = [0, 0];
    for (const { value, added, removed } of changes) {
      if (!added && !removed) kept.push({ old, fresh, length: value.length });
      if (!added) old += value.length;
      if (!removed) fresh += value.length;
    }
    return anchors.map(({ start, end }) => {
      let [low, high] = [0, kept.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const piece = kept[middle];
        if (piece && piece.old + piece.length > start) high = middle;
        else low = middle + 1;
      }
      const first = kept[low];
      let last: typeof first;
      for (let piece = first; piece && piece.old < end; piece = kept[++low]) last = piece;
      if (!first || !last) return null;
      return {
        start: first.fresh + Math.max(0, start - first.old),
        end: last.fresh + Math.min(last.length, end - last.old),
      };
    });
  },
  plan: (length) => ({ ...everything, rounds: length > 30_000 ? 1 : everything.rounds }),
};
