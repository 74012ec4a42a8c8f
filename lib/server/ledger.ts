/**
 * The sentence ledger: what people said of the sentences that no claim stands on. Marks are set, read, and carried from one revision to
 * the next; how many sentences are accounted for is in `coverage.ts`. A mark never stands on words that its person did not name.
 */
import "server-only";
import type { Alignment } from "../domain/align-texts";
import type { TextRange } from "../domain/anchor";
import { carryMarks } from "../domain/carry-marks";
import { AppError } from "../domain/errors";
import { touches, withMarks } from "../domain/ledger";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import type {
  MarkedSentence,
  MarkKind,
  SentenceMark,
  SentenceMarked,
  SentenceMarking,
  SentenceMarkList,
} from "../domain/sentence-mark";
import { lastEventOf } from "./articles";
import { recordEvent } from "./audit";
import type { Transaction } from "./claim-changes";
import { instant } from "./claim-views";
import { type Database, database, Prisma, transaction } from "./db";
import { lockText, textOf } from "./revision-texts";

/** @throws AppError `not_found` */
export async function listSentenceMarks(actor: Actor, articleId: string): Promise<SentenceMarkList> {
  authorize(actor, "newsroom.read");
  const db = database();
  // The event number is read first: a change that comes between the two reads is then heard of, never missed.
  const lastEvent = await lastEventOf(db, articleId);
  const revision = await db.revision.findFirst({
    where: { articleId },
    orderBy: { number: "desc" },
    select: { id: true },
  });
  if (!revision) throw new AppError("not_found", "This article is not here.");
  return { revisionId: revision.id, marks: await readMarks(db, revision.id), lastEvent };
}

/** The marks of a revision that touch a range, in the order of the text; without one, all of them. As JSON from the database. */
async function readMarks(db: Database, revisionId: string, range?: TextRange): Promise<SentenceMark[]> {
  const { start = 0, end = 2 ** 31 - 1 } = range ?? {};
  const [row] = await db.$queryRaw<{ marks: SentenceMark[] }[]>`
    SELECT COALESCE(json_agg(json_build_object('start', m.start, 'end', m."end", 'kind', m.kind,
      'by', json_build_object('id', u.id, 'name', u.name), 'at', ${instant(Prisma.sql`m.marked_at`)}) ORDER BY m.start), '[]') AS marks
    FROM sentence_mark m JOIN "user" u ON u.id = m.marked_by_id
    WHERE m.revision_id = ${revisionId}::uuid AND m.start < ${end} AND m."end" > ${start}`;
  return row?.marks ?? [];
}

/**
 * Marks sentences, or takes their marks away: all of those that are named, or none. What is marked so already is left as it is, so that
 * asking twice does nothing twice.
 * @throws AppError `not_found` (revision), `invalid` (words that do not stand there, a text that is not under check), `conflict` with
 * the marks as they are, when one of them is no longer what the person saw
 */
export async function markSentences(
  actor: Actor,
  articleId: string,
  { revisionId, sentences }: SentenceMarking,
): Promise<SentenceMarked> {
  authorize(actor, "sentence.mark");
  const text = await textOf(database(), articleId, revisionId);
  refuseOtherWords(text, sentences);
  const around = {
    start: Math.min(...sentences.map(({ start }) => start)),
    end: Math.max(...sentences.map(({ end }) => end)),
  };
  return transaction(async (tx) => {
    await lockText(tx, articleId, revisionId, "mark sentences");
    const before = await readMarks(tx, revisionId, around);
    const changes = changesOf(sentences, before);
    const answer = (marks: readonly SentenceMark[], event: number | null): SentenceMarked => ({
      ...{ revisionId, event },
      marks: marks.filter((mark) => sentences.some((sentence) => touches(mark, sentence))),
    });
    if (changes === null)
      throw new AppError("conflict", "Somebody marked one of these sentences in the meantime.", {
        current: answer(before, null),
      });
    if (changes.length === 0) return answer(before, null);
    const by = { id: actor.id, name: actor.name };
    const at = new Date().toISOString();
    const after = withMarks(
      text,
      before,
      changes.map(({ start, end, kind }) => ({ range: { start, end }, mark: kind && { start, end, kind, by, at } })),
    );
    await tx.sentenceMark.deleteMany({ where: { revisionId, start: { in: before.map(({ start }) => start) } } });
    await writeMarks(
      tx,
      revisionId,
      after.map((mark) => ({ ...mark, by: mark.by.id })),
    );
    const event = await recordEvent(tx, { actor, articleId, ...lineOf(changes) });
    return answer(after, event);
  });
}

