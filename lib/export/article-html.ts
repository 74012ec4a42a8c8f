/**
 * A frozen document with its claims marked in it, as HTML without an editor. Claims may overlap, nest, cross paragraphs and
 * inline marks: the text is cut into runs at every edge, a run leads to the shortest claim that covers it, and every claim
 * carries its number at its end, so that each can be reached. Never draws a link that the schema would refuse.
 */
import { type TextRange, tidyRange } from "../domain/anchor";
import type { RichText, RichTextNode } from "../domain/rich-text";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, isAllowedLink, parseDocument } from "../editor/schema";
import { escaped, type Html, html, joined } from "./html";

/** A place where a claim stands: offsets are UTF-16 code units of the canonical text. */
export type Marking = TextRange & {
  /** The claim's number: its entry has the id `c` and this number. */
  claim: number;
  /** Index into the scale: its class is `r` and this number. */
  rating: number;
  symbol: string;
};

export type MarkedArticle = {
  html: Html;
  /** The id of the mark where each claim starts, by the claim's number: the way back into the text. */
  starts: ReadonlyMap<number, string>;
};

/**
 * Markings in any order; they are drawn without the white space at their edges, and not at all when nothing is left.
 * @throws AppError `invalid` for a document that is not of the article's schema.
 */
export function articleHtml(document: RichText, markings: readonly Marking[]): MarkedArticle {
  const { text } = CanonicalText.of(parseDocument(articleSchema, document));
  const tidy = markings.flatMap((marking) => {
    const range = tidyRange(text, marking);
    return range ? [{ ...marking, ...range }] : [];
  });
  const renderer = new Renderer(tidy);
  const html = renderer.blocks(document);
  if (renderer.offset !== text.length)
    throw new Error(`Drew ${renderer.offset} characters of a text of ${text.length}`);
  return { html, starts: renderer.starts };
}

/** A rationale: the same blocks, no claims. */
export const richTextHtml = (document: RichText): Html => new Renderer([]).blocks(document);

/** How blocks are parted in the canonical text (`lib/editor/canonical-text.ts`). */
const blockSeparator = "\n\n".length;
/** Of a pile, so many claims are named on the run; the others are reached by their numbers. */
const namedInPile = 9;

/** Inline content under the same claims and the same link. `covering` is the very same array as long as nothing opens or ends. */
type Run = { covering: readonly Marking[]; ending: readonly Marking[]; link: string | null; content: Html };

class Renderer {
  offset = 0;
  readonly starts = new Map<number, string>();
  private readonly waiting: readonly Marking[];
  private next = 0;
  private covering: readonly Marking[] = [];
  private first = true;
  /** The levels of the headings that the text now stands under. */
  private outline: readonly number[] = [];

  constructor(markings: readonly Marking[]) {
    this.waiting = markings.toSorted((a, b) => a.start - b.start || b.end - a.end || a.claim - b.claim);
  }

  blocks(parent: RichTextNode): Html {
    return joined((parent.content ?? []).map((node) => this.block(node)));
  }

  private block(node: RichTextNode): Html {
    switch (node.type) {
      case "paragraph":
        return html`<p>${this.inline(node)}</p>`;
      case "heading": {
        const level = this.headingLevel(Number(node.attrs?.level ?? 1));
        return html`<h${level}>${this.inline(node)}</h${level}>`;
      }
      case "bulletList":
        return html`<ul>${this.blocks(node)}</ul>`;
      case "orderedList": {
        const start = Number(node.attrs?.start ?? 1);
        return html`<ol${start !== 1 && html` start=${start}`}>${this.blocks(node)}</ol>`;
      }
      case "listItem":
        return html`<li>${this.blocks(node)}</li>`;
      case "blockquote":
        return html`<blockquote>${this.blocks(node)}</blockquote>`;
      default:
        throw new Error(`No HTML for a block of type ${node.type}`);
    }
  }

  /**
   * The headline is the page's h1. A heading goes one below what it stands under, whatever its own number: an outline that skips
   * a level loses whoever reads by headings.
   */
  private headingLevel(level: number): number {
    this.outline = [...this.outline.filter((above) => above < level), level];
    return this.outline.length + 1;
  }

  private inline(node: RichTextNode): Html {
    if (!this.first) this.offset += blockSeparator;
    this.first = false;
    const runs = (node.content ?? []).flatMap((child) => this.cut(child));
    return joined(mergeRuns(runs).map((run) => this.draw(run)));
  }

