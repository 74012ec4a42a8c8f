/**
 * A story that changes under its check, as stories do: twenty claims, seven of them approved, through a second and a third text.
 * Each ends where an editor would want it.
 */
import type { Page } from "@playwright/test";
import {
  addRevisionDraft,
  addSource,
  approveClaim,
  bringIn,
  markClaims,
  ownWord,
  paragraphsOf,
} from "./support/articles";
import { expect, test } from "./support/desk";
import { newPage } from "./support/people";

const first = [
  "The Northgate bridge reopened to traffic on Monday, 26 months after it was closed, the county roads office said. Around 18,000 vehicles crossed it on the first day.",
  'The repair cost 41 million euros, almost twice the 22 million that the county council approved in 2021. Its chair, Ines Barrow, called the overrun "painful but honest".',
  "Engineers found rust in 14 of the 36 cables when they opened the casing in March 2022. The bridge was safe at all times, the roads office said.",
  "The contractor, Halden & Sons, was fined 1.2 million euros for delays. The company did not answer questions sent on Friday.",
  'Shops on the east bank say they lost a third of their customers. "We are still here, but only just," said Marta Oduya, who runs a bakery in Quay Street. Her street was closed as well.',
  "The county has ordered yearly inspections of all nine of its bridges. Two of them, at Fell and at Marsh End, are older than Northgate.",
  "The bridge was built in 1961 and carries the only road between the two banks for 30 kilometres. Buses were sent around by the motorway, which added 25 minutes to the trip.",
  "A second crossing was planned in 1998. It was never built. Ferries ran until 1974.",
];

/** Quotation marks set, figures corrected, a "not" put in, a paragraph moved, one split, a sentence cut, one written anew, one that now stands twice. */
const second = [
  "The Northgate bridge reopened to traffic on Monday, 24 months after it was closed, the county roads office said.",
  "Engineers found rust in 14 of the 36 cables when they opened the casing in March 2022. The bridge was not safe at all times, an inspector wrote.",
  "The repair cost 41 million euros, almost twice the 22 million that the county council approved in 2020. Its chair, Ines Barrow, called the overrun “painful but honest”.",
  "The contractor, Halden & Sons, was fined 1.2 million euros for the delays. It rejects that.",
  "Shops on the east bank say they lost a third of their customers.",
  "“We are still here, but only just,” said Marta Oduya, who runs a bakery in Quay Street. Her street was closed as well.",
  "The county has ordered yearly inspections of all nine of its bridges. Two of them, at Fell and at Marsh End, are older than Northgate.",
  "The bridge was built in 1961 and carries the only road between the two banks for 30 kilometres. Buses were sent around by the motorway, which added 25 minutes to the trip.",
  "In 2005 somebody drew a tunnel. It was never built. Nobody asked why.",
  "A second crossing was planned in 1998. Then the money went elsewhere. It was never built. By then it was too late. Ferries ran until 1974.",
];

/** The first figure back, the cut sentence back at another place, a figure corrected, a paragraph moved to the top, one cut. */
const third = [
  "The bridge was built in 1961 and carries the only road between the two banks for 30 kilometres. Buses were sent around by the motorway, which added 25 minutes to the trip.",
  "The Northgate bridge reopened to traffic on Monday, 26 months after it was closed, the county roads office said.",
  "Engineers found rust in 14 of the 36 cables when they opened the casing in March 2022. The bridge was not safe at all times, an inspector wrote.",
  "The repair cost 41 million euros, almost twice the 22 million that the county council approved in 2020. Its chair, Ines Barrow, called the overrun “painful but honest”. Around 18,000 vehicles crossed it on the first day.",
  "The contractor, Halden & Sons, was fined 1.2 million euros for the delays. It rejects that.",
  "Shops on the east bank say they lost a third of their customers.",
  "“We are still here, but only just,” said Marta Oduya, who runs a bakery in Quay Street. Her street was closed as well.",
  "The county has ordered yearly inspections of all eleven of its bridges. Two of them, at Fell and at Marsh End, are older than Northgate.",
  "A second crossing was planned in 1998. Then the money went elsewhere. It was never built. By then it was too late.",
];

