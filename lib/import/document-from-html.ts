/**
 * A parsed HTML tree -> blocks of the article schema, by an allow-list: what is not named here has its text kept and its
 * element dropped, or is dropped whole. HTML is never kept, copied or printed; what comes out is Tiptap JSON and nothing else.
 */
import type { RichTextMark, RichTextNode } from "../domain/rich-text";
import { trackingParameter } from "../domain/text";
import { articleSchema, isAllowedLink } from "../editor/schema";
import { cleanText, countInvisible } from "./clean-text";

/** Their text is not the article's. */
const droppedWhole = new Set(
  "script style noscript template head title meta link base canvas svg map input select option textarea button datalist progress meter dialog rt rp".split(
    " ",
  ),
);
const embedded = new Set("iframe object embed video audio frame applet".split(" "));
const blockElements = new Set(
  "p div section ul ol menu blockquote article main header footer aside nav address figure figcaption center form fieldset legend details summary dl dt dd hgroup search body html table caption thead tbody tfoot tr td th colgroup li pre hr".split(
    " ",
  ),
);
const headings: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 4, h6: 4 };

/** Lists and quotes inside each other; what is deeper keeps its text and loses its indent. */
const deepestNesting = 6;

const elementNode = 1;
const textNode = 3;
const markOrder = Object.keys(articleSchema.marks);

type Style = {
  bold: boolean;
  italic: boolean;
  href: string | null;
  /** 1 to 4 inside a heading, otherwise null. */
  heading: number | null;
  preformatted: boolean;
  nesting: number;
};
const plain: Style = { bold: false, italic: false, href: null, heading: null, preformatted: false, nesting: 0 };

export type WalkedHtml = { blocks: RichTextNode[]; notes: string[] };

/**
 * The blocks of everything below `root`, in order; none is empty.
 * @param baseUrl Relative links are resolved against it; without one they lose their address and keep their text.
 */
export function blocksFromHtml(root: Node, baseUrl: string | null): WalkedHtml {
  const walk = new Walk(baseUrl);
  const into = new BlockList();
  walk.children(root, into, plain);
  into.end();
  return { blocks: into.blocks, notes: walk.notes() };
}

/** Collects the blocks of one container: a document, a quote or a list item. */
class BlockList {
  readonly blocks: RichTextNode[] = [];
  private inline: RichTextNode[] = [];
  private heading: number | null = null;

  text(raw: string, style: Style): void {
    let text = style.preformatted ? raw : raw.replace(/[ \t\n]+/g, " ");
    const last = this.inline.at(-1);
    const lineIsFresh = !last || last.type === "hardBreak";
    if (!style.preformatted && (lineIsFresh || last.text?.endsWith(" "))) text = text.replace(/^ /, "");
    if (text === "") return;
    if (!last) this.heading = style.heading;
    const marks = marksOf(style);
    if (last?.type === "text" && sameMarks(last.marks, marks)) last.text += text;
    else this.inline.push({ type: "text", text, ...(marks.length > 0 && { marks }) });
  }

  /** Two in a row part paragraphs, as old pages do it. */
  lineBreak(): void {
    this.trimEnd();
    const last = this.inline.at(-1);
    if (!last) return;
    if (last.type === "hardBreak") this.end();
    else this.inline.push({ type: "hardBreak" });
  }

  /** Ends the open paragraph or heading; one without text is not kept. */
  end(): void {
    while (this.inline.at(-1)?.type === "hardBreak") this.inline.pop();
    this.trimEnd();
    while (this.inline.at(-1)?.type === "hardBreak") this.inline.pop();
    if (this.inline.some((node) => node.text?.trim())) {
      const content = this.inline;
      this.blocks.push(
        this.heading === null
          ? { type: "paragraph", content }
          : { type: "heading", attrs: { level: this.heading }, content },
      );
    }
    this.inline = [];
    this.heading = null;
  }

  add(block: RichTextNode): void {
    this.end();
    this.blocks.push(block);
  }

  private trimEnd(): void {
    for (let last = this.inline.at(-1); last?.type === "text"; last = this.inline.at(-1)) {
      last.text = last.text?.replace(/[ \t\n]+$/, "");
      if (last.text !== "") return;
      this.inline.pop();
    }
  }
}

class Walk {
  private pictures = 0;
  private embeds = 0;
  private tables = 0;
  private struck = 0;
  private refusedLinks = 0;
  private invisible = 0;
  private readonly wordLists = new WeakSet<RichTextNode>();

  constructor(private readonly baseUrl: string | null) {}

  children(parent: Node, into: BlockList, style: Style): void {
    for (let child = parent.firstChild; child; child = child.nextSibling) this.node(child, into, style);
  }

