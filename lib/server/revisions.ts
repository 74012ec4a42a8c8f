/**
 * A new text of an article: laid beside the one under check, decided on claim by claim, applied in one transaction, taken back. The
 * engine (`carry-over.ts`) says what became of each anchor; here people's decisions are kept and carried out. Until a draft is applied
 * nothing else is touched.
 */
import "server-only";
import { type Alignment, alignTexts } from "../domain/align-texts";
import { type AnchorDescription, type AnchorState, describeAnchor, type TextRange, tidyRange } from "../domain/anchor";
import type { ArticleView } from "../domain/article";
import { type Carried, carryOver } from "../domain/carry-over";
import { canonicalText } from "../domain/claim";
import { draftWarnings } from "../domain/draft-warnings";
import { AppError } from "../domain/errors";
import { isKept, type KeptRange } from "../domain/kept-text";
import { coverageOf, ledgerSentences } from "../domain/ledger";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import {
  type AnchorDecision,
  type CarriedAnchor,
  type DraftWarning,
  isPlaced,
  isSure,
  type RevisionDraftCreate,
  type RevisionDraftView,
  type RevisionList,
} from "../domain/revision";
import type { RichText } from "../domain/rich-text";
import { type Judged, judgeChosen, judgeReplacements, type WordingOutcome, wordingOutcomes } from "../domain/wording";
import { decide, type WorkflowState } from "../domain/workflow";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument, toRichText } from "../editor/schema";
import { refuseLongText, textDigest } from "../import/article-text";
import { guessLanguage } from "../import/language-guess";
import { keepApprovals } from "./approvals";
import { getArticle } from "./articles";
import { recordEvent, recordOnClaims } from "./audit";
import type { Transaction } from "./claim-changes";
import { type Database, database, Prisma, transaction } from "./db";
import { newId } from "./ids";
import { carrySentenceMarks, marksIn } from "./ledger";
import { keepPastClaims } from "./past-revisions";
import { type AcceptedWording, acceptedWordings, bringWordings, keepOutcomes, takeWordingsBack } from "./wording";

const person = { select: { id: true, name: true } } as const;

/** @throws AppError `not_found` */
export async function listRevisions(actor: Actor, articleId: string): Promise<RevisionList> {
  authorize(actor, "newsroom.read");
  const db = database();
  const [revisions, drafts, lengths] = await Promise.all([
    db.revision.findMany({
      where: { articleId },
      orderBy: { number: "desc" },
      select: {
        ...{ id: true, number: true, origin: true, originName: true, createdAt: true, createdBy: person },
        draft: { select: { id: true } },
      },
    }),
    db.revisionDraft.findMany({
      where: { articleId, revisionId: null },
      orderBy: { createdAt: "desc" },
      select: { id: true, articleId: true, origin: true, originName: true, createdAt: true, createdBy: person },
    }),
    db.$queryRaw<{ id: string; characters: number }[]>`
      SELECT id, length(text) AS characters FROM revision WHERE article_id = ${articleId}::uuid
      UNION ALL
      SELECT id, length(text) FROM revision_draft WHERE article_id = ${articleId}::uuid AND revision_id IS NULL`,
  ]);
  if (revisions.length === 0) throw new AppError("not_found", "This article is not here.");
  const characters = new Map(lengths.map((one) => [one.id, one.characters]));
  const sized = <T extends { id: string; createdAt: Date }>(row: T) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    characters: characters.get(row.id) ?? 0,
  });
  return {
    revisions: revisions.map(({ draft, ...revision }, index) => ({
      ...sized(revision),
      isCurrent: index === 0,
      canUndo: index === 0 && draft !== null && can(actor, "revision.undo", { createdById: revision.createdBy.id }),
    })),
    drafts: drafts.map((draft) => ({ ...sized(draft), canDiscard: canDiscard(actor, draft) })),
  };
}

const canDiscard = (actor: Actor, { createdBy }: { createdBy: { id: string } }) =>
  can(actor, "revision.discard", { createdById: createdBy.id });

/**
 * Lays a new text beside the one under check. The same id again from the same person gives back what was made.
 * @throws AppError `not_found`, `invalid` (no text), `too_large`, `duplicate` (the text that is under check already)
 */
