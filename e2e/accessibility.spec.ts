/**
 * The accessibility rules held against every screen, wide and at 390 px, in both themes; and that none is wider than its window.
 * A new screen adds a line here.
 */
import type { Page } from "@playwright/test";
import type { ArticlePage } from "../lib/domain/article";
import type { SharingView } from "../lib/domain/publication";
import { addRevisionDraft, applyRevision, bringIn, markClaims, ownWord } from "./support/articles";
import { expect, expectAccessible, type Person, test } from "./support/desk";

type Screen = {
  name: string;
  person: Person | null;
  /** Goes there; the page is signed in. */
  open: (page: Page) => Promise<unknown>;
};

const annotations = JSON.stringify([
  {
    uri: "https://notes.example",
    text: "Who says so?",
    target: [{ selector: [{ type: "TextQuoteSelector", exact: "Not a word of it" }] }],
  },
  { uri: "https://notes.example", text: "A note about it all.", target: [] },
]);

const at = (path: string) => (page: Page) => page.goto(path);

async function demoArticle(page: Page): Promise<string> {
  const response = await page.request.get("/api/v1/articles", { params: { q: "leaked call" } });
  const [article] = ((await response.json()) as ArticlePage).items;
  if (!article) throw new Error("The demo's article is not on the desk");
  return article.id;
}

async function openShareLink(page: Page): Promise<void> {
  const response = await page.request.get(`/api/v1/articles/${await demoArticle(page)}/sharing`);
  const { links } = (await response.json()) as SharingView;
  const url = links.find((link) => link.url && !link.revokedAt)?.url;
  if (!url) throw new Error("The demo's article is not shared");
  await page.goto(new URL(url).pathname);
}

async function openSource(page: Page): Promise<void> {
  await page.goto("/sources");
  await page
    .getByRole("button", { name: /^\d+ claims? rests? on it/ })
    .first()
    .click();
  await page.getByRole("article").getByRole("listitem").first().waitFor();
  await page.getByRole("button", { name: /^Edit/ }).last().click();
}

/** Claims of each kind beside a new text. */
async function openNewText(page: Page, after: (at: string) => Promise<unknown>): Promise<void> {
  await page.goto("/articles");
  const word = ownWord("quay");
  const text = `The ${word} cost 214 million, they said. Nobody left before midnight. Its chair had no comment on that.`;
  const articleId = await bringIn(page, word, text);
  await markClaims(page, articleId, text, ["cost 214 million", "Nobody left", "Its chair had no comment on that"]);
  const draftId = await addRevisionDraft(page, articleId, [
    `The ${word} cost 231 million, they said. Nobody left before midnight.`,
  ]);
  await after(`/articles/${articleId}/revision-drafts/${draftId}`);
}

/** Claims that a new text has left in doubt: one altered, one as it was, one lost. */
async function openUnsure(page: Page, after: (article: string, claimIds: string[]) => Promise<unknown>): Promise<void> {
  await page.goto("/articles");
  const word = ownWord("quay");
  const text = `The ${word} cost 214 million, they said. Nobody left before midnight. Its chair had no comment on that.`;
  const articleId = await bringIn(page, word, text);
  const quotes = ["cost 214 million", "Nobody left", "Its chair had no comment on that"];
  const claimIds = await markClaims(page, articleId, text, quotes);
  await applyRevision(page, articleId, [`The ${word} cost 231 million, they said. Nobody left before midnight.`]);
  await after(`/articles/${articleId}`, claimIds);
}

