import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ApprovedContent,
  approvalChange,
  approvalText,
  approvedContent,
  approvedContentOf,
  changesSince,
  claimCreate,
  claimPatch,
  claimTransition,
} from "./claim";
import { limits } from "./limits";
import type { RichText } from "./rich-text";

const doc = (text: string, marks?: { type: string }[]): RichText => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text, ...(marks && { marks }) }] }],
});

const content: ApprovedContent = {
  statement: "Twelve voted for it.",
  claimant: "The mayor",
  verdict: "Verified",
  confidence: "high",
  rationale: doc("The minutes say so."),
  evidence: [
    ["supports", "Minutes", "", "Council", "2025-11", "https://council.example/", "p. 3", "12 to 9", "The vote"],
  ],
  text: ["twelve votes to nine"],
};

/** JSON with the keys of every object in another order, as PostgreSQL's jsonb gives them back. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reordered(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => a.length - b.length || (a < b ? 1 : -1)));
}

describe("what an approval is bound to", () => {
  test("has one spelling, whatever the order of keys and whether nothing is missing or undefined", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const rationale = { type: "doc", content: [{ type: "paragraph", attrs: { value } }] } as RichText;
        const given = { ...content, rationale };
        expect(approvalText(reordered(given) as ApprovedContent)).toBe(approvalText(given));
      }),
    );
    const bare = {
      ...content,
      rationale: { type: "doc", content: [{ type: "paragraph", attrs: undefined }] } as RichText,
    };
    expect(approvalText(bare)).toBe(approvalText(JSON.parse(JSON.stringify(bare))));
  });

  test("differs when anything in it differs", () => {
    const changes: Partial<ApprovedContent>[] = [
      { statement: "Twelve voted against it." },
      { claimant: null },
      { verdict: "False" },
      { verdict: null },
      { confidence: "low" },
      { rationale: null },
      { rationale: doc("The minutes say so.", [{ type: "bold" }]) },
      { evidence: [] },
      { evidence: [...content.evidence, ...content.evidence] },
      { text: ["twelve votes"] },
      { text: ["twelve votes to nine", "twelve votes to nine"] },
    ];
    const spellings = [content, ...changes.map((change) => ({ ...content, ...change }))].map(approvalText);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  test("tells an object from the list of its entries, and a list from its words joined", () => {
    const asObject = { ...content, rationale: { type: "doc", attrs: { a: 1 } } as RichText };
    const asList = { ...content, rationale: { type: "doc", attrs: [["a", 1]] } as unknown as RichText };
    expect(approvalText(asObject)).not.toBe(approvalText(asList));
    const joined = { ...content, evidence: [[content.evidence[0]?.join(" | ") ?? ""]] };
    expect(approvalText(joined)).not.toBe(approvalText(content));
  });

  test("holds all that a reader would see of a claim, and nothing of who holds it or when", () => {
    const source = {
      ...{ id: "s", title: "Minutes", author: null, publisher: "Council", publishedOn: "2025-11" },
      ...{ url: "https://council.example/", kind: "official_record" as const, version: 4, createdAt: "" },
    };
    const claim = {
      ...{ statement: content.statement, claimant: content.claimant, confidence: "high", rationale: content.rationale },
      ratingLabel: "Verified",
      evidence: [{ source, stance: "supports" as const, locator: "p. 3", excerpt: "12 to 9", shows: "The vote" }],
      anchors: [{ exact: "twelve votes to nine" }],
    };
    expect(approvedContentOf(claim)).toEqual(content);
    expect(approvedContent.parse(approvedContentOf(claim))).toEqual(content);
  });
});

describe("what changed since an approval", () => {
  const changed = (change: Partial<ApprovedContent>) => changesSince(content, { ...content, ...change });

  test("is nothing when it says the same", () => {
    expect(changesSince(content, reordered(content) as ApprovedContent)).toEqual([]);
  });

  test("names each part, with the words before and after", () => {
    expect(changed({ statement: "Nine voted against it.", claimant: null })).toEqual([
      { field: "statement", before: "Twelve voted for it.\nThe mayor", after: "Nine voted against it." },
    ]);
    expect(changed({ verdict: "False" })).toEqual([
      { field: "verdict", before: "Verified\nhigh", after: "False\nhigh" },
    ]);
    expect(changed({ evidence: [] })).toEqual([
      {
        field: "evidence",
        before: "supports | Minutes | Council | 2025-11 | https://council.example/ | p. 3 | 12 to 9 | The vote",
        after: "",
      },
    ]);
    expect(changed({ text: ["twelve votes"] })).toMatchObject([{ field: "text", after: "twelve votes" }]);
    expect(changed({ rationale: null })).toEqual([{ field: "rationale", before: "The minutes say so.", after: "" }]);
  });

  test("names a part whose words are the same: bold, or moved from one field to another", () => {
    expect(changed({ rationale: doc("The minutes say so.", [{ type: "bold" }]) })).toMatchObject([
      { field: "rationale" },
    ]);
    const [line = []] = content.evidence;
    expect(changed({ evidence: [[line.join(" | ")]] })).toMatchObject([{ field: "evidence" }]);
  });

  test("is found exactly when the digest differs", () => {
    const anyContent = fc.record({
      statement: fc.constantFrom("a", "b"),
      claimant: fc.constantFrom(null, "", "a"),
      verdict: fc.constantFrom(null, "a"),
      confidence: fc.constantFrom(null, "a"),
      rationale: fc.constantFrom(null, doc("a"), doc("")),
      evidence: fc.array(fc.array(fc.constantFrom("", "a", "a | a"), { maxLength: 2 }), { maxLength: 2 }),
      text: fc.array(fc.constantFrom("", "a"), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(anyContent, anyContent, (before, after) => {
        const changes = changesSince(before, after);
        expect(changes.length > 0).toBe(approvalText(before) !== approvalText(after));
        for (const change of changes) expect(approvalChange.parse(change)).toEqual(change);
      }),
    );
  });
});

describe("what comes in", () => {
  const id = "019aa000-0000-7000-8000-000000000001";
  const anchor = { id, start: 0, end: 6, exact: "Monday" };
  const create = { id, revisionId: id, anchors: [anchor] };

  test("a claim has at least one anchor, of words that can be seen, and no field that is not known", () => {
    expect(claimCreate.safeParse(create).success).toBe(true);
    for (const wrong of [
      { ...create, anchors: [] },
      { ...create, anchors: Array(limits.anchorsPerClaim + 1).fill(anchor) },
      { ...create, anchors: [{ ...anchor, end: 0 }] },
      { ...create, anchors: [{ ...anchor, start: 6 }] },
      { ...create, anchors: [{ ...anchor, start: -1 }] },
      { ...create, anchors: [{ ...anchor, start: 0.5 }] },
      { ...create, anchors: [{ ...anchor, exact: " \n " }] },
      { ...create, anchors: [{ ...anchor, exact: "x".repeat(limits.anchorCharacters + 1) }] },
      { ...create, state: "approved" },
      { ...create, id: "1" },
    ])
      expect(claimCreate.safeParse(wrong).success).toBe(false);
  });

  test("an id has one spelling", () => {
    expect(claimCreate.parse({ ...create, id: id.toUpperCase() }).id).toBe(id);
  });

  test("a patch holds something, a statement at least a word", () => {
    expect(claimPatch.safeParse({}).success).toBe(false);
    expect(claimPatch.safeParse({ statement: " \n" }).success).toBe(false);
    expect(claimPatch.safeParse({ state: "approved" }).success).toBe(false);
    expect(claimPatch.safeParse({ claimant: null }).success).toBe(true);
  });

  test("an event brings what it needs and nothing else", () => {
    const good = [
      { event: "take" },
      { event: "assign", assigneeId: id },
      { event: "ask", query: { id, question: "Who?" } },
      { event: "return", reason: "No." },
      { event: "set_aside", reason: "duplicate", duplicateOfId: id },
    ];
    const bad = [
      {},
      { event: "invalidate" },
      { event: "take", assigneeId: id },
      { event: "assign" },
      { event: "ask", query: { id, question: "  " } },
      { event: "return", reason: "" },
      { event: "set_aside", reason: "boring" },
    ];
    for (const input of good) expect(claimTransition.safeParse(input).success).toBe(true);
    for (const input of bad) expect(claimTransition.safeParse(input).success).toBe(false);
  });
});