export async function createRevisionDraft(
  actor: Actor,
  articleId: string,
  input: RevisionDraftCreate,
): Promise<RevisionDraftView> {
  authorize(actor, "revision.add");
  const document = parseDocument(articleSchema, input.document);
  const { text } = CanonicalText.of(document);
  if (text.trim() === "")
    throw new AppError("invalid", "There is no text in this revision.", {
      fields: [{ path: "document", message: "This is needed" }],
    });
  refuseLongText(text.length);
  const json = toRichText(document);
  const db = database();
  const known = await db.revisionDraft.findUnique({ where: { id: input.id }, select: { createdById: true } });
  if (known && known.createdById !== actor.id)
    throw new AppError("invalid", "This id belongs to another draft.", {
      fields: [{ path: "id", message: "Make a new one" }],
    });
  if (known) return getRevisionDraft(actor, input.id);
  const base = await db.revision.findUnique({
    where: { id: input.baseId, articleId },
    select: { document: true, text: true, article: { select: { trashedAt: true } } },
  });
  if (!base) throw new AppError("not_found", "The text that this one follows is not here.");
  if (base.article.trashedAt) throw inTrash();
  if (canonicalText(base.document) === canonicalText(json))
    throw new AppError("duplicate", "This is the text that is under check already. Nothing would change.");
  await db.revisionDraft.create({
    data: {
      ...{ id: input.id, articleId, baseId: input.baseId, origin: input.origin, originName: input.originName },
      ...{ document: json as unknown as Prisma.InputJsonObject, text, sha256: textDigest(text) },
      createdById: actor.id,
      ...(input.kept && isKept(base.text, text, input.kept) && { kept: input.kept }),
    },
  });
  return getRevisionDraft(actor, input.id);
}

const inTrash = () => new AppError("invalid", "This article is in the trash. Restore it to give it a new text.");
const gone = () => new AppError("not_found", "This draft is not here. Somebody may have applied it or thrown it away.");

/** @throws AppError `not_found` */
export async function getRevisionDraft(actor: Actor, draftId: string): Promise<RevisionDraftView> {
  authorize(actor, "newsroom.read");
  return readDraftView(database(), actor, draftId);
}

type Draft = Awaited<ReturnType<typeof readDraft>>;

/** A draft that has not been applied. */
async function readDraft(db: Database, draftId: string) {
  const draft = await db.revisionDraft.findUnique({
    where: { id: draftId },
    include: {
      createdBy: person,
      base: { select: { id: true, number: true, text: true } },
      article: { select: { headline: true, language: true } },
    },
  });
  if (!draft || draft.revisionId) throw gone();
  return draft;
}

async function readDraftView(db: Database, actor: Actor, draftId: string): Promise<RevisionDraftView> {
  const draft = await readDraft(db, draftId);
  const { id, articleId, origin, originName, createdBy, version, base, text } = draft;
  const [newest, all] = await Promise.all([newestOf(db, articleId), carriedAnchors(db, actor, draft)]);
  const anchors = all.filter(({ isTrashed }) => !isTrashed).map(({ view }) => view);
  const { alignment, warnings } = comparedOf(draft);
  return {
    ...{ id, articleId, origin, originName, createdBy, version, text },
    createdAt: draft.createdAt.toISOString(),
    characters: text.length,
    headline: draft.article.headline,
    language: draft.article.language,
    base: { id: base.id, number: base.number },
    canDiscard: canDiscard(actor, draft),
    isOutdated: newest !== base.id,
    warnings,
    document: draft.document as unknown as RichText,
    kept: keptOf(draft),
    anchors,
    coverage: coverageOf(
      ledgerSentences(text, draft.article.language),
      anchors.flatMap((anchor) => placeIn(anchor) ?? []),
      await marksIn(db, base, text, alignment),
    ),
  };
}

async function newestOf(db: Database, articleId: string): Promise<string | undefined> {
  const newest = await db.revision.findFirst({
    where: { articleId },
    orderBy: { number: "desc" },
    select: { id: true },
  });
  return newest?.id;
}

