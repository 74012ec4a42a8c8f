import { EditorState, TextSelection } from "@tiptap/pm/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignTexts } from "../domain/align-texts";
import { carryOver } from "../domain/carry-over";
import { isKept, type KeptRange } from "../domain/kept-text";
import type { RichText } from "../domain/rich-text";
import { CanonicalText } from "./canonical-text";
import { KeptPieces } from "./kept-pieces";
import { articleSchema, parseDocument } from "./schema";

const paragraphs = (texts: readonly string[]): RichText => ({
  type: "doc",
  content: texts.map((text) => ({ type: "paragraph", ...(text && { content: [{ type: "text", text }] }) })),
});

/** A text under edit, each step of it followed. */
class Edit {
  state: EditorState;
  readonly before: string;
  private pieces: KeptPieces;

  constructor(texts: readonly string[]) {
    const doc = parseDocument(articleSchema, paragraphs(texts));
    this.state = EditorState.create({ doc });
    this.before = CanonicalText.of(doc).text;
    this.pieces = KeptPieces.all(doc);
  }

  do(change: (tr: EditorState["tr"]) => EditorState["tr"]): this {
    const transaction = change(this.state.tr);
    this.state = this.state.apply(transaction);
    this.pieces.follow(transaction.mapping);
    return this;
  }

  /** Between offsets of the text as it is now. */
  replace(start: number, end: number, text: string): this {
    const { from, to } = CanonicalText.of(this.state.doc).positionsOf({ start, end });
    return this.do((tr) => tr.insertText(text, from, to));
  }

  split(offset: number): this {
    return this.do((tr) => tr.split(CanonicalText.of(this.state.doc).positionAt(offset, -1)));
  }

  /** As after a reload: only the ranges are left. */
  reload(): this {
    this.pieces = KeptPieces.from(this.state.doc, this.kept);
    return this;
  }

  get after(): string {
    return CanonicalText.of(this.state.doc).text;
  }

  get kept(): KeptRange[] {
    return this.pieces.ranges(this.state.doc);
  }

  carry(start: number, end: number) {
    const alignment = alignTexts(this.before, this.after, this.kept);
    return carryOver(this.before, [{ start, end }], this.after, alignment)[0];
  }
}

describe("an edit that is followed", () => {
  const phrase = "The mayor said no.";

  it("knows which of five equal phrases was cut", () => {
    const text = Array.from({ length: 5 }, () => phrase).join(" ");
    const at = (nth: number) => nth * (phrase.length + 1);
    const edit = new Edit([text]).replace(at(1), at(2), "");
    const carry = (nth: number) => edit.carry(at(nth), at(nth) + phrase.length);
    expect(carry(1)).toMatchObject({ state: "orphaned" });
    for (const [nth, place] of [
      [0, 0],
      [2, 1],
      [3, 2],
      [4, 3],
    ] as const)
      expect(carry(nth)).toMatchObject({
        state: "anchored",
        range: { start: at(place), end: at(place) + phrase.length },
      });
  });

  it("says that words typed over are others, where they stand", () => {
    const edit = new Edit([`${phrase} Costs rose by 12 percent. ${phrase} Costs rose by 12 percent.`]);
    const start = edit.before.lastIndexOf("12");
    edit.replace(start, start + 2, "15");
    expect(edit.carry(start, start + 2)).toMatchObject({ state: "altered", range: { start, end: start + 2 } });
    const first = edit.before.indexOf("12");
    expect(edit.carry(first, first + 2)).toMatchObject({ state: "anchored", range: { start: first, end: first + 2 } });
  });

  it("holds through split and joined paragraphs, and a reload", () => {
    const edit = new Edit(["One two three. Four five six.", "Seven eight nine."]).split(14).reload();
    edit.do((tr) => tr.join(CanonicalText.of(edit.state.doc).positionAt(edit.after.indexOf("Seven"), 1) - 1));
    expect(edit.after).toBe("One two three.\n\n Four five six.Seven eight nine.");
    expect(isKept(edit.before, edit.after, edit.kept)).toBe(true);
    expect(edit.kept.reduce((sum, { length }) => sum + length, 0)).toBe(edit.before.length - 2);
  });

  it("leaves what was cut and pasted elsewhere to the comparison", () => {
    const moved = "Ferry traffic has doubled in ten years, and no homes will be lost to the quay. ";
    const edit = new Edit([`${moved}The vote came late, and nobody left before midnight.`]);
    edit.replace(0, moved.length, "").replace(edit.after.length, edit.after.length, ` ${moved.trim()}`);
    const [start, place] = [0, edit.after.indexOf(moved.trim())];
    expect(edit.carry(start, moved.trim().length)).toMatchObject({ state: "moved", range: { start: place } });
  });

  it("keeps nothing of a text that was replaced", () => {
    const edit = new Edit(["One two three."]);
    edit.do((tr) => tr.setSelection(TextSelection.create(tr.doc, 1, tr.doc.content.size - 1)).insertText("Four."));
    expect(edit.kept).toEqual([]);
  });
});

describe("over any edits", () => {
  const word = fc.constantFrom("the", "mayor", "said", "12", "no", "yes", "“so”", "Ünal", "🙂");
  const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
  const step = fc.record({
    kind: fc.constantFrom("replace", "cut", "split", "reload"),
    at: fc.nat(),
    length: fc.nat({ max: 20 }),
    text: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
  });

  it("is borne out by both texts, and anchors on it stand exactly there", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.array(step, { maxLength: 8 }), (lines, steps) => {
        const edit = new Edit(lines);
        for (const { kind, at, length, text } of steps) {
          const start = at % (edit.after.length + 1);
          const end = Math.min(edit.after.length, start + length);
          if (kind === "replace") edit.replace(start, end, text);
          else if (kind === "cut") edit.replace(start, end, "");
          else if (kind === "split") edit.split(start);
          else edit.reload();
        }
        const { before, after, kept } = edit;
        expect(isKept(before, after, kept)).toBe(true);
        const alignment = alignTexts(before, after, kept);
        for (const { from, to, length } of kept) {
          // Whole words with whole words of the same range on either side.
          const [, inner] = /^\S*\s+\S+\s+(.*\S)\s+\S+\s+\S*$/du.exec(before.slice(from, from + length))?.indices ?? [];
          if (!inner) continue;
          const [start, end, place] = [from + inner[0], from + inner[1], to + inner[0]];
          const [answer] = carryOver(before, [{ start, end }], after, alignment);
          expect(answer).toMatchObject({ state: "anchored", range: { start: place, end: place + end - start } });
        }
      }),
      { numRuns: 300 },
    );
  });
});
