/**
 * An article as a Word document in which the changes that the desk asks for are tracked: the author accepts or refuses each in Word.
 * Headings, paragraphs, lists, quotes, bold, italic and links stay; `docx` writes the file. It takes a long text seconds, so it runs in a
 * thread of its own (`docx-worker.ts`).
 */
import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  ExternalHyperlink,
  HeadingLevel,
  InsertedTextRun,
  type IParagraphOptions,
  LevelFormat,
  Packer,
  Paragraph,
  type ParagraphChild,
  TextRun,
} from "docx";
import type { RichText } from "../domain/rich-text";
import { compatible, type Edit, editsOf, type Replacement } from "../domain/wording";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument } from "../editor/schema";

type ProseMirrorNode = ReturnType<typeof parseDocument>;

export type MarkedChange = Replacement & {
  /** Who asks for it, and when (ISO 8601). */
  author: string;
  at: string;
  /** A word to the author: a comment on the words. */
  note: string;
};

export type MarkedText = {
  headline: string;
  language: string;
  document: RichText;
  /** In the canonical text of the document. Of two that overlap the later one is left out. */
  changes: readonly MarkedChange[];
};

export async function changesDocx(input: MarkedText): Promise<Uint8Array> {
  const writer = new Writer(input);
  const { headline, language } = input;
  // As in the files that articles come in by: what is read back has the same headline and the same text.
  const title = new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(writable(headline))] });
  const children = [title, ...writer.paragraphs()];
  const document = new Document({
    title: writable(headline),
    styles: {
      default: { document: { run: { font: "Georgia", size: 23, language: { value: language } } } },
      paragraphStyles: [{ id: "Quote", name: "Quote", basedOn: "Normal", run: { italics: true } }],
    },
    numbering: { config: writer.numberings() },
    ...(writer.comments.length > 0 && { comments: { children: writer.comments } }),
    sections: [{ children }],
  });
  return Packer.toBuffer(document, undefined, []);
}

/** Twentieths of a point for each level of nesting. */
const indent = 480;
const deepest = 8;
const after = 160;

/** What is to happen at one place: `text` in the place of what stands from `start` to `end`. */
type Step = Edit & { change: MarkedChange; comment: number | null; isFirst: boolean; isLast: boolean };
type Run = { bold: boolean; italics: boolean; link: string | null };
const plain: Run = { bold: false, italics: false, link: null };

class Writer {
  readonly comments: { id: number; author: string; date: Date; children: Paragraph[] }[] = [];
  private readonly document: ProseMirrorNode;
  private readonly steps: Step[] = [];
  private readonly starts = new Set<number>();
  private instance = 0;
  private lastId = 0;
  private block = 0;
  private next = 0;

  constructor({ document, changes }: MarkedText) {
    this.document = parseDocument(articleSchema, document);
    const { text } = CanonicalText.of(this.document);
    for (const change of compatible(changes)) {
      const edits = editsOf(text.slice(change.start, change.end), change.wording);
      const comment = change.note && edits.length > 0 ? this.comment(change) : null;
      for (const [index, { start, end, text: put }] of edits.entries())
        this.steps.push({
          ...{ start: change.start + start, end: change.start + end, text: put, change },
          ...{ comment, isFirst: index === 0, isLast: index === edits.length - 1 },
        });
    }
  }

  private comment({ author, at, note }: MarkedChange): number {
    const id = this.comments.length;
    const children = note.split("\n").map((line) => new Paragraph({ children: [new TextRun(writable(line))] }));
    this.comments.push({ id, author: writable(author), date: new Date(at), children });
    return id;
  }

  /** Lists that begin at each number have a numbering of their own. */
  numberings() {
    return [...this.starts].map((start) => ({
      reference: numbering(start),
      levels: Array.from({ length: deepest + 1 }, (_, level) => ({
        ...{ level, start, format: LevelFormat.DECIMAL, text: `%${level + 1}.` },
        style: { paragraph: { indent: { left: indent * (level + 1), hanging: indent / 2 } } },
      })),
    }));
  }

  paragraphs(): Paragraph[] {
    return this.within(this.document.children, { level: -1, isQuoted: false });
  }

  private within(nodes: readonly ProseMirrorNode[], place: { level: number; isQuoted: boolean }): Paragraph[] {
    return nodes.flatMap((node): Paragraph[] => {
      switch (node.type.name) {
        case "bulletList":
        case "orderedList":
          return this.list(node, place);
        case "blockquote":
          return this.within(node.children, { ...place, isQuoted: true });
        case "heading": {
          const heading = headings[(Number(node.attrs.level) || 1) - 1] ?? HeadingLevel.HEADING_4;
          return this.textBlock(node, { heading });
        }
        default:
          return this.textBlock(node, {
            spacing: { after },
            ...(place.isQuoted && { style: "Quote" }),
            ...((place.level >= 0 || place.isQuoted) && {
              indent: { left: indent * (place.level + 1 + (place.isQuoted ? 1 : 0)) },
            }),
          });
      }
    });
  }