type AnchorRow = {
  id: string;
  claimId: string;
  start: number;
  end: number;
  exact: string;
  prefix: string;
  suffix: string;
  state: AnchorState;
  was: string | null;
  /** Whether the claim stands in other articles too. */
  elsewhere: boolean;
  version: number;
  statement: string;
  claimState: WorkflowState;
  ratingId: string | null;
  assigneeId: string | null;
  trashed: boolean;
};

type CarriedRow = { row: AnchorRow; view: CarriedAnchor; isTrashed: boolean; suggestionId: string | null };

/** What becomes of every anchor of the base, those of claims in the trash among them; with `only`, of that one. */
async function carriedAnchors(db: Database, actor: Actor, draft: Draft, only?: string): Promise<CarriedRow[]> {
  const [rows, decisions, accepted] = await Promise.all([
    db.$queryRaw<AnchorRow[]>`
      SELECT a.id, a.claim_id AS "claimId", a.start, a."end", a.exact, a.prefix, a.suffix, a.state, a.was, c.version, c.statement,
        EXISTS (SELECT FROM claim_guest g WHERE g.claim_id = c.id) AS elsewhere, c.state AS "claimState", c.rating_id AS "ratingId", c.assignee_id AS "assigneeId", c.trashed_at IS NOT NULL AS trashed
      FROM anchor a JOIN claim c ON c.id = a.claim_id
      WHERE a.revision_id = ${draft.baseId}::uuid AND (${only ?? null}::uuid IS NULL OR a.id = ${only ?? null}::uuid)
      ORDER BY a.start, a."end", a.id`,
    db.anchorDecision.findMany({
      where: { draftId: draft.id, ...(only && { anchorId: only }) },
      include: { decidedBy: person },
    }),
    acceptedWordings(db, draft.articleId, draft.baseId),
  ]);
  const asked = judgeAll(draft, accepted);
  const decided = new Map(decisions.map((decision) => [decision.anchorId, decision]));
  const carried = carryAll(draft, rows);
  const wordsAt = ({ start, end }: TextRange) => ({ start, end, words: draft.text.slice(start, end) });
  return rows.map((row, index) => {
    const wanted = asked.get(row.id);
    const { state, range, candidates, score } = asAsked(carried[index] as Answer, wanted?.judged);
    const decision = decided.get(row.id);
    const after = range && wordsAt(range);
    const isOpen = !isSure(state);
    const chosen =
      decision?.kind === "attach" && decision.start !== null && decision.end !== null
        ? wordsAt({ start: decision.start, end: decision.end })
        : null;
    // What was decided while the text said something else is no decision on this.
    const holds = decision && isOpen && (decision.kind !== "confirm" || state === "altered");
    const told = wanted && {
      wording: wanted.accepted.wording,
      outcome:
        holds && decision.kind !== "confirm"
          ? judgeChosen(row.exact, wanted.accepted.wording, chosen?.words ?? null)
          : wanted.judged.outcome,
    };
    return {
      row,
      isTrashed: row.trashed,
      suggestionId: wanted?.accepted.id ?? null,
      view: {
        ...{ anchorId: row.id, claimId: row.claimId, claimVersion: row.version, statement: row.statement },
        ...{ claimState: row.claimState, ratingId: row.ratingId, state, score, after },
        // What was never confirmed is held against the words that were.
        before: { start: row.start, end: row.end, words: row.was ?? row.exact },
        candidates: candidates.map(wordsAt),
        decision: holds
          ? {
              kind: decision.kind,
              place: decision.kind === "confirm" ? after : chosen,
              by: decision.decidedBy,
              at: decision.decidedAt.toISOString(),
            }
          : null,
        wording: told ?? null,
        maySetAside: isOpen && maySetAside(actor, row),
      },
    };
  });
}

type Answer = { state: AnchorState; range: TextRange | null; candidates: TextRange[]; score: number };

/** Candidates that a person can look through. */
const mostCandidates = 9;

type Compared = { alignment: Alignment; warnings: DraftWarning[]; judged: { of: string; answers: Judged[] } | null };

/** Drafts that were looked at lately. Neither of the two texts ever changes, and each decision asks anew how they compare. */
const lately = new Map<string, Compared>();
const keptMaps = 4;

const keptOf = ({ kept }: Draft) => kept as KeptRange[] | null;

