/**
 * Annotations of other programs and the selectors in them: the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/)
 * and what Hypothesis exports. Reads what anybody may have written, so nothing in it is trusted; what it says about a place is kept as
 * a quote, to be looked for, and never as a position alone, which nobody could check.
 */
import { z } from "zod";
import { describeAnchor, type TextRange } from "./anchor";
import { AppError } from "./errors";
import { type Quote, quoteFinder } from "./find-quotes";
import { limits } from "./limits";
import { webAddress } from "./text";

/** Model, 4.2.4. The context may be missing, and is null in some programs. */
const textQuoteSelector = z.object({
  type: z.literal("TextQuoteSelector"),
  exact: z
    .string("its quote holds no words")
    .max(
      limits.anchorCharacters,
      `its quote is longer than ${limits.anchorCharacters.toLocaleString("en")} characters`,
    ),
  prefix: z.string("its prefix is no text").nullish(),
  suffix: z.string("its suffix is no text").nullish(),
});
type TextQuoteSelector = z.infer<typeof textQuoteSelector>;

const position = z.int("its position is no whole number").min(0, "its position is before the text");
/** Model, 4.2.5: in code points, `end` exclusive. Hypothesis counts UTF-16 code units. */
const textPositionSelector = z.object({ type: z.literal("TextPositionSelector"), start: position, end: position });
type TextPositionSelector = z.infer<typeof textPositionSelector>;

/** Model, 4.2.8: from where the first selector begins to where the second begins. */
const rangeSelector = z.object({
  type: z.literal("RangeSelector"),
  startSelector: z.discriminatedUnion("type", [textQuoteSelector, textPositionSelector]),
  endSelector: z.discriminatedUnion("type", [textQuoteSelector, textPositionSelector]),
});
type RangeSelector = z.infer<typeof rangeSelector>;

/** An annotation of another program, as far as Claimdesk can take it over. */
export type ImportedAnnotation = {
  /** What the other program calls it: an address or a name, unique there. */
  id: string | null;
  /** Null for a note about the whole page, a reply, and a place that cannot be found again by words. */
  quote: Quote | null;
  note: string;
  tags: string[];
  creator: string | null;
  /** ISO 8601, UTC. */
  createdAt: string | null;
  /** The page that was annotated, http or https. */
  source: string | null;
  /** What the other program calls the annotation that it answers; empty when it does not say which. Null for one that answers none. */
  replyTo: string | null;
};

/** Tags of one annotation: more are no tags. */
const mostTags = 50;
/** Code units of context that are kept of a quote. */
const mostContext = 4 * limits.anchorContext;
/** Pages of one collection that hold the next one. */
const mostPages = 100;

/**
 * The annotations of a file, parsed from JSON: Hypothesis's export or rows of its API (an array, `rows` or `annotations`), or W3C
 * annotations (one, an array, an AnnotationPage or AnnotationCollection). An annotation with several targets becomes one for each.
 * `text` is the canonical text that they are meant for, in which positions are counted and ranges resolved.
 * @throws AppError `invalid` with what is wrong and in which annotation, or when there are more than an article may hold claims.
 */
export function readAnnotations(file: unknown, text: string): ImportedAnnotation[] {
  const items = itemsOf(file);
  const most = limits.claimsPerArticle;
  const tooMany = () =>
    new AppError("invalid", `At most ${most.toLocaleString("en")} annotations can be brought in at once.`);
  if (items.length > most) throw tooMany();
  const canonical = new Canonical(text);
  const annotations = items.flatMap((item, index) => {
    try {
      if (!isRecord(item))
        throw new z.ZodError([{ code: "custom", path: [], message: "it is no object", input: item }]);
      return typeof item.uri === "string" ? [readHypothesis(item)] : readW3c(item, canonical);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const message = error.issues[0]?.message ?? "it cannot be read";
      throw new AppError("invalid", `Annotation ${index + 1} cannot be read: ${message}.`, {}, { cause: error });
    }
  });
  if (annotations.length > most) throw tooMany();
  return annotations;
}

/** The selectors of ranges of one text, as W3C annotations hold them: the quote with its context, and the position in code points. */
export function selectorsIn(text: string): (range: TextRange) => [TextQuoteSelector, TextPositionSelector] {
  const points = new CodePoints(text);
  return (range) => {
    const { start, end, exact, prefix, suffix } = describeAnchor(text, range);
    return [
      { type: "TextQuoteSelector", exact, prefix, suffix },
      { type: "TextPositionSelector", start: points.before(start), end: points.before(end) },
    ];
  };
}

type Row = Record<string, unknown>;
const isRecord = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};

