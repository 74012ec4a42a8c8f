/** Other words for the text: proposed by keyboard, decided on, taken to the author, and looked for in the next text. */
import { readFile } from "node:fs/promises";
import JSZip from "jszip";
import { addRevisionDraft, bringIn, markClaims, ownWord, paragraphsOf, suggestWording } from "./support/articles";
import { expect, test } from "./support/desk";
import { newPage } from "./support/people";

const lines = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  "The river rose by 3.5 metres in one night, officials said. Nobody was hurt.",
];
const quotes = ["45 people were guilty of fraud", "rose by 3.5 metres", "Nobody was hurt"] as const;

test("from a claim to the author and back in the next text", async ({ page, signIn, browser, baseURL }) => {
  await signIn("firstReviewer");
  const id = await bringIn(page, ownWord("Fraud"), paragraphsOf(lines));
  const [fraud, river, hurt] = (await markClaims(page, id, lines.join("\n\n"), quotes)) as [string, string, string];

  // One key starts from the words that stand there.
  await page.goto(`/articles/${id}?claim=${fraud}`);
  const panel = page.getByRole("region", { name: "Claim", exact: true });
  await expect(panel.getByRole("button", { name: "Suggest other words" })).toBeVisible();
  const field = panel.getByLabel("Words that should stand there");
  await expect(async () => {
    await page.keyboard.press("i");
    await expect(field).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await expect(field).toHaveValue(quotes[0]);
  await field.fill("45 people were charged with fraud");
  await expect(panel.getByText("Proposed by")).toBeVisible();
  await expect(panel.locator("del")).toContainText("guilty of");
  await expect(panel.locator("ins")).toContainText("charged with");
  await panel.getByLabel("Why these words").fill("No court has ruled yet.");
  await expect(panel.getByRole("button", { name: "Accept" })).toHaveCount(0);
  await page.reload();
  await expect(field).toHaveValue("45 people were charged with fraud");
  await expect(panel.getByLabel("Why these words")).toHaveValue("No court has ruled yet.");
  await suggestWording(page, river, "rose by 3.2 metres");
  await suggestWording(page, hurt, "One person was hurt");

  // The editor decides, in the panel and on the list; the reviewer sees it come.
  const editor = await newPage(browser, baseURL);
  await signIn("editor", editor);
  await editor.goto(`/articles/${id}?claim=${fraud}`);
  await editor.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(editor.getByText("Accepted by")).toBeVisible();
  await expect(panel.getByText("Accepted by")).toBeVisible();
  await editor.goto(`/articles/${id}/changes`);
  await expect(editor.getByRole("heading", { name: "To be changed: 1" })).toBeVisible();
  const change = (words: string) => editor.getByRole("article", { name: words });
  await change(quotes[1]).getByRole("button", { name: "Accept" }).click();
  await expect(editor.getByRole("heading", { name: "To be changed: 2" })).toBeVisible();
  await change(quotes[2]).getByRole("button", { name: "Decline" }).press("Enter");
  await expect(editor.getByRole("heading", { name: "Declined: 1" })).toBeVisible();

  // The way out: a Word file in which the author accepts or refuses each.
  const [download] = await Promise.all([
    editor.waitForEvent("download"),
    editor.getByRole("link", { name: "Word file with the changes marked" }).click(),
  ]);
  const zip = await JSZip.loadAsync(await readFile(await download.path()));
  const xml = (await zip.file("word/document.xml")?.async("string")) ?? "";
  expect(xml).toMatch(/<w:del [^>]*>(?:(?!<\/w:del>).)*guilty of(?:(?!<\/w:del>).)*<\/w:del>/);
  expect(xml).toMatch(/<w:ins [^>]*>(?:(?!<\/w:ins>).)*charged with(?:(?!<\/w:ins>).)*<\/w:ins>/);
  expect(await zip.file("word/comments.xml")?.async("string")).toContain("No court has ruled yet.");
  const [text] = await Promise.all([
    editor.waitForEvent("download"),
    editor.getByRole("button", { name: "Text file" }).click(),
  ]);
  expect(await readFile(await text.path(), "utf8")).toContain("Should read: 45 people were charged with fraud");

  // The next text is tested by itself; what was asked for is one confirmation away.
  const next = lines.map((line) => line.replace("guilty of fraud", "charged with fraud"));
  const draftId = await addRevisionDraft(page, id, next);
  await page.goto(`/articles/${id}/revision-drafts/${draftId}`);
  const tally = "Of 2 accepted changes: 1 applied, 1 ignored";
  await page.getByText(tally).click();
  await page.getByRole("button", { name: "45 people were charged with fraud" }).click();
  const carried = page.getByRole("article", { name: quotes[0] });
  await expect(carried).toBeFocused();
  await expect(carried).toContainText("These are the words that the desk asked for.");
  await page.keyboard.press("c");
  await expect(carried.getByText("New words confirmed by")).toBeVisible();
  await page.getByRole("button", { name: "Apply revision" }).click();
  await expect(page.getByRole("dialog")).toContainText(tally);
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(new RegExp(`/articles/${id}$`));

  await expect(editor.getByRole("heading", { name: "Done in revision 2: 1" })).toBeVisible();
  await expect(editor.getByRole("heading", { name: "To be changed: 1" })).toBeVisible();
  await expect(change(quotes[1])).toContainText("Not done in revision 2");
  await page.goto(`/articles/${id}?claim=${fraud}`);
  await expect(panel.getByText("Done in revision 2")).toBeVisible();
  await panel.getByRole("button", { name: "History" }).click();
  await expect(panel.getByText("Revision 2 has the words that were asked for")).toBeVisible();
});

test("a press lands though the field that it leaves folds away", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  await page.setViewportSize({ width: 1280, height: 480 });
  const id = await bringIn(page, ownWord("Fraud"), paragraphsOf(lines));
  const [fraud] = (await markClaims(page, id, lines.join("\n\n"), quotes)) as [string];
  await page.goto(`/articles/${id}?claim=${fraud}`);
  const panel = page.getByRole("region", { name: "Claim", exact: true });
  await panel.getByRole("button", { name: "Suggest other words" }).click();
  await expect(panel.getByLabel("Words that should stand there")).toBeFocused();
  await panel.getByRole("button", { name: /^History/ }).click();
  await expect(panel.getByRole("button", { name: /^History/ })).toHaveAttribute("aria-expanded", "true");
  await expect(panel.getByRole("button", { name: "Suggest other words" })).toBeVisible();
});
