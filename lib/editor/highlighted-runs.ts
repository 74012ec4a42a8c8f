/**
 * Claims in a text that is only read: the inline content of each block, cut wherever a claim begins or ends, with the claims that
 * cover a piece as its innermost marks, as the editor's decorations lie. The stored document knows nothing of them.
 */
import type { TextRange } from "../domain/anchor";
import type { RichText, RichTextMark, RichTextNode } from "../domain/rich-text";
import { CanonicalText } from "./canonical-text";
import type { ClaimHighlight } from "./claim-highlights";
import { articleSchema, parseDocument } from "./schema";

/** A claim as such a text shows it; its number at the end leads to its record. */
export type ReadHighlight = Omit<ClaimHighlight, "endWords"> & {
  number: number;
  /** Said of the number by a screen reader. */
  endWords: string;
  href: string;
  /** Of the element where it begins. */
  startId: string;
  isActive: boolean;
};

/** The part of one claim that lies in one block; offsets in the block. */
type Piece = TextRange & { highlight: ReadHighlight; mark: RichTextMark; opens: Opening | null; isLast: boolean };

/** A claim begins at each of its places; the first one is where a link to it leads. */
type Opening = "first" | "again";

/** Of a mark, and of the nodes that stand where a claim begins and ends. */
export const highlightOf = ({ attrs }: RichTextMark | RichTextNode): ReadHighlight | undefined =>
  attrs?.highlight as ReadHighlight | undefined;

/** Of a pile, those that are drawn: the style shows no fourth, and in a text full of claims each would cost as much as the words. */
const mostDrawn = 3;

export class HighlightedRuns {
  private readonly pieces: (Piece[] | undefined)[] = [];
  private block = 0;

  /** @throws AppError `invalid` for a document that is not of the article's schema. */
  constructor(document: RichText, highlights: readonly ReadHighlight[]) {
    const canonical = CanonicalText.of(parseDocument(articleSchema, document));
    for (const highlight of highlights) {
      const mark = { type: "claim", attrs: { highlight } };
      for (const [index, range] of highlight.ranges.entries())
        this.add(canonical, range, { highlight, mark, opens: index === 0 ? "first" : "again" });
    }
    for (const pieces of this.pieces) pieces?.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  private add(
    canonical: CanonicalText,
    { start, end }: TextRange,
    of: Pick<Piece, "highlight" | "mark" | "opens">,
  ): void {
    let last: Piece | undefined;
    for (let index = canonical.blockAt(start); index < canonical.blocks.length; index += 1) {
      const { offset, length } = canonical.blocks[index] as CanonicalText["blocks"][number];
      if (offset >= end) break;
      const from = Math.max(0, start - offset);
      const to = Math.min(length, end - offset);
      if (from >= to) continue;
      const piece: Piece = { ...of, start: from, end: to, opens: last ? null : of.opens, isLast: false };
      const pieces = this.pieces[index];
      if (pieces) pieces.push(piece);
      else this.pieces[index] = [piece];
      last = piece;
    }
    if (last) last.isLast = true;
  }

  /** The content of the next block. To be asked for every paragraph and heading in the order of the text. */
  next(content: readonly RichTextNode[]): readonly RichTextNode[] {
    const pieces = this.pieces[this.block++];
    if (!pieces) return content;
    const runs: RichTextNode[] = [];
    let covering: Piece[] = [];
    let waiting = 0;
    let at = 0;
    for (const child of content) {
      const from = at;
      const end = from + (child.type === "text" ? (child.text ?? "").length : 1);
      while (at < end) {
        for (let piece = pieces[waiting]; piece && piece.start <= at; piece = pieces[++waiting]) {
          covering.push(piece);
          const { opens, highlight } = piece;
          if (opens)
            runs.push({
              type: "claimStart",
              attrs: { highlight, ...(opens === "first" && { id: highlight.startId }) },
            });
        }
        const edges = covering.map((piece) => piece.end);
        const to = Math.min(end, pieces[waiting]?.start ?? end, ...edges);
        runs.push({
          ...child,
          ...(child.type === "text" && { text: child.text?.slice(at - from, to - from) }),
          marks: [...(child.marks ?? []), ...covering.slice(-mostDrawn).map(({ mark }) => mark)],
        });
        at = to;
        for (const { highlight } of covering.filter((piece) => piece.end === at && piece.isLast))
          runs.push({ type: "claimEnd", attrs: { highlight } });
        covering = covering.filter((piece) => piece.end > at);
      }
    }
    return runs;
  }
}
