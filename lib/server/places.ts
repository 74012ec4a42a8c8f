/**
 * Where a claim stands, settled by hand in the text under check: new words confirmed, lost words found again, places added, moved and
 * removed, in its own article and in others. Each is one transaction under the article's lock, so that no new text comes in between,
 * and each is kept with its way back. Anchors of older texts are never touched.
 */
import "server-only";
import { type AnchorView, describeAnchor, tidyRange } from "../domain/anchor";
import type { ClaimView } from "../domain/claim";
import { standsIn } from "../domain/claim";
import { AppError } from "../domain/errors";
import { findQuotes } from "../domain/find-quotes";
import { limits } from "../domain/limits";
import type { Actor } from "../domain/people";
import { isAt, type PlacedAnchor, type PlaceInput, type PlaceProposals, placedAnchor } from "../domain/place";
import { authorize } from "../domain/policy";
import { isPlaced, isSure } from "../domain/revision";
import { surroundingsOf } from "../domain/surroundings";
import { completeChange, conflict, lockClaim, type Transaction } from "./claim-changes";
import { type ClaimRow, readClaim, toClaimView } from "./claim-views";
import { type Database, database, Prisma, transaction } from "./db";
import { newId } from "./ids";

/**
 * Says on which words a claim stands: of an anchor that it has, or, with a new id, of one more. The words that are there already are
 * thereby confirmed. Asking again with the same `change` does nothing.
 * @throws AppError `not_found`, `forbidden`, `conflict` with the claim as it now is, `invalid` (words that do not stand there, an older
 * text, no room), `duplicate` (the id is another claim's)
 */
export async function placeClaim(
  actor: Actor,
  claimId: string,
  anchorId: string,
  version: number,
  input: PlaceInput,
): Promise<ClaimView> {
  return transaction(async (db) => {
    const text = await lockText(db, input.revisionId, claimId);
    const row = await lockClaim(db, actor, claimId, (claim) => authorizeFor(actor, claim, anchorOf(claim, anchorId)));
    if (await isDone(db, claimId, input.change)) return toClaimView(actor, row);
    if (version !== row.version) throw conflict(actor, row);
    if (!text.isNewest)
      throw new AppError("invalid", "The article has a newer text. Reload it, then choose the words there.");
    const before = anchorOf(row, anchorId);
    await refuseWrongPlace(db, row, anchorId, before, text);
    const range = text.text.slice(input.start, input.end) === input.exact ? tidyRange(text.text, input) : null;
    if (!range)
      throw new AppError("invalid", "The chosen words are not what stands in the text.", {
        fields: [{ path: "exact", message: "Not the text from `start` to `end`" }],
      });
    if (before && isSure(before.state) && isAt(before, range)) return toClaimView(actor, row);
    if (row.anchors.some((other) => other.id !== anchorId && other.revisionId === text.id && isAt(other, range)))
      throw new AppError("invalid", "The claim stands on these words already.");
    const after = { revisionId: text.id, ...describeAnchor(text.text, range), state: "anchored", was: null } as const;
    const action = !before
      ? "added"
      : !isPlaced(before.state)
        ? "found"
        : isAt(before, range)
          ? "confirmed"
          : ("moved" as const);
    return changePlace(db, actor, row, {
      id: input.change,
      action,
      anchorId,
      articleId: text.articleId,
      before,
      after,
    });
  });
}

/**
 * Removes a place of a claim; in another article the last one takes the claim out of it. Asking again with the same `change` does nothing.
 * @throws AppError `not_found`, `forbidden`, `conflict` with the claim as it now is, `invalid` (the last place in its own article)
 */
export async function removePlace(
  actor: Actor,
  claimId: string,
  anchorId: string,
  version: number,
  change = newId(),
): Promise<ClaimView> {
  return transaction(async (db) => {
    const found = await db.anchor.findUnique({ where: { id: anchorId }, select: { revisionId: true } });
    if (found) await lockText(db, found.revisionId, claimId);
    const row = await lockClaim(db, actor, claimId, (claim) => authorize(actor, "claim.place", claim));
    if (await isDone(db, claimId, change)) return toClaimView(actor, row);
    if (version !== row.version) throw conflict(actor, row);
    const before = anchorOf(row, anchorId);
    if (!before) throw new AppError("not_found", "This place is not here any more. Somebody may have removed it.");
    const { articleId } = before;
    return changePlace(db, actor, row, { id: change, action: "removed", anchorId, articleId, before, after: null });
  });
}