function compare(draft: Draft): Compared {
  const [before, after] = [draft.base.text, draft.text];
  const alignment = alignTexts(before, after, keptOf(draft));
  const languages = { before: guessLanguage(before), after: guessLanguage(after) };
  return { alignment, warnings: draftWarnings({ before, after, map: alignment, languages }), judged: null };
}

function comparedOf(draft: Draft): Compared {
  const key = `${draft.base.id} ${draft.id}`;
  const compared = lately.get(key) ?? compare(draft);
  lately.delete(key);
  lately.set(key, compared);
  for (const oldest of lately.keys()) if (lately.size > keptMaps) lately.delete(oldest);
  return compared;
}

/** What the new text makes of what was accepted, by anchor. */
function judgeAll(draft: Draft, accepted: readonly AcceptedWording[]) {
  if (accepted.length === 0) return new Map<string, { accepted: AcceptedWording; judged: Judged }>();
  const compared = comparedOf(draft);
  const of = JSON.stringify(accepted);
  if (compared.judged?.of !== of) {
    const answers = judgeReplacements(draft.base.text, accepted, draft.text, compared.alignment);
    compared.judged = { of, answers };
  }
  const { answers } = compared.judged;
  return new Map(
    accepted.map((one, index) => [one.anchorId, { accepted: one, judged: answers[index] as Judged }] as const),
  );
}

/** Where the words stand that the desk asked for, the claim does: however little they have of the old ones. */
function asAsked(answer: Answer, judged: Judged | undefined): Answer {
  if (!judged?.place || isSure(answer.state)) return answer;
  return { ...answer, state: "altered", range: judged.place, candidates: [] };
}

/** An anchor that stood nowhere any more has no place to be carried from: it is only looked for by its very words. */
function carryAll(draft: Draft, rows: readonly AnchorRow[]): Answer[] {
  const placed = rows.filter((row) => isPlaced(row.state));
  const carried = carryOver(draft.base.text, placed, draft.text, comparedOf(draft).alignment);
  const answers = new Map(carried.map((answer, at) => [placed[at]?.id, answer]));
  return rows.map((row) => {
    const answer = answers.get(row.id);
    if (!answer) return lookFor(row.exact, draft.text);
    const { state, score } = answer;
    // Words that nobody has confirmed yet are not confirmed by standing there unchanged.
    const isUnconfirmed = row.state === "altered" && isSure(state);
    return {
      state: isUnconfirmed ? "altered" : state,
      score,
      range: "range" in answer ? answer.range : null,
      candidates: candidatesOf(answer),
    };
  });
}

const candidatesOf = (answer: Carried) => ("candidates" in answer ? answer.candidates.slice(0, mostCandidates) : []);

function lookFor(words: string, text: string): Answer {
  const candidates: TextRange[] = [];
  for (let at = text.indexOf(words); at !== -1 && candidates.length < mostCandidates; at = text.indexOf(words, at + 1))
    candidates.push({ start: at, end: at + words.length });
  const found = candidates.length > 0;
  return { state: found ? "ambiguous" : "orphaned", range: null, candidates, score: found ? 1 : 0 };
}

/** A claim whose approval falls with its words may be set aside as what it then is; one that stands elsewhere too is not cut with them. */
function maySetAside(actor: Actor, { claimState, assigneeId, elsewhere }: AnchorRow): boolean {
  if (elsewhere) return false;
  const state = claimState === "approved" ? "stale" : claimState;
  const unknown = { verdictById: null, rationaleById: null, setAsideById: null, openQueries: 0, fourEyes: false };
  const facts = {
    state,
    assigneeId,
    ...unknown,
    hasVerdict: true,
    hasRationale: true,
    hasEvidence: true,
    hasOrphan: true,
  };
  return decide(actor, "set_aside", facts).allowed;
}

/**
 * Decides where an anchor stands in the new text. The last decision counts.
 * @throws AppError `not_found`, `invalid` (a decision that does not fit what became of the anchor, words that do not stand there), `forbidden`
 */
