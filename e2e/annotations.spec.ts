/** Annotations of another program on the same article: laid on its text, looked over, made claims, and taken back. */
import type { Page } from "@playwright/test";
import { bringIn, ownWord, paragraphsOf } from "./support/articles";
import { expect, expectAccessible, test } from "./support/desk";

const lines = [
  "The bridge opened in May, a year late. No comment was given.",
  "Critics say that the figures leave out the approach roads, which cost more. No comment was given.",
];

/** A row as Hypothesis exports it. */
const row = (id: string, exact: string | null, text: string, more: object = {}) => ({
  ...{
    id,
    created: "2024-05-14T09:12:45.123456+00:00",
    user: "acct:jane@hypothes.is",
    uri: "https://news.example/bridge",
  },
  ...{ text, tags: [], user_info: { display_name: "Jane Doe" } },
  target: [{ selector: exact === null ? [] : [{ type: "TextQuoteSelector", exact }] }],
  ...more,
});

const rows = [
  row("late", "a year late", "Who says so? <img src=x onerror=alert(1)>"),
  row("roads", "leave out the approach roads", "", { tags: ["cost"] }),
  row("comment", "No comment was given", "Which of them?"),
  row("never", "words that nobody ever wrote here", "Gone?"),
  row("page", null, "A good piece."),
  row("answer", null, "The ministry did.", { references: ["late"] }),
];

const claimsOf = (marks: Element[]) => marks.map((mark) => mark.getAttribute("data-claim"));
const group = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
const give = (page: Page, file: { name: string; text: string }) =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name: file.name, mimeType: "application/json", buffer: Buffer.from(file.text) });

test("a file is laid on the text, decided on, brought in, taken back and brought in again", async ({
  page,
  signIn,
}) => {
  await signIn("firstReviewer");
  const id = await bringIn(page, ownWord("Bridge"), paragraphsOf(lines));
  await page.goto(`/articles/${id}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Bring in annotations" }).click();

  await expect(page.getByRole("button", { name: "Choose a file" })).toBeVisible();
  await give(page, { name: "half.json", text: '{"rows": [' });
  await expect(page.locator("main").getByRole("alert")).toContainText("This is not JSON, or only the beginning of it.");
  await give(page, { name: "notes.json", text: JSON.stringify({ rows }) });
  await expect(page.getByText("5 annotations in “notes.json”, laid on revision 1.")).toBeVisible();
  await expect(group(page, "Will be claims").getByRole("listitem")).toHaveCount(2);
  await expect(group(page, "Will be claims")).toContainText("The ministry did.");
  await expect(group(page, "Notes without a quote")).toContainText("A good piece.");
  await expectAccessible(page);

  await group(page, "Several places").getByRole("button", { name: "Take place 2 of 2" }).click();
  await group(page, "Not found").getByRole("button", { name: "Choose words by hand" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose words in the text" });
  await dialog.getByLabel("Find in the text").fill("in May");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Attach to these words" }).click();
  await expect(page.getByRole("button", { name: "Make 4 claims" })).toBeVisible();
  await group(page, "Will be claims").getByRole("checkbox").nth(1).uncheck();
  await expect(page.getByText("2 are left out.")).toBeVisible();

  // Kept in the browser, a moment after the last choice.
  await page.waitForTimeout(800);
  await page.reload();
  await expect(page.getByText("“notes.json” is as you left it.")).toBeVisible();
  await page.route("**/annotations", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await page.getByRole("button", { name: "Make 3 claims" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("Your choices are still here.");
  await page.unroute("**/annotations");
  await page.getByRole("button", { name: "Make 3 claims" }).click();

  await expect(page).toHaveURL(new RegExp(`/articles/${id}$`));
  await expect(page.getByText("3 claims were brought in.")).toBeVisible();
  // A highlight is cut where another begins.
  const marked = async () => new Set((await page.locator(".claim-mark").evaluateAll(claimsOf)).flat());
  await expect.poll(async () => (await marked()).size).toBe(3);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(async () => (await marked()).size).toBe(0);

  await page.goto(`/articles/${id}/annotations`);
  await give(page, { name: "notes.json", text: JSON.stringify(rows) });
  await page.getByRole("button", { name: "Make 2 claims" }).click();
  await expect(page.getByText("2 claims were brought in.")).toBeVisible();
  await page
    .getByRole("list", { name: "Claims beside the text" })
    .getByRole("button", { name: /a year late/ })
    .click();
  const claim = page.getByRole("region", { name: "Claim", exact: true });
  await expect(claim.getByRole("textbox", { name: "Why", exact: true })).toContainText(
    "Jane Doe, 2024-05-14: Who says so? <img src=x onerror=alert(1)>",
  );
  await page.goto(`/articles/${id}/annotations`);
  await give(page, { name: "notes.json", text: JSON.stringify(rows) });
  await expect(group(page, "Already here").getByRole("listitem")).toHaveCount(2);
});