function itemsOf(file: unknown): unknown[] {
  if (Array.isArray(file)) return file;
  if (isRecord(file)) {
    for (const list of [file.rows, file.annotations]) if (Array.isArray(list)) return list;
    if (Array.isArray(file.items) || isRecord(file.first)) return itemsOfPages(file);
    if (typeof file.first === "string")
      throw new AppError("invalid", "This collection names the address of its annotations and does not hold them.");
    if (file.target !== undefined) return [file];
  }
  throw new AppError("invalid", "This holds no annotations: neither an export of Hypothesis nor W3C annotations.");
}

function itemsOfPages(collection: Row): unknown[] {
  const items: unknown[] = [];
  let page: unknown = isRecord(collection.first) ? collection.first : collection;
  for (let count = 0; isRecord(page) && count < mostPages && items.length <= limits.claimsPerArticle; count += 1) {
    for (const item of listOf(page.items)) items.push(item);
    page = page.next;
  }
  return items;
}

function readHypothesis(row: Row): ImportedAnnotation {
  const [target] = listOf(row.target);
  const selectors = isRecord(target) ? listOf(target.selector).filter(isRecord) : [];
  const start = positionIn(selectors)?.start;
  const quote = quoteIn(selectors);
  const info = isRecord(row.user_info) ? row.user_info.display_name : null;
  return {
    id: lineOf(row.id),
    // What Hypothesis calls a RangeSelector are paths in the page, which is not here; it always gives the quote as well.
    quote: quote && (start === undefined ? quote : { ...quote, start }),
    note: noteOf([row.text]),
    tags: tagsOf(listOf(row.tags)),
    creator: lineOf(info) ?? lineOf(row.user)?.replace(/^acct:([^@]+).*$/, "$1") ?? null,
    createdAt: instantOf(row.created),
    source: addressOf(row.uri),
    // The first of the thread: answers to answers are told with it.
    replyTo: listOf(row.references).length > 0 ? (lineOf(listOf(row.references)[0]) ?? "") : null,
  };
}

function readW3c(item: Row, canonical: Canonical): ImportedAnnotation[] {
  const targets = listOf(item.target);
  if (targets.length === 0) throw problem("it has no target");
  const bodies = [...listOf(item.body), ...listOf(item.bodyValue)];
  const isTag = (body: unknown) => isRecord(body) && listOf(body.purpose).some((each) => isNamed(each, "tagging"));
  const [creator] = listOf(item.creator);
  const shared = {
    id: lineOf(item.id) ?? lineOf(item["@id"]),
    note: noteOf(bodies.filter((body) => !isTag(body)).map(textOf)),
    tags: tagsOf(bodies.filter(isTag).map(textOf)),
    creator: isRecord(creator)
      ? (lineOf(creator.name) ?? lineOf(creator.nickname) ?? lineOf(creator.id))
      : lineOf(creator),
    createdAt: instantOf(item.created),
  };
  const isReply = listOf(item.motivation).some((each) => isNamed(each, "replying"));
  const read = targets.map((target) => {
    const selectors = isRecord(target) ? listOf(target.selector).filter(isRecord) : [];
    const source = isRecord(target) ? (target.source ?? target.id) : target;
    const quote = quoteIn(selectors);
    const start = positionIn(selectors)?.start;
    return {
      ...shared,
      replyTo: isReply ? (lineOf(isRecord(source) ? source.id : source) ?? "") : null,
      source: addressOf(isRecord(source) ? source.id : source),
      quote: quote
        ? { ...quote, ...(start === undefined ? {} : { start: canonical.points.unit(start) }) }
        : canonical.quoteOfRange(selectors),
    };
  });
  // Of a note about several pages or places, those that can be found; of one that has none, the note.
  const found = read.filter(({ quote }) => quote !== null);
  return found.length > 0 ? found : read.slice(0, 1);
}

/** Terms may come with or without the prefix of their vocabulary. */
const isNamed = (value: unknown, name: string) => value === name || value === `oa:${name}`;

const problem = (message: string) => new z.ZodError([{ code: "custom", path: [], message, input: undefined }]);

/** The quote among selectors, or among those that refine one of them (model, 4.2.9). */
function quoteIn(selectors: readonly Row[]): Quote | null {
  const seen = new Set(selectors);
  // What is added while it runs is walked as well, each selector once.
  for (const selector of seen) {
    if (selector.type === "TextQuoteSelector") return quoteOf(textQuoteSelector.parse(selector));
    for (const finer of listOf(selector.refinedBy)) if (isRecord(finer)) seen.add(finer);
  }
  return null;
}

