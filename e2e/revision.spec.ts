/** A text that changes under its claims: what a person sees of it, decides about it, and can take back. */
import type { Page } from "@playwright/test";
import { addRevisionDraft, bringIn, markClaims, ownWord, paragraphsOf } from "./support/articles";
import { expect, expectAccessible, test } from "./support/desk";

const before = [
  "The council voted 7 to 2 on Tuesday to aprove the harbour plan. Nobody left before midnight.",
  "Officials put the cost at 214 million, a third less than the estimate of 2023. The mayor called that a fair price.",
  "Ferry traffic has doubled in ten years, and no homes will be lost to the new quay, the port says.",
  "The plan goes to the county board in March. Its chair declined to comment on the vote.",
];
/** A typo fixed, a paragraph moved, a figure changed, a sentence cut, and one that now stands in two other places. */
const after = [
  "Ferry traffic has doubled in ten years, and no homes will be lost to the new quay, the port says.",
  "The council voted 7 to 2 on Tuesday to approve the harbour plan. Nobody left before midnight.",
  "Officials put the cost at 231 million, a third less than the estimate of 2023.",
  "In May the mayor said no. The mayor called that a fair price. Then came the summer.",
  "The plan goes to the county board in March.",
  "Later the sum was higher. The mayor called that a fair price. Few agreed.",
];
const claims = {
  typo: "aprove the harbour plan",
  figure: "the cost at 214 million",
  moved: "Ferry traffic has doubled in ten years",
  cut: "Its chair declined to comment on the vote",
  same: "Nobody left before midnight",
  twice: "The mayor called that a fair price",
};

const text = (page: Page) => page.getByRole("textbox", { name: /^The article/ });
const tab = (page: Page, name: string) => page.getByRole("tab", { name });
/** The claim that was marked with these words. */
const claim = (page: Page, statement: string) => page.getByRole("article", { name: statement });
const button = (page: Page, statement: string, name: string | RegExp) =>
  claim(page, statement).getByRole("button", { name });
/** The words of each highlight of the workspace, put together again where they were cut. */
const marked = (page: Page) =>
  text(page)
    .locator(".claim-mark")
    .evaluateAll((elements) => {
      const words = new Map<string, string>();
      for (const element of elements) {
        const id = element.getAttribute("data-claim") ?? "";
        words.set(id, (words.get(id) ?? "") + element.textContent);
      }
      return [...words.values()].sort();
    });

async function articleWithClaims(page: Page): Promise<string> {
  const id = await bringIn(page, ownWord("Harbour"), paragraphsOf(before));
  await markClaims(page, id, before.join("\n\n"), Object.values(claims));
  return id;
}

async function openWizard(page: Page): Promise<{ articleId: string }> {
  const articleId = await articleWithClaims(page);
  const draftId = await addRevisionDraft(page, articleId, after);
  await page.goto(`/articles/${articleId}/revision-drafts/${draftId}`);
  await expect(tab(page, "Altered 2")).toHaveAttribute("aria-selected", "true");
  return { articleId };
}

const saved = (page: Page) => expect(page.getByText(/^Saved \d/)).toBeVisible();

