/**
 * Annotations that others made on the same article, brought in as claims: where each stands in the text under check, what of it can be
 * taken over, and what a person has to decide. Never invents a verdict, and never attaches to words that nobody annotated unasked.
 */
import { z } from "zod";
import { anchorCreate, type TextRange } from "./anchor";
import { AppError } from "./errors";
import { findQuotes } from "./find-quotes";
import { limits } from "./limits";
import type { RichText } from "./rich-text";
import { type ImportedAnnotation, readAnnotations } from "./selectors";
import { id, instant, line, paragraphText, urlKey } from "./text";

const comment = z.strictObject({ by: line.nullable(), at: instant.nullable(), text: paragraphText });
export type AnnotationComment = z.infer<typeof comment>;

/** What one annotation is called, to notice it when it comes again. */
const key = z.string().min(1).max(limits.line);

export const annotationImport = z.strictObject({
  revisionId: id,
  claims: z
    .array(
      z.strictObject({
        id,
        key,
        anchor: anchorCreate,
        /** The annotation's own words first, then what was answered. */
        comments: z.array(comment).max(1_000),
        tags: z.array(line).max(100),
      }),
    )
    .min(1)
    .max(limits.claimsPerArticle),
});
export type AnnotationImport = z.infer<typeof annotationImport>;

/** The claims that are there now, and how many annotations had become claims before. */
export const annotationImported = z.object({ claimIds: z.array(id), known: z.int() });
export const knownAnnotations = z.object({ keys: z.array(z.string()) });
export const annotationUndo = z.strictObject({ claimIds: z.array(id).min(1).max(limits.claimsPerArticle) });

/**
 * `placed`: its words stand in one place. `altered`: so many of them do that it is clear where, and a person looks. `ambiguous`: one of
 * several places. `lost`: nowhere. `note`: about the page as a whole, or an answer to something that is not here.
 */
export type AnnotationState = "placed" | "altered" | "ambiguous" | "lost" | "note";

export type FoundAnnotation = {
  key: string;
  state: AnnotationState;
  /** What was annotated; null for a note. */
  quote: string | null;
  /** UTF-16 code units of the text. */
  place: TextRange | null;
  candidates: TextRange[];
  comments: AnnotationComment[];
  tags: string[];
  creator: string | null;
  createdAt: string | null;
  source: string | null;
  /** Made on a page with another address than the article's. */
  isElsewhere: boolean;
  /** It is a claim of the article already. */
  isKnown: boolean;
};

type Ground = {
  /** The canonical text of the revision under check. */
  text: string;
  canonicalUrl: string | null;
  /** Keys of annotations that are claims already. */
  known: ReadonlySet<string>;
};

/** The JSON of a file's bytes: UTF-8, or UTF-16 with its mark. @throws AppError `invalid` */
export function jsonOf(bytes: Uint8Array): unknown {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return JSON.parse(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("invalid", "This is not JSON, or only the beginning of it.", {}, { cause });
  }
}

/**
 * What becomes of each annotation of a file, in the order of the text, notes last. Answers are told with what they answer.
 * @throws AppError `invalid` as `readAnnotations` does
 */
