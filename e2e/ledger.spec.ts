/** The sentence ledger: every sentence of a text accounted for, by keys, by hand, by two people, and through a new text. */
import type { Page } from "@playwright/test";
import { addRevisionDraft, bringIn, markClaims, ownWord, paragraphsOf } from "./support/articles";
import { expect, test } from "./support/desk";
import { newPage } from "./support/people";

const paragraphs = [
  "The council voted 7 to 2 on Tuesday to approve the harbour plan. It was a long night.",
  "Officials put the cost at 214 million, a third less than the estimate of 2023. More on that below.",
  "Nobody will miss the old quay.",
];
const claims = ["voted 7 to 2", "the cost at 214 million"];

const text = (page: Page) => page.getByRole("textbox", { name: /^The article/ });
const ledger = (page: Page) => page.getByRole("region", { name: "Sentence ledger" });
const toolbar = (page: Page) => ledger(page).getByRole("toolbar");
/** The words of each sentence that is drawn in this way; its first character is an element of its own. */
const drawn = (page: Page, look: string) =>
  text(page)
    .locator(`.s-${look}`)
    .evaluateAll((elements) =>
      elements.reduce((words, element) => {
        const begins = element.querySelector(".sentence-start") ?? element.closest(".sentence-start");
        return `${words}${begins && words ? "|" : ""}${element.textContent}`;
      }, ""),
    );
const selected = (page: Page) => page.evaluate(() => getSelection()?.toString());
const count = (page: Page, words: string) => expect(ledger(page).getByText(words, { exact: true })).toBeVisible();

async function article(page: Page): Promise<string> {
  const id = await bringIn(page, ownWord("Harbour"), paragraphsOf(paragraphs));
  await markClaims(page, id, paragraphs.join("\n\n"), claims);
  return id;
}

async function openLedger(page: Page, id: string): Promise<void> {
  await page.goto(`/articles/${id}?ledger=1`);
  await expect(ledger(page).getByText(/accounted for$/)).toBeVisible();
  await expect(text(page)).toBeVisible();
}

test("an article is gone through by keys alone until every sentence is accounted for", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const id = await article(page);
  await page.goto(`/articles/${id}`);
  await expect(page.getByRole("button", { name: "Ledger: 2 of 5 sentences accounted for" })).toBeVisible();
  // Outside of the ledger the key goes there too, and marks nothing where no sentence is meant.
  await page.keyboard.press("o");
  await expect(page.getByText("Put the caret into a sentence first.").first()).toBeVisible();
  await page.keyboard.press("n");
  await expect.poll(() => selected(page)).toBe("It was a long night.");

  await page.keyboard.press("m");
  await count(page, "2 of 5 sentences accounted for");
  await expect(page).toHaveURL(/ledger=1/);
  expect(await drawn(page, "unaccounted")).toBe(
    "It was a long night.|More on that below.|Nobody will miss the old quay.",
  );
  await expect(ledger(page).getByText("Unaccounted", { exact: true })).toBeVisible();
  await page.keyboard.press("o");
  await expect.poll(() => selected(page)).toBe("More on that below.");
  await page.keyboard.press("t");
  await expect.poll(() => selected(page)).toBe("Nobody will miss the old quay.");
  await page.keyboard.press("x");
  await count(page, "5 of 5 sentences accounted for");
  await expect(page.getByText("Every sentence is accounted for.").first()).toBeVisible();
  for (const [look, words] of [
    ["unaccounted", ""],
    ["opinion", "It was a long night."],
    ["transition", "More on that below."],
    ["no_fact", "Nobody will miss the old quay."],
  ] as const)
    expect(await drawn(page, look)).toBe(words);

  await page.keyboard.press("Control+z");
  await count(page, "4 of 5 sentences accounted for");
  await expect.poll(() => selected(page)).toBe("Nobody will miss the old quay.");
  // A claim accounts for it too, marked with the same key as ever.
  await page.keyboard.press("h");
  await count(page, "5 of 5 sentences accounted for");
  await page.keyboard.press("Escape");
  // The caret tells what accounts for a sentence; its mark is cleared by a key.
  await text(page).locator(".s-transition").last().click();
  await expect(ledger(page).getByText(/^Transition, marked by Leila Haddad, /)).toBeVisible();
  await page.keyboard.press("u");
  await expect(ledger(page).getByText("Unaccounted", { exact: true })).toBeVisible();
  await text(page)
    .locator("p")
    .first()
    .click({ position: { x: 330, y: 14 } });
  await expect(ledger(page).getByText("Claim: voted 7 to 2")).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.getByText("A claim stands on this sentence", { exact: false }).first()).toBeVisible();

  await page.keyboard.press("m");
  await expect(ledger(page)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("button", { name: "Ledger: 4 of 5 sentences accounted for" })).toBeVisible();
  await page.goto("/articles");
  await page
    .getByRole("link", { name: /^4 of 5 sentences accounted for/ })
    .first()
    .click();
  await expect(ledger(page)).toBeVisible();
});

