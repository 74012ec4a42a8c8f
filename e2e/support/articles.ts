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

/** Brings in an article of one paragraph. */
export async function bringIn(
  page: Page,
  headline: string,
  text = `${headline}. Nothing else is known.`,
): Promise<string> {
  const id = newId();
  await post(page, "/articles", {
    ...{ id, headline, byline: null, outlet: "The Test Wire", publishedOn: "2026-11-20", canonicalUrl: null },
    ...{ language: "en", origin: "paste", originName: null },
    document: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] },
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
