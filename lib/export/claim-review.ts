/**
 * A publication as schema.org ClaimReview in JSON-LD (https://schema.org/ClaimReview), one review for each claim.
 * Holds what the public page holds and nothing more.
 */
import type { PublicClaim, Snapshot } from "../domain/publication";
import { plainText } from "../domain/rich-text";

/** `page` is the address that the reader has; each review is named by its claim's place on it. */
export function claimReviews(snapshot: Snapshot, page: string): object {
  return { "@context": "https://schema.org", "@graph": snapshot.claims.map((claim) => review(snapshot, claim, page)) };
}

function review({ article, newsroom, publishedAt, ratings }: Snapshot, claim: PublicClaim, page: string): object {
  const rating = ratings[claim.rating];
  const value = rating?.claimReviewValue ?? null;
  const body = claim.rationale ? plainText(claim.rationale) : null;
  const address = `${page}#c${claim.number}`;
  return {
    "@type": "ClaimReview",
    "@id": address,
    url: address,
    datePublished: publishedAt,
    claimReviewed: claim.statement,
    ...(body && { reviewBody: body }),
    author: { "@type": "Organization", name: newsroom },
    reviewRating: {
      "@type": "Rating",
      alternateName: rating?.label ?? "",
      // A rating that is no number (nothing could be found out) has no place between worst and best.
      ...(value !== null && { ratingValue: value, bestRating: 5, worstRating: 1 }),
    },
    itemReviewed: {
      "@type": "Claim",
      ...(claim.claimant && { author: { "@type": "Person", name: claim.claimant } }),
      appearance: {
        "@type": "NewsArticle",
        headline: article.headline,
        inLanguage: article.language,
        ...(article.canonicalUrl && { url: article.canonicalUrl }),
        ...(article.publishedOn && { datePublished: article.publishedOn }),
        ...(article.byline && { author: { "@type": "Person", name: article.byline } }),
        ...(article.outlet && { publisher: { "@type": "Organization", name: article.outlet } }),
      },
    },
    ...(claim.evidence.length > 0 && { citation: claim.evidence.map(citation) }),
  };
}

function citation({ source }: PublicClaim["evidence"][number]): object {
  return {
    "@type": "CreativeWork",
    name: source.title,
    ...(source.url && { url: source.url }),
    ...(source.author && { author: source.author }),
    ...(source.publisher && { publisher: { "@type": "Organization", name: source.publisher } }),
    ...(source.publishedOn && { datePublished: source.publishedOn }),
  };
}
