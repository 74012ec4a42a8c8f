import type { Page } from "@playwright/test";
import type { ArticlePage } from "../lib/domain/article";
import { demoPassword, demoPeople } from "../prisma/demo/people";
import { addSource, bringIn, ownWord } from "./support/articles";
import { expect, test } from "./support/desk";

const demoHeadline = "A leaked call, a 28-point plan, and a deal that stays out of reach";

const row = (page: Page, headline: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: headline, exact: true }) });

const readDesk = async (page: Page, q: string) =>
  (await (await page.request.get("/api/v1/articles", { params: { q } })).json()) as ArticlePage;

test("the desk tells how far a check has come, and each number leads to the claims it counts", async ({
  page,
  signIn,
}) => {
  await signIn("editor");
  const [demo] = (await readDesk(page, demoHeadline)).items;
  if (!demo) throw new Error("The demo's article is not on the desk");
  const line = row(page, demoHeadline);
  await expect(line.getByRole("link", { name: `${demo.claims} claims` })).toBeVisible();

  const states = line.getByRole("list", { name: "Claims by state" }).getByRole("link");
  await expect(states).toHaveCount(Object.keys(demo.states).length);
  await expect(line.getByRole("list", { name: "Claims by verdict" }).getByRole("link")).toHaveCount(
    demo.ratings.length,
  );

  await line.getByRole("link", { name: `${demo.states.approved} Approved` }).hover();
  await expect(page.getByText(`${demo.states.approved} Approved`, { exact: true })).toBeVisible();
  await line.getByRole("link", { name: `${demo.states.approved} Approved` }).click();
  await expect(page).toHaveURL(`/articles/${demo.id}?state=approved`);
});

test("search and filters live in the address, and the back button brings them back", async ({ page, signIn }) => {
  await signIn("editor");
  const word = ownWord("lantern");
  await bringIn(page, `Harbour ${word}`);
  await page.goto("/articles");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search articles" })).toBeFocused();
  await page.keyboard.type(`harbour ${word}`);
  await expect(page).toHaveURL(`/articles?q=harbour+${word}`);
  await expect(page.getByRole("status")).toHaveText("1 article found");
  await expect(row(page, `Harbour ${word}`)).toBeVisible();

  await page.getByLabel("State of a claim").selectOption("In review");
  await expect(page).toHaveURL(`/articles?q=harbour+${word}&state=in_review`);
  await expect(page.getByText("No article matches")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue(`harbour ${word}`);
  await expect(page.getByLabel("State of a claim")).toHaveValue("in_review");

  await page.getByRole("link", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL("/articles");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await page.goBack();
  await expect(page.getByRole("searchbox")).toHaveValue(`harbour ${word}`);
});

test("the desk works without scripts", async ({ browser, baseURL, page, signIn }) => {
  await signIn("firstReviewer");
  const word = ownWord("plain");
  await bringIn(page, `Quay ${word}`);
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const plain = await context.newPage();
  await plain.goto("/sign-in?next=/articles");
  await plain.getByLabel("E-mail address").fill(demoPeople.firstReviewer.email);
  await plain.getByLabel("Password", { exact: true }).fill(demoPassword);
  await plain.keyboard.press("Enter");
  await plain.getByRole("searchbox").fill(word);
  await plain.getByLabel("Order").selectOption("By headline");
  await plain.getByRole("button", { name: "Search" }).click();
  await expect(row(plain, `Quay ${word}`)).toBeVisible();
  await expect(plain.getByRole("status")).toHaveText("1 article found");
  await context.close();
});

test("an address that makes no sense is said to be so and shows the rest", async ({ page, signIn }) => {
  await signIn("editor");
  await page.goto("/articles?state=published&sort=%00&q=leaked");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("state, sort");
  await expect(row(page, demoHeadline)).toBeVisible();
  await page.goto("/articles?q=leaked&cursor=nowhere");
  await expect(page).toHaveURL("/articles?q=leaked");
});

test("trash and back: by undo at once, from the trash later", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const headline = `Wreck ${ownWord("hull")}`;
  await bringIn(page, headline);
  await page.goto(`/articles?${new URLSearchParams({ q: headline })}`);
  const trash = async () => {
    await page.getByRole("button", { name: `Actions for “${headline}”` }).click();
    await page.getByRole("menuitem", { name: "Move to the trash" }).click();
    await expect(row(page, headline)).toHaveCount(0);
  };
  await trash();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, headline)).toBeVisible();

  await trash();
  await page.getByRole("link", { name: "Trash" }).click();
  await expect(page.getByRole("heading", { name: "Trash", level: 1 })).toBeVisible();
  await row(page, headline).getByRole("button", { name: "Restore" }).click();
  await expect(row(page, headline)).toHaveCount(0);
  await page.getByRole("link", { name: "Back to the articles" }).click();
  await expect(row(page, headline)).toBeVisible();
});

test("a due date turns urgent, and two people who set it see each other", async ({ page, signIn }) => {
  await signIn("editor");
  const headline = `Deadline ${ownWord("clock")}`;
  await bringIn(page, headline);
  const desk = `/articles?${new URLSearchParams({ q: headline })}`;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(desk);
    await tab.getByRole("button", { name: `Actions for “${headline}”` }).click();
    await tab.getByRole("menuitem", { name: "Set the due date…" }).click();
  }
  await page.getByLabel("Due date", { exact: true }).last().fill(day(-2));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row(page, headline).getByText(/^Overdue since/)).toBeVisible();

  await other.getByLabel("Due date", { exact: true }).last().fill(day(1));
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("dialog").getByRole("alert")).toContainText("Somebody changed this article");
  await expect(other.getByLabel("Due date", { exact: true }).last()).toHaveValue(day(1));
  await other.getByRole("button", { name: "Save" }).click();
  await expect(row(other, headline).getByText("Due tomorrow")).toBeVisible();
});

