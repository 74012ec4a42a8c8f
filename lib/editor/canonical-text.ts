/**
 * The only maker of "the text": document -> canonical text, and offset <-> position in the document.
 * Blocks are parted by a blank line, a line break is one line feed, nothing else is added or dropped.
 * Offsets are UTF-16 code units of the canonical text; positions are ProseMirror's.
 */
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import type { TextRange } from "../domain/anchor";

const blockSeparator = "\n\n";
const lineBreak = "\n";

/** A paragraph or heading, wherever it is nested: `length` code units from `offset` in the text, from `position` in the document. */
export type TextBlock = {
  readonly offset: number;
  readonly length: number;
  /** Of its first character; the block itself begins one before. */
  readonly position: number;
  /** Index of the document's child that it is or is in. */
  readonly child: number;
};

/** The canonical text of one document together with the map between its offsets and the document's positions. */
export class CanonicalText {
  readonly text: string;
  /** In the order of the text. An empty block has length 0. */
  readonly blocks: readonly TextBlock[];

  private constructor(document: ProseMirrorNode) {
    const blocks: TextBlock[] = [];
    const texts: string[] = [];
    let offset = 0;
    document.forEach((child, childPosition, index) => {
      const add = (node: ProseMirrorNode, position: number) => {
        if (!node.isTextblock) return true;
        const text = inlineText(node);
        blocks.push({ offset, length: text.length, position: position + 1, child: index });
        texts.push(text);
        offset += text.length + blockSeparator.length;
        return false;
      };
      if (add(child, childPosition)) child.descendants((node, inner) => add(node, childPosition + 1 + inner));
    });
    this.blocks = blocks;
    this.text = texts.join(blockSeparator);
  }

  private static readonly cache = new WeakMap<ProseMirrorNode, CanonicalText>();

  /**
   * Made once for each document node. Linear in its size.
   * @throws Error for inline content that is neither text nor a line break: the schema has none, and no offset could stand for it.
   */
  static of(document: ProseMirrorNode): CanonicalText {
    let made = CanonicalText.cache.get(document);
    if (!made) {
      made = new CanonicalText(document);
      CanonicalText.cache.set(document, made);
    }
    return made;
  }

  /** Index of the last block for which `key` is at most `value`; -1 when there is none. */
  private lastBlock(key: "offset" | "position", value: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.blocks[middle] as TextBlock)[key] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Index of the block that an offset stands in; one in a separator belongs to the block before it. */
  blockAt(offset: number): number {
    return Math.max(0, this.lastBlock("offset", offset));
  }

  /**
   * The position of an offset. One in a separator is, with `side` -1 (the end of a range), at the end of the block before it
   * and, with `side` 1 (the start of a range), at the start of the block after it. Offsets outside the text are at its ends.
   */
  positionAt(offset: number, side: -1 | 1): number {
    const index = this.blockAt(offset);
    const block = this.blocks[index];
    if (!block) return 0;
    const into = Math.max(0, offset - block.offset);
    const next = this.blocks[index + 1];
    if (into > block.length && side === 1 && next) return next.position;
    return block.position + Math.min(into, block.length);
  }

  /**
   * The offset of a position. One that lies between blocks belongs, with `side` -1, to the end of the text before it and,
   * with `side` 1, to the start of the text after it.
   */
  offsetAt(position: number, side: -1 | 1 = -1): number {
    const index = this.lastBlock("position", position);
    const block = this.blocks[index];
    const next = this.blocks[index + 1];
    if (!block) return 0;
    const into = position - block.position;
    return into > block.length && side === 1 && next ? next.offset : block.offset + Math.min(into, block.length);
  }

  /** The range of the document that a range of the text stands for. `from` is never after `to`. */
  positionsOf({ start, end }: TextRange): { from: number; to: number } {
    const from = this.positionAt(start, 1);
    return { from, to: Math.max(from, this.positionAt(end, -1)) };
  }

  /** The range of the text that a range of the document stands for; empty when it holds no text. */
  rangeOf(from: number, to: number): TextRange {
    const start = this.offsetAt(from, 1);
    return { start, end: Math.max(start, this.offsetAt(to, -1)) };
  }

  /** The parts of the document that a range of the text covers, one for each block that it has characters in. */
  piecesOf({ start, end }: TextRange): { from: number; to: number }[] {
    const pieces: { from: number; to: number }[] = [];
    for (let index = this.blockAt(start); index < this.blocks.length; index += 1) {
      const block = this.blocks[index] as TextBlock;
      if (block.offset >= end) break;
      const from = Math.max(start, block.offset) - block.offset;
      const to = Math.min(end - block.offset, block.length);
      if (from < to) pieces.push({ from: block.position + from, to: block.position + to });
    }
    return pieces;
  }
}

/** Each code unit of it takes one position, so that offsets and positions in a block run side by side. */
function inlineText(block: ProseMirrorNode): string {
  let text = "";
  block.forEach((child) => {
    const part = child.isText ? child.text : child.type.name === "hardBreak" ? lineBreak : undefined;
    if (part === undefined) throw new Error(`No text stands for ${child.type.name}`);
    text += part;
  });
  return text;
}