type Group = "Altered" | "Ambiguous" | "Gone" | "Moved" | "Unchanged";
/** What becomes of it in the second text and in the third, what is pressed there, the words that it stands on at last, and how it is. */
type Story = {
  quote: string;
  approved?: true;
  second: [Group, key?: string];
  third: [Group, key?: string];
  ends: string | null;
  as: "Open" | "Approved" | "Stale" | "Set aside";
};

const same: Pick<Story, "second" | "third"> = { second: ["Unchanged"], third: ["Unchanged"] };

const stories: Story[] = [
  { quote: "reopened to traffic on Monday", ...same, ends: "reopened to traffic on Monday", as: "Open" },
  {
    ...{ quote: "26 months after it was closed", approved: true, second: ["Altered", "c"], third: ["Altered", "c"] },
    // Stale while another figure stood there; what was approved stands there again.
    ...{ ends: "26 months after it was closed", as: "Approved" },
  },
  {
    ...{ quote: "Around 18,000 vehicles crossed it on the first day", second: ["Gone"], third: ["Ambiguous", "1"] },
    ...{ ends: "Around 18,000 vehicles crossed it on the first day", as: "Open" },
  },
  { quote: "The repair cost 41 million euros", ...same, ends: "The repair cost 41 million euros", as: "Open" },
  {
    quote: "almost twice the 22 million that the county council approved in 2021",
    ...{ second: ["Altered", "c"], third: ["Unchanged"] },
    ...{ ends: "almost twice the 22 million that the county council approved in 2020", as: "Open" },
  },
  { quote: '"painful but honest"', approved: true, ...same, ends: "“painful but honest”", as: "Approved" },
  {
    ...{ quote: "rust in 14 of the 36 cables", approved: true, second: ["Moved"], third: ["Unchanged"] },
    ...{ ends: "rust in 14 of the 36 cables", as: "Approved" },
  },
  {
    quote: "Engineers found rust in 14 of the 36 cables when they opened the casing in March 2022",
    ...{ second: ["Moved"], third: ["Unchanged"], as: "Open" },
    ends: "Engineers found rust in 14 of the 36 cables when they opened the casing in March 2022",
  },
  {
    ...{ quote: "The bridge was safe at all times", approved: true, second: ["Altered", "c"], third: ["Unchanged"] },
    ...{ ends: "The bridge was not safe at all times", as: "Stale" },
  },
  {
    ...{ quote: "fined 1.2 million euros for delays", second: ["Altered", "c"], third: ["Unchanged"] },
    ...{ ends: "fined 1.2 million euros for the delays", as: "Open" },
  },
  {
    ...{ quote: "The company did not answer questions sent on Friday", second: ["Gone", "x"], third: ["Gone"] },
    ...{ ends: null, as: "Set aside" },
  },
  {
    ...{ quote: "they lost a third of their customers", approved: true, ...same },
    ...{ ends: "they lost a third of their customers", as: "Approved" },
  },
  {
    ...{ quote: "Marta Oduya, who runs a bakery in Quay Street", ...same },
    ...{ ends: "Marta Oduya, who runs a bakery in Quay Street", as: "Open" },
  },
  {
    quote: "Her street was closed as well.\n\nThe county has ordered yearly inspections",
    ...{ ...same, as: "Open" },
    ends: "Her street was closed as well.\n\nThe county has ordered yearly inspections",
  },
  {
    ...{ quote: "all nine of its bridges", second: ["Unchanged"], third: ["Altered"] },
    ...{ ends: "all eleven of its bridges", as: "Open" },
  },
  {
    ...{ quote: "are older than Northgate", approved: true, ...same, ends: "are older than Northgate", as: "Approved" },
  },
  {
    ...{ quote: "built in 1961", approved: true, second: ["Unchanged"], third: ["Moved"] },
    ...{ ends: "built in 1961", as: "Approved" },
  },
  {
    ...{ quote: "which added 25 minutes to the trip", second: ["Unchanged"], third: ["Moved"] },
    ...{ ends: "which added 25 minutes to the trip", as: "Open" },
  },
  {
    ...{ quote: "It was never built", second: ["Ambiguous", "2"], third: ["Unchanged"] },
    ...{ ends: "It was never built", as: "Open" },
  },
  { quote: "Ferries ran until 1974", second: ["Unchanged"], third: ["Gone"], ends: null, as: "Open" },
];