function refuseOtherWords(text: string, sentences: readonly MarkedSentence[]): void {
  sentences.forEach(({ start, end, exact }, index) => {
    const path = `sentences.${index}`;
    if (end > text.length || text.slice(start, end) !== exact)
      throw new AppError("invalid", "The sentence is not what stands in the text.", {
        fields: [{ path, message: "`exact` is not the text from `start` to `end`" }],
      });
  });
  const inOrder = sentences.toSorted((one, other) => one.start - other.start);
  if (inOrder.some(({ end }, index) => end > (inOrder[index + 1]?.start ?? Number.POSITIVE_INFINITY)))
    throw new AppError("invalid", "Two of these sentences overlap. Each is marked once.");
}

/** What is not as it is wanted yet; null when one of the marks is neither that nor what the person saw. */
function changesOf(sentences: readonly MarkedSentence[], marks: readonly SentenceMark[]): MarkedSentence[] | null {
  const changes: MarkedSentence[] = [];
  for (const sentence of sentences) {
    const { start, end, kind, was } = sentence;
    const now = marks.find((mark) => mark.start <= start && mark.end >= end)?.kind ?? null;
    if (now === kind) continue;
    if (now !== was) return null;
    changes.push(sentence);
  }
  return changes;
}

/** The line of the record: what was done to how many sentences, and where they begin. */
function lineOf(changes: readonly MarkedSentence[]): { action: string; data: Record<string, unknown> } {
  const kinds = new Set(changes.map(({ kind }) => kind));
  const [kind] = kinds.size === 1 ? kinds : [];
  const places = { sentences: changes.length, starts: changes.map(({ start }) => start) };
  return {
    action: kind === null ? "sentences.cleared" : "sentences.marked",
    data: { ...places, ...(kind && { kind }) },
  };
}

type MarkRow = TextRange & { kind: MarkKind; by: string; at: string };

/** In one statement however many. */
async function writeMarks(tx: Transaction, revisionId: string, marks: readonly MarkRow[]): Promise<void> {
  if (marks.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO sentence_mark (revision_id, start, "end", kind, marked_by_id, marked_at)
    SELECT ${revisionId}::uuid, m.start, m."end", m.kind::"SentenceMarkKind", m.by, m.at
    FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS m (start int, "end" int, kind text, by uuid, at timestamptz)`;
}

const readRows = (tx: Database, revisionId: string) => tx.$queryRaw<MarkRow[]>`
  SELECT start, "end", kind, marked_by_id AS by, ${instant(Prisma.sql`marked_at`)} AS at FROM sentence_mark
  WHERE revision_id = ${revisionId}::uuid ORDER BY start`;

type Text = { id: string; text: string };

/**
 * Carries the marks of one text over to another, with who set them and when: those whose very words stand there, where nobody has
 * marked anything yet. Whoever calls holds the article's lock.
 */
export async function carrySentenceMarks(tx: Transaction, from: Text, to: Text, alignment?: Alignment): Promise<void> {
  const [marks, there] = [await readRows(tx, from.id), await readRows(tx, to.id)];
  if (marks.length === 0) return;
  const free = there.length === 0 ? () => true : (mark: MarkRow) => !there.some((other) => touches(other, mark));
  await writeMarks(tx, to.id, carryMarks(from.text, marks, to.text, alignment).filter(free));
}

/** Where the marks of a revision would stand in another text. */
export async function marksIn(db: Database, from: Text, text: string, alignment: Alignment): Promise<TextRange[]> {
  return carryMarks(from.text, await readRows(db, from.id), text, alignment);
}
