/** Reading the change list of an article, and the text with its changes marked. Changes nothing. */
import "server-only";
import { Worker } from "node:worker_threads";
import { type ChangeItem, type ChangeList, mostOfReason } from "../domain/change-list";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { authorize, can } from "../domain/policy";
import { isPlaced } from "../domain/revision";
import { plainText, type RichText } from "../domain/rich-text";
import { surroundingsOf } from "../domain/surroundings";
import type { MarkedText } from "../export/changes-docx";
import { lastEventOf } from "./articles";
import { isDone, outcomesOfSuggestion, person } from "./claim-views";
import { type Database, database, Prisma } from "./db";
import { Threads } from "./threads";
import { acceptedWordings, articleOf, placeOfSuggestion } from "./wording";

const missing = () => new AppError("not_found", "This article is not here.");

/** Code units of the line around a change. */
const around = 90;

/** @throws AppError `not_found` */
export async function getChangeList(actor: Actor, articleId: string): Promise<ChangeList> {
  authorize(actor, "newsroom.read");
  const db = database();
  // The event number first: a change that comes between the two reads is then heard of.
  const lastEvent = await lastEventOf(db, articleId);
  const revision = await db.revision.findFirst({
    where: { articleId },
    orderBy: { number: "desc" },
    select: { id: true, number: true, text: true, article: { select: { headline: true, language: true } } },
  });
  if (!revision) throw missing();
  const rows = await readRows(db, articleId, revision.id);
  return {
    ...{ articleId, ...revision.article, lastEvent },
    revision: { id: revision.id, number: revision.number },
    items: rows.map((row) => toItem(row, revision.text)),
    mayDecide: can(actor, "wording.decide"),
  };
}

type Row = Omit<ChangeItem, "reason" | "place" | "proposedAt" | "decidedAt"> & {
  rationale: RichText | null;
  proposedAt: Date;
  decidedAt: Date | null;
  anchor: { start: number; end: number; state: "anchored" | "moved" | "altered" | "ambiguous" | "orphaned" } | null;
};

/** The newest suggestion of each claim, and all that a text has carried out. */
function readRows(db: Database, articleId: string, revisionId: string): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT w.id, w.claim_id AS "claimId", c.version AS "claimVersion", c.statement, c.state AS "claimState", rating.label AS verdict,
      c.rationale, w.wording, w.note, w.state, w.outcomes, w.proposed_at AS "proposedAt", w.decided_at AS "decidedAt",
      ${person(Prisma.sql`proposer`)} AS "proposedBy", ${person(Prisma.sql`decider`)} AS "decidedBy",
      CASE WHEN a.id IS NULL THEN NULL ELSE json_build_object('start', a.start, 'end', a."end", 'state', a.state) END AS anchor
    FROM (
      SELECT s.*, ${isDone} AS done, ${outcomesOfSuggestion} AS outcomes,
        row_number() OVER (PARTITION BY s.claim_id ORDER BY s.id DESC) AS age
      FROM suggestion s
      WHERE s.claim_id IN (SELECT claim_id FROM stands_in WHERE article_id = ${articleId}::uuid)
    ) w
    JOIN claim c ON c.id = w.claim_id AND c.trashed_at IS NULL
    JOIN "user" proposer ON proposer.id = w.proposed_by_id
    LEFT JOIN "user" decider ON decider.id = w.decided_by_id
    LEFT JOIN rating ON rating.id = c.rating_id
    LEFT JOIN LATERAL (${placeOfSuggestion(revisionId)}) a ON true
    WHERE ${articleOf(Prisma.sql`w`)} = ${articleId}::uuid AND (w.age = 1 OR w.done)
    ORDER BY a.state IN ('ambiguous', 'orphaned'), a.start NULLS LAST, a."end", w.id`;
}

function toItem({ anchor, rationale, proposedAt, decidedAt, ...row }: Row, text: string): ChangeItem {
  const reason = rationale ? plainText(rationale).trim() : "";
  return {
    ...row,
    proposedAt: proposedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    reason: reason.length > mostOfReason ? `${reason.slice(0, mostOfReason).toWellFormed()} …` : reason,
    place:
      anchor && isPlaced(anchor.state)
        ? {
            ...{ start: anchor.start, end: anchor.end, words: text.slice(anchor.start, anchor.end) },
            ...surroundingsOf(text, anchor, around),
          }
        : null,
  };
}

const threads = new Threads({
  start: ({ workerData, resourceLimits, env, execArgv }) =>
    new Worker(new URL("../export/docx-worker.ts", import.meta.url), { workerData, resourceLimits, env, execArgv }),
  ...{ mostAtOnce: 1, mostWaiting: 10 },
  busy: "Many Word documents are being written at the moment. Try again shortly.",
  tookTooLong: (seconds) =>
    `Writing this text as a Word document takes more than ${seconds} seconds. Take the text file.`,
  tookTooMuch: "This text is too long to be written as a Word document. Take the text file.",
});

/**
 * The text under check as a Word document with what was accepted and is not done as tracked changes.
 * @throws AppError `not_found`, `unavailable`, `too_large`
 */
export async function getChangesDocx(actor: Actor, articleId: string): Promise<{ bytes: Uint8Array; name: string }> {
  authorize(actor, "newsroom.read");
  const db = database();
  const revision = await db.revision.findFirst({
    where: { articleId },
    orderBy: { number: "desc" },
    select: { id: true, document: true, article: { select: { headline: true, language: true } } },
  });
  if (!revision) throw missing();
  const accepted = await acceptedWordings(db, articleId, revision.id);
  const { headline, language } = revision.article;
  const document = revision.document as unknown as RichText;
  const text: MarkedText = {
    ...{ headline, language, document },
    changes: accepted.map(({ start, end, wording, note, author, at }) => ({ start, end, wording, note, author, at })),
  };
  return { bytes: (await threads.run(text, limits.docxMilliseconds)) as Uint8Array, name: `${headline}.docx` };
}
