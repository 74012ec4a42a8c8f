/**
 * Decorations by the key of what they draw: one thing that comes, goes or changes costs its own decorations and no others. Immutable, so
 * that it can live in the state of a plugin. Knows nothing of what is drawn.
 */
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { type Decoration, DecorationSet } from "@tiptap/pm/view";
import type { TextRange } from "../domain/anchor";
import type { CanonicalText } from "./canonical-text";

type Drawn<T> = { readonly item: T; readonly decorations: readonly Decoration[] };
type Part<T> = ReadonlyMap<string, Drawn<T>>;

/** What is drawn lies in 256 parts, of which a change copies one: with 5,000 things a whole copy would cost more than the drawing. */
export class KeyedDecorations<T> {
  private constructor(
    readonly set: DecorationSet,
    private readonly parts: readonly (Part<T> | undefined)[],
  ) {}

  static none<T>(): KeyedDecorations<T> {
    return new KeyedDecorations<T>(DecorationSet.empty, []);
  }

  get(key: string): T | undefined {
    return this.parts[partOf(key)]?.get(key)?.item;
  }

  /** These things in place of all. */
  static of<T>(document: ProseMirrorNode, things: readonly Thing<T>[]): KeyedDecorations<T> {
    const set = DecorationSet.create(
      document,
      things.flatMap(({ decorations }) => decorations),
    );
    return new KeyedDecorations<T>(set, changed([], things));
  }

  /** These things beside the others, or anew. */
  with(document: ProseMirrorNode, things: readonly Thing<T>[]): KeyedDecorations<T> {
    const old = things.flatMap(({ key }) => this.decorationsOf(key));
    const fresh = things.flatMap(({ decorations }) => decorations);
    return new KeyedDecorations<T>(this.set.remove(old).add(document, fresh), changed(this.parts, things));
  }

  without(keys: readonly string[]): KeyedDecorations<T> {
    const known = keys.filter((key) => this.get(key) !== undefined);
    if (known.length === 0) return this;
    const old = known.flatMap((key) => this.decorationsOf(key));
    const things = known.map((key) => ({ key, item: null, decorations: [] }));
    return new KeyedDecorations<T>(this.set.remove(old), changed(this.parts, things));
  }

  private decorationsOf(key: string): readonly Decoration[] {
    return this.parts[partOf(key)]?.get(key)?.decorations ?? [];
  }
}

/** Something drawn under its key. */
type Thing<T> = { key: string; item: T; decorations: Decoration[] };

function changed<T>(parts: readonly (Part<T> | undefined)[], things: readonly Thing<T | null>[]) {
  const next = [...parts];
  const copied = new Map<number, Map<string, Drawn<T>>>();
  for (const { key, item, decorations } of things) {
    const at = partOf(key);
    const part = copied.get(at) ?? new Map(next[at]);
    if (item === null) part.delete(key);
    else part.set(key, { item, decorations });
    copied.set(at, part);
    next[at] = part;
  }
  return next;
}

/** The end of a key differs most: of a UUIDv7 it is the random part. */
function partOf(key: string): number {
  let part = 0;
  for (let index = Math.max(0, key.length - 4); index < key.length; index += 1)
    part = (part * 31 + key.charCodeAt(index)) & 255;
  return part;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Code units in which the first or last character of a range is looked for. */
const edgeWindow = 64;

function firstCharacter(text: string, { start, end }: TextRange): number {
  const [first] = graphemes.segment(text.slice(start, Math.min(end, start + edgeWindow)));
  return start + (first?.segment.length ?? 1);
}

function lastCharacter(text: string, { start, end }: TextRange): number {
  const from = Math.max(start, end - edgeWindow);
  const near = text.slice(from, end);
  return from + (graphemes.segment(near).containing(near.length - 1)?.index ?? 0);
}

type Place = { from: number; to: number };

/**
 * Where a range of the text stands in the document: every block that it covers, its first character and its last one, which carry what
 * is said or shown once. Those are narrow, as ProseMirror cuts a decoration into several elements where others overlap it. Null for a
 * range that holds nothing.
 */
export function placesOf(
  canonical: CanonicalText,
  { start, end }: TextRange,
): { pieces: Place[]; first: Place; last: Place } | null {
  const range = { start: Math.max(0, start), end: Math.min(canonical.text.length, end) };
  const pieces = canonical.piecesOf(range);
  const [head, tail] = [pieces[0], pieces.at(-1)];
  if (!head || !tail) return null;
  const firstTo = canonical.positionAt(firstCharacter(canonical.text, range), -1);
  const lastFrom = canonical.positionAt(lastCharacter(canonical.text, range), 1);
  return {
    pieces,
    first: { from: head.from, to: Math.min(head.to, firstTo) },
    last: { from: Math.max(tail.from, lastFrom), to: tail.to },
  };
}
