/** Where a claim stands: what a new text leaves in doubt is settled in the workspace, and one claim stands in several places. */
import type { Page } from "@playwright/test";
import { applyRevision, bringIn, markClaims, ownWord, paragraphsOf } from "./support/articles";
import { expect, test, watch } from "./support/desk";
import { newPage } from "./support/people";
import { select } from "./support/select-words";

const before = [
  "The council voted 7 to 2 on Tuesday to approve the harbour plan. Nobody left before midnight.",
  "Officials put the cost at 214 million, a third less than the estimate of 2023. The mayor called that a fair price.",
  "Ferry traffic has doubled in ten years, and no homes will be lost to the new quay, the port says.",
  "The plan goes to the county board in March. Its chair declined to comment on the vote.",
];
/** A figure changed, a sentence that now stands in two other places, one cut. */
const after = [
  "The council voted 7 to 2 on Tuesday to approve the harbour plan. Nobody left before midnight.",
  "Officials put the cost at 231 million, a third less than the estimate of 2023.",
  "In May the mayor said no. The mayor called that a fair price. Then came the summer.",
  "Ferry traffic has doubled in ten years, and no homes will be lost to the new quay, the port says.",
  "The plan goes to the county board in March. He gave no reasons.",
  "Later the sum was higher. The mayor called that a fair price. Few agreed.",
];
const figure = "the cost at 214 million";
const twice = "The mayor called that a fair price";
const cut = "Its chair declined to comment on the vote";
const ferry = "Ferry traffic has doubled in ten years";

const panel = (page: Page) => page.getByRole("region", { name: "Claim", exact: true });
const lost = (page: Page) => page.getByRole("button", { name: /lost (its|their) place$/ });
const places = (page: Page) => panel(page).getByRole("list", { name: /^Where it stands/ });
/** The words of the claim that is open, as the text has them outlined. */
const marked = (page: Page) =>
  page
    .getByRole("textbox", { name: /^The article/ })
    .locator(".claim-mark")
    .evaluateAll((elements) => {
      const words = new Map<string, string>();
      for (const element of elements) {
        const id = element.getAttribute("data-claim") ?? "";
        words.set(id, `${words.get(id) ?? ""}${element.textContent}`);
      }
      return [...words.values()].sort();
    });
const saved = (page: Page) => expect(page.getByText(/^Saved \d/).first()).toBeVisible();

test("what a new text left in doubt is found on the desk and settled by keyboard, and taken back", async ({
  page,
  signIn,
}) => {
  await signIn("firstReviewer");
  const word = ownWord("Harbour");
  const id = await bringIn(page, word, paragraphsOf(before));
  const ids = await markClaims(page, id, before.join("\n\n"), [figure, twice, cut]);
  await applyRevision(page, id, after);

  await page.goto(`/articles?q=${word}&anchor=orphaned`);
  await page.getByRole("link", { name: "2 lost their place" }).click();
  await expect(page).toHaveURL(new RegExp(`/articles/${id}\\?anchor=orphaned`));
  await expect(lost(page)).toHaveText(/2 claims have lost their place/);

  // Lost: the words are selected and one key attaches them.
  await page.getByRole("button", { name: new RegExp(cut) }).click();
  await expect(panel(page)).toContainText("These words are no longer in the text.");
  await expect(panel(page)).toBeFocused();
  await select(page, "He gave no reasons");
  await page.keyboard.press("w");
  await expect(places(page)).toHaveText(/He gave no reasons/);
  await expect(lost(page)).toHaveText(/1 claim has lost its place/);
  await page.keyboard.press("Control+z");
  await expect(panel(page)).toContainText("These words are no longer in the text.");
  await select(page, "He gave no reasons");
  await page.getByRole("button", { name: "Attach here" }).click();
  await expect(places(page)).toHaveText(/He gave no reasons/);

  // In two places: one of them by its number.
  await page.goto(`/articles/${id}?claim=${ids[1]}`);
  await expect(panel(page)).toContainText("The words stand in more than one place.");
  await panel(page).getByRole("button", { name: "Take place 1" }).focus();
  await page.keyboard.press("2");
  await expect(lost(page)).toBeHidden();
  await expect.poll(() => marked(page)).toContain(twice);

  // Altered: old words and new ones, and one key.
  await page.getByRole("button", { name: /^New words/ }).click();
  await page.getByRole("button", { name: new RegExp(figure) }).click();
  await expect(panel(page).locator("del")).toContainText("214");
  await expect(panel(page).locator("ins")).toContainText("231");
  await page.keyboard.press("c");
  await expect(places(page)).toHaveText(/the cost at 231 million/);
  await saved(page);
  await page.goto(`/articles/${id}`);
  await expect(page.getByRole("button", { name: /^New words/ })).toBeHidden();
  await expect.poll(() => marked(page)).toEqual([twice, "He gave no reasons", "the cost at 231 million"].sort());
});