test("a second text is pasted, its claims decided on by keyboard, applied and taken back", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const id = await articleWithClaims(page);
  await page.goto(`/articles/${id}`);
  await expect.poll(() => marked(page)).toHaveLength(6);
  await page.getByRole("link", { name: "Revision 1" }).click();
  await expect(page.getByRole("list", { name: "Revisions" })).toContainText("Under check");
  await page.getByRole("link", { name: "New revision" }).click();

  await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
  await page.getByLabel("The article", { exact: true }).fill(after.join("\n\n"));
  await page.waitForTimeout(800);
  await page.reload();
  await expect(page.getByLabel("The article", { exact: true })).toHaveValue(after.join("\n\n"));
  await page.getByRole("button", { name: "Read the text" }).click();
  await expect(page.getByRole("heading", { name: "Check the new text" })).toBeFocused();
  await page.getByRole("button", { name: "See what becomes of the claims" }).click();

  for (const name of ["Altered 2", "Ambiguous 1", "Gone 1", "Moved 1", "Unchanged 1"])
    await expect(tab(page, name)).toBeVisible();
  await expect(claim(page, claims.figure).locator("del")).toContainText("214");
  await expect(claim(page, claims.figure).locator("ins")).toContainText("231");
  await page.keyboard.press("j");
  await expect(claim(page, claims.typo)).toBeFocused();
  await page.keyboard.press("c");
  await expect(claim(page, claims.typo)).toContainText("New words confirmed by Leila Haddad");
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  await page.keyboard.press("u");
  await expect(claim(page, claims.figure)).toContainText("Not decided");
  await page.keyboard.press("c");
  await page.keyboard.press("n");
  await expect(claim(page, claims.twice)).toBeFocused();
  await page.keyboard.press("2");
  await expect(button(page, claims.twice, /Take place 2/)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("n");
  await expect(claim(page, claims.cut)).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.getByText("All 4 decided")).toBeVisible();
  await saved(page);

  await page.reload();
  await expect(page.getByText("All 4 decided")).toBeVisible();
  await page.getByRole("button", { name: "Apply revision" }).click();
  const dialog = page.getByRole("dialog", { name: "Put this text under check?" });
  await expect(dialog.getByRole("listitem")).toHaveText([
    "2 claims carry over",
    "2 altered claims are confirmed",
    "1 claim stands on words chosen by a person",
    "1 claim is set aside as cut",
  ]);
  await dialog.getByRole("button", { name: "Apply", exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/articles/${id}$`));
  await expect(page.getByText("Revision 2 is under check.")).toBeVisible();
  await expect(text(page)).toContainText("231 million");
  await expect
    .poll(() => marked(page))
    .toEqual(["approve the harbour plan", "the cost at 231 million", claims.moved, claims.same, claims.twice].sort());

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("All 4 decided")).toBeVisible();
  await page.goto(`/articles/${id}`);
  await expect(text(page)).toContainText("214 million");
  await expect.poll(() => marked(page)).toHaveLength(6);
});

test("the text is edited, and what changed is shown in one text and side by side", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const id = await bringIn(page, ownWord("Harbour"), paragraphsOf(before));
  await page.goto(`/articles/${id}/revisions/new`);
  await page.getByRole("button", { name: "Edit the text of revision 1" }).click();
  const editor = page.getByRole("textbox", { name: "The new text" });
  await expect(editor).toContainText("214 million");
  await page.getByRole("button", { name: "See what becomes of the claims" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("under check already");
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" That was all.");
  await page.getByRole("button", { name: "See what becomes of the claims" }).click();
  await expect(page.getByText("There are no claims on this text")).toBeVisible();
  await page.getByRole("button", { name: "Apply revision" }).click();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByText("Revision 2 is under check.")).toBeVisible();

  await page.goto(`/articles/${id}/revisions`);
  await page.getByRole("link", { name: "Compare with revision 1" }).click();
  await expect(page.getByText("No words cut, 3 put in, no passage moved.")).toBeVisible();
  await expect(page.locator("main ins")).toContainText("That was all.");
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect(page.locator("main ins")).toHaveCount(1);
  await expectAccessible(page);

  await page.goto(`/articles/${id}/revisions`);
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByRole("button", { name: "Apply revision" })).toBeVisible();
  await page.goto(`/articles/${id}/revisions`);
  await page.getByRole("button", { name: /^Throw away/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Throw away" }).click();
  await expect(page.getByText("The text was thrown away.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Go on/ })).toHaveCount(0);
});

test("of two equal sentences the one that an editor cut is gone, and the other is not", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const [twin, rest] = ["The mayor said no.", "The rest stays as it is."];
  const id = await bringIn(page, ownWord("Twins"), paragraphsOf([twin, twin, rest]));
  await markClaims(page, id, [twin, twin, rest].join("\n\n"), [twin, rest]);
  await page.goto(`/articles/${id}/revisions/new`);
  await page.getByRole("button", { name: "Edit the text of revision 1" }).click();
  const editor = page.getByRole("textbox", { name: "The new text" });
  await editor.locator("p").first().click({ clickCount: 3 });
  await expect.poll(() => page.evaluate(() => getSelection()?.toString().trim())).toBe(twin);
  await page.keyboard.press("Delete");
  await expect(editor).toHaveText(`${twin}${rest}`);
  await page.waitForTimeout(800);
  // What the edit kept is kept with it.
  await page.reload();
  await page.getByRole("button", { name: "See what becomes of the claims" }).click();
  await expect(tab(page, "Gone 1")).toBeVisible();
  await expect(tab(page, "Unchanged 1")).toBeVisible();
});

test("words are chosen by hand, without a pointer", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  await openWizard(page);
  await tab(page, "Gone 1").click();
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  const dialog = page.getByRole("dialog", { name: "Choose words in the new text" });
  await expect(dialog.getByRole("textbox", { name: /^The new text/ })).toBeFocused();
  await dialog.getByLabel("Find in the new text").fill("county board");
  // Letters that are typed here are no commands.
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Selected: county board")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Attach to these words" }).click();
  await expect(claim(page, claims.cut)).toContainText("Words chosen by Leila Haddad");
  await expect(claim(page, claims.cut)).toContainText("It will stand on");
  await saved(page);
});

test("a decision that cannot be saved is kept and sent again", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  await openWizard(page);
  await page.route("**/decisions/**", (route) => route.abort());
  await button(page, claims.typo, /^Confirm/).click();
  await expect(page.getByText(/1 decision was not saved/)).toBeVisible();
  await expect(claim(page, claims.typo)).toContainText("Not saved yet");
  await page.reload();
  await expect(page.getByText(/1 decision was not saved/)).toBeVisible();
  await expect(claim(page, claims.typo)).toContainText("Not saved yet");
  await page.unroute("**/decisions/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await saved(page);
  await page.reload();
  await expect(page.getByText("1 of 4 decided")).toBeVisible();
});

test("a text that was begun before another was applied is brought onto that one", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const { articleId } = await openWizard(page);
  const other = await addRevisionDraft(page, articleId, [...before, "A last line was added."]);
  await button(page, claims.typo, /^Confirm/).click();
  await saved(page);
  const address = page.url();
  await page.goto(`/articles/${articleId}/revision-drafts/${other}`);
  await page.getByRole("button", { name: "Apply revision" }).click();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByText("Revision 2 is under check.")).toBeVisible();
  await page.goto(address);
  // A decision that has not reached the server is not lost by it.
  await page.route("**/decisions/**", (route) => route.abort());
  await button(page, claims.figure, /^Confirm/).click();
  await expect(page.getByText(/1 decision was not saved/)).toBeVisible();
  await page.getByRole("button", { name: "Bring onto revision 2" }).click();
  await expect(page.getByText("Save them first, or drop them.")).toBeVisible();
  await page.unroute("**/decisions/**");
  await page.getByRole("button", { name: "Bring onto revision 2" }).click();
  await expect(page.getByText("This text now follows revision 2.")).toBeVisible();
  await expect(page.getByText("2 of 4 decided")).toBeVisible();
});

test("with single-letter keys switched off, no letter decides", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  await page.evaluate(() => localStorage.setItem("claimdesk-workspace", JSON.stringify({ keys: false })));
  await openWizard(page);
  await button(page, claims.typo, /^Confirm/).focus();
  await page.keyboard.press("c");
  await page.keyboard.press("x");
  await expect(claim(page, claims.typo)).toContainText("Not decided");
  await page.keyboard.press("Enter");
  await expect(claim(page, claims.typo)).toContainText("New words confirmed");
});