function quoteOf({ exact, prefix, suffix }: TextQuoteSelector): Quote {
  return {
    exact: storable(exact),
    ...(prefix ? { prefix: storable(prefix.slice(-mostContext)) } : {}),
    ...(suffix ? { suffix: storable(suffix.slice(0, mostContext)) } : {}),
  };
}

function positionIn(selectors: readonly Row[]): TextPositionSelector | null {
  const own = selectors.find(({ type }) => type === "TextPositionSelector");
  return own ? textPositionSelector.parse(own) : null;
}

/** The text that annotations are meant for; read no sooner than something is looked for in it. */
class Canonical {
  readonly points: CodePoints;
  private find: ReturnType<typeof quoteFinder> | null = null;

  constructor(private readonly text: string) {
    this.points = new CodePoints(text);
  }

  /** The words of a range, when at least one of its ends is a quote that stands in one place: positions alone vouch for nothing. */
  quoteOfRange(selectors: readonly Row[]): Quote | null {
    for (const selector of selectors) {
      // Others are paths in a page that is not here.
      const { data: range } = rangeSelector.safeParse(selector);
      const resolved = range && this.resolve(range);
      if (!resolved || resolved.end - resolved.start > limits.anchorCharacters) continue;
      const { exact, prefix, suffix, start } = describeAnchor(this.text, resolved);
      return { exact, prefix, suffix, start };
    }
    return null;
  }

  private resolve({ startSelector, endSelector }: RangeSelector): TextRange | null {
    const ends = [startSelector, endSelector];
    if (ends.every(({ type }) => type === "TextPositionSelector")) return null;
    const [start = -1, end = -1] = ends.map((selector) => this.beginOf(selector));
    return start >= 0 && start < end && end <= this.text.length ? { start, end } : null;
  }

  /** Where the words of a selector begin, or -1. */
  private beginOf(selector: TextQuoteSelector | TextPositionSelector): number {
    if (selector.type === "TextPositionSelector") return this.points.unit(selector.start);
    this.find ??= quoteFinder(this.text);
    const found = this.find(quoteOf(selector));
    return found.state === "anchored" ? found.range.start : -1;
  }
}

/** The words of a body: itself, a TextualBody (model, 3.2.4), or the address of another resource. */
function textOf(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return [body.value, body["rdf:value"], body.source, body.id].find((each) => typeof each === "string");
}

function noteOf(parts: readonly unknown[]): string {
  const note = parts
    .filter((part) => typeof part === "string")
    .map((part) => storable(part).replace(/\r\n?/g, "\n").trim())
    .filter((part) => part !== "")
    .join("\n\n");
  if (note.length > limits.textField)
    throw problem(`its note is longer than ${limits.textField.toLocaleString("en")} characters`);
  return note;
}

function tagsOf(values: readonly unknown[]): string[] {
  if (values.length > mostTags) throw problem(`it has more than ${mostTags} tags`);
  return [...new Set(values.map(lineOf).filter((tag) => tag !== null))];
}

/** PostgreSQL keeps neither NUL nor half a character. */
const storable = (words: string) => words.replaceAll("\u0000", "").toWellFormed();

/** One line, or null for what is none. */
function lineOf(value: unknown): string | null {
  if (typeof value !== "string" || value.length > limits.line) return null;
  return (
    storable(value)
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim() || null
  );
}

const anyInstant = z.iso.datetime({ offset: true, local: true });

function instantOf(value: unknown): string | null {
  const parsed = anyInstant.safeParse(value);
  if (!parsed.success) return null;
  // Without an offset it would be read in the time zone of whoever reads it.
  const date = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(parsed.data) ? parsed.data : `${parsed.data}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function addressOf(value: unknown): string | null {
  if (typeof value !== "string" || value.length > limits.url) return null;
  return webAddress(value) && storable(value) === value ? value.trim() : null;
}

/** Between UTF-16 code units and Unicode code points, in which W3C positions count. Linear to make; a look-up is a binary search. */
class CodePoints {
  /** Where surrogate pairs begin, in code units. */
  private readonly pairs: readonly number[];

  constructor(text: string) {
    this.pairs = Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), ({ index }) => index);
  }

  /** Code points before a code unit. */
  before(unit: number): number {
    return unit - this.countWhere((pair) => pair < unit);
  }

  /** The code unit at which a code point begins. */
  unit(point: number): number {
    return point + this.countWhere((pair, index) => pair - index < point);
  }

  /** How many pairs, from the first one on, it holds for. */
  private countWhere(holds: (pair: number, index: number) => boolean): number {
    let [low, high] = [0, this.pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.pairs[middle] as number, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