  /** Cuts one piece of inline content wherever a claim starts or ends. */
  private cut(child: RichTextNode): Run[] {
    const runs: Run[] = [];
    const from = this.offset;
    const childEnd = from + lengthOf(child);
    while (this.offset < childEnd) {
      this.openMarkings();
      const start = this.offset;
      const { covering } = this;
      const end = Math.min(
        childEnd,
        this.waiting[this.next]?.start ?? childEnd,
        covering.reduce((nearest, marking) => Math.min(nearest, marking.end), childEnd),
      );
      this.offset = end;
      const ending = covering.filter((marking) => marking.end === end);
      if (ending.length > 0) this.covering = covering.filter((marking) => marking.end > end);
      runs.push({ covering, ending, link: linkOf(child), content: contentOf(child, start - from, end - from) });
    }
    return runs;
  }

  private openMarkings(): void {
    const opening: Marking[] = [];
    for (let marking = this.waiting[this.next]; marking && marking.start <= this.offset; ) {
      if (marking.end > this.offset) opening.push(marking);
      marking = this.waiting[++this.next];
    }
    if (opening.length > 0) this.covering = [...this.covering, ...opening];
  }

  private draw({ covering, ending, link, content }: Run): Html {
    const text = link === null ? content : html`<a href="${link}" rel="${outwardRel}">${content}</a>`;
    const shortest = covering.reduce<Marking | null>(
      (best, marking) => (best && best.end - best.start < marking.end - marking.start ? best : marking),
      null,
    );
    if (!shortest) return text;

    // The number of the claim that the run leads to is part of its link; others that end here have a link of their own.
    const own = link === null && ending.includes(shortest) ? shortest : null;
    const led = link === null ? html`<a href=#c${shortest.claim}>${text}${own && number(own)}</a>` : text;
    const others = ending
      .filter((marking) => marking !== own)
      .map((marking) => html`<a class="n r${marking.rating}" href=#c${marking.claim}>${number(marking)}</a>`);
    return html`<mark class=${classOf(shortest, covering)}${this.startId(covering)}${pileOf(covering)}>${led}</mark>${others}`;
  }

  /** The id of a run where a claim is met for the first time. */
  private startId(covering: readonly Marking[]): Html | null {
    const met = covering.filter((marking) => !this.starts.has(marking.claim));
    if (!met[0]) return null;
    const id = `m${met[0].claim}`;
    for (const marking of met) this.starts.set(marking.claim, id);
    return html` id=${id}`;
  }
}

const number = ({ symbol, claim }: Marking): Html => html`<sup>${symbol}${claim}</sup>`;

function classOf(shortest: Marking, covering: readonly Marking[]): Html {
  const depth = Math.min(3, covering.length);
  return depth > 1 ? html`"r${shortest.rating} d${depth}"` : html`r${shortest.rating}`;
}

/** The claims of a pile, shortest first, for the script that offers and outlines them. */
function pileOf(covering: readonly Marking[]): Html | null {
  if (covering.length < 2) return null;
  const inside = covering.toSorted((a, b) => a.end - a.start - (b.end - b.start) || b.claim - a.claim);
  const claims = new Set(inside.map((marking) => marking.claim));
  return html` data-c="${[...claims].slice(0, namedInPile).join(" ")}"`;
}

/** Neighbours under the same claims become one, so that an italic word does not make three links of one claim. */
function mergeRuns(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last && last.covering === run.covering && last.link === run.link && last.ending.length === 0)
      merged[merged.length - 1] = { ...run, content: html`${last.content}${run.content}` };
    else merged.push(run);
  }
  return merged;
}

export const outwardRel = "nofollow noopener noreferrer";

const lengthOf = (child: RichTextNode): number => (child.type === "text" ? (child.text ?? "").length : 1);

function linkOf(child: RichTextNode): string | null {
  const href = child.marks?.find((mark) => mark.type === "link")?.attrs?.href;
  return isAllowedLink(href) ? href : null;
}

function contentOf(child: RichTextNode, from: number, to: number): Html {
  if (child.type === "hardBreak") return html`<br>`;
  if (child.type !== "text") throw new Error(`No HTML for inline content of type ${child.type}`);
  const has = (type: string) => child.marks?.some((mark) => mark.type === type);
  let content = escaped((child.text ?? "").slice(from, to));
  if (has("italic")) content = html`<em>${content}</em>`;
  if (has("bold")) content = html`<strong>${content}</strong>`;
  return content;
}