export async function decideAnchor(
  actor: Actor,
  draftId: string,
  anchorId: string,
  decision: AnchorDecision,
): Promise<CarriedAnchor> {
  authorize(actor, "revision.add");
  const db = database();
  const draft = await readDraft(db, draftId);
  const [anchor] = await carriedAnchors(db, actor, draft, anchorId);
  if (!anchor) throw new AppError("not_found", "This claim does not stand in the text before.");
  const { state, maySetAside: may } = anchor.view;
  if (isSure(state)) throw new AppError("invalid", "Its words stand there unchanged. There is nothing to decide.");
  if (decision.kind === "confirm" && state !== "altered")
    throw new AppError("invalid", "There are no new words to confirm. Choose where it stands.");
  if (decision.kind === "set_aside" && !may)
    throw new AppError("forbidden", "Only an editor can set this claim aside.");
  const range = decision.kind === "attach" ? chosenRange(draft.text, decision) : null;
  const now = { kind: decision.kind, start: range?.start ?? null, end: range?.end ?? null };
  const by = { decidedById: actor.id, decidedAt: new Date() };
  await transaction(async (tx) => {
    await lockDraft(tx, draftId);
    await tx.anchorDecision.upsert({
      where: { draftId_anchorId: { draftId, anchorId } },
      create: { draftId, anchorId, ...now, ...by },
      update: { ...now, ...by },
    });
  });
  return carriedAnchor(db, actor, draftId, anchorId);
}

function chosenRange(text: string, { start, end, exact }: Extract<AnchorDecision, { kind: "attach" }>): TextRange {
  const range = text.slice(start, end) === exact ? tidyRange(text, { start, end }) : null;
  if (range) return range;
  throw new AppError("invalid", "The chosen words are not what stands in the new text.", {
    fields: [{ path: "exact", message: "Not the text from `start` to `end`" }],
  });
}

async function carriedAnchor(db: Database, actor: Actor, draftId: string, anchorId: string): Promise<CarriedAnchor> {
  const [anchor] = await carriedAnchors(db, actor, await readDraft(db, draftId), anchorId);
  if (!anchor) throw gone();
  return anchor.view;
}

/** Takes a decision back. Doing it twice is no error. @throws AppError `not_found` */
export async function undecideAnchor(actor: Actor, draftId: string, anchorId: string): Promise<CarriedAnchor> {
  authorize(actor, "revision.add");
  await transaction(async (tx) => {
    await lockDraft(tx, draftId);
    await tx.anchorDecision.deleteMany({ where: { draftId, anchorId } });
  });
  return carriedAnchor(database(), actor, draftId, anchorId);
}

/** Nobody applies it, throws it away or decides on it meanwhile. Counts its version up. */
async function lockDraft(tx: Transaction, draftId: string): Promise<void> {
  const { count } = await tx.revisionDraft.updateMany({
    where: { id: draftId, revisionId: null },
    data: { version: { increment: 1 } },
  });
  if (count === 0) throw gone();
}

/** Throws a draft away, with what was decided on it. Doing it twice is no error. @throws AppError `forbidden` */
export async function discardRevisionDraft(actor: Actor, draftId: string): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const draft = await tx.revisionDraft.findUnique({
      where: { id: draftId },
      select: { createdById: true, revisionId: true },
    });
    if (!draft) return { done: true };
    if (draft.revisionId) throw gone();
    authorize(actor, "revision.discard", draft);
    await tx.revisionDraft.delete({ where: { id: draftId } });
    return { done: true };
  });
}

/**
 * Lays a draft beside the text that was applied since it was begun. Decisions stay with the claims that still need one.
 * @throws AppError `not_found`
 */
export async function rebaseRevisionDraft(actor: Actor, draftId: string): Promise<RevisionDraftView> {
  authorize(actor, "revision.add");
  return transaction(async (tx) => {
    await lockDraft(tx, draftId);
    const draft = await readDraft(tx, draftId);
    const newest = await newestOf(tx, draft.articleId);
    if (newest && newest !== draft.baseId) {
      await tx.revisionDraft.update({ where: { id: draftId }, data: { baseId: newest, kept: Prisma.DbNull } });
      // Step by step along what each anchor was carried over to.
      await tx.$executeRaw`
        WITH RECURSIVE line AS (
          SELECT anchor_id AS first, anchor_id AS id FROM anchor_decision WHERE draft_id = ${draftId}::uuid
          UNION ALL SELECT line.first, a.id FROM line JOIN anchor a ON a.from_id = line.id
        )
        UPDATE anchor_decision d SET anchor_id = a.id
        FROM line JOIN anchor a ON a.id = line.id AND a.revision_id = ${newest}::uuid
        WHERE d.draft_id = ${draftId}::uuid AND d.anchor_id = line.first`;
    }
    return readDraftView(tx, actor, draftId);
  });
}

