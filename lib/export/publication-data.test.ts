import { describe, expect, test } from "vitest";
import { makeSnapshot } from "@/prisma/fixtures/snapshot";
import type { RichText } from "../domain/rich-text";
import { annotations } from "./annotations";
import { claimReviews } from "./claim-review";
import { claimsCsv } from "./claims-csv";

const address = "https://desk.example/f/token";

describe("ClaimReview", () => {
  const graph = (claimReviews(makeSnapshot(), address) as { "@graph": Record<string, unknown>[] })["@graph"];

  test("has one review for each claim, as schema.org names its parts", () => {
    expect(graph).toHaveLength(6);
    expect(graph[2]).toEqual({
      "@type": "ClaimReview",
      "@id": `${address}#c3`,
      url: `${address}#c3`,
      datePublished: "2026-03-15T13:02:00.000Z",
      claimReviewed: "The harbour plan costs a third less than the estimate published in 2023.",
      reviewBody:
        "The 2023 estimate of 318 million included dredging; the figure of 214 million does not. On the same basis the difference is 9 %.",
      author: { "@type": "Organization", name: "The Desk" },
      reviewRating: { "@type": "Rating", alternateName: "Disputed", ratingValue: 2, bestRating: 5, worstRating: 1 },
      itemReviewed: {
        "@type": "Claim",
        author: { "@type": "Person", name: "City officials" },
        appearance: {
          "@type": "NewsArticle",
          headline: "Harbour plan will cost less than the city said, council told",
          inLanguage: "en",
          url: "https://daily-harbour.example/plan",
          datePublished: "2026-03-12",
          author: { "@type": "Person", name: "R. Lindqvist" },
          publisher: { "@type": "Organization", name: "The Daily Harbour" },
        },
      },
      citation: [
        {
          "@type": "CreativeWork",
          name: "Harbour cost review",
          url: "https://budget.example/harbour-cost-review",
          publisher: { "@type": "Organization", name: "City budget office" },
          datePublished: "2023-05",
        },
        { "@type": "CreativeWork", name: "Council paper 26/114", datePublished: "2026-03-10" },
      ],
    });
  });

  test("gives no number to a verdict that is none", () => {
    expect(graph[5]?.reviewRating).toEqual({ "@type": "Rating", alternateName: "Unverifiable" });
  });
});

describe("annotations", () => {
  type Page = { items: { target: { source: string; selector: Record<string, unknown>[] }[] }[] };

  test("quote the words with what stands around them, and count their place in code points", () => {
    const document: RichText = {
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text: "😀😀 and 𝒳 are four words" }] }],
    };
    const { items } = annotations(makeSnapshot({ document, plans: [{ quotes: ["𝒳 are"] }] }), address) as Page;
    expect(items[0]?.target).toEqual([
      {
        source: "https://daily-harbour.example/plan",
        selector: [
          { type: "TextQuoteSelector", exact: "𝒳 are", prefix: "😀😀 and ", suffix: " four words" },
          { type: "TextPositionSelector", start: 7, end: 12 },
        ],
      },
    ]);
    expect([..."😀😀 and 𝒳 are four words"].slice(7, 12).join("")).toBe("𝒳 are");
  });

  test("name an article without an address by the digest of its text", () => {
    const { article } = makeSnapshot();
    const { items } = annotations(makeSnapshot({ article: { ...article, canonicalUrl: null } }), address) as Page;
    expect(items[0]?.target[0]?.source).toMatch(/^urn:sha256:[0-9a-f]{64}$/);
  });
});

describe("the table", () => {
  test("has a line for each claim, and quotes what would break one", () => {
    const [claim] = makeSnapshot().claims;
    if (!claim) throw new Error("The sample holds claims.");
    const csv = claimsCsv(makeSnapshot({ claims: [{ ...claim, statement: 'He said "no", twice\nor more' }] }));
    expect(csv.startsWith("\uFEFFnumber,statement,claimant,verdict,")).toBe(true);
    expect(csv).toContain('\r\n1,"He said ""no"", twice\nor more",,Verified,5,');
  });

  test("runs no formula in a spreadsheet", () => {
    const [claim] = makeSnapshot().claims;
    if (!claim) throw new Error("The sample holds claims.");
    for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1"]) {
      const csv = claimsCsv(makeSnapshot({ claims: [{ ...claim, statement: formula, claimant: formula }] }));
      expect(csv).toMatch(/\r\n1,"?'/);
      expect(csv.split("'").length - 1).toBe(2);
    }
  });
});
