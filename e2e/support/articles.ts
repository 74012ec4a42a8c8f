/** Articles and sources of a test's own, made through the API as the signed-in person of a page. */
import type { Page } from "@playwright/test";
import { v7 as newId } from "uuid";

/** What a test makes carries a word of its own, by which it is found among what others make at the same time. */
export const ownWord = (word: string): string => `${word}${newId().slice(-8)}`;

type Sent = { method?: "POST" | "PATCH"; version?: number };

async function send(page: Page, path: string, data: unknown, { method = "POST", version }: Sent = {}) {
  const headers = {
    Origin: new URL(page.url()).origin,
    ...(version !== undefined && { "If-Match": `"${version}"` }),
  };
  const response = await page.request.fetch(`/api/v1${path}`, { method, data, headers });
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
  return response.json();
}

type Document = { type: "doc"; content: unknown[] };

/** A document of plain paragraphs. */
export const paragraphsOf = (texts: readonly string[]): Document => ({
  type: "doc",
  content: texts.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] })),
});

/** Brings in an article, of one paragraph unless a document is given. */
export async function bringIn(
  page: Page,
  headline: string,
  text: string | Document = `${headline}. Nothing else is known.`,
): Promise<string> {
  const id = newId();
  await send(page, "/articles", {
    ...{ id, headline, byline: null, outlet: "The Test Wire", publishedOn: "2026-11-20", canonicalUrl: null },
    ...{ language: "en", origin: "paste", originName: null, allowDuplicate: true },
    document: typeof text === "string" ? paragraphsOf([text]) : text,
  });
  return id;
}

type ArticleNow = { revision: { id: string }; ratings: { id: string; label: string }[] };

async function articleNow(page: Page, articleId: string): Promise<ArticleNow> {
  return (await page.request.get(`/api/v1/articles/${articleId}`)).json();
}

/** The revision of an article that is under check. */
export const revisionOf = async (page: Page, articleId: string) => (await articleNow(page, articleId)).revision.id;

/** Marks words of the text under check as claims, each where it stands first; their ids in that order. */
export async function markClaims(
  page: Page,
  articleId: string,
  text: string,
  quotes: readonly string[],
): Promise<string[]> {
  const revisionId = await revisionOf(page, articleId);
  const ids: string[] = [];
  for (const exact of quotes) {
    const start = text.indexOf(exact);
    if (start < 0) throw new Error(`Not in the text: ${exact}`);
    const [id, anchors] = [newId(), [{ id: newId(), start, end: start + exact.length, exact }]];
    await send(page, `/articles/${articleId}/claims`, { id, revisionId, anchors });
    ids.push(id);
  }
  return ids;
}

/** A claim checked by one person and approved by another, an editor, each signed in on a page of their own. */
export async function approveClaim(
  reviewer: Page,
  editor: Page,
  { articleId, claimId, sourceId }: { articleId: string; claimId: string; sourceId: string },
): Promise<void> {
  const path = `/claims/${claimId}`;
  const { ratings } = await articleNow(reviewer, articleId);
  const rationale = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "It says so." }] }] };
  const evidence = { id: newId(), sourceId, stance: "supports", excerpt: "", locator: "page 3", shows: "The same." };
  const version = async () =>
    ((await (await reviewer.request.get(`/api/v1${path}`)).json()) as { version: number }).version;
  const move = async (page: Page, event: string) =>
    send(page, `${path}/transitions`, { event }, { version: await version() });
  await move(reviewer, "take");
  const fields = { ratingId: ratings[0]?.id, rationale };
  await send(reviewer, path, fields, { method: "PATCH", version: await version() });
  await send(reviewer, `${path}/evidence`, evidence);
  await move(reviewer, "submit");
  await move(editor, "approve");
}

/** Lays a new text of plain paragraphs beside the one under check. */
export async function addRevisionDraft(page: Page, articleId: string, texts: readonly string[]): Promise<string> {
  const id = newId();
  await send(page, `/articles/${articleId}/revision-drafts`, {
    ...{ id, baseId: await revisionOf(page, articleId), origin: "paste", originName: null },
    document: paragraphsOf(texts),
  });
  return id;
}

/** Puts a text of plain paragraphs under check, with nothing decided. Gives back the id of the revision that it replaced. */
export async function applyRevision(page: Page, articleId: string, texts: readonly string[]): Promise<string> {
  const replaced = await revisionOf(page, articleId);
  const id = await addRevisionDraft(page, articleId, texts);
  const { version } = await (await page.request.get(`/api/v1/revision-drafts/${id}`)).json();
  await send(page, `/revision-drafts/${id}/apply`, undefined, { version });
  return replaced;
}

/** Other words for a claim, as a field of it. */
export async function suggestWording(page: Page, claimId: string, wording: string): Promise<void> {
  const { version } = (await (await page.request.get(`/api/v1/claims/${claimId}`)).json()) as { version: number };
  await send(page, `/claims/${claimId}`, { wording }, { method: "PATCH", version });
}

export async function addSource(page: Page, title: string): Promise<string> {
  const id = newId();
  await send(page, "/sources", {
    ...{ id, title, author: null, publisher: "Office of records", publishedOn: "2025", url: null, kind: "data" },
  });
  return id;
}