const screens: Screen[] = [
  { name: "sign in", person: null, open: at("/sign-in") },
  { name: "sign in, refused", person: null, open: at("/sign-in?error=CredentialsSignin") },
  { name: "nothing at this address", person: null, open: at("/nowhere") },
  { name: "articles", person: "editor", open: at("/articles") },
  { name: "articles, nothing found", person: "editor", open: at("/articles?q=zeppelin") },
  { name: "review queue", person: "editor", open: at("/articles?state=in_review&sort=due") },
  { name: "trash", person: "editor", open: at("/articles?trash=1") },
  {
    name: "what can be done to an article",
    person: "editor",
    open: async (page) => {
      await page.goto("/articles");
      await page
        .getByRole("button", { name: /^Actions for/ })
        .first()
        .click();
    },
  },
  {
    name: "due date",
    person: "editor",
    open: async (page) => {
      await page.goto("/articles");
      await page
        .getByRole("button", { name: /^Actions for/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Set the due date…" }).click();
    },
  },
  {
    name: "account menu",
    person: "editor",
    open: async (page) => {
      await page.goto("/articles");
      await page.getByRole("button", { name: /, account$/ }).click();
    },
  },
  { name: "bring in an article", person: "firstReviewer", open: at("/articles/new") },
  {
    name: "workspace",
    person: "firstReviewer",
    open: async (page) => page.goto(`/articles/${await demoArticle(page)}`),
  },
  {
    name: "a claim that has lost its place, and one whose words have changed",
    person: "firstReviewer",
    open: (page) =>
      openUnsure(page, async (article, [altered]) => {
        await page.goto(`${article}?claim=${altered}`);
        await page.getByRole("button", { name: "Confirm the new words" }).waitFor();
      }),
  },
  {
    name: "a place in hand",
    person: "firstReviewer",
    open: (page) =>
      openUnsure(page, async (article, [, , lost]) => {
        await page.goto(`${article}?claim=${lost}`);
        await page.getByRole("button", { name: "Attach to selected words" }).click();
        await page.getByRole("button", { name: "Attach", exact: true }).waitFor();
      }),
  },
  {
    name: "also in another article",
    person: "firstReviewer",
    open: (page) =>
      openUnsure(page, async (article, [, kept]) => {
        await page.goto(`${article}?claim=${kept}`);
        await page.getByRole("button", { name: /^Place “/ }).click();
        await page.getByRole("menuitem", { name: "Also in another article…" }).click();
        await page.getByRole("dialog").getByRole("listitem").first().waitFor();
      }),
  },
  {
    name: "workspace, sentence by sentence",
    person: "firstReviewer",
    open: async (page) => {
      await page.goto(`/articles/${await demoArticle(page)}?ledger=1`);
      await page.getByText(/sentences accounted for$/).waitFor();
      await page.locator(".s-unaccounted").first().waitFor();
    },
  },
  {
    name: "revisions",
    person: "firstReviewer",
    open: (page) =>
      openNewText(page, async (address) => {
        await page.goto(address.replace(/revision-drafts.*/, "revisions"));
        await page.getByRole("link", { name: /^Go on/ }).waitFor();
      }),
  },
  {
    name: "change list",
    person: "editor",
    open: async (page) => {
      await page.goto(`/articles/${await demoArticle(page)}/changes`);
      await page.getByRole("heading", { name: /^Not decided/ }).waitFor();
    },
  },
  {
    name: "new revision",
    person: "firstReviewer",
    open: async (page) => page.goto(`/articles/${await demoArticle(page)}/revisions/new`),
  },
  {
    name: "what becomes of the claims",
    person: "firstReviewer",
    open: (page) =>
      openNewText(page, async (address) => {
        await page.goto(address);
        await page.getByRole("button", { name: "See all that changed" }).click();
        await page.getByRole("button", { name: "Side by side" }).click();
        await page.getByText(/words? cut/).waitFor();
      }),
  },
  {
    name: "put a new text under check",
    person: "firstReviewer",
    open: (page) =>
      openNewText(page, async (address) => {
        await page.goto(address);
        await page.getByRole("button", { name: "Apply revision" }).click();
        await page.getByRole("dialog").getByRole("listitem").first().waitFor();
      }),
  },
  {
    name: "compare revisions",
    person: "firstReviewer",
    open: async (page) => page.goto(`/articles/${await demoArticle(page)}/revisions/compare`),
  },
  {
    name: "bring in annotations",
    person: "firstReviewer",
    open: async (page) => {
      await page.goto(`/articles/${await demoArticle(page)}/annotations`);
      await page.getByLabel("Or paste the JSON").fill(annotations);
      await page.getByRole("button", { name: "Read it" }).click();
      await page.getByRole("heading", { name: /^Not found/ }).waitFor();
    },
  },
  {
    name: "a revision as it was",
    person: "editor",
    open: async (page) => {
      await page.goto("/articles");
      const word = ownWord("quay");
      const text = `The ${word} cost 214 million, they said. Nobody left before midnight.`;
      const articleId = await bringIn(page, word, text);
      await markClaims(page, articleId, text, ["cost 214 million", "Nobody left", "left before midnight"]);
      const revisionId = await applyRevision(page, articleId, [`The ${word} cost 231 million, they said.`]);
      await page.goto(`/articles/${articleId}/revisions/${revisionId}`);
      await page.keyboard.press("j");
    },
  },
  { name: "sources", person: "firstReviewer", open: at("/sources") },
  { name: "a source, opened and corrected", person: "firstReviewer", open: openSource },
  {
    name: "add a source",
    person: "firstReviewer",
    open: async (page) => {
      await page.goto("/sources");
      await page.getByRole("button", { name: "Add a source" }).click();
    },
  },
  { name: "activity", person: "admin", open: at("/activity") },
  { name: "people", person: "admin", open: at("/people") },
  { name: "settings", person: "admin", open: at("/settings") },
  { name: "account", person: "admin", open: at("/account") },
  { name: "the fact-check as readers get it", person: "editor", open: openShareLink },
];

for (const [width, height] of [
  [1280, 900],
  [390, 844],
] as const) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height } });

    for (const { name, person, open } of screens) {
      test(name, async ({ page, signIn }) => {
        if (person) await signIn(person);
        await open(page);
        await expect(page.locator("h1").first()).toBeAttached();
        await expectAccessible(page);
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(excess, "wider than the window").toBeLessThanOrEqual(0);
      });
    }
  });
}