const groups: Group[] = ["Altered", "Ambiguous", "Gone", "Moved", "Unchanged"];
const claim = (page: Page, { quote }: Story) =>
  page.getByRole("article", { name: quote.replace(/\s+/g, " "), exact: true });

/** Goes through the groups of the wizard: each claim is where it should be, and is decided on by its key. */
async function decide(page: Page, which: "second" | "third"): Promise<void> {
  for (const group of groups) {
    const here = stories.filter((story) => story[which][0] === group);
    const tab = page.getByRole("tab", { name: new RegExp(`^${group} `) });
    await expect(tab, `${which}: ${group}`).toHaveText(new RegExp(`${here.length}$`));
    if (here.length === 0) continue;
    await tab.click();
    for (const story of here) {
      await expect(claim(page, story), `${which}: ${story.quote}`).toBeVisible();
      const [, key] = story[which];
      if (!key) continue;
      await claim(page, story).focus();
      await page.keyboard.press(key);
      await expect(claim(page, story)).not.toContainText("Not decided");
    }
  }
  await expect(page.getByText(/^Saved \d/)).toBeVisible();
}

async function apply(page: Page, number: number): Promise<void> {
  await page.getByRole("button", { name: "Apply revision" }).click();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByText(`Revision ${number} is under check.`)).toBeVisible();
}

test("twenty claims come through a second and a third text", async ({ page, signIn, browser, baseURL }) => {
  await signIn("firstReviewer");
  const editor = await newPage(browser, baseURL);
  await signIn("editor", editor);
  const articleId = await bringIn(page, ownWord("Northgate"), paragraphsOf(first));
  const ids = await markClaims(
    page,
    articleId,
    first.join("\n\n"),
    stories.map(({ quote }) => quote),
  );
  const sourceId = await addSource(page, ownWord("Roads office report"));
  for (const [nth, { approved }] of stories.entries())
    if (approved) await approveClaim(page, editor, { articleId, claimId: ids[nth] as string, sourceId });

  for (const [number, text] of [second, third].entries()) {
    const draftId = await addRevisionDraft(editor, articleId, text);
    await editor.goto(`/articles/${articleId}/revision-drafts/${draftId}`);
    await decide(editor, number === 0 ? "second" : "third");
    await apply(editor, number + 2);
  }

  // All of the text and of the list at once.
  await page.setViewportSize({ width: 1440, height: 2_600 });
  await page.goto(`/articles/${articleId}`);
  await expect(page.locator(".claim-mark").first()).toBeVisible();
  await page.keyboard.press("l");
  const list = page.getByRole("list", { name: `${stories.length} claims in the order of the text` });
  await expect(list.getByRole("listitem")).toHaveCount(stories.length);
  for (const [nth, { quote, ends, as }] of stories.entries()) {
    const id = ids[nth] as string;
    const row = page.locator(`[data-card="${id}"]`);
    await expect(row, quote).toContainText(as);
    const marks = page.locator(`.claim-mark[data-claim="${id}"]`);
    if (ends === null) await expect(marks, quote).toHaveCount(0);
    else
      await expect
        .poll(async () => (await marks.allTextContents()).join("").replace(/\s+/g, ""), quote)
        .toBe(ends.replace(/\s+/g, ""));
  }
  await editor.close();
});