test("the whole desk is within reach of the keyboard", async ({ page, signIn }) => {
  await signIn("editor");
  const headline = `Oars ${ownWord("keys")}`;
  const id = await bringIn(page, headline);
  await page.goto(`/articles?${new URLSearchParams({ q: headline })}`);
  await expect(row(page, headline)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: headline, exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/articles/${id}`);
});

test("a theme that was chosen is there from the first byte on", async ({ page, signIn, browser, baseURL }) => {
  await signIn("secondReviewer");
  await page.getByRole("button", { name: `${demoPeople.secondReviewer.name}, account` }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const paper = () => page.evaluate(() => getComputedStyle(document.body).getPropertyValue("color"));
  const inDark = await paper();

  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, colorScheme: "light", storageState: await page.context().storageState() },
    ...(baseURL && { baseURL }),
  });
  const plain = await context.newPage();
  await plain.goto("/articles");
  await expect(plain.locator("html")).toHaveAttribute("data-theme", "dark");
  await context.close();

  await page.getByRole("button", { name: `${demoPeople.secondReviewer.name}, account` }).click();
  await page.getByRole("menuitemradio", { name: "As the system" }).click();
  await page.reload();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  expect(await paper()).not.toBe(inDark);
});

test("two people correct one source: both are shown, and neither is lost", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const word = ownWord("register");
  await addSource(page, `Harbour ${word}`);
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(`/sources?q=${word}`);
    await tab.getByRole("button", { name: `Edit “Harbour ${word}”` }).click();
  }
  await page.getByLabel("Title").fill(`Harbour office ${word}`);
  await page.getByLabel("Author").fill("A. Clerk");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Harbour office ${word}`)).toBeVisible();

  await other.getByLabel("Title").fill(`Port ${word}`);
  await other.getByLabel("Date").fill("2025-06");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("main").getByRole("alert")).toContainText("Somebody changed this source");
  await expect(other.getByText(`Now in the library: Harbour office ${word}`)).toBeVisible();
  await expect(other.getByLabel("Title")).toHaveValue(`Port ${word}`);
  await expect(other.getByLabel("Author")).toHaveValue("A. Clerk");
  await other.getByRole("button", { name: "Use that" }).click();
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText(/A\. Clerk · Office of records · June 2025/)).toBeVisible();
  await expect(other.getByText(`Harbour office ${word}`)).toBeVisible();
});

test("a source that is half written outlives a reload, and is gone after sign-out", async ({ page, signIn }) => {
  await signIn("secondReviewer");
  const title = `Unfinished ${ownWord("almanac")}`;
  await page.goto("/sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByLabel("Title").fill(title);
  await page.reload();
  await page.getByRole("button", { name: "Add a source" }).click();
  await expect(page.getByLabel("Title")).toHaveValue(title);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: `${demoPeople.secondReviewer.name}, account` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out all the same" }).click();
  await expect(page).toHaveURL("/sign-in");
  await signIn("secondReviewer");
  await page.goto("/sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("");
});

test("a source shows the claims that rest on it, and each leads to its place", async ({ page, signIn }) => {
  await signIn("editor");
  await page.goto("/sources");
  const used = page.getByRole("button", { name: /claims? rests? on it/, disabled: false }).first();
  await used.click();
  const claim = page.getByRole("article").filter({ has: used }).getByRole("listitem").getByRole("link").first();
  await expect(claim).toHaveAttribute("href", /^\/articles\/[0-9a-f-]{36}\?claim=[0-9a-f-]{36}$/);
});

test("an address that the library knows already is shown instead of doubled", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const word = ownWord("twin");
  await page.goto("/sources");
  for (const title of [`First ${word}`, `Second ${word}`]) {
    await page.getByRole("button", { name: "Add a source" }).click();
    await page.getByLabel("Title").fill(title);
    await page.getByRole("textbox", { name: "Address" }).fill(`https://records.example/${word}`);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.goto(`/sources?q=${word}`);
  await expect(page.getByRole("list", { name: "Sources" }).getByRole("article")).toHaveCount(1);
  await page.getByRole("button", { name: `Edit “First ${word}”` }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Only http and https addresses are allowed")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Address" })).toHaveValue("javascript:alert(1)");
});

test("activity is read as far as one's role goes, and narrows to an article", async ({ page, signIn }) => {
  await signIn("editor");
  const headline = `Ledger ${ownWord("ink")}`;
  const id = await bringIn(page, headline);
  await page.goto(`/activity?personId=${demoPeople.editor.id}`);
  const line = page.getByRole("listitem").filter({ hasText: `${demoPeople.editor.name} brought in ${headline}` });
  await line.getByRole("link", { name: `Only what happened in “${headline}”` }).click();
  await expect(page).toHaveURL(`/activity?personId=${demoPeople.editor.id}&articleId=${id}`);
  await expect(page.getByRole("list", { name: "The record" }).getByRole("listitem")).toHaveCount(1);

  await page.context().clearCookies();
  await signIn("secondReviewer");
  await page.goto(`/activity?articleId=${id}`);
  await expect(page.getByText("Nothing in the record matches")).toBeVisible();
});
