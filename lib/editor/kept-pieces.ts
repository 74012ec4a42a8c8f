/**
 * Follows the steps of an edit and knows what of the text it began with still stands, and where: ranges of the first canonical text
 * against ranges of the one there is now. Typing costs as many steps as there were edits, not characters.
 */
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import type { Mapping } from "@tiptap/pm/transform";
import type { KeptRange } from "../domain/kept-text";
import { CanonicalText } from "./canonical-text";

/** Characters from `offset` of the first text, from `position` of the document on; all in one block. */
type Piece = { offset: number; position: number; length: number };

export class KeptPieces {
  private constructor(private pieces: readonly Piece[]) {}

  /** Of a document that nothing has been done to. */
  static all(document: ProseMirrorNode): KeptPieces {
    const { blocks } = CanonicalText.of(document);
    return new KeptPieces(
      blocks.filter(({ length }) => length > 0).map(({ offset, position, length }) => ({ offset, position, length })),
    );
  }

  /** Of a document that was edited before, as `ranges` told it then. */
  static from(document: ProseMirrorNode, ranges: readonly KeptRange[]): KeptPieces {
    const canonical = CanonicalText.of(document);
    return new KeptPieces(
      ranges.map(({ from, to, length }) => ({ offset: from, position: canonical.positionAt(to, 1), length })),
    );
  }

  follow(mapping: Mapping): void {
    for (const map of mapping.maps)
      map.forEach((from, to, place, placeEnd) => {
        // What stood before it in the same map has shifted the pieces by now, as it has the new place.
        this.cut(place, place + to - from, placeEnd - place - (to - from));
      });
  }

  private cut(from: number, to: number, growth: number): void {
    this.pieces = this.pieces.flatMap((piece) => {
      const end = piece.position + piece.length;
      if (end <= from) return [piece];
      if (piece.position >= to) return [{ ...piece, position: piece.position + growth }];
      const before = Math.max(0, from - piece.position);
      const after = Math.max(0, end - to);
      return [
        ...(before > 0 ? [{ ...piece, length: before }] : []),
        ...(after > 0 ? [{ offset: piece.offset + piece.length - after, position: to + growth, length: after }] : []),
      ];
    });
  }

  /** Against the canonical text of `document`, which all steps led to. */
  ranges(document: ProseMirrorNode): KeptRange[] {
    const canonical = CanonicalText.of(document);
    const ranges: KeptRange[] = [];
    for (const { offset: from, position, length } of this.pieces) {
      const to = canonical.offsetAt(position, 1);
      const last = ranges.at(-1);
      if (last && last.from + last.length === from && last.to + last.length === to) last.length += length;
      else ranges.push({ from, to, length });
    }
    return ranges;
  }
}
