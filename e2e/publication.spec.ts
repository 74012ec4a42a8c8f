/** What goes out: publishing and links for an editor; the page for a reader, without scripts, with them, in print, on a phone, and when the words are hostile. */
import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { v7 as newId } from "uuid";
import type { ArticleView, RevisionView } from "../lib/domain/article";
import type { ClaimView } from "../lib/domain/claim";
import type { SharingView } from "../lib/domain/publication";
import { demoPassword, demoPeople } from "../prisma/demo/people";
import { expect, expectAccessible, type Person, test, watch } from "./support/desk";
import { signInWith } from "./support/people";

const lines = [
  "The council voted 7 to 2 to approve the harbour plan, the largest public works project in the city since 1962.",
  "Officials put the cost at 214 million, a third less than the estimate published in 2023.",
  "Ferry traffic has doubled in ten years, they said, and no homes will be lost.",
];

type Plan = { quote: string; verdict: string; statement?: string; why?: string; source?: object; excerpt?: string };
const plans: Plan[] = [
  {
    quote:
      "The council voted 7 to 2 to approve the harbour plan, the largest public works project in the city since 1962",
    verdict: "Verified",
  },
  { quote: "the largest public works project in the city since 1962", verdict: "Needs context" },
  {
    quote: "a third less than the estimate published in 2023",
    verdict: "Disputed",
    why: "On the same basis the difference is nine per cent.",
    source: { title: "Harbour cost review", url: "https://budget.example/review", publisher: "City budget office" },
    excerpt: "The total of 318 million includes 83 million for dredging.",
  },
  { quote: "Ferry traffic has doubled in ten years", verdict: "False" },
];

/** Calls the API as a program does, with the session of whoever is signed in. */
class Desk {
  constructor(private readonly request: APIRequestContext) {}

  async send<T>(method: string, path: string, data?: unknown, version?: number): Promise<T> {
    const response = await this.request.fetch(`/api/v1${path}`, {
      method,
      ...(data !== undefined && { data }),
      headers: { "Content-Type": "application/json", ...(version !== undefined && { "If-Match": `"${version}"` }) },
    });
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return response.json();
  }

  async bringIn(article: { headline?: string; byline?: string; outlet?: string; lines?: string[] } = {}) {
    const id = newId();
    const content = (article.lines ?? lines).map((text) => ({ type: "paragraph", content: [{ type: "text", text }] }));
    const view = await this.send<ArticleView>("POST", "/articles", {
      ...{ id, headline: article.headline ?? `Harbour plan ${id.slice(-6)}`, byline: article.byline ?? "R. Lindqvist" },
      ...{
        outlet: article.outlet ?? "The Daily Harbour",
        publishedOn: "2026-03-12",
        canonicalUrl: null,
        language: "en",
      },
      ...{ document: { type: "doc", content }, origin: "paste", originName: null, allowDuplicate: true },
    });
    return { view, text: (await this.send<RevisionView>("GET", `/revisions/${view.revision.id}`)).text };
  }

  /** A claim with verdict, rationale and one piece of evidence, submitted. */
  async check({ view, text }: { view: ArticleView; text: string }, plan: Plan): Promise<ClaimView> {
    const start = text.indexOf(plan.quote);
    const anchors = [{ id: newId(), start, end: start + plan.quote.length, exact: plan.quote }];
    const made = { id: newId(), revisionId: view.revision.id, anchors, statement: plan.statement ?? plan.quote };
    let claim = await this.send<ClaimView>("POST", `/articles/${view.id}/claims`, made);
    const move = async (event: string) => {
      claim = await this.send("POST", `/claims/${claim.id}/transitions`, { event }, claim.version);
    };
    await move("take");
    const rationale = [{ type: "paragraph", content: [{ type: "text", text: plan.why ?? "The minutes say so." }] }];
    const ratingId = view.ratings.find((rating) => rating.label === plan.verdict)?.id;
    const patch = { ratingId, rationale: { type: "doc", content: rationale } };
    claim = await this.send("PATCH", `/claims/${claim.id}`, patch, claim.version);
    const blank = { author: null, publisher: null, publishedOn: null, url: null, kind: "official_record" };
    const source = { id: newId(), title: "Minutes of the council", ...blank, ...plan.source };
    const { id: sourceId } = await this.send<{ id: string }>("POST", "/sources", source);
    const evidence = { stance: "refutes", excerpt: plan.excerpt ?? "", locator: "p. 14", shows: "" };
    claim = await this.send("POST", `/claims/${claim.id}/evidence`, { id: newId(), sourceId, ...evidence });
    await move("submit");
    return claim;
  }

