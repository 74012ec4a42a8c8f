/** The text that is written on: read once, as a revision never changes, and held while something is written on it. */
import "server-only";
import { AppError } from "../domain/errors";
import type { Transaction } from "./claim-changes";
import type { Database } from "./db";

const lately = new Map<string, string>();
const keptTexts = 20;

/** @throws AppError `not_found` */
export async function textOf(db: Database, articleId: string, revisionId: string): Promise<string> {
  const key = `${articleId} ${revisionId}`;
  const text = lately.get(key) ?? (await readText(db, articleId, revisionId));
  lately.delete(key);
  lately.set(key, text);
  for (const oldest of lately.keys()) if (lately.size > keptTexts) lately.delete(oldest);
  return text;
}

async function readText(db: Database, articleId: string, revisionId: string): Promise<string> {
  const revision = await db.revision.findUnique({ where: { id: revisionId, articleId }, select: { text: true } });
  if (!revision) throw new AppError("not_found", "The text that this was marked in is not here.");
  return revision.text;
}

/**
 * Nobody marks anything in the article, and nobody applies another text, until the transaction ends. `wish` says what the person was about to do.
 * @throws AppError `not_found`, `invalid` (in the trash, or a newer text is under check)
 */
export async function lockText(tx: Transaction, articleId: string, revisionId: string, wish: string): Promise<void> {
  const [place] = await tx.$queryRaw<{ trashed: boolean; newest: boolean }[]>`
    SELECT a.trashed_at IS NOT NULL AS trashed,
      NOT EXISTS (SELECT FROM revision later WHERE later.article_id = a.id AND later.number > r.number) AS newest
    FROM revision r JOIN article a ON a.id = r.article_id WHERE r.id = ${revisionId}::uuid AND a.id = ${articleId}::uuid
    FOR NO KEY UPDATE OF a`;
  if (!place) throw new AppError("not_found", "The text that this was marked in is not here.");
  if (place.trashed) throw new AppError("invalid", `This article is in the trash. Restore it to ${wish}.`);
  if (!place.newest) throw new AppError("invalid", `The article has a newer text. Reload it to ${wish}.`);
}
