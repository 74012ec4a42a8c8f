/**
 * A publication as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), one for each claim, so that other programs
 * find the words again in the article. Holds what the public page holds and nothing more.
 */
import type { PublicClaim, Snapshot } from "../domain/publication";
import { plainText } from "../domain/rich-text";
import { selectorsIn } from "../domain/selectors";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument } from "../editor/schema";

/** `page` is the address that the reader has; without an address of its own the article is named by the digest of its text. */
export function annotations(snapshot: Snapshot, page: string): object {
  const { text } = CanonicalText.of(parseDocument(articleSchema, snapshot.revision.document));
  const selectors = selectorsIn(text);
  const { newsroom, publishedAt, article, revision, ratings } = snapshot;
  const source = article.canonicalUrl ?? `urn:sha256:${revision.sha256}`;
  const target = ({ start, end }: PublicClaim["anchors"][number]) => ({ source, selector: selectors({ start, end }) });
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