  async approve({ id }: ClaimView): Promise<void> {
    const { version } = await this.send<ClaimView>("GET", `/claims/${id}`);
    await this.send("POST", `/claims/${id}/transitions`, { event: "approve" }, version);
  }

  async share(articleId: string): Promise<string> {
    await this.send("POST", `/articles/${articleId}/publications`, { id: newId(), note: null });
    const link = { id: newId(), label: null, expiresAt: null };
    const { links } = await this.send<SharingView>("POST", `/articles/${articleId}/share-links`, link);
    return links[0]?.url ?? "";
  }
}

type SignIn = (person: Person, page?: Page) => Promise<void>;

/** An article that a reviewer checked and an editor, who stays signed in on `page`, approved. */
async function approved(
  page: Page,
  browser: Browser,
  signIn: SignIn,
  article: Parameters<Desk["bringIn"]>[0] = {},
  claims = plans,
) {
  const context = await browser.newContext({ baseURL: process.env.CLAIMDESK_E2E_URL ?? "" });
  await signIn("firstReviewer", await context.newPage());
  const reviewer = new Desk(context.request);
  const brought = await reviewer.bringIn(article);
  const submitted: ClaimView[] = [];
  for (const plan of claims) submitted.push(await reviewer.check(brought, plan));
  await context.close();
  await signIn("editor", page);
  const editor = new Desk(page.context().request);
  for (const claim of submitted) await editor.approve(claim);
  return { editor, articleId: brought.view.id, headline: brought.view.headline };
}

test("an editor publishes, shares, publishes again, and takes a link back", async ({
  page,
  browser,
  signIn,
  faults,
}) => {
  test.slow();
  const { articleId, headline } = await approved(page, browser, signIn);
  await page.goto(`/articles/${articleId}`);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share the fact-check" });
  await expect(dialog.getByText("Published now, it would hold 4 approved claims.")).toBeVisible();
  await expectAccessible(page);

  const preview = page.waitForEvent("popup");
  await dialog.getByRole("link", { name: "See it as readers will" }).click();
  await expect((await preview).getByText("A preview: the page as it would be")).toBeVisible();
  await (await preview).close();

  await dialog.getByRole("button", { name: "Publish and make a link" }).click();
  await expect(dialog.getByText(/^Version 1, published .* with 4 claims\.$/)).toBeVisible();
  const address = await dialog.getByLabel("Address of the link").inputValue();

  const reader = await (await browser.newContext()).newPage();
  watch(reader, faults);
  await reader.goto(address);
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(headline);

  // Published again, the same link leads to the new version.
  await dialog.getByLabel("What changed, for readers").fill("The verdict on the cost is explained better.");
  await dialog.getByRole("button", { name: "Publish version 2" }).click();
  await expect(dialog.getByText(/^Version 2, published/)).toBeVisible();
  await reader.reload();
  await expect(reader.getByText("The verdict on the cost is explained better.")).toBeVisible();

  // A second link, for somebody, until a day; what is typed is still there when the dialog is opened again.
  await dialog.getByLabel("Label").fill("For the lawyers");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(dialog.getByLabel("Label")).toHaveValue("For the lawyers");
  await dialog.getByLabel("Closes at the end of").fill("2099-12-31");
  await dialog.getByRole("button", { name: "Make a link" }).click();
  const links = dialog.getByRole("listitem").filter({ has: page.getByLabel("Address of the link") });
  await expect(links).toHaveCount(2);
  await expect(links.first()).toContainText("For the lawyers");
  await expect(links.first()).toContainText(/closes .*2099/);
  await expect(links.last()).toContainText("Without a label");

  // Readings are told, a moment later.
  await expect(async () => {
    await dialog.getByRole("button", { name: "Close" }).first().click();
    await page.getByRole("button", { name: "Share" }).click();
    await expect(links.last()).toContainText(/read 2 times, last/, { timeout: 1_500 });
  }).toPass();

  // Taken back: at once, for good, and only that one.
  await links.last().getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await expect(links).toHaveCount(1);
  expect((await reader.reload())?.status()).toBe(410);
  await expect(reader.getByRole("heading", { name: "This link is no longer open" })).toBeVisible();
  expect(await reader.content()).not.toContain("Harbour");
  await expectAccessible(reader);
});

test("with nothing approved there is nothing to publish, and the dialog says so", async ({ page, signIn }) => {
  await signIn("editor");
  const { view } = await new Desk(page.context().request).bringIn();
  await page.goto(`/articles/${view.id}`);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share the fact-check" });
  await expect(dialog.getByText("Nothing is approved yet")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Publish/ })).toHaveCount(0);
  expect((await page.goto(`/f/preview/${view.id}`))?.status()).toBe(200);
  await expect(page.getByText("No claim of this article has been checked yet.").first()).toBeVisible();
});