  private node(node: Node, into: BlockList, style: Style): void {
    if (node.nodeType === textNode) this.text(node.nodeValue ?? "", into, style);
    else if (node.nodeType === elementNode) this.element(node as Element, into, style);
  }

  private text(raw: string, into: BlockList, style: Style): void {
    this.invisible += countInvisible(raw);
    const lines = style.preformatted ? cleanText(raw).split("\n") : [cleanText(raw)];
    lines.forEach((line, index) => {
      if (index > 0) into.lineBreak();
      into.text(line, style);
    });
  }

  private element(element: Element, into: BlockList, style: Style): void {
    const name = element.localName.toLowerCase();
    const level = headings[name];
    const mayNest = style.nesting < deepestNesting;
    if (name === "img") this.pictures += isTracker(element) ? 0 : 1;
    else if (embedded.has(name)) this.embeds++;
    else if (droppedWhole.has(name) || isHidden(element)) return;
    else if (name === "br") into.lineBreak();
    else if (level !== undefined) this.block(element, into, { ...style, heading: level });
    else if (name === "pre") this.block(element, into, { ...style, preformatted: true });
    else if ((name === "ul" || name === "ol") && mayNest) this.list(element, name, into, style);
    else if (isWordListItem(element) && mayNest) this.wordListItem(element, into, style);
    else if (name === "blockquote" && mayNest) this.quote(element, into, style);
    else if (blockElements.has(name)) this.block(element, into, style);
    else this.inline(element, name, into, style);
    if (name === "table") this.tables++;
  }

  private block(element: Element, into: BlockList, style: Style): void {
    into.end();
    this.children(element, into, styled(element, style));
    into.end();
  }

  private inline(element: Element, name: string, into: BlockList, style: Style): void {
    if (name === "s" || name === "strike" || name === "del") this.struck++;
    if (name === "q") into.text("\u201c", style);
    const inner = styled(element, style);
    if (name === "b" || name === "strong") inner.bold = fontWeight(element) ?? true;
    if (name === "i" || name === "em" || name === "cite") inner.italic = true;
    if (name === "a") inner.href = this.link(element.getAttribute("href"));
    this.children(element, into, inner);
    if (name === "q") into.text("\u201d", style);
  }

  private quote(element: Element, into: BlockList, style: Style): void {
    const inner = new BlockList();
    this.children(element, inner, { ...style, heading: null, nesting: style.nesting + 1 });
    inner.end();
    if (inner.blocks.length > 0) into.add({ type: "blockquote", content: inner.blocks });
    else into.end();
  }

  private list(element: Element, name: string, into: BlockList, style: Style): void {
    const items: RichTextNode[] = [];
    const inside = { ...style, heading: null, nesting: style.nesting + 1 };
    for (let child = element.firstChild; child; child = child.nextSibling) {
      const item = new BlockList();
      const isItem = child.nodeType === elementNode && (child as Element).localName.toLowerCase() === "li";
      if (isItem && !isHidden(child as Element)) this.children(child, item, styled(child as Element, inside));
      else if (!isItem) this.node(child, item, inside);
      item.end();
      if (item.blocks.length === 0) continue;
      const previous = items.at(-1);
      // A list that stands straight in a list belongs to the item before it.
      if (!isItem && previous?.content && isList(item.blocks[0])) previous.content.push(...item.blocks);
      else items.push({ type: "listItem", content: startWithParagraph(item.blocks) });
    }
    into.end();
    if (items.length === 0) return;
    const start = Number(element.getAttribute("start"));
    into.add(
      name === "ol"
        ? { type: "orderedList", attrs: { start: Number.isInteger(start) && start > 0 ? start : 1 }, content: items }
        : { type: "bulletList", content: items },
    );
  }