/**
 * Takes back what was done to a place, as long as it is as it was left. Doing it twice is no error.
 * @throws AppError `not_found`, `forbidden`, `invalid` (it has changed since, or the text has)
 */
export async function undoPlaceChange(actor: Actor, changeId: string): Promise<ClaimView> {
  return transaction(async (db) => {
    const known = await db.placeChange.findUnique({ where: { id: changeId } });
    if (!known) throw new AppError("not_found", "This cannot be taken back any more: the text it was done in is gone.");
    const { claimId, anchorId } = known;
    const text = await lockText(db, known.revisionId, claimId);
    const before = known.before === null ? null : placedAnchor.parse(known.before);
    const row = await lockClaim(db, actor, claimId, (claim) => authorizeFor(actor, claim, before));
    const { undoneAt } = await db.placeChange.findUniqueOrThrow({
      where: { id: changeId },
      select: { undoneAt: true },
    });
    if (undoneAt) return toClaimView(actor, row);
    const now = anchorOf(row, anchorId);
    const after = known.after === null ? null : placedAnchor.parse(known.after);
    if (!text.isNewest || !isSame(now, after))
      throw new AppError("invalid", "This place has changed since, so it was not taken back.");
    if (before && !standsIn(row, text.articleId)) refuseFull(text);
    await db.placeChange.update({ where: { id: changeId }, data: { undoneAt: new Date() } });
    return changePlace(db, actor, row, {
      ...{ id: null, action: "restored", anchorId, articleId: text.articleId },
      ...{ before: now, after: before },
    });
  });
}

/** Where a claim may stand in another article: its own words, as they are there. @throws AppError `not_found` */
export async function findPlaces(actor: Actor, claimId: string, articleId: string): Promise<PlaceProposals> {
  authorize(actor, "newsroom.read");
  const db = database();
  const [claim, revision] = await Promise.all([
    readClaim(db, claimId),
    db.revision.findFirst({
      where: { articleId },
      orderBy: { number: "desc" },
      select: { id: true, text: true, article: { select: { headline: true, language: true } } },
    }),
  ]);
  if (!revision) throw new AppError("not_found", "This article is not here.");
  const { text } = revision;
  const quotes = [...new Set([claim.statement, ...claim.anchors.map(({ was, exact }) => was ?? exact)])];
  const ranges = findQuotes(
    text,
    quotes.map((exact) => ({ exact })),
  ).flatMap((found) => ("range" in found ? [found.range] : "candidates" in found ? found.candidates : []));
  const standing = claim.anchors.filter((anchor) => anchor.revisionId === revision.id);
  const places = ranges.filter(
    (range, index) =>
      ranges.findIndex((other) => isAt(other, range)) === index && !standing.some((anchor) => isAt(anchor, range)),
  );
  return {
    ...{ revisionId: revision.id, ...revision.article },
    proposals: places.slice(0, mostProposals).map(({ start, end }) => {
      const { before, after } = surroundingsOf(text, { start, end });
      return { start, end, words: text.slice(start, end), before, after };
    }),
  };
}

/** A person looks through no more. */
const mostProposals = 9;

type LockedText = {
  id: string;
  articleId: string;
  text: string;
  isNewest: boolean;
  trashed: boolean;
  claims: number;
};

/**
 * A text whose article gets no other one, and no more claims, until the transaction ends. With it all articles are locked in which the
 * claim stands, in one order: they are told of the change at its end, and two changes must not wait for one another.
 */
async function lockText(db: Transaction, revisionId: string, claimId: string): Promise<LockedText> {
  await db.$queryRaw`
    SELECT id FROM article
    WHERE id IN (
      SELECT article_id FROM revision WHERE id = ${revisionId}::uuid
      UNION ALL SELECT article_id FROM stands_in WHERE claim_id = ${claimId}::uuid)
    ORDER BY id FOR NO KEY UPDATE`;
  const [text] = await db.$queryRaw<LockedText[]>`
    SELECT r.id, a.id AS "articleId", r.text, a.trashed_at IS NOT NULL AS trashed, a.claim_count AS claims,
      NOT EXISTS (SELECT FROM revision later WHERE later.article_id = a.id AND later.number > r.number) AS "isNewest"
    FROM revision r JOIN article a ON a.id = r.article_id WHERE r.id = ${revisionId}::uuid`;
  if (!text) throw new AppError("not_found", "The text that this place is in is not here.");
  return text;
}