/** How a claim stood that was set aside with its words: what taking the revision back restores. */
type ClaimBefore = { claimId: string; version: number; state: WorkflowState; stateReason: string | null };

/**
 * Puts the new text under check: revision, anchors and what follows for the claims in one transaction, all or nothing.
 * @throws AppError `conflict` (decided on meanwhile, or another text was applied) with the draft as it now is, `forbidden`, `not_found`
 */
export async function applyRevisionDraft(actor: Actor, draftId: string, version: number): Promise<ArticleView> {
  authorize(actor, "revision.add");
  return transaction(
    async (tx) => {
      const { articleId } = await readDraft(tx, draftId);
      // Nobody marks a claim, and nobody applies another text, until this one stands.
      const [article] = await tx.$queryRaw<{ trashed: boolean }[]>`
        SELECT trashed_at IS NOT NULL AS trashed FROM article WHERE id = ${articleId}::uuid FOR UPDATE`;
      await lockDraft(tx, draftId);
      const draft = await readDraft(tx, draftId);
      if (!article || article.trashed) throw inTrash();
      const refuse = async (message: string) => {
        const current = await readDraftView(tx, actor, draftId);
        // The lock has counted it up, and is undone with the rest.
        return new AppError("conflict", message, { current: { ...current, version: current.version - 1 } });
      };
      if ((await newestOf(tx, articleId)) !== draft.baseId)
        throw await refuse("Somebody has put another text under check meanwhile. What you decided is kept.");
      if (draft.version - 1 !== version)
        throw await refuse("Somebody decided on this text meanwhile. Look at it once more.");

      const anchors = await carriedAnchors(tx, actor, draft);
      const revisionId = newId();
      const { document, text, sha256, origin, originName } = draft;
      const number = draft.base.number + 1;
      await tx.revision.create({
        data: {
          ...{ id: revisionId, articleId, number, text, sha256, origin, originName, createdById: actor.id },
          document: document as Prisma.InputJsonObject,
        },
      });
      await keepPastClaims(tx, draft, revisionId);
      await writeAnchors(tx, revisionId, text, anchors);
      await carrySentenceMarks(tx, draft.base, { id: revisionId, text }, comparedOf(draft).alignment);
      const tested = anchors.filter((one) => one.suggestionId !== null && !one.isTrashed);
      await keepOutcomes(tx, revisionId, tested.map(outcomeRow));
      await bringWordings(tx, revisionId);
      const claimsBefore = await setCutAside(tx, actor, anchors);
      await tx.revisionDraft.update({ where: { id: draftId }, data: { revisionId, claimsBefore } });
      await tx.$executeRaw`
        UPDATE claim SET version = version + 1, updated_at = now() WHERE id = ANY(${changedClaims(anchors)}::uuid[])`;
      await keepApprovals(tx, articleId);
      for (const outcome of wordingOutcomes) {
        const claimIds = tested.filter(({ view }) => view.wording?.outcome === outcome).map(({ row }) => row.claimId);
        await recordOnClaims(tx, { actor, action: `wording.${outcome}`, claimIds, data: { number } });
      }
      const data = { number, articleId, revisionId, beforeId: draft.baseId };
      for (const state of ["altered", "ambiguous", "orphaned"] as const) {
        const claimIds = [...new Set(anchors.filter(({ view }) => view.state === state).map(({ row }) => row.claimId))];
        await recordOnClaims(tx, { actor, action: `claim.text_${state}`, claimIds, data });
      }
      await recordEvent(tx, { actor, action: "revision.added", articleId, data: { number, revisionId, origin } });
      return getArticle(actor, articleId, tx);
    },
    { timeout: 60_000 },
  );
}

const changedClaims = (anchors: readonly CarriedRow[]): string[] => [
  ...new Set(
    anchors.filter(({ view }) => view.state !== "anchored" || view.wording !== null).map(({ row }) => row.claimId),
  ),
];