test("one claim stands in several places of two articles, and whoever has either open sees what is done to it", async ({
  page,
  browser,
  baseURL,
  signIn,
  faults,
}) => {
  await signIn("firstReviewer");
  const word = ownWord("Ferry");
  const [home, second] = [`${word} home`, `${word} later`];
  const id = await bringIn(page, home, paragraphsOf(before));
  const other = await bringIn(page, second, paragraphsOf([`A month on. ${ferry}, it says.`, "So it was said before."]));
  const [claimId] = await markClaims(page, id, before.join("\n\n"), [ferry]);

  const colleague = await newPage(browser, baseURL);
  watch(colleague, faults);
  await signIn("editor", colleague);
  await colleague.goto(`/articles/${other}`);
  await expect(colleague.getByText("No claims yet")).toBeVisible();

  // One more place in the same article, and the walk from one to the other.
  await page.goto(`/articles/${id}?claim=${claimId}`);
  await expect(places(page).getByRole("listitem")).toHaveCount(1);
  await select(page, "no homes will be lost");
  await page.keyboard.press("p");
  await expect(places(page).getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press(".");
  await expect(page.getByText(`Place 2 of 2: no homes will be lost`)).toBeAttached();
  await page.keyboard.press(".");
  await expect(page.getByText(`Place 1 of 2: ${ferry}`)).toBeAttached();

  // In another article its words are proposed.
  await page.getByRole("button", { name: `Place “${ferry}”` }).click();
  await page.getByRole("menuitem", { name: "Also in another article…" }).click();
  await page.getByLabel("Which article?").fill(second);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(second) })
    .click();
  await page.getByRole("button", { name: "It stands here" }).click();
  await expect(panel(page)).toContainText(`Also in “${second}”`);

  // A colleague who has that article open sees it come, and the verdict that is given to it in the other one.
  const card = colleague.getByRole("button", { name: new RegExp(`From “${home}”`) });
  await expect(card).toContainText("No verdict");
  await expect.poll(() => marked(colleague)).toEqual([ferry]);
  await panel(page).focus();
  await page.keyboard.press("1");
  await expect(card).toContainText("Verified");

  // Taken there in hand, to words that say it otherwise.
  await page.goto(`/articles/${other}?place=${claimId}`);
  await expect(page.getByRole("region", { name: "A place for a claim" })).toContainText(ferry);
  await select(page, "So it was said before");
  await page.keyboard.press("w");
  await expect(places(page).getByRole("listitem")).toHaveCount(2);
  await expect.poll(() => marked(colleague)).toEqual([`${ferry}So it was said before`]);

  // Removed with a way back; the last place of another article takes the claim out of it.
  for (const words of ["So it was said before", ferry]) {
    await places(page)
      .getByRole("button", { name: `Place “${words}”` })
      .click();
    await page.getByRole("menuitem", { name: "Remove this place" }).click();
    await expect(page.getByText("Place removed").first()).toBeVisible();
    await expect.poll(async () => (await marked(colleague)).join()).not.toContain(words);
  }
  await expect(colleague.getByText("No claims yet")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect.poll(() => marked(colleague)).toEqual([ferry]);
  await card.click();
  await panel(colleague).getByRole("link", { name: ferry }).click();
  await expect(colleague).toHaveURL(new RegExp(`/articles/${id}`));
  await expect(places(colleague).getByRole("listitem")).toHaveCount(2);
  await colleague.close();
});