const anchorOf = (claim: Pick<ClaimRow, "anchors">, anchorId: string): AnchorView | null =>
  claim.anchors.find(({ id }) => id === anchorId) ?? null;

/** Where it stands is anybody's to say where that is not sure, as it is in a new text; elsewhere it is the claim's own. */
function authorizeFor(actor: Actor, claim: ClaimRow, anchor: Pick<PlacedAnchor, "state"> | null): void {
  if (anchor && !isSure(anchor.state)) authorize(actor, "claim.settle");
  else authorize(actor, "claim.place", claim);
}

const isDone = async (db: Database, claimId: string, changeId: string): Promise<boolean> => {
  const change = await db.placeChange.findUnique({ where: { id: changeId }, select: { claimId: true } });
  if (change && change.claimId !== claimId) throw new AppError("duplicate", "A change with this id is already there.");
  return change !== null;
};

async function refuseWrongPlace(
  db: Transaction,
  row: ClaimRow,
  anchorId: string,
  before: AnchorView | null,
  text: LockedText,
): Promise<void> {
  if (text.trashed) throw new AppError("invalid", "This article is in the trash. Restore it first.");
  if (before) {
    if (before.revisionId === text.id) return;
    throw new AppError("invalid", "A place stays in its article. Add one in the other article instead.");
  }
  if (await db.anchor.findUnique({ where: { id: anchorId }, select: { id: true } }))
    throw new AppError("duplicate", "A place with this id is already there.");
  if (row.anchors.length >= limits.anchorsPerClaim)
    throw new AppError("invalid", `A claim stands in at most ${limits.anchorsPerClaim} places.`);
  if (!standsIn(row, text.articleId)) refuseFull(text);
}

function refuseFull({ claims }: LockedText): void {
  if (claims >= limits.claimsPerArticle)
    throw new AppError(
      "invalid",
      `An article holds at most ${limits.claimsPerArticle.toLocaleString("en")} claims, those of other articles included.`,
    );
}

type PlaceChange = {
  /** Null for a way back, which has none of its own. */
  id: string | null;
  action: "added" | "confirmed" | "found" | "moved" | "removed" | "restored";
  anchorId: string;
  articleId: string;
  before: AnchorView | null;
  after: PlacedAnchor | null;
};

async function changePlace(db: Transaction, actor: Actor, row: ClaimRow, change: PlaceChange): Promise<ClaimView> {
  const { id, action, anchorId, articleId, before, after } = change;
  const others = row.anchors.filter((anchor) => anchor.id !== anchorId && anchor.articleId === articleId);
  const isLast = after === null && others.length === 0;
  const isGuest = articleId !== row.articleId;
  if (isLast && !isGuest)
    throw new AppError(
      "invalid",
      "This is the last place in the claim's own article. Choose other words for it instead.",
    );
  if (after)
    await db.anchor.upsert({
      where: { id: anchorId },
      create: { id: anchorId, claimId: row.id, ...after },
      update: after,
    });
  else await db.anchor.delete({ where: { id: anchorId } });
  if (after && isGuest && !standsIn(row, articleId))
    await db.claimGuest.create({ data: { claimId: row.id, articleId } });
  if (id)
    await db.placeChange.create({
      data: {
        ...{ id, claimId: row.id, anchorId, createdById: actor.id },
        revisionId: (after ?? before)?.revisionId ?? "",
        before: before ? toPlaced(before) : Prisma.DbNull,
        after: after ?? Prisma.DbNull,
      },
    });
  const view = await completeChange(db, actor, row, { action: `claim.place_${action}`, data: { articleId } });
  if (!isLast) return view;
  // Only now: the article that it leaves has been told of it.
  await db.claimGuest.delete({ where: { claimId_articleId: { claimId: row.id, articleId } } });
  return toClaimView(actor, await readClaim(db, row.id));
}

function toPlaced({ revisionId, start, end, exact, prefix, suffix, state, was }: PlacedAnchor): PlacedAnchor {
  return { revisionId, start, end, exact, prefix, suffix, state, was };
}

const isSame = (one: PlacedAnchor | null, other: PlacedAnchor | null): boolean =>
  one === null || other === null ? one === other : JSON.stringify(toPlaced(one)) === JSON.stringify(toPlaced(other));
