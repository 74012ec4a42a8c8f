/**
 * What every format module hands back: blocks of text, what was found about the article, and what the person should know.
 * Nothing here is sure; a person looks at all of it before it is saved.
 */
import type { ArticleDraft } from "../domain/article";
import type { RichTextNode } from "../domain/rich-text";

export type FoundMetadata = ArticleDraft["metadata"];

/** The text of an import as top-level blocks of the article schema, before it is checked and counted. */
export type ImportedText = {
  blocks: RichTextNode[];
  metadata: FoundMetadata;
  /** Plain sentences: what was left out, what was guessed. */
  notes: string[];
};

export const nothingFound: FoundMetadata = {
  headline: null,
  byline: null,
  outlet: null,
  publishedOn: null,
  canonicalUrl: null,
  language: null,
};

/** What `first` knows, and for the rest what `second` knows. */
export function mergeMetadata(first: FoundMetadata, second: FoundMetadata): FoundMetadata {
  return {
    headline: first.headline ?? second.headline,
    byline: first.byline ?? second.byline,
    outlet: first.outlet ?? second.outlet,
    publishedOn: first.publishedOn ?? second.publishedOn,
    canonicalUrl: first.canonicalUrl ?? second.canonicalUrl,
    language: first.language ?? second.language,
  };
}