test("a selection over several sentences marks them all; a colleague sees it, and what both mark is told", async ({
  page,
  signIn,
  browser,
  baseURL,
}) => {
  await signIn("firstReviewer");
  const id = await article(page);
  await openLedger(page, id);
  const other = await newPage(browser, baseURL ?? process.env.CLAIMDESK_E2E_URL);
  await signIn("editor", other);
  await openLedger(other, id);

  await text(page).focus();
  await page.keyboard.press("Control+a");
  await expect(ledger(page).getByText("5 sentences, 3 unaccounted")).toBeVisible();
  // The connection is away: the marks are kept through a reload, and sent when it is back.
  await page.route("**/sentence-marks", (route) =>
    route.request().method() === "PUT" ? route.abort() : route.continue(),
  );
  await page.keyboard.press("x");
  await count(page, "5 of 5 sentences accounted for");
  await expect(page.getByText("3 marks wait, kept here")).toBeVisible();
  await page.reload();
  await count(page, "5 of 5 sentences accounted for");
  await expect(page.getByText("3 marks wait, kept here")).toBeVisible();

  // Meanwhile the other marks one of them.
  await other.getByRole("button", { name: "Next unaccounted sentence" }).click();
  await toolbar(other).getByRole("button", { name: "Opinion" }).click();
  await count(other, "3 of 5 sentences accounted for");
  await page.unroute("**/sentence-marks");
  await expect(page.getByText(/^Jonas Weiler marked this sentence in the meantime/).first()).toBeVisible({
    timeout: 15_000,
  });
  await expect.poll(() => drawn(page, "opinion")).toBe("It was a long night.");
  await expect.poll(() => drawn(other, "no_fact")).toBe("More on that below.|Nobody will miss the old quay.");
  await count(other, "5 of 5 sentences accounted for");
  await other.context().close();
});

test("a new text brings changed sentences back, and says so before it is applied", async ({ page, signIn }) => {
  await signIn("editor");
  const id = await article(page);
  await openLedger(page, id);
  await text(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("o");
  await count(page, "5 of 5 sentences accounted for");
  await expect(page.getByText("Opinion: 3 sentences")).toBeVisible();
  const draftId = await addRevisionDraft(page, id, [
    paragraphs[2] ?? "",
    (paragraphs[0] ?? "").replace("a long night", "a very long night"),
    paragraphs[1] ?? "",
  ]);
  await page.goto(`/articles/${id}/revision-drafts/${draftId}`);
  await page.getByRole("button", { name: "Apply revision" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("1 sentence of the new text comes back as unaccounted.")).toBeVisible();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Revision 2 is under check.").first()).toBeVisible();
  await openLedger(page, id);
  await count(page, "4 of 5 sentences accounted for");
  expect(await drawn(page, "unaccounted")).toBe("It was a very long night.");
  expect(await drawn(page, "opinion")).toBe("Nobody will miss the old quay.|More on that below.");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a sentence is touched and marked, and undone from the message above the bar", async ({ page, signIn }) => {
    await signIn("secondReviewer");
    const id = await article(page);
    await page.goto(`/articles/${id}`);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Show the ledger" }).click();
    await count(page, "2 of 5 sentences accounted for");
    await text(page).getByText("Nobody will miss").tap();
    await toolbar(page).getByRole("button", { name: "Opinion" }).tap();
    await count(page, "3 of 5 sentences accounted for");
    expect(await drawn(page, "opinion")).toBe("Nobody will miss the old quay.");
    await page.getByRole("button", { name: "Undo" }).tap();
    await count(page, "2 of 5 sentences accounted for");
    await toolbar(page).getByRole("button", { name: "Mark claim" }).tap();
    await page.getByRole("button", { name: "Close the claim" }).first().tap();
    await count(page, "3 of 5 sentences accounted for");
    await ledger(page).getByRole("button", { name: "Close the ledger" }).tap();
    await expect(ledger(page)).toBeHidden();
  });
});