  /** Word writes lists as paragraphs with a bullet drawn before each; neighbours of one kind are one list. */
  private wordListItem(element: Element, into: BlockList, style: Style): void {
    into.end();
    const item = new BlockList();
    this.children(element, item, { ...styled(element, style), nesting: style.nesting + 1 });
    item.end();
    if (item.blocks.length === 0) return;
    const number = /^\s*(\d+)[.)]/.exec(element.textContent ?? "")?.[1];
    const type = number === undefined ? "bulletList" : "orderedList";
    const listItem = { type: "listItem", content: startWithParagraph(item.blocks) };
    const before = into.blocks.at(-1);
    if (before && before.type === type && this.wordLists.has(before)) before.content?.push(listItem);
    else {
      const list = { type, ...(number !== undefined && { attrs: { start: Number(number) } }), content: [listItem] };
      this.wordLists.add(list);
      into.add(list);
    }
  }

  /** The address in full and without tracking parameters, or null when it may not or cannot be kept. */
  private link(href: string | null): string | null {
    if (!href || href.startsWith("#")) return null;
    try {
      const url = new URL(href.trim(), this.baseUrl ?? undefined);
      if (isAllowedLink(url.href)) return withoutTracking(url).href;
    } catch {
      // Relative without a base, or not an address at all.
    }
    this.refusedLinks++;
    return null;
  }

  notes(): string[] {
    const notes: string[] = [];
    const say = (count: number, one: string, many: string) => {
      if (count > 0) notes.push(count === 1 ? one : many.replace("#", count.toLocaleString("en")));
    };
    say(
      this.pictures,
      "A picture was left out; its caption, if it has one, is kept as text.",
      "# pictures were left out; their captions are kept as text.",
    );
    say(
      this.embeds,
      "A video, sound or embedded post was left out.",
      "# videos, sounds or embedded posts were left out.",
    );
    say(
      this.tables,
      "A table is kept as lines of text, one cell a line.",
      "# tables are kept as lines of text, one cell a line.",
    );
    say(
      this.struck,
      "A passage that was struck out is kept as ordinary text.",
      "# passages that were struck out are kept as ordinary text.",
    );
    say(
      this.refusedLinks,
      "A link was dropped and its text kept: its address is not a whole http, https or mailto one.",
      "# links were dropped and their text kept: their addresses are not whole http, https or mailto ones.",
    );
    say(
      this.invisible,
      "An invisible character (soft hyphen or zero-width space) was taken out.",
      "# invisible characters (soft hyphens, zero-width spaces) were taken out.",
    );
    return notes;
  }
}

/** `style` with what the element's own style attribute says of it; word processors write bold and italic that way. */
function styled(element: Element, style: Style): Style {
  const css = element.getAttribute("style");
  if (!css) return { ...style };
  const italic = /font-style\s*:\s*(\w+)/i.exec(css)?.[1]?.toLowerCase();
  return {
    ...style,
    bold: fontWeight(element) ?? style.bold,
    italic: italic === undefined ? style.italic : italic === "italic" || italic === "oblique",
  };
}

function fontWeight(element: Element): boolean | null {
  const weight = /font-weight\s*:\s*(\w+)/i.exec(element.getAttribute("style") ?? "")?.[1]?.toLowerCase();
  if (weight === undefined || weight === "inherit") return null;
  return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
}

const isWordListItem = (element: Element) =>
  /\bMsoListParagraph/.test(element.getAttribute("class") ?? "") &&
  /mso-list/i.test(element.getAttribute("style") ?? "");

function isHidden(element: Element): boolean {
  if (element.hasAttribute("hidden")) return true;
  // Word marks what it draws itself, such as bullets, with mso-list:Ignore.
  return /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore/i.test(
    element.getAttribute("style") ?? "",
  );
}

/** A picture of at most 3 by 3 pixels is there to count readers. */
function isTracker(image: Element): boolean {
  const size = (name: string) => Number.parseInt(image.getAttribute(name) ?? "", 10);
  return size("width") <= 3 && size("height") <= 3;
}

const isList = (node: RichTextNode | undefined) => node?.type === "bulletList" || node?.type === "orderedList";

/** The schema has a list item begin with a paragraph: what stands first gives up its own box, never its text. */
function startWithParagraph(blocks: RichTextNode[]): RichTextNode[] {
  const [first, ...rest] = blocks;
  if (!first || first.type === "paragraph") return blocks;
  if (first.type === "heading") return [{ type: "paragraph", content: first.content ?? [] }, ...rest];
  const inner = isList(first) ? (first.content ?? []).flatMap((item) => item.content ?? []) : (first.content ?? []);
  return startWithParagraph([...inner, ...rest]);
}

function marksOf({ bold, italic, href }: Style): RichTextMark[] {
  const marks: RichTextMark[] = [];
  if (href !== null) marks.push({ type: "link", attrs: { href } });
  if (bold) marks.push({ type: "bold" });
  if (italic) marks.push({ type: "italic" });
  return marks.sort((a, b) => markOrder.indexOf(a.type) - markOrder.indexOf(b.type));
}

function sameMarks(left: RichTextMark[] | undefined, right: RichTextMark[]): boolean {
  return (
    (left?.length ?? 0) === right.length &&
    right.every((mark, index) => mark.type === left?.[index]?.type && mark.attrs?.href === left[index]?.attrs?.href)
  );
}

function withoutTracking(url: URL): URL {
  for (const name of [...url.searchParams.keys()]) if (trackingParameter.test(name)) url.searchParams.delete(name);
  return url;
}
