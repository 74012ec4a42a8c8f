/**
 * A publication as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), one for each claim, so that other programs
 * find the words again in the article. Holds what the public page holds and nothing more.
 */
import { describeAnchor } from "../domain/anchor";
import type { PublicClaim, Snapshot } from "../domain/publication";
import { plainText } from "../domain/rich-text";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument } from "../editor/schema";

/** `page` is the address that the reader has; without an address of its own the article is named by the digest of its text. */
export function annotations(snapshot: Snapshot, page: string): object {
  const { text } = CanonicalText.of(parseDocument(articleSchema, snapshot.revision.document));
  const codePointAt = codePoints(text);
  const { newsroom, publishedAt, article, revision, ratings } = snapshot;
  const source = article.canonicalUrl ?? `urn:sha256:${revision.sha256}`;
  const target = ({ start, end }: PublicClaim["anchors"][number]) => {
    const { exact, prefix, suffix } = describeAnchor(text, { start, end });
    return {
      source,
      selector: [
        { type: "TextQuoteSelector", exact, prefix, suffix },
        { type: "TextPositionSelector", start: codePointAt(start), end: codePointAt(end) },
      ],
    };
  };
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: page,
    type: "AnnotationPage",
    items: snapshot.claims.map((claim) => ({
      id: `${page}#c${claim.number}`,
      type: "Annotation",
      motivation: "assessing",
      created: publishedAt,
      creator: { type: "Organization", name: newsroom },
      body: [
        { type: "TextualBody", purpose: "describing", value: claim.statement },
        { type: "TextualBody", purpose: "classifying", value: ratings[claim.rating]?.label ?? "" },
        ...(claim.rationale ? [{ type: "TextualBody", purpose: "commenting", value: plainText(claim.rationale) }] : []),
        ...claim.evidence.flatMap(({ source: { url } }) =>
          url ? [{ type: "SpecificResource", purpose: "linking", source: url }] : [],
        ),
      ],
      target: claim.anchors.length > 0 ? claim.anchors.map(target) : source,
    })),
  };
}

/**
 * From UTF-16 code units to Unicode code points, in which a TextPositionSelector counts (model, 4.2.5). Linear to make; a
 * look-up is a binary search among the surrogate pairs.
 */
function codePoints(text: string): (offset: number) => number {
  const pairs = Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), ({ index }) => index);
  return (offset) => {
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return offset - low;
  };
}
