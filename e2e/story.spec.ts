/**
 * The whole job as one story: an article in, three claims that overlap, evidence, verdicts, review by a second pair of eyes, a link
 * out, a reader who is signed out, and the link taken back.
 */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test, watch } from "./support/desk";

const article = [
  "Ferry company says new boats cut fuel by a third",
  "By Ilse Maren",
  "",
  "The three electric ferries that began service in May burn a third less fuel than the boats they replaced, the operator said on Monday.",
  "",
  // A number of its own for each run: the same text again would be noticed.
  `Passenger numbers rose to ${Date.now()} in the first six months, the highest figure since the line opened in 1988. Not one crossing was cancelled because of a technical fault, it added.`,
  "",
  "The Harbour Gazette",
].join("\n");

const sentence =
  "The three electric ferries that began service in May burn a third less fuel than the boats they replaced";

/** Selects words of the article as somebody with a mouse does: from before the first to after the last. */
async function selectWords(page: Page, words: string): Promise<void> {
  await page
    .getByRole("textbox", { name: /^The article/ })
    .filter({ hasText: words })
    .evaluate((root, wanted) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const nodes: Text[] = [];
      for (let node = texts.nextNode(); node; node = texts.nextNode()) nodes.push(node as Text);
      const whole = nodes.map((node) => node.data).join("");
      const start = whole.indexOf(wanted);
      const place = (offset: number, atEnd: boolean): [Text, number] => {
        let rest = offset;
        for (const node of nodes) {
          if (rest < node.length || (atEnd && rest === node.length)) return [node, rest];
          rest -= node.length;
        }
        throw new Error(`Not in the text: ${wanted}`);
      };
      (root as HTMLElement).focus();
      const [from, to] = [place(start, false), place(start + wanted.length, true)];
      getSelection()?.setBaseAndExtent(...from, ...to);
    }, words);
}

async function markClaim(page: Page, words: string): Promise<void> {
  await selectWords(page, words);
  await page.getByRole("toolbar", { name: "The selected words" }).getByRole("button", { name: "Mark claim" }).click();
  await expect(panel(page).getByRole("textbox", { name: "Claim", exact: true })).toHaveValue(words);
}

const panel = (page: Page) => page.getByRole("region", { name: "Claim", exact: true }).first();

/** A verdict, its reasons and one piece of evidence from a source that the library does not have yet. */
async function check(page: Page, { verdict, why, source, stance, excerpt }: Check): Promise<void> {
  const claim = panel(page);
  await claim.getByRole("button", { name: "Take it" }).click();
  await claim.locator("label", { hasText: verdict }).click();
  await claim.getByRole("textbox", { name: "Why" }).fill(why);
  await claim.getByRole("combobox", { name: /^Add evidence/ }).fill(source);
  await page.keyboard.press("Enter");
  await claim.getByRole("button", { name: "Add source" }).click();
  await claim.locator("label", { hasText: stance }).click();
  await claim.getByRole("textbox", { name: "Excerpt" }).fill(excerpt);
  await claim.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(claim.getByText("In review", { exact: true })).toBeVisible();
}

type Check = { verdict: string; why: string; source: string; stance: string; excerpt: string };

test("an article is checked by two people and read by anybody, until the link is taken back", async ({
  browser,
  page,
  signIn,
  faults,
}) => {
  test.slow();
  await signIn("firstReviewer");

  await page.getByRole("link", { name: "Bring in an article" }).click();
  await page.waitForLoadState("networkidle");
  await page.getByLabel("The article").fill(article);
  await page.getByRole("button", { name: "Read the text" }).click();
  await expect(page.getByLabel("Headline")).toHaveValue("Ferry company says new boats cut fuel by a third");
  await page.getByLabel("Byline").fill("Ilse Maren");
  await page.getByLabel("Published on").fill("2026-11-16");
  await page.getByRole("button", { name: "Save and open" }).click();
  await expect(page.getByRole("heading", { name: "Ferry company says new boats cut fuel by a third" })).toBeVisible();

  // Three claims that overlap: one within the other, and one across the end of both.
  await markClaim(page, sentence);
  await check(page, {
    verdict: "Disputed",
    why: "The operator compares the boats without heating; with it the difference is a fifth.",
    source: "Fuel report of the ferry line, January to June",
    stance: "Refutes",
    excerpt: "Consumption fell by 21 per cent.",
  });
  await markClaim(page, "began service in May");
  await check(page, {
    verdict: "Verified",
    why: "The timetable of May names all three boats.",
    source: "Timetable of the ferry line, May 2026",
    stance: "Supports",
    excerpt: "Electric service from 4 May.",
  });
  await markClaim(page, "than the boats they replaced, the operator said on Monday.");
  await expect(page.getByRole("button", { name: /^All 3/ })).toBeVisible();
  const address = page.url().replace(/\?.*/, "");

  // The editor sees what waits, approves it, and shares it.
  const editor = await (await browser.newContext()).newPage();
  watch(editor, faults);
  await signIn("editor", editor);
  await editor.goto(`${address}?state=in_review`);
  const cards = editor.getByRole("list", { name: "Claims beside the text" });
  for (const verdict of ["Disputed", "Verified"]) {
    await cards.locator("li").filter({ hasText: verdict }).getByRole("button").first().click();
    await panel(editor).getByRole("button", { name: "Approve", exact: true }).click();
    await expect(panel(editor).getByText("Approved", { exact: true })).toBeVisible();
    await panel(editor).getByRole("button", { name: "Close the claim" }).click();
  }
  // The reviewer hears of it without asking.
  await expect(page.getByText("2 of 3 approved")).toBeVisible();

  await editor.getByRole("button", { name: "Share" }).click();
  await editor.getByRole("button", { name: "Publish and make a link" }).click();
  const link = await editor.getByRole("textbox", { name: "Address of the link" }).inputValue();

  // A reader: another browser, signed out, no scripts.
  const readerContext = await browser.newContext({ javaScriptEnabled: false });
  const reader = await readerContext.newPage();
  watch(reader, faults);
  const answer = await reader.goto(link);
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(
    "Ferry company says new boats cut fuel by a third",
  );
  await expect(reader.getByText("Consumption fell by 21 per cent.")).toBeVisible();
  await expect(reader.getByText("Electric service from 4 May.")).toBeVisible();
  expect(await reader.content()).not.toContain("@desk.example");
  await expectAccessible(await opened(browser, link, faults));

  // Taken back, it tells nothing.
  await editor.getByRole("button", { name: "Revoke", exact: true }).click();
  await editor.getByRole("button", { name: "Revoke it" }).click();
  await expect(editor.getByText("No link is open.", { exact: false })).toBeVisible();
  const closed = await reader.goto(link);
  expect(closed?.status()).toBe(410);
  expect(await reader.content()).not.toContain("Ferry");
});

async function opened(browser: import("@playwright/test").Browser, link: string, faults: string[]): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  watch(page, faults);
  await page.goto(link);
  return page;
}