test("a preview is for whoever may share, a link for whoever has it whole", async ({ page, browser, signIn }) => {
  const { editor, articleId } = await approved(page, browser, signIn, {}, plans.slice(0, 1));
  const address = await editor.share(articleId);
  const outside = (await browser.newContext({ baseURL: process.env.CLAIMDESK_E2E_URL ?? "" })).request;
  expect((await outside.get(address)).status()).toBe(200);
  expect((await outside.get(`/f/preview/${articleId}`)).status()).toBe(404);
  expect((await outside.get(address.slice(0, -1))).status()).toBe(404);
  for (const name of ["claims.json", "annotations.json", "claims.csv"])
    expect((await outside.get(`${address}?file=${name}`)).url()).toBe(`${address}/${name}`);
  await page.context().clearCookies();
  await signIn("secondReviewer", page);
  expect((await page.goto(`/f/preview/${articleId}`))?.status()).toBe(404);
});

test.describe("a reader", () => {
  // All read one publication.
  test.describe.configure({ mode: "default" });
  let address = "";
  test.beforeAll(async ({ browser, baseURL }) => {
    const context = await browser.newContext({ ...(baseURL && { baseURL }) });
    const page = await context.newPage();
    const signIn: SignIn = async (person, on = page) => {
      await signInWith(on, demoPeople[person].email, demoPassword);
      await on.waitForURL("/articles");
    };
    const { editor, articleId } = await approved(page, browser, signIn);
    address = await editor.share(articleId);
    await context.close();
  });

  const entry = (page: Page, number: number) => page.locator(`#c${number}`);

  test("gets the finding first, without a script of the framework", async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const response = await page.goto(address);
    await expect(page.locator(".finding")).toHaveText(
      "Of the 4 claims checked here, 1 was rated Verified, 1 Needs context, 1 Disputed and 1 False.",
    );
    expect(asked.filter((path) => path !== "/icon.svg")).toEqual([new URL(address).pathname]);
    expect(response?.headers()).toMatchObject({
      "content-encoding": "gzip",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow, noarchive",
      "cache-control": "private, no-cache",
    });
    expect(await page.context().cookies()).toEqual([]);
    await expectAccessible(page);
  });

  test("opens a claim level with its words; Escape leads back to them", async ({ page }) => {
    await page.goto(address);
    const words = page.getByRole("link", { name: /^a third less than the estimate/ });
    await words.click();
    const claim = entry(page, 3);
    await expect(claim).toBeFocused();
    const [claimBox, wordsBox] = [await claim.boundingBox(), await words.boundingBox()];
    expect(Math.abs((claimBox?.y ?? 0) - (wordsBox?.y ?? 0))).toBeLessThan(24);
    expect(claimBox?.x ?? 0).toBeGreaterThan((wordsBox?.x ?? 0) + (wordsBox?.width ?? 0) - 1);
    await expect(claim.getByText("The total of 318 million includes 83 million for dredging.")).toBeVisible();
    await expect(page).toHaveURL(`${address}#c3`);
    await expectAccessible(page);

    await claim.getByRole("button", { name: "Next" }).click();
    await expect(entry(page, 4)).toBeFocused();
    await expect(entry(page, 4).getByText("4 of 4")).toBeVisible();
    await expect(entry(page, 4).getByRole("button", { name: "Next" })).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("link", { name: /^Ferry traffic has doubled/ })).toBeFocused();
    await expect(page).toHaveURL(address);
  });

  test("is offered every claim of a pile, and each has a number of its own", async ({ page }) => {
    await page.goto(address);
    await page.getByRole("link", { name: /^the largest public works project/ }).click();
    await expect(entry(page, 2)).toBeFocused();
    await entry(page, 2).getByRole("link", { name: "✓ Verified 1" }).click();
    await expect(entry(page, 1)).toBeFocused();
    await page.keyboard.press("Escape");
    await page.getByRole("article").getByRole("link", { name: "✓1", exact: true }).click();
    await expect(entry(page, 1)).toBeFocused();
  });

  test("follows a link to one claim, and finds it open beside its words", async ({ page }) => {
    await page.goto(`${address}#c4`);
    await expect(entry(page, 4)).toBeFocused();
    await expect(page.getByRole("link", { name: /^Ferry traffic/ })).toBeInViewport();
    await expect(entry(page, 4)).toBeInViewport();
  });

  test("goes from a count to the claims that it counts", async ({ page }) => {
    await page.goto(address);
    await page.getByRole("link", { name: "! 1 Disputed" }).first().click();
    await expect(entry(page, 3)).toBeVisible();
    for (const other of [1, 2, 4]) await expect(entry(page, other)).toBeHidden();
    await page.getByRole("link", { name: "All 4", exact: true }).click();
    for (const each of [1, 2, 3, 4]) await expect(entry(page, each)).toBeVisible();
  });

  test("on paper gets the claims as numbered notes, whatever was open or chosen", async ({ page }) => {
    await page.goto(`${address}#o2`);
    await page.getByRole("link", { name: /^a third less/ }).click();
    await page.emulateMedia({ media: "print" });
    const notes = page.locator(".l > li");
    for (const [index, note] of (await notes.all()).entries()) {
      await expect(note).toBeVisible();
      await expect(note).toHaveCSS("position", "static");
      await expect(note).toContainText(`Claim ${index + 1}`);
    }
    await expect(page.getByRole("button", { name: "Close" })).toBeHidden();
    expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(5_000);
  });

  test("on a phone gets the claim below, and nothing wider than the screen", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address);
    const words = page.getByRole("link", { name: /^Ferry traffic/ });
    await words.click();
    await expect(entry(page, 4)).toBeInViewport({ ratio: 0.9 });
    const [claimBox, wordsBox] = [await entry(page, 4).boundingBox(), await words.boundingBox()];
    expect((wordsBox?.y ?? 0) + (wordsBox?.height ?? 0)).toBeLessThanOrEqual((claimBox?.y ?? 0) + 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close" }).click();
    await expect(words).toBeFocused();
  });

  test.describe("without scripts", () => {
    test.use({ javaScriptEnabled: false });

    test("opens a claim beside the text and goes back, in both widths", async ({ page }) => {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(address);
        await page.getByRole("link", { name: /^a third less/ }).click();
        await expect(entry(page, 3)).toBeInViewport({ ratio: 0.9 });
        await expect(entry(page, 3)).toHaveCSS("position", "fixed");
        await expect(entry(page, 3).getByText("includes 83 million")).toBeInViewport();
        await entry(page, 3).getByRole("link", { name: "Back to the text" }).click();
        await expect(entry(page, 3)).toHaveCSS("position", "static");
        await expect(page.getByRole("link", { name: /^a third less/ })).toBeInViewport();
      }
    });

    test("goes from a count to the claims that it counts", async ({ page }) => {
      await page.goto(address);
      await page.getByRole("link", { name: "! 1 Disputed" }).first().click();
      await expect(entry(page, 3)).toBeVisible();
      await expect(entry(page, 1)).toBeHidden();
    });
  });

  test("who follows a source tells it nothing of where they came from", async ({ browser }) => {
    const page = await (await browser.newContext()).newPage();
    let referrer: string | undefined = "not asked";
    await page.route("https://budget.example/**", async (route) => {
      referrer = (await route.request().allHeaders()).referer;
      await route.fulfill({ body: "The review." });
    });
    await page.goto(address);
    await page.getByRole("link", { name: "Harbour cost review" }).click();
    await expect(page.getByText("The review.")).toBeVisible();
    expect(referrer).toBeUndefined();
    await page.context().close();
  });
});

test("hostile words are only words, in a real browser as well", async ({ page, browser, signIn, faults }) => {
  const poison = `"><img src=x onerror=alert(1)><script>alert(1)</script></style></script><svg onload=alert(1)>{{1+1}}`;
  const { editor, articleId } = await approved(
    page,
    browser,
    signIn,
    { headline: `Hostile ${poison}`, byline: poison, outlet: poison, lines: [`A ${poison} text`] },
    [
      {
        ...{ quote: poison, statement: poison, why: poison, excerpt: poison, verdict: "False" },
        source: { title: poison, author: poison, publisher: poison },
      },
    ],
  );
  const address = await editor.share(articleId);
  for (const javaScriptEnabled of [true, false]) {
    const reader = await (await browser.newContext({ javaScriptEnabled })).newPage();
    watch(reader, faults);
    let dialogs = 0;
    reader.on("dialog", (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await reader.goto(address);
    await expect(reader.getByRole("heading", { level: 1 })).toHaveText(`Hostile ${poison}`);
    await expect(reader.locator("#c1 h3")).toHaveText(poison);
    await expect(reader.locator("img, svg, body script ~ *")).toHaveCount(0);
    expect(dialogs).toBe(0);
    await reader.context().close();
  }
});
