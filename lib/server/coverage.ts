/**
 * How many sentences of an article are accounted for. Counted once for each state of an article's record: of a desk on which nothing has
 * happened since, one query is asked. Changes nothing.
 */
import "server-only";
import { coverageOf, ledgerSentences } from "../domain/ledger";
import type { Coverage } from "../domain/sentence-mark";
import type { Database } from "./db";

type Place = { articleId: string; revisionId: string; language: string; lastEvent: bigint | null };

/** By article: what was counted, and of which text and at which line of the record. */
const counted = new Map<string, { state: string; coverage: Coverage }>();
const mostCounted = 5_000;
/** Texts that are read at a time. */
const portion = 50;

/** By article. One that is not there is not in it. */
export async function coverageOfArticles(db: Database, articleIds: readonly string[]): Promise<Map<string, Coverage>> {
  // The line of the record is read first: what comes after it is counted the next time.
  const places = await db.$queryRaw<Place[]>`
    SELECT a.id AS "articleId", a.language, r.id AS "revisionId",
      GREATEST(
        (SELECT max(id) FROM audit_event WHERE article_id = a.id),
        (SELECT max(event_id) FROM event_echo WHERE article_id = a.id)) AS "lastEvent"
    FROM article a
    JOIN LATERAL (SELECT id FROM revision WHERE article_id = a.id ORDER BY number DESC LIMIT 1) r ON true
    WHERE a.id = ANY(${[...articleIds]}::uuid[])`;
  const found = new Map<string, Coverage>();
  const changed: Place[] = [];
  for (const place of places) {
    const known = counted.get(place.articleId);
    if (known?.state === stateOf(place)) found.set(place.articleId, known.coverage);
    else changed.push(place);
  }
  for (let from = 0; from < changed.length; from += portion) {
    for (const [place, coverage] of await count(db, changed.slice(from, from + portion))) {
      found.set(place.articleId, coverage);
      counted.delete(place.articleId);
      counted.set(place.articleId, { state: stateOf(place), coverage });
    }
  }
  for (const oldest of counted.keys()) {
    if (counted.size <= mostCounted) break;
    counted.delete(oldest);
  }
  return found;
}

const stateOf = ({ revisionId, language, lastEvent }: Place) => `${revisionId} ${language} ${lastEvent}`;

type Range = [start: number, end: number];

async function count(db: Database, places: readonly Place[]): Promise<[Place, Coverage][]> {
  const rows = await db.$queryRaw<{ id: string; text: string; claims: Range[] | null; marks: Range[] | null }[]>`
    SELECT r.id, r.text,
      (SELECT json_agg(json_build_array(a.start, a."end")) FROM anchor a JOIN claim c ON c.id = a.claim_id
        WHERE a.revision_id = r.id AND a.state NOT IN ('ambiguous', 'orphaned') AND c.trashed_at IS NULL) AS claims,
      (SELECT json_agg(json_build_array(m.start, m."end")) FROM sentence_mark m WHERE m.revision_id = r.id) AS marks
    FROM revision r WHERE r.id = ANY(${places.map(({ revisionId }) => revisionId)}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const rangesOf = (ranges: Range[] | null | undefined) => (ranges ?? []).map(([start, end]) => ({ start, end }));
  return places.map((place) => {
    const row = byId.get(place.revisionId);
    const sentences = ledgerSentences(row?.text ?? "", place.language);
    return [place, coverageOf(sentences, rangesOf(row?.claims), rangesOf(row?.marks))];
  });
}