export function findAnnotations(file: unknown, { text, canonicalUrl, known }: Ground): FoundAnnotation[] {
  const annotations = readAnnotations(file, text);
  const answers = answersOf(annotations);
  const roots = annotations.filter((annotation) => !answers.taken.has(annotation));
  const quotes = roots.flatMap(({ quote }) => (quote ? [quote] : []));
  const places = findQuotes(text, quotes);
  const page = canonicalUrl && urlKey(canonicalUrl);
  const keys = new Map<string, number>();
  let nth = 0;
  const found = roots.map((annotation): FoundAnnotation => {
    const { quote, tags, creator, createdAt, source } = annotation;
    const place = quote ? places[nth++] : undefined;
    const own = keyOf(annotation);
    const times = (keys.get(own) ?? 0) + 1;
    keys.set(own, times);
    // A note on several places is several annotations of one name.
    const key = times === 1 ? own : `${own.slice(0, limits.line - 8)} #${times}`;
    const sourceKey = source && urlKey(source);
    return {
      ...{ key, tags, creator, createdAt, source },
      state: !quote ? "note" : !place || place.state === "orphaned" ? "lost" : stateOf[place.state],
      quote: quote?.exact ?? null,
      place: place && "range" in place ? place.range : null,
      candidates: place && "candidates" in place ? place.candidates.slice(0, mostCandidates) : [],
      comments: [annotation, ...(answers.to.get(annotation) ?? [])].flatMap(commentOf),
      isElsewhere: Boolean(page && sourceKey && sourceKey !== page),
      isKnown: known.has(key),
    };
  });
  const order = ({ place, candidates: [first] }: FoundAnnotation) =>
    (place ?? first)?.start ?? Number.POSITIVE_INFINITY;
  return found.sort((one, other) => (order(one) < order(other) ? -1 : order(one) > order(other) ? 1 : 0));
}

/** Places that a person can look through. */
const mostCandidates = 9;

const stateOf = { anchored: "placed", moved: "placed", altered: "altered", ambiguous: "ambiguous" } as const;

const commentOf = ({ creator, createdAt, note }: ImportedAnnotation): AnnotationComment[] =>
  note === "" ? [] : [{ by: creator, at: createdAt, text: note }];

/** One that has no name is told by who wrote it, when, and on what. */
const keyOf = ({ id, creator, createdAt, quote, note }: ImportedAnnotation): string =>
  (id ??
    [creator, createdAt, quote?.exact, note]
      .map((part) => part ?? "")
      .join(" ")
      .trim()
      .slice(0, limits.line)) ||
  "?";

function answersOf(annotations: readonly ImportedAnnotation[]) {
  const byName = new Map<string, ImportedAnnotation>();
  for (const annotation of annotations)
    if (annotation.id && annotation.replyTo === null && !byName.has(annotation.id))
      byName.set(annotation.id, annotation);
  const to = new Map<ImportedAnnotation, ImportedAnnotation[]>();
  const taken = new Set<ImportedAnnotation>();
  const inTime = [...annotations].sort((one, other) => ((one.createdAt ?? "") < (other.createdAt ?? "") ? -1 : 1));
  for (const answer of inTime) {
    const root = answer.replyTo === null ? undefined : byName.get(answer.replyTo);
    if (!root) continue;
    taken.add(answer);
    to.set(root, [...(to.get(root) ?? []), answer]);
  }
  return { to, taken };
}

/** What was written about it, as a rationale to go on from: who and when, in plain paragraphs. Null when nothing was. */
export function rationaleOf({ comments, tags }: { comments: AnnotationComment[]; tags: string[] }): RichText | null {
  const said = comments.map(({ by, at, text }) => {
    const who = [by, at?.slice(0, 10)].filter(Boolean).join(", ");
    return who ? `${who}: ${text}` : text;
  });
  const words = [...said, ...(tags.length > 0 ? [tags.map((tag) => `#${tag}`).join(" ")] : [])].join("\n\n");
  const kept = words.length > limits.textField ? `${words.slice(0, limits.textField - 1).toWellFormed()}…` : words;
  const paragraphs = kept.split(/\n{2,}/u).filter((paragraph) => paragraph.trim() !== "");
  if (paragraphs.length === 0) return null;
  return { type: "doc", content: paragraphs.map((paragraph) => ({ type: "paragraph", content: linesOf(paragraph) })) };
}

const linesOf = (paragraph: string) =>
  paragraph
    .split("\n")
    .flatMap((text, nth) => [...(nth > 0 ? [{ type: "hardBreak" }] : []), ...(text ? [{ type: "text", text }] : [])]);
