/** A text that was replaced: it opens as it was, with its claims as they stood, whatever has become of them since. */
import type { Page } from "@playwright/test";
import {
  addSource,
  applyRevision,
  approveClaim,
  bringIn,
  markClaims,
  ownWord,
  paragraphsOf,
  revisionOf,
} from "./support/articles";
import { expect, test } from "./support/desk";
import { newPage } from "./support/people";

const first = [
  "The council voted 7 to 2 on Tuesday to approve the harbour plan. Nobody left before midnight.",
  "Officials put the cost at 214 million, a third less than the estimate of 2023.",
];
const second = [first[0] ?? "", "Officials put the cost at 231 million, a third less than the estimate of 2023."];
const third = [second[1] ?? "", "The council voted 7 to 2 on Tuesday to approve the harbour plan."];
const quotes = { vote: "voted 7 to 2", late: "Nobody left before midnight", cost: "the cost at 214 million" };

const entry = (page: Page, statement: string) => page.getByRole("listitem").filter({ hasText: statement });
const theText = (page: Page, number: number) => page.getByRole("region", { name: `The text of revision ${number}` });
const banner = (page: Page) => page.getByText(/as it stood on/);

test("a revision opens as it was, and its claims as they stood", async ({ page, browser, signIn }) => {
  await signIn("firstReviewer");
  const editor = await newPage(browser, new URL(page.url()).origin);
  await signIn("editor", editor);
  const id = await bringIn(page, ownWord("Harbour"), paragraphsOf(first));
  const [, , claimId = ""] = await markClaims(page, id, first.join("\n\n"), Object.values(quotes));
  const sourceId = await addSource(page, ownWord("Budget"));
  await approveClaim(page, editor, { articleId: id, claimId, sourceId });
  const revisionId = await applyRevision(page, id, second);
  await applyRevision(page, id, third);

  await page.goto(`/articles/${id}/revisions`);
  await page.getByRole("link", { name: "Revision 1", exact: true }).click();
  await expect(banner(page)).toHaveText(/^Revision 1, as it stood on .* when revision 2 replaced it\.$/);
  await expect(theText(page, 1)).toContainText("214 million");
  await expect(theText(page, 1).locator(".claim-mark.v-verified.s-approved")).toHaveText(quotes.cost);
  await expect(entry(page, quotes.cost)).toContainText("Verified");
  await expect(entry(page, quotes.cost)).toContainText("Approved by Jonas Weiler");
  await expect(entry(page, quotes.cost)).toContainText("In revision 2: altered to “the cost at 231 million”.");
  await expect(entry(page, quotes.vote)).toContainText("In revision 2: unchanged.");

  // From the words to the claim and on, by pointer and by keys; the address follows.
  await theText(page, 1).getByText(quotes.late).click();
  await expect(entry(page, quotes.late)).toBeFocused();
  await page.keyboard.press("j");
  await expect(entry(page, quotes.cost)).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`claim=${claimId}`));
  await page.reload();
  await expect(entry(page, quotes.cost)).toBeFocused();
  await page.keyboard.press("k");
  await expect(entry(page, quotes.late)).toBeFocused();

  await page.getByRole("link", { name: "Revision 2", exact: true }).click();
  await expect(theText(page, 2)).toContainText("231 million");
  await expect(entry(page, quotes.late)).toContainText("In revision 3: its words are gone.");
  await page.getByRole("link", { name: "Compare with revision 3" }).click();
  await page.getByRole("combobox", { name: "From" }).click();
  await page.getByRole("option", { name: "Revision 1" }).click();
  const changed = page.getByRole("region", { name: "3 claims on words that differ" });
  await expect(changed.getByRole("listitem")).toHaveText([/^Altered/, /^Moved/, /^Gone/]);
  await changed.getByRole("link", { name: /^How it stood: the cost/ }).click();
  await expect(entry(page, quotes.cost)).toBeFocused();
  await entry(page, quotes.cost).getByRole("link", { name: "The claim as it is now" }).click();
  await expect(page).toHaveURL(new RegExp(`/articles/${id}\\?claim=`));
  await expect(page.getByText("Stale").first()).toBeVisible();
  await page.getByRole("button", { name: "History" }).click();
  await page.getByRole("link", { name: "Text of revision 1" }).click();
  await expect(banner(page)).toContainText("Revision 1");

  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const read = await plain.newPage();
  await read.goto(new URL(`/articles/${id}/revisions/${revisionId}`, page.url()).href);
  await theText(read, 1)
    .getByRole("link", { name: /claim 3/ })
    .click();
  await expect(entry(read, quotes.cost)).toBeInViewport();
  await plain.close();
});

test("the revision under check opens in the workspace; one that is not there is said to be gone", async ({
  page,
  signIn,
}) => {
  await signIn("firstReviewer");
  const id = await bringIn(page, ownWord("Harbour"), paragraphsOf(first));
  const replaced = await applyRevision(page, id, second);
  await page.goto(`/articles/${id}/revisions/${replaced}`);
  await expect(page.getByText("No claim was marked in this text.")).toBeVisible();
  await page.goto(`/articles/${id}/revisions/${await revisionOf(page, id)}`);
  await expect(page).toHaveURL(new RegExp(`/articles/${id}$`));
  await page.goto(`/articles/${id}/revisions/${id}`);
  await expect(page.getByRole("heading", { name: "This revision is not here" })).toBeVisible();
});
