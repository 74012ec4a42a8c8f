/** Articles and sources of a test's own, made through the API as the signed-in person of a page. */
import type { Page } from "@playwright/test";
import { v7 as newId } from "uuid";

/** What a test makes carries a word of its own, by which it is found among what others make at the same time. */
export const ownWord = (word: string): string => `${word}${newId().slice(-8)}`;

async function post(page: Page, path: string, data: unknown): Promise<unknown> {
  const origin = new URL(page.url()).origin;
  const response = await page.request.post(`/api/v1${path}`, { data, headers: { Origin: origin } });
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
  await post(page, "/articles", {
    ...{ id, headline, byline: null, outlet: "The Test Wire", publishedOn: "2026-11-20", canonicalUrl: null },
    ...{ language: "en", origin: "paste", originName: null, allowDuplicate: true },
    document: typeof text === "string" ? paragraphsOf([text]) : text,
  });
  return id;
}

/** The revision of an article that is under check. */
async function revisionOf(page: Page, articleId: string): Promise<string> {
  const response = await page.request.get(`/api/v1/articles/${articleId}`);
  return ((await response.json()) as { revision: { id: string } }).revision.id;
}

/** Marks words of the text under check as claims, each where it stands first. */
export async function markClaims(
  page: Page,
  articleId: string,
  text: string,
  quotes: readonly string[],
): Promise<void> {
  const revisionId = await revisionOf(page, articleId);
  for (const exact of quotes) {
    const start = text.indexOf(exact);
    const anchors = [{ id: newId(), start, end: start + exact.length, exact }];
    await post(page, `/articles/${articleId}/claims`, { id: newId(), revisionId, anchors });
  }
}

/** Lays a new text of plain paragraphs beside the one under check. */
export async function addRevisionDraft(page: Page, articleId: string, texts: readonly string[]): Promise<string> {
  const id = newId();
  await post(page, `/articles/${articleId}/revision-drafts`, {
    ...{ id, baseId: await revisionOf(page, articleId), origin: "paste", originName: null },
    document: paragraphsOf(texts),
  });
  return id;
}

export async function addSource(page: Page, title: string): Promise<string> {
  const id = newId();
  await post(page, "/sources", {
    ...{ id, title, author: null, publisher: "Office of records", publishedOn: "2025", url: null, kind: "data" },
  });
  return id;
}