/** Whether a person has said where it stands in the new text. */
const isSettled = ({ decision }: CarriedAnchor) => decision?.kind === "confirm" || decision?.kind === "attach";

/** Where it stands in the new text, as it was decided or else as it was carried over; null when it stands nowhere. */
const placeIn = (anchor: CarriedAnchor) => (isSettled(anchor) ? (anchor.decision?.place ?? null) : anchor.after);

const outcomeRow = ({ suggestionId, row, view }: CarriedRow) => ({
  suggestionId: suggestionId as string,
  outcome: view.wording?.outcome as WordingOutcome,
  before: row.exact,
  after: placeIn(view)?.words ?? null,
});

/** The anchors of the new revision, in one statement however many. */
async function writeAnchors(tx: Transaction, revisionId: string, text: string, anchors: readonly CarriedRow[]) {
  const rows = anchors.map(({ row, view }) => {
    const place = placeIn(view);
    return {
      ...{ id: newId(), claimId: row.claimId, fromId: row.id, state: isSettled(view) ? "anchored" : view.state },
      was: !isSettled(view) && view.state === "altered" ? (row.was ?? row.exact) : null,
      // Without a place it keeps its words, to be found by.
      ...(place ? describeAnchor(text, place) : quoteOf(row)),
    };
  });
  await tx.$executeRaw`
    INSERT INTO anchor (id, claim_id, revision_id, start, "end", exact, prefix, suffix, state, was, from_id)
    SELECT a.id, a."claimId", ${revisionId}::uuid, a.start, a."end", a.exact, a.prefix, a.suffix, a.state::"AnchorState", a.was, a."fromId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS a (id uuid, "claimId" uuid, "fromId" uuid, start int, "end" int, exact text, prefix text, suffix text, state text, was text)`;
}

const quoteOf = ({ start, end, exact, prefix, suffix }: AnchorDescription): AnchorDescription => ({
  ...{ start, end, exact, prefix, suffix },
});

