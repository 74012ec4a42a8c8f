/** A claim as the server would send it, for the tests of what the browser does with one. Used by tests alone. */
import type { ClaimView } from "../domain/claim";
import type { EvidenceView } from "../domain/evidence";
import type { SourceView } from "../domain/source";

export const sampleId = (last: number): string => `019aa000-0000-7000-8000-${String(last).padStart(12, "0")}`;

const reviewer = { id: sampleId(1), name: "Leila Haddad" };

export const sampleSource = (change: Partial<SourceView> = {}): SourceView => ({
  id: sampleId(30),
  title: "Harbour cost review",
  author: null,
  publisher: "City budget office",
  publishedOn: "2023-05-03",
  url: null,
  kind: "official_record",
  version: 1,
  createdAt: "2026-11-23T10:00:00.000Z",
  ...change,
});

export const sampleEvidence = (change: Partial<EvidenceView> = {}): EvidenceView => ({
  id: sampleId(40),
  claimId: sampleId(10),
  source: sampleSource(),
  stance: "gives_context",
  excerpt: "",
  locator: "",
  shows: "",
  version: 1,
  createdById: reviewer.id,
  createdAt: "2026-11-23T10:00:00.000Z",
  ...change,
});

export const sampleClaim = (change: Partial<ClaimView> = {}): ClaimView => ({
  id: sampleId(10),
  version: 1,
  statement: "The harbour plan costs a third less.",
  state: "in_check",
  ratingId: null,
  assignee: reviewer,
  createdById: reviewer.id,
  dueOn: null,
  openQueries: 0,
  articleId: sampleId(20),
  revisionId: sampleId(21),
  articles: [{ id: sampleId(20), headline: "Harbour plan approved", trashed: false }],
  claimant: null,
  confidence: null,
  rationale: null,
  anchors: [],
  evidence: [],
  queries: [],
  ...{ wording: null, wordingNote: "", wordingAnchorId: null, suggestion: null },
  createdBy: reviewer,
  createdAt: "2026-11-23T10:00:00.000Z",
  updatedAt: "2026-11-23T10:00:00.000Z",
  verdictBy: null,
  approvedBy: null,
  approvedAt: null,
  stateReason: null,
  setAsideAs: null,
  duplicateOfId: null,
  trashedAt: null,
  changes: [],
  abilities: {
    edit: true,
    trash: true,
    due: true,
    place: true,
    settle: true,
    addEvidence: true,
    editEvidence: [],
    decideWording: false,
    events: [],
  },
  ...change,
});
