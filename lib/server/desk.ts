/**
 * The desk: the newsroom's articles with how far the check of each has come. A few SQL queries, whatever the number of
 * articles: for the page, for the total, and for how many sentences are accounted for. Changes nothing. Text from outside goes into SQL as parameters only.
 */
import "server-only";
import { z } from "zod";
import type { ArticleListItem, ArticlePage, ArticleQuery } from "../domain/article";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import type { Actor, PersonRef } from "../domain/people";
import { authorize, can } from "../domain/policy";
import type { Coverage } from "../domain/sentence-mark";
import { id, isoDate, isStorable } from "../domain/text";
import { trashFacts } from "./articles";
import { coverageOfArticles } from "./coverage";
import { type Database, database, Prisma } from "./db";

/** More words than these narrow a search no further. */
const searchWords = 8;

/**
 * A page of the desk. The cursor names the last article of the page before by what it was sorted by: an article that changes its
 * place meanwhile can be missed on the pages that follow, but none is shown twice because others came or went.
 * @throws AppError `invalid` (a cursor that is none, or of another order)
 */
export async function listArticles(actor: Actor, query: ArticleQuery): Promise<ArticlePage> {
  authorize(actor, "newsroom.read");
  const order = orders[query.sort];
  const matches = matching(query);
  const db = database();
  const counted = query.sort === "coverage" ? await countedBeside(db, matches) : Prisma.empty;
  const [rows, totals] = await Promise.all([
    db.$queryRaw<Row[]>`
      WITH page AS (
        SELECT a.id, (${order.key})::text AS "key"
        FROM article a ${counted}
        WHERE ${matches} ${query.cursor === undefined ? Prisma.empty : Prisma.sql`AND ${after(query.sort, query.cursor)}`}
        ORDER BY ${order.key} ${order.direction}, a.id ${order.direction}
        LIMIT ${limits.pageSize + 1}
      ), tally AS (
        SELECT s.article_id, state, rating_id, count(*)::int AS claims
        FROM stands_in s JOIN claim ON claim.id = s.claim_id
        WHERE s.article_id IN (SELECT id FROM page) AND trashed_at IS NULL
        GROUP BY s.article_id, state, rating_id
      )
      SELECT a.id, a.version, a.headline, a.outlet, a.published_on::text AS "publishedOn", a.due_on::text AS "dueOn",
        a.last_activity_at AS "lastActivityAt", a.trashed_at AS "trashedAt", a.created_by_id AS "createdById", page.key,
        ${trashFacts},
        (SELECT COALESCE(sum(claims), 0)::int FROM tally WHERE article_id = a.id) AS claims,
        (SELECT COALESCE(json_object_agg(state, claims), '{}') FROM (
          SELECT state, sum(claims)::int AS claims FROM tally WHERE article_id = a.id GROUP BY state) s) AS states,
        (SELECT COALESCE(json_agg(json_build_object('ratingId', r.id, 'count', r.claims) ORDER BY r.position, r.id), '[]') FROM (
          SELECT rating.id, rating.position, sum(claims)::int AS claims
          FROM tally JOIN rating ON rating.id = tally.rating_id WHERE article_id = a.id GROUP BY rating.id) r) AS ratings,
        (SELECT COALESCE(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.id <> a.created_by_id, u.name, u.id), '[]')
          FROM "user" u
          WHERE u.id = a.created_by_id
            OR u.id IN (SELECT assignee_id FROM stands_in s JOIN claim c ON c.id = s.claim_id
              WHERE s.article_id = a.id AND trashed_at IS NULL)) AS people,
        (SELECT count(*)::int FROM ${lostHere}) AS lost,
        EXISTS (SELECT FROM share_link
          WHERE article_id = a.id AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) AS shared
      FROM page JOIN article a ON a.id = page.id ${counted}
      ORDER BY ${order.key} ${order.direction}, a.id ${order.direction}`,
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM article a WHERE ${matches}`,
  ]);
  const page = rows.slice(0, limits.pageSize);
  const coverage = await coverageOfArticles(
    db,
    page.map((row) => row.id),
  );
  const last = page.at(-1);
  return {
    items: page.map((row) => toListItem(actor, row, coverage.get(row.id) ?? { sentences: 0, accounted: 0 })),
    next: rows.length > limits.pageSize && last ? cursorOf({ sort: query.sort, key: last.key, id: last.id }) : null,
    total: totals[0]?.total ?? 0,
  };
}

/** Coverage is counted and not stored: to sort by it, the numbers of all articles that match stand beside them. */
async function countedBeside(db: Database, matches: Prisma.Sql): Promise<Prisma.Sql> {
  const articles = await db.$queryRaw<{ id: string }[]>`SELECT a.id FROM article a WHERE ${matches}`;
  const ids = articles.map((article) => article.id);
  const coverage = await coverageOfArticles(db, ids);
  const shares = ids.map((article) => shareOf(coverage.get(article)));
  return Prisma.sql`JOIN unnest(${ids}::uuid[], ${shares}::int[]) AS counted (id, share) ON counted.id = a.id`;
}

/** In millionths; without a sentence nothing is left to do. */
const shareOf = ({ sentences, accounted }: Coverage = { sentences: 0, accounted: 0 }): number =>
  sentences === 0 ? 1_000_000 : Math.floor((accounted / sentences) * 1_000_000);

/** Whom the desk can be asked about: everybody who works here, and whoever left but still holds claims. */
export async function listColleagues(actor: Actor): Promise<PersonRef[]> {
  authorize(actor, "newsroom.read");
  return database().user.findMany({
    where: { OR: [{ disabledAt: null }, { heldClaims: { some: { trashedAt: null } } }] },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

type Row = Omit<ArticleListItem, "lastActivityAt" | "trashedAt" | "coverage" | "abilities"> & {
  lastActivityAt: Date;
  trashedAt: Date | null;
  createdById: string;
  hasSubmittedClaims: boolean;
  isPublished: boolean;
  key: string;
};

function toListItem(
  actor: Actor,
  { key: _, createdById, hasSubmittedClaims, isPublished, ...row }: Row,
  coverage: Coverage,
): ArticleListItem {
  return {
    ...row,
    coverage,
    lastActivityAt: row.lastActivityAt.toISOString(),
    trashedAt: row.trashedAt?.toISOString() ?? null,
    abilities: {
      due: can(actor, "article.due"),
      trash: can(actor, "article.trash", { createdById, hasSubmittedClaims, isPublished }),
    },
  };
}

/** What the query asks of an article `a`, as a condition. */
function matching({ q, state, rating, person, due, anchor, trash }: ArticleQuery): Prisma.Sql {
  const conditions = [trash ? Prisma.sql`a.trashed_at IS NOT NULL` : Prisma.sql`a.trashed_at IS NULL`];
  for (const word of (q ?? "").split(" ").filter(Boolean).slice(0, searchWords)) conditions.push(holdsWord(word));

  // State, verdict and person are asked of one and the same claim.
  const ofClaim: Prisma.Sql[] = [];
  if (state) ofClaim.push(Prisma.sql`c.state = ${state}::"WorkflowState"`);
  if (rating) ofClaim.push(Prisma.sql`c.rating_id = ${rating}::uuid`);
  const broughtIn = person && ofClaim.length === 0 ? Prisma.sql`a.created_by_id = ${person}::uuid OR` : Prisma.empty;
  if (person) ofClaim.push(Prisma.sql`c.assignee_id = ${person}::uuid`);
  if (ofClaim.length > 0) {
    conditions.push(Prisma.sql`(${broughtIn} EXISTS (
      SELECT FROM stands_in s JOIN claim c ON c.id = s.claim_id
      WHERE s.article_id = a.id AND c.trashed_at IS NULL AND ${Prisma.join(ofClaim, " AND ")}))`);
  }
  if (anchor) conditions.push(Prisma.sql`EXISTS (SELECT FROM ${lostHere})`);

  if (due) {
    conditions.push(
      due === "overdue"
        ? Prisma.sql`a.due_on < current_date`
        : Prisma.sql`a.due_on BETWEEN current_date AND current_date + 7`,
      Prisma.sql`NOT ${settled}`,
    );
  }
  return Prisma.join(conditions, " AND ");
}

/** Nothing is left to do: there are claims, and each is approved or set aside. */
const settled = Prisma.sql`(
  EXISTS (SELECT FROM stands_in s JOIN claim c ON c.id = s.claim_id WHERE s.article_id = a.id AND c.trashed_at IS NULL)
  AND NOT EXISTS (SELECT FROM stands_in s JOIN claim c ON c.id = s.claim_id
    WHERE s.article_id = a.id AND c.trashed_at IS NULL AND c.state NOT IN ('approved', 'set_aside')))`;

/** The claims that have lost a place in the text under check of an article `a`. */
const lostHere = Prisma.sql`(
  SELECT lost.claim_id FROM anchor_now lost JOIN claim c ON c.id = lost.claim_id
  WHERE lost.article_id = a.id AND lost.state IN ('ambiguous', 'orphaned') AND c.trashed_at IS NULL
  GROUP BY lost.claim_id) lost_claim`;

/** A word anywhere in headline, outlet, newest text, claims, or the sources that the claims rest on. */
function holdsWord(word: string): Prisma.Sql {
  const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`a.id IN (
    SELECT id FROM article WHERE headline ILIKE ${pattern}
    UNION ALL SELECT id FROM article WHERE outlet ILIKE ${pattern}
    UNION ALL SELECT r.article_id FROM revision r
      WHERE r.text ILIKE ${pattern}
        AND NOT EXISTS (SELECT FROM revision newer WHERE newer.article_id = r.article_id AND newer.number > r.number)
    UNION ALL SELECT here.article_id FROM claim c JOIN stands_in here ON here.claim_id = c.id
      WHERE c.statement ILIKE ${pattern} AND c.trashed_at IS NULL
    UNION ALL SELECT here.article_id FROM source s
      JOIN evidence e ON e.source_id = s.id AND e.removed_at IS NULL
      JOIN claim c ON c.id = e.claim_id AND c.trashed_at IS NULL
      JOIN stands_in here ON here.claim_id = c.id
      WHERE s.title ILIKE ${pattern} OR s.author ILIKE ${pattern} OR s.publisher ILIKE ${pattern} OR s.url ILIKE ${pattern})`;
}

type Sort = ArticleQuery["sort"];
type Order = { key: Prisma.Sql; type: Prisma.Sql; direction: Prisma.Sql; shape: z.ZodType<string> };

const ascending = Prisma.sql`ASC`;
const descending = Prisma.sql`DESC`;
const day = z.union([isoDate, z.enum(["infinity", "-infinity"])]);

/** What has no date stands last in either direction. */
const orders: Record<Sort, Order> = {
  activity: {
    key: Prisma.sql`a.last_activity_at`,
    type: Prisma.sql`timestamptz`,
    direction: descending,
    shape: z
      .string()
      .regex(/^\S{10} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?[+-](0\d|1[0-4])(:[0-5]\d)?$/)
      .refine((key) => isoDate.safeParse(key.slice(0, 10)).success),
  },
  due: {
    key: Prisma.sql`COALESCE(a.due_on, 'infinity')`,
    type: Prisma.sql`date`,
    direction: ascending,
    shape: day,
  },
  published: {
    key: Prisma.sql`COALESCE(a.published_on, '-infinity')`,
    type: Prisma.sql`date`,
    direction: descending,
    shape: day,
  },
  headline: {
    key: Prisma.sql`lower(left(a.headline, 60))`,
    type: Prisma.sql`text`,
    direction: ascending,
    shape: z.string().max(120).refine(isStorable),
  },
  coverage: {
    key: Prisma.sql`counted.share`,
    type: Prisma.sql`int`,
    direction: ascending,
    shape: z.string().regex(/^\d{1,7}$/),
  },
};

function after(sort: Sort, cursor: string): Prisma.Sql {
  const { key, type, direction } = orders[sort];
  const last = readCursor(sort, cursor);
  const beyond = direction === ascending ? Prisma.sql`>` : Prisma.sql`<`;
  return Prisma.sql`(${key}, a.id) ${beyond} (${last.key}::${type}, ${last.id}::uuid)`;
}

type Place = { sort: Sort; key: string; id: string };

const cursorOf = ({ sort, key, id }: Place): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString("base64url");

function readCursor(sort: Sort, cursor: string): Place {
  const place = z.tuple([z.literal(sort), orders[sort].shape, id]).safeParse(decoded(cursor));
  if (!place.success) {
    throw new AppError("invalid", "This is not a place in the list of articles.", {
      fields: [{ path: "cursor", message: "Not a cursor of this list in this order" }],
    });
  }
  const [, key, articleId] = place.data;
  return { sort, key, id: articleId };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