/** Sets aside the claims whose words were cut, as was decided. @throws AppError `forbidden` */
async function setCutAside(tx: Transaction, actor: Actor, anchors: readonly CarriedRow[]): Promise<ClaimBefore[]> {
  const cut = anchors.filter(({ view }) => view.decision?.kind === "set_aside");
  if (cut.some(({ view }) => !view.maySetAside))
    throw new AppError(
      "forbidden",
      "A claim that was to be set aside is for an editor to set aside. Take that decision back.",
    );
  const claimIds = [...new Set(cut.map(({ row }) => row.claimId))];
  if (claimIds.length === 0) return [];
  // Counted up once here and once with all that changed.
  const before = await tx.$queryRaw<ClaimBefore[]>`
    SELECT id AS "claimId", version + 2 AS version, state, state_reason AS "stateReason" FROM claim
    WHERE id = ANY(${claimIds}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.$executeRaw`
    UPDATE claim SET state = 'set_aside', set_aside_as = 'cut', set_aside_by_id = ${actor.id}::uuid, state_reason = NULL,
      duplicate_of_id = NULL, version = version + 1 WHERE id = ANY(${claimIds}::uuid[])`;
  await recordOnClaims(tx, { actor, action: "claim.set_aside", claimIds, data: { reason: "cut" } });
  return before;
}

/**
 * Takes the newest revision back: the text before it is under check again, and its draft is there as it was before it was applied.
 * Claims that were marked in it are carried back; those that people changed meanwhile keep what was changed.
 * @throws AppError `not_found`, `forbidden`, `invalid` (not the newest, or the first)
 */
export async function undoRevision(actor: Actor, revisionId: string): Promise<RevisionDraftView> {
  return transaction(
    async (tx) => {
      const found = await tx.revision.findUnique({ where: { id: revisionId }, select: { articleId: true } });
      if (!found)
        throw new AppError("not_found", "This revision is not here. Somebody may have taken it back already.");
      const { articleId } = found;
      await tx.$queryRaw`SELECT id FROM article WHERE id = ${articleId}::uuid FOR UPDATE`;
      const revision = await tx.revision.findUnique({
        where: { id: revisionId },
        include: { draft: { include: { base: { select: { id: true, text: true } } } } },
      });
      if (!revision)
        throw new AppError("not_found", "This revision is not here. Somebody may have taken it back already.");
      authorize(actor, "revision.undo", revision);
      const { draft, number } = revision;
      if (!draft || (await newestOf(tx, articleId)) !== revisionId)
        throw new AppError("invalid", "Only the newest revision can be taken back, and the first one stays.");
      await carryBack(tx, revision, draft.base);
      await carrySentenceMarks(tx, revision, draft.base);
      await tx.$executeRaw`UPDATE revision_draft SET base_id = ${draft.baseId}::uuid, kept = NULL WHERE base_id = ${revisionId}::uuid`;
      await tx.$executeRaw`
        UPDATE claim SET version = version + 1, updated_at = now()
        WHERE id IN (
          SELECT claim_id FROM anchor WHERE revision_id = ${revisionId}::uuid AND state <> 'anchored'
          UNION ALL SELECT claim_id FROM place_change WHERE revision_id = ${revisionId}::uuid
          UNION ALL SELECT s.claim_id FROM suggestion s JOIN suggestion_outcome o ON o.suggestion_id = s.id
          WHERE o.revision_id = ${revisionId}::uuid)`;
      await takeWordingsBack(tx, revisionId);
      await tx.anchor.deleteMany({ where: { revisionId } });
      await tx.$executeRaw`SELECT set_config('claimdesk.taken_back', ${revisionId}, true)`;
      await tx.revision.delete({ where: { id: revisionId } });
      // A place that was removed by hand in the newer text is there again, and so is the claim.
      await tx.$executeRaw`
        INSERT INTO claim_guest (claim_id, article_id)
        SELECT DISTINCT c.id, ${articleId}::uuid FROM anchor a JOIN claim c ON c.id = a.claim_id
        WHERE a.revision_id = ${draft.baseId}::uuid AND c.article_id <> ${articleId}::uuid ON CONFLICT DO NOTHING`;
      await restoreClaims(tx, draft.claimsBefore as unknown as ClaimBefore[]);
      await tx.revisionDraft.update({
        where: { id: draft.id },
        data: { claimsBefore: [], version: { increment: 1 } },
      });
      await keepApprovals(tx, articleId);
      await recordEvent(tx, { actor, action: "revision.undone", articleId, data: { number } });
      return readDraftView(tx, actor, draft.id);
    },
    { timeout: 60_000 },
  );
}

/** Places that stand in the newer text alone get one in the older one. */
async function carryBack(
  tx: Transaction,
  newer: { id: string; text: string },
  older: { id: string; text: string },
): Promise<void> {
  const rows = await tx.$queryRaw<(AnchorDescription & { claimId: string; state: AnchorState })[]>`
    SELECT a.claim_id AS "claimId", a.start, a."end", a.exact, a.prefix, a.suffix, a.state FROM anchor a
    WHERE a.revision_id = ${newer.id}::uuid
      AND NOT EXISTS (SELECT FROM anchor o WHERE o.id = a.from_id AND o.revision_id = ${older.id}::uuid)`;
  const placed = rows.filter(({ state }) => isPlaced(state));
  const answers = carryOver(newer.text, placed, older.text);
  const data = rows.map((row) => {
    const answer = answers[placed.indexOf(row)];
    const place = answer && "range" in answer ? describeAnchor(older.text, answer.range) : null;
    const state = answer?.state ?? row.state;
    return {
      ...{ id: newId(), claimId: row.claimId, revisionId: older.id, state },
      was: state === "altered" ? row.exact : null,
      ...(place ?? quoteOf(row)),
    };
  });
  await tx.anchor.createMany({ data });
}

/** Only those that nobody has touched since. */
async function restoreClaims(tx: Transaction, before: readonly ClaimBefore[]): Promise<void> {
  if (before.length === 0) return;
  await tx.$executeRaw`
    UPDATE claim SET state = b.state::"WorkflowState", state_reason = b."stateReason", set_aside_as = NULL, set_aside_by_id = NULL,
      version = claim.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(before)}::jsonb) AS b ("claimId" uuid, version int, state text, "stateReason" text)
    WHERE claim.id = b."claimId" AND claim.state = 'set_aside' AND claim.set_aside_as = 'cut' AND claim.version <= b.version + 1`;
}
