/**
 * An article in: reading what somebody pastes, drops or names into a draft, and keeping it. A preview writes nothing; what is kept
 * is checked again from the beginning, whatever the preview said.
 */
import "server-only";
import type { z } from "zod";
import type { ArticleCreate, ArticleDraft, ArticleView, pageInput, pasteInput } from "../domain/article";
import { canonicalText } from "../domain/claim";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { authorize } from "../domain/policy";
import { urlKey } from "../domain/text";
import { CanonicalText } from "../editor/canonical-text";
import { articleSchema, parseDocument, toRichText } from "../editor/schema";
import { refuseLongText, textDigest } from "../import/article-text";
import type { ImportInput } from "../import/import-article";
import { getArticle } from "./articles";
import { recordEvent } from "./audit";
import { digest } from "./claim-changes";
import { fromDay } from "./dates";
import { type Database, database, type Prisma, transaction } from "./db";
import { fetchPage } from "./fetch-page";
import { newId } from "./ids";
import { runImport } from "./import-thread";

/** @throws AppError `forbidden`, and whatever the import refuses. */
export async function previewPaste(actor: Actor, { text, html }: z.infer<typeof pasteInput>): Promise<ArticleDraft> {
  authorize(actor, "article.create");
  return readDraft({ from: "paste", text, html });
}

/** @throws AppError as above. */
export async function previewFile(actor: Actor, name: string, bytes: Uint8Array): Promise<ArticleDraft> {
  authorize(actor, "article.create");
  return readDraft({ from: "file", name, bytes });
}

/** @throws AppError as above, and whatever `fetchPage` refuses. */
export async function previewPage(actor: Actor, { url }: z.infer<typeof pageInput>): Promise<ArticleDraft> {
  authorize(actor, "article.create");
  return readDraft({ from: "page", ...(await fetchPage(url)) });
}

async function readDraft(input: ImportInput): Promise<ArticleDraft> {
  const { draft, sha256 } = await runImport({ want: "article", input });
  const key = draft.metadata.canonicalUrl && urlKey(draft.metadata.canonicalUrl);
  return { ...draft, duplicates: await findDuplicates(database(), key, sha256) };
}

const mostDuplicates = 5;

/** Articles out of the trash that have the same address, or a revision with the same text. */
async function findDuplicates(db: Database, key: string | null, sha256: string): Promise<ArticleDraft["duplicates"]> {
  const found = await db.article.findMany({
    where: { trashedAt: null, OR: [...(key ? [{ urlKey: key }] : []), { revisions: { some: { sha256 } } }] },
    select: { id: true, headline: true, urlKey: true },
    orderBy: { createdAt: "desc" },
    take: mostDuplicates,
  });
  return found.map(({ id, headline, urlKey }) => ({ id, headline, because: key && urlKey === key ? "url" : "text" }));
}

/** One at a time, so that two people who bring in the same article at once notice each other. Any number will do; this is ours. */
const intakeLock = 7_310_001;

/**
 * Keeps an article and its first revision. A retry with the same id by the same person finds it made; with another content it is
 * no retry, and what was corrected since the first must not be dropped unseen.
 * @throws AppError `forbidden`, `invalid`, `too_large`, `conflict` with the article that was made, and `duplicate` with what is
 * already there unless `allowDuplicate`.
 */
export async function createArticle(actor: Actor, input: ArticleCreate): Promise<ArticleView> {
  authorize(actor, "article.create");
  const { id, document: sent, origin, originName, allowDuplicate, publishedOn, ...metadata } = input;
  const document = parseDocument(articleSchema, sent);
  const { text } = CanonicalText.of(document);
  if (text.trim() === "")
    throw new AppError("invalid", "There is no text in this article.", {
      fields: [{ path: "document", message: "This is needed" }],
    });
  refuseLongText(text.length);
  const sha256 = textDigest(text);
  const key = input.canonicalUrl && urlKey(input.canonicalUrl);
  const json = toRichText(document);
  const content = digest(canonicalText([{ ...metadata, publishedOn }, json, origin, originName]));
  await transaction(async (db) => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(${intakeLock})`;
    const existing = await db.article.findUnique({ where: { id }, select: { createdById: true } });
    if (existing?.createdById === actor.id) {
      const made = await db.auditEvent.findFirst({ where: { articleId: id, action: "article.created" } });
      const { content: first } = (made?.data ?? {}) as { content?: string };
      if (first === undefined || first === content) return;
      throw new AppError("conflict", "The article came in as it was sent first. Make your corrections there.", {
        current: await getArticle(actor, id, db),
      });
    }
    if (existing)
      throw new AppError("invalid", "This id belongs to another article.", {
        fields: [{ path: "id", message: "Make a new one" }],
      });
    const duplicates = allowDuplicate ? [] : await findDuplicates(db, key, sha256);
    if (duplicates.length > 0)
      throw new AppError("duplicate", "This article is already here.", { current: duplicates });
    await db.article.create({
      data: { ...metadata, id, publishedOn: fromDay(publishedOn), urlKey: key, createdById: actor.id },
    });
    await db.revision.create({
      data: {
        id: newId(),
        articleId: id,
        number: 1,
        document: json as unknown as Prisma.InputJsonObject,
        text,
        sha256,
        origin,
        originName,
        createdById: actor.id,
      },
    });
    await recordEvent(db, {
      actor,
      action: "article.created",
      articleId: id,
      data: { origin, characters: text.length, content, ...(allowDuplicate && { allowDuplicate }) },
    });
  });
  return getArticle(actor, id);
}