  private list(list: ProseMirrorNode, { level, isQuoted }: { level: number; isQuoted: boolean }): Paragraph[] {
    const inner = Math.min(deepest, level + 1);
    const start = Number(list.attrs.start ?? 1);
    const isOrdered = list.type.name === "orderedList";
    const instance = this.instance++;
    if (isOrdered) this.starts.add(start);
    const look: IParagraphOptions = isOrdered
      ? { numbering: { reference: numbering(start), level: inner, instance } }
      : { bullet: { level: inner } };
    return list.children.flatMap((item) => {
      const [first, ...rest] = item.children;
      const head = first?.isTextblock ? this.textBlock(first, look) : [];
      const others = first?.isTextblock ? rest : item.children;
      return [...head, ...this.within(others, { level: inner, isQuoted })];
    });
  }

  /** One paragraph or heading; several where its new words have paragraphs of their own. */
  private textBlock(node: ProseMirrorNode, look: IParagraphOptions): Paragraph[] {
    const { offset, length } = CanonicalText.of(this.document).blocks[this.block++] as {
      offset: number;
      length: number;
    };
    const made = new Paragraphs(look, () => ++this.lastId);
    const pieces = piecesOf(node, offset);
    const end = offset + length;
    let at = offset;
    const copy = (to: number, step: Step | null) => {
      for (const piece of pieces) {
        const [from, until] = [Math.max(piece.start, at), Math.min(piece.end, to)];
        if (from < until) made.add(piece.text.slice(from - piece.start, until - piece.start), piece.run, step, "cut");
      }
      at = Math.max(at, to);
    };
    for (let step = this.steps[this.next]; step && step.start <= end; step = this.steps[this.next]) {
      copy(Math.max(offset, Math.min(step.start, end)), null);
      if (step.start >= offset) made.open(step);
      copy(Math.min(step.end, end), step);
      // New words come where the first of the old ones stood, in their form but for a link.
      if (step.start >= offset && step.text !== "") {
        const beside = pieces.find((piece) => piece.start <= step.start && step.start < piece.end) ?? pieces.at(-1);
        made.put(step.text, { ...(beside?.run ?? plain), link: null }, step);
      }
      if (step.start >= offset) made.close(step);
      if (step.end > end) {
        // It takes away the end of this paragraph too, and goes on in the next one.
        if (this.block < CanonicalText.of(this.document).blocks.length) made.join(step);
        break;
      }
      this.next += 1;
    }
    copy(end, null);
    return made.all();
  }
}

/** Without what no XML may hold, which a text may: control characters (XML 1.0, 2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
const writable = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const;
const numbering = (start: number) => `from-${start}`;

type Piece = { start: number; end: number; text: string; run: Run };

function piecesOf(block: ProseMirrorNode, offset: number): Piece[] {
  let start = offset;
  return block.children.map((child) => {
    const text = child.text ?? "\n";
    const piece = { start, end: start + text.length, text, run: runOf(child.marks) };
    start = piece.end;
    return piece;
  });
}

function runOf(marks: ProseMirrorNode["marks"]): Run {
  const link = marks.find(({ type }) => type.name === "link")?.attrs.href;
  return {
    bold: marks.some(({ type }) => type.name === "bold"),
    italics: marks.some(({ type }) => type.name === "italic"),
    link: typeof link === "string" ? link : null,
  };
}

/** The paragraphs that one block becomes, as they are written from its beginning to its end. */
class Paragraphs {
  private readonly done: Paragraph[] = [];
  private children: ParagraphChild[] = [];
  private joined: Step | null = null;

  constructor(
    private readonly look: IParagraphOptions,
    private readonly newId: () => number,
  ) {}

  private tracked({ change }: Step) {
    return { id: this.newId(), author: writable(change.author), date: change.at };
  }

  /** Text as it stands, or with a step as it is taken away or put in. Line feeds in it are breaks of the line. */
  add(text: string, { bold, italics, link }: Run, step: Step | null, how: "cut" | "put"): void {
    for (const [index, line] of text.split("\n").entries()) {
      if (line === "" && index === 0) continue;
      const run = {
        ...{ text: writable(line), ...(index > 0 && { break: 1 }) },
        ...{ ...(bold && { bold }), ...(italics && { italics }), ...(link && { style: "Hyperlink" }) },
      };
      const child = !step
        ? new TextRun(run)
        : how === "cut"
          ? new DeletedTextRun({ ...run, ...this.tracked(step) })
          : new InsertedTextRun({ ...run, ...this.tracked(step) });
      this.children.push(link ? new ExternalHyperlink({ link, children: [child] }) : child);
    }
  }

  /** New words; where they begin a paragraph, so does the document, with its mark as put in. */
  put(text: string, run: Run, step: Step): void {
    for (const [index, part] of text.split(/\n{2,}/).entries()) {
      if (index > 0) this.end({ insertion: this.tracked(step) });
      this.add(part, run, step, "put");
    }
  }

  open({ comment, isFirst }: Step): void {
    if (comment !== null && isFirst) this.children.push(new CommentRangeStart(comment));
  }

  close({ comment, isLast }: Step): void {
    if (comment === null || !isLast) return;
    this.children.push(new CommentRangeEnd(comment), new TextRun({ children: [new CommentReference(comment)] }));
  }

  /** Its end is taken away: it goes together with the next one. */
  join(step: Step): void {
    this.joined = step;
  }

  private end(run: NonNullable<IParagraphOptions["run"]> | null): void {
    this.done.push(new Paragraph({ ...this.look, children: this.children, ...(run && { run }) }));
    this.children = [];
  }

  all(): Paragraph[] {
    this.end(this.joined && { deletion: this.tracked(this.joined) });
    return this.done;
  }
}
