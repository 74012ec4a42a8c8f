/** The texts of revisions that were marked lately. A revision never changes, so its text is read once and not at each marking. */
import "server-only";
import { AppError } from "../domain/errors";
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
