/** The newsroom's one row: its name and its rules. */
import "server-only";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { defaultScale } from "../domain/verdict";
import { recordEvent } from "./audit";
import { type Database, database, transaction } from "./db";
import { newId } from "./ids";
import { definedOnly } from "./patch";

export type NewsroomView = { name: string; fourEyes: boolean; demo: boolean; version: number };

const select = { name: true, fourEyes: true, isDemo: true, version: true } as const;

/** The row and, when there are no ratings, the default scale: what every newsroom starts with. Doing it twice is no error. */
export async function ensureNewsroom(
  db: Database,
  { name, isDemo = false }: { name: string; isDemo?: boolean },
): Promise<void> {
  await db.newsroom.createMany({ data: { id: 1, name, isDemo }, skipDuplicates: true });
  if ((await db.rating.count()) > 0) return;
  await db.rating.createMany({ data: defaultScale.map((rating) => ({ id: newId(), ...rating })) });
}

/** The settings, or null before set-up. For whoever may not be signed in yet: only the name and whether it is a demo. */
export async function findNewsroom(db: Database = database()): Promise<Pick<NewsroomView, "name" | "demo"> | null> {
  const row = await db.newsroom.findUnique({ where: { id: 1 }, select });
  return row && { name: row.name, demo: row.isDemo };
}

/** @throws AppError `not_found` before set-up */
export async function getNewsroom(actor: Actor, db: Database = database()): Promise<NewsroomView> {
  authorize(actor, "newsroom.read");
  const row = await db.newsroom.findUnique({ where: { id: 1 }, select });
  if (!row) throw new AppError("not_found", "The newsroom has not been set up.");
  return { name: row.name, fourEyes: row.fourEyes, demo: row.isDemo, version: row.version };
}

/** @throws AppError `forbidden`, `conflict` */
export async function updateNewsroom(
  actor: Actor,
  version: number,
  patch: { name?: string | undefined; fourEyes?: boolean | undefined },
): Promise<NewsroomView> {
  authorize(actor, "settings.manage");
  return transaction(async (db) => {
    const { count } = await db.newsroom.updateMany({
      where: { id: 1, version },
      data: { ...definedOnly(patch), version: { increment: 1 } },
    });
    const newsroom = await getNewsroom(actor, db);
    if (count === 0) {
      throw new AppError("conflict", "Somebody changed the settings in the meantime.", { current: newsroom });
    }
    await recordEvent(db, {
      actor,
      action: "newsroom.updated",
      data: { fields: Object.keys(patch), ...(patch.fourEyes !== undefined && { fourEyes: patch.fourEyes }) },
    });
    return newsroom;
  });
}
