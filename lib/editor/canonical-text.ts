/**
 * The only maker of "the text": document -> canonical text, and offset <-> position in the document.
 * Blocks are parted by a blank line, a line break is one line feed, nothing else is added or dropped.
 * Offsets are UTF-16 code units of the canonical text; positions are ProseMirror's.
 */
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import type { TextRange } from "../domain/anchor";

const blockSeparator = "\n\n";
const lineBreak = "\n";

/** One run of inline content: `length` characters from `offset` in the text stand from `position` in the document. */
type Run = { offset: number; position: number; length: number };

/** The canonical text of one document together with the map between its offsets and the document's positions. */
export class CanonicalText {
  readonly text: string;
  /** In order of offset and of position alike. An empty block has a run of length 0. */
  private readonly runs: readonly Run[];

  private constructor(document: ProseMirrorNode) {
    const runs: Run[] = [];
    const parts: string[] = [];
    let offset = 0;
    const add = (text: string) => {
      parts.push(text);
      offset += text.length;
    };
    let first = true;
    document.descendants((node, position) => {
      if (!node.isTextblock) return true;
      if (!first) add(blockSeparator);
      first = false;
      if (node.childCount === 0) runs.push({ offset, position: position + 1, length: 0 });
      node.forEach((child, childOffset) => {
        const text = child.isText ? (child.text ?? "") : child.type.name === "hardBreak" ? lineBreak : "";
        runs.push({ offset, position: position + 1 + childOffset, length: text.length });
        add(text);
      });
      return false;
    });
    this.runs = runs;
    this.text = parts.join("");
  }

  private static readonly cache = new WeakMap<ProseMirrorNode, CanonicalText>();

  /** Made once for each document node. Linear in its size. */
  static of(document: ProseMirrorNode): CanonicalText {
    let made = CanonicalText.cache.get(document);
    if (!made) {
      made = new CanonicalText(document);
      CanonicalText.cache.set(document, made);
    }
    return made;
  }

  /** Index of the last run for which `key` is at most `value`; -1 when there is none. */
  private lastRun(key: "offset" | "position", value: number): number {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.runs[middle] as Run)[key] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * The position of an offset. One between two runs, or in a separator, belongs to the run before it with `side` -1
   * (the end of a range) and to the run after it with `side` 1 (the start of a range).
   */
  positionAt(offset: number, side: -1 | 1): number {
    const index = Math.max(0, this.lastRun("offset", side === -1 ? offset - 1 : offset));
    const run = this.runs[index];
    if (!run) return 0;
    const next = this.runs[index + 1];
    const past = side === 1 && next && offset > run.offset && offset >= run.offset + run.length;
    return past ? next.position : run.position + Math.max(0, Math.min(run.length, offset - run.offset));
  }

  /** The offset of a position; one that lies between blocks belongs to the nearest text before it. */
  offsetAt(position: number): number {
    const run = this.runs[this.lastRun("position", position)];
    return run ? run.offset + Math.min(run.length, position - run.position) : 0;
  }

  /** The range of the document that a range of the text stands for. */
  positionsOf({ start, end }: TextRange): { from: number; to: number } {
    return { from: this.positionAt(start, 1), to: this.positionAt(end, -1) };
  }

  /** The range of the text that a range of the document stands for; may be empty. */
  rangeOf(from: number, to: number): TextRange {
    return { start: this.offsetAt(from), end: this.offsetAt(to) };
  }
}
