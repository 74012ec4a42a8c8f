/** The claim panel: everything of a claim by keyboard, and nothing typed is lost, whatever happens to the connection, the session or the claim. */
import { createServer } from "node:http";
import type { BrowserContext, Page } from "@playwright/test";
import { v7 as newId } from "uuid";
import type { ClaimView } from "../lib/domain/claim";
import { demoPeople } from "../prisma/demo/people";
import { addSource } from "./support/articles";
import { expect, expectAccessible, type Person, test, watch } from "./support/desk";
import { addMember } from "./support/people";

const sentences = [
  "The council approved the harbour plan on Tuesday, the largest public works project in the city since 1962.",
  "Officials put the cost at 214 million, a third less than the estimate of 2023.",
  "Ferry traffic has doubled in ten years, they said, and no homes will be lost.",
];
const quotes = [
  "the largest public works project in the city since 1962",
  "a third less than the estimate of 2023",
  "Ferry traffic has doubled in ten years",
  "no homes will be lost",
];

/** A call of the API as the page's own script would make it. */
async function api<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([method, path, body]) => {
      const response = await fetch(`/api/v1${path}`, {
        method,
        ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    [method, path, body] as const,
  );
}

/** An article of our own with claims that nobody holds. */
async function bringIn(page: Page): Promise<{ articleId: string; claimIds: string[] }> {
  const articleId = newId();
  const content = sentences.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] }));
  const article = await api<{ revision: { id: string } }>(page, "POST", "/articles", {
    ...{ id: articleId, headline: `Harbour plan ${articleId.slice(-6)}`, byline: null, outlet: null },
    ...{ publishedOn: null, canonicalUrl: null, language: "en", origin: "paste", originName: null },
    ...{ document: { type: "doc", content }, allowDuplicate: true },
  });
  const { text } = await api<{ text: string }>(page, "GET", `/revisions/${article.revision.id}`);
  const claimIds: string[] = [];
  for (const exact of quotes) {
    const start = text.indexOf(exact);
    const anchors = [{ id: newId(), start, end: start + exact.length, exact }];
    const claim = { id: newId(), revisionId: article.revision.id, anchors };
    await api(page, "POST", `/articles/${articleId}/claims`, claim);
    claimIds.push(claim.id);
  }
  return { articleId, claimIds };
}

const read = (page: Page, claimId: string) => api<ClaimView>(page, "GET", `/claims/${claimId}`);
const panelOf = (page: Page) => page.getByRole("region", { name: "Claim", exact: true });
const statementOf = (page: Page) => panelOf(page).getByRole("textbox", { name: "Claim", exact: true });
const toast = (page: Page, text: string) => page.getByRole("region", { name: /Notifications/ }).getByText(text);
const word = (page: Page, text: string | RegExp) => page.getByText(text).first();

async function open(page: Page, articleId: string, claimId: string): Promise<void> {
  await page.goto(`/articles/${articleId}?claim=${claimId}`);
  await expect(panelOf(page).getByRole("button", { name: "History" })).toBeVisible();
}

/** Waits until the server has it. */
async function expectSaved(page: Page, claimId: string, expected: Partial<ClaimView>): Promise<void> {
  await expect.poll(() => read(page, claimId)).toMatchObject(expected);
}

/** Another person in a browser of their own. */
type Other = (person: Person) => Promise<Page>;
const withOthers = test.extend<{ other: Other }>({
  other: async ({ browser, baseURL, signIn, faults }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person) => {
      const context = await browser.newContext({ ...(baseURL && { baseURL }) });
      contexts.push(context);
      const page = await context.newPage();
      watch(page, faults);
      await signIn(person, page);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

withOthers("a claim goes from taken to submitted by keyboard alone", async ({ page, signIn, other }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[1] as string;
  await open(page, articleId, claimId);
  await page.keyboard.press("a");
  await expect(panelOf(page).getByText("In check")).toBeVisible();

  await statementOf(page).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("The harbour plan costs a third less than the estimate of 2023.");
  await page.keyboard.press("Tab");
  await page.keyboard.type("City officials");
  await page.keyboard.press("Escape");

  await page.keyboard.press("3");
  await expect(panelOf(page).getByRole("radio", { name: "Disputed" })).toBeChecked();
  await page.keyboard.press("r");
  await page.keyboard.type("Dredging is in the one figure and ");
  await page.keyboard.press("ControlOrMeta+b");
  await page.keyboard.type("not in the other.");
  await page.keyboard.press("Escape");

  await page.keyboard.press("e");
  await page.keyboard.type(`City budget office (2023). “Harbour cost review.” https://city.example/${claimId}`);
  await page.keyboard.press("Enter");
  const source = panelOf(page).getByRole("form", { name: "New source" });
  await expect(source.getByRole("textbox", { name: "Title" })).toHaveValue("Harbour cost review");
  await expect(source.getByRole("textbox", { name: "Author" })).toHaveValue("City budget office");
  await page.keyboard.press("Enter");
  await expect(panelOf(page).getByRole("radio", { name: "Gives context" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Tab");
  await page.keyboard.type("The total of 318 million includes 83 million for dredging.");
  await page.keyboard.press("Tab");
  await page.keyboard.type("p. 14");
  await page.keyboard.press("Escape");

  await page.keyboard.press("s");
  await expect(panelOf(page).getByText("In review", { exact: true })).toBeVisible();
  const claim = await read(page, claimId);
  expect(claim).toMatchObject({
    statement: "The harbour plan costs a third less than the estimate of 2023.",
    claimant: "City officials",
    state: "in_review",
    evidence: [
      { stance: "refutes", locator: "p. 14", excerpt: "The total of 318 million includes 83 million for dredging." },
    ],
  });
  expect(JSON.stringify(claim.rationale)).toContain('"type":"bold"');

  await panelOf(page).getByRole("button", { name: "History" }).click();
  await expect(panelOf(page).getByText(`${demoPeople.firstReviewer.name} submitted it for review`)).toBeVisible();
  await expect(panelOf(page).getByText(/changed the verdict from No verdict to Disputed/)).toBeVisible();

  // Whoever may only read is told so by the keys as well.
  await page.keyboard.press("r");
  await expect(toast(page, "You cannot change this claim now.")).toBeVisible();

  // One stray key does not cost the editor the right to approve: it only leads to the verdict.
  const editor = await other("editor");
  await open(editor, articleId, claimId);
  await editor.keyboard.press("1");
  await expect(panelOf(editor).getByRole("radio", { name: "Disputed" })).toBeFocused();
  await expect(panelOf(editor).getByRole("radio", { name: "Disputed" })).toBeChecked();
  await panelOf(editor).getByRole("button", { name: "Approve" }).click();
  await expect(panelOf(editor).getByText("Approved", { exact: true }).first()).toBeVisible();
  await expect(toast(editor, "There is no way back from this.")).toBeVisible();
});

test("a line keeps its blanks while it is typed, and whatever is too long for it", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  const saidBy = panelOf(page).getByRole("textbox", { name: "Said by" });
  await saidBy.pressSequentially("The ");
  await expectSaved(page, claimId, { claimant: "The" });
  await saidBy.pressSequentially("council");
  await expect(saidBy).toHaveValue("The council");
  await expectSaved(page, claimId, { claimant: "The council" });
  const long = "council ".repeat(80);
  await saidBy.fill(long);
  await expect(panelOf(page).getByText("At most 500 characters")).toBeVisible();
  await expect(saidBy).toHaveValue(long);
});

test("what is still in the way of submitting is said, and leads there", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  await open(page, articleId, claimIds[0] as string);
  await panelOf(page).getByRole("button", { name: "Take it" }).click();
  await expect(panelOf(page).getByText("To submit:")).toBeVisible();
  await panelOf(page).getByRole("button", { name: "write a rationale" }).click();
  await expect(panelOf(page).getByRole("textbox", { name: "Why" })).toBeFocused();
  await panelOf(page).getByRole("button", { name: "add evidence" }).click();
  await expect(panelOf(page).getByRole("combobox", { name: /Add evidence/ })).toBeFocused();
  await panelOf(page).getByRole("button", { name: "give a verdict" }).click();
  await page.keyboard.press("Space");
  await expect(panelOf(page).getByRole("radio", { name: "Verified" })).toBeChecked();
  await page.setViewportSize({ width: 1280, height: 1600 });
  await expectAccessible(page);
});

test("a lost connection keeps what is typed, and sends it when it is back", async ({ page, context, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  await context.setOffline(true);
  await statementOf(page).fill("Typed in the tunnel.");
  await expect(word(page, "Offline, kept here")).toBeVisible();
  await panelOf(page).getByText("Needs context").click();
  await context.setOffline(false);
  await expect(word(page, /^Saved/)).toBeVisible();
  await expectSaved(page, claimId, { statement: "Typed in the tunnel." });
  expect((await read(page, claimId)).ratingId).not.toBeNull();
});

test("a reload before anything was sent loses nothing", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  await page.route("**/api/v1/claims/**", (route) =>
    route.request().method() === "GET" ? route.fallback() : route.abort(),
  );
  await statementOf(page).fill("Typed just before the crash.");
  await panelOf(page)
    .getByRole("combobox", { name: /Add evidence/ })
    .fill("half a citation");
  await page.reload();
  await expect(statementOf(page)).toHaveValue("Typed just before the crash.");
  await expect(panelOf(page).getByRole("combobox", { name: /Add evidence/ })).toHaveValue("half a citation");
  expect((await read(page, claimId)).statement).toBe(quotes[0]);
  await page.unroute("**/api/v1/claims/**");
  await page.reload();
  await expectSaved(page, claimId, { statement: "Typed just before the crash." });
});

test("a server that is busy is asked again", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  let refusals = 0;
  await page.route(`**/api/v1/claims/${claimId}`, (route) => {
    if (route.request().method() !== "PATCH" || refusals >= 2) return route.fallback();
    refusals += 1;
    return route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "unavailable", title: "Try again in a moment.", status: 503, retryAfter: 1 }),
    });
  });
  await statementOf(page).fill("Typed while the server was busy.");
  await expect(word(page, "Could not save, kept here")).toBeVisible();
  await expect(word(page, /^Saved/)).toBeVisible();
  await expectSaved(page, claimId, { statement: "Typed while the server was busy." });
  expect(refusals).toBe(2);
});

test("an ended session keeps the page and what is typed; after sign-in it is saved", async ({
  page,
  browser,
  signIn,
  context,
}) => {
  await signIn("admin");
  const member = await addMember(page, browser, "reviewer");
  const { articleId, claimIds } = await bringIn(member.page);
  const claimId = claimIds[0] as string;
  await open(member.page, articleId, claimId);
  const people = await api<{ id: string; email: string }[]>(page, "GET", "/people");
  const id = people.find(({ email }) => email === member.email)?.id;
  await api(page, "POST", `/people/${id}/sign-out`);

  await statementOf(member.page).fill("Typed after the session had ended.");
  await expect(panelOf(member.page).getByText("Your session has ended. Sign in, nothing is lost.")).toBeVisible();
  const [beside] = await Promise.all([
    member.page.context().waitForEvent("page"),
    panelOf(member.page)
      .getByRole("link", { name: /Sign in/ })
      .click(),
  ]);
  await beside.getByLabel("E-mail address").fill(member.email);
  await beside.getByRole("textbox", { name: "Password" }).fill(member.password);
  await beside.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(beside).toHaveURL(new RegExp(`/articles/${articleId}`));
  await member.page.bringToFront();
  await expect(panelOf(member.page).getByText("Your session has ended.")).toBeHidden();
  await expect(statementOf(member.page)).toHaveValue("Typed after the session had ended.");
  await expectSaved(page, claimId, { statement: "Typed after the session had ended." });
  await member.page.context().close();
  expect(context.pages()).toContain(page);
});

test("what one person typed is neither shown to nor sent by the next one on the same computer", async ({
  page,
  signIn,
  context,
}) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  // The connection to writes is cut, and somebody else signs in in another tab of the same browser.
  await page.route("**/api/v1/claims/**", (route) =>
    route.request().method() === "GET" ? route.fallback() : route.abort(),
  );
  await statementOf(page).fill("Typed by the first.");
  await expect(word(page, /kept here/)).toBeVisible();
  await context.clearCookies();
  const second = await context.newPage();
  await signIn("editor", second);
  await open(second, articleId, claimId);
  await expect(statementOf(second)).toHaveValue(quotes[0] as string);
  // The first page is still open and can reach the server again: it must not write in the other one's name.
  await page.unroute("**/api/v1/claims/**");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(panelOf(page).getByText("Your session has ended.")).toBeVisible();
  await expect(statementOf(page)).toHaveValue("Typed by the first.");
  expect((await read(second, claimId)).statement).toBe(quotes[0]);
  await second.close();
  await context.clearCookies();
  const again = await context.newPage();
  await signIn("firstReviewer", again);
  await open(again, articleId, claimId);
  await expectSaved(again, claimId, { statement: "Typed by the first." });
});

test("on a shared computer nothing has to be kept", async ({ page, context, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  await open(page, articleId, claimIds[0] as string);
  await panelOf(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Do not keep unsent text on this computer" }).click();
  await context.setOffline(true);
  await statementOf(page).fill("Not to be left behind.");
  await expect(word(page, "Offline, not kept on this computer")).toBeVisible();
  const kept = await page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open("claimdesk-outbox");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("queue").objectStore("queue").getAll();
          reading.onsuccess = () => resolve(reading.result);
        };
      }),
  );
  expect(kept).toEqual([]);
  await context.setOffline(false);
  await expectSaved(page, claimIds[0] as string, { statement: "Not to be left behind." });
});

withOthers(
  "different fields merge by themselves; others’ changes wait until they are asked for",
  async ({ page, signIn, other }) => {
    await signIn("editor");
    const { articleId, claimIds } = await bringIn(page);
    const claimId = claimIds[0] as string;
    await open(page, articleId, claimId);
    const colleague = await other("firstReviewer");
    await open(colleague, articleId, claimId);

    // Nobody types here, and it waits all the same.
    await panelOf(colleague).getByRole("textbox", { name: "Said by" }).fill("The council");
    const waiting = panelOf(page).getByRole("button", { name: `${demoPeople.firstReviewer.name} changed this claim` });
    await expect(waiting).toContainText("1 new");
    await expect(panelOf(page).getByRole("textbox", { name: "Said by" })).toHaveValue("");
    await waiting.click();
    await expect(panelOf(page).getByRole("textbox", { name: "Said by" })).toHaveValue("The council");
    await expect(waiting).toBeHidden();

    await statementOf(page).click();
    await panelOf(colleague).getByRole("textbox", { name: "Said by" }).fill("The mayor");
    await expectSaved(page, claimId, { claimant: "The mayor" });
    await expect(waiting).toBeVisible();
    await expect(panelOf(page).getByRole("textbox", { name: "Said by" })).toHaveValue("The council");
    await statementOf(page).pressSequentially("!");
    await expectSaved(page, claimId, { claimant: "The mayor", statement: `${quotes[0]}!` });
    await waiting.click();
    await expect(panelOf(page).getByRole("textbox", { name: "Said by" })).toHaveValue("The mayor");
  },
);

withOthers("a key acts on what is shown, not on what came in unseen", async ({ page, signIn, other }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  await page.keyboard.press("a");
  await expect(panelOf(page).getByText("In check")).toBeVisible();
  await statementOf(page).click();
  const editor = await other("editor");
  await open(editor, articleId, claimId);
  await panelOf(editor).getByText("Verified", { exact: true }).click();
  await expect.poll(async () => (await read(page, claimId)).ratingId).not.toBeNull();
  const { ratingId } = await read(page, claimId);
  await expect(panelOf(page).getByRole("button", { name: /1 new/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("4");
  const conflict = panelOf(page).getByRole("group", { name: "Two versions: Verdict" });
  await expect(conflict.getByText("Verified")).toBeVisible();
  expect((await read(page, claimId)).ratingId).toBe(ratingId);
  await conflict.getByRole("button", { name: "Take theirs" }).click();
  await expect(conflict).toBeHidden();
  await expect(panelOf(page).getByRole("radio", { name: "Verified" })).toBeChecked();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(toast(page, "Undone: Verdict changed")).toBeVisible();
  await expect(panelOf(page).getByRole("radio", { name: "False" })).toBeChecked();
});

withOthers("a field stays under the hands when the claim goes to somebody else", async ({ page, signIn, other }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  await open(page, articleId, claimIds[0] as string);
  await statementOf(page).fill("Half a wo");
  const editor = await other("editor");
  await open(editor, articleId, claimIds[0] as string);
  await panelOf(editor)
    .getByRole("button", { name: /Assign$/ })
    .click();
  await editor.getByRole("menuitemradio", { name: demoPeople.secondReviewer.name }).click();
  await expect(panelOf(page).getByText("This can no longer be changed here.")).toBeVisible();
  await expect(statementOf(page)).toBeFocused();
  await page.keyboard.type("rd 1 j s");
  await expect(statementOf(page)).toHaveValue("Half a wo");
  await page.keyboard.press("Escape");
  await expect(statementOf(page)).toBeHidden();
  await expect(panelOf(page)).toBeFocused();
});

withOthers(
  "the same field changed on both sides shows both texts, and neither is lost",
  async ({ page, signIn, other }) => {
    await signIn("editor");
    const { articleId, claimIds } = await bringIn(page);
    const claimId = claimIds[0] as string;
    await open(page, articleId, claimId);
    const colleague = await other("firstReviewer");
    await open(colleague, articleId, claimId);

    await page.context().setOffline(true);
    await statementOf(page).fill("The plan is the largest since 1962, the council says.");
    await statementOf(colleague).fill("The plan is the largest since 1926.");
    await expectSaved(colleague, claimId, { statement: "The plan is the largest since 1926." });
    await page.context().setOffline(false);

    const conflict = panelOf(page).getByRole("group", { name: "Two versions: Claim" });
    await expect(conflict).toBeVisible();
    await expect(conflict.getByText(`${demoPeople.firstReviewer.name} changed`)).toBeVisible();
    await expect(conflict.locator("mark", { hasText: "1926" })).toBeVisible();
    expect((await read(page, claimId)).statement).toBe("The plan is the largest since 1926.");
    await expect(word(page, "Needs your decision")).toBeVisible();
    await expect(panelOf(page).getByRole("button", { name: /changed this claim/ })).toBeHidden();
    // As tall as the panel, so that nothing of it lies behind the bar at its foot.
    await page.setViewportSize({ width: 1280, height: 1600 });
    await expectAccessible(page);
    // Typing goes on meanwhile, and a reload keeps both sides.
    await statementOf(page).fill("The plan is the largest since 1962, the council says, again.");
    await page.reload();
    await expect(conflict).toBeVisible();
    await conflict.getByRole("button", { name: "Write a merge of both" }).click();
    await conflict.getByRole("textbox", { name: "Your merge" }).fill("The largest since 1926, or 1962.");
    await page.reload();
    await expect(conflict.getByRole("textbox", { name: "Your merge" })).toHaveValue("The largest since 1926, or 1962.");
    await expect(conflict.getByRole("textbox", { name: "Your merge" })).not.toBeFocused();
    await conflict.getByRole("button", { name: "Save the merge" }).click();
    await expect(conflict).toBeHidden();
    await expect(statementOf(page)).toBeFocused();
    await expectSaved(page, claimId, { statement: "The largest since 1926, or 1962." });
  },
);

withOthers("a claim that a colleague moves to the trash gives back what was typed", async ({ page, signIn, other }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  await page.context().setOffline(true);
  await statementOf(page).fill("Typed on a claim that is about to go.");
  const editor = await other("editor");
  await open(editor, articleId, claimId);
  await panelOf(editor).getByRole("button", { name: "More" }).click();
  await editor.getByRole("menuitem", { name: "Move to trash" }).click();
  await expect(editor.getByText("Claim moved to the trash")).toBeVisible();
  await page.context().setOffline(false);

  await expect(panelOf(page).getByText("This claim is in the trash.")).toBeVisible();
  await expect(statementOf(page)).toBeFocused();
  await expect(statementOf(page)).toHaveValue("Typed on a claim that is about to go.");
  await expect(panelOf(page).getByRole("listitem").getByText("Typed on a claim that is about to go.")).toBeVisible();
  await panelOf(page).getByRole("button", { name: "Restore" }).click();
  await expectSaved(page, claimId, { trashedAt: null, statement: "Typed on a claim that is about to go." });
});

test("evidence: an address that is known is reused, a bad one refused, and removal undone", async ({
  page,
  signIn,
}) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const [first, second] = claimIds as [string, string];
  const url = `https://city.example/review/${first}`;
  const source = { id: newId(), title: "Harbour cost review", author: null, publisher: null, publishedOn: null, url };
  await api(page, "POST", "/sources", { ...source, kind: "official_record" });
  await open(page, articleId, first);
  const field = panelOf(page).getByRole("combobox", { name: /Add evidence/ });

  await field.fill(`${url}?utm_source=mail`);
  await expect(panelOf(page).getByRole("option", { name: /Harbour cost review.*the same address/ })).toBeVisible();
  await field.press("Enter");
  await expect(panelOf(page).getByRole("radio", { name: "Gives context" })).toBeFocused();
  await expectSaved(page, first, {
    evidence: [expect.objectContaining({ source: expect.objectContaining({ id: source.id }) })] as never,
  });

  await open(page, articleId, second);
  await field.fill("A page with a bad address");
  await field.press("ArrowUp");
  await field.press("Enter");
  const form = panelOf(page).getByRole("form", { name: "New source" });
  await form.getByRole("textbox", { name: "Address" }).fill("javascript:alert(1)");
  await page.keyboard.press("Escape");
  await expect(field).toBeFocused();
  await panelOf(page).getByRole("button", { name: "Go on with the new source: A page with a bad address" }).click();
  await form.getByRole("button", { name: "Add source" }).click();
  await expect(form.getByText("Only http and https addresses are allowed")).toBeVisible();
  // The same address by another spelling, typed by hand: the library's own source is used, and that is said.
  await form.getByRole("textbox", { name: "Address" }).fill(`https://www.city.example/review/${first}/`);
  await form.getByRole("button", { name: "Add source" }).click();
  await expect(panelOf(page).getByText(/was in the library already as “Harbour cost review”/)).toBeVisible();
  await expectSaved(page, second, {
    evidence: [expect.objectContaining({ source: expect.objectContaining({ id: source.id }) })] as never,
  });

  await panelOf(page).getByRole("button", { name: "Remove evidence: Harbour cost review" }).click();
  await expectSaved(page, second, { evidence: [] });
  await expect(field).toBeFocused();
  // A click on the front one, whichever others still stand behind it.
  const removed = page.getByRole("listitem").filter({ hasText: "Evidence removed" });
  await removed.getByRole("button", { name: "Undo", exact: true }).click();
  await expectSaved(page, second, { evidence: [expect.objectContaining({ stance: "gives_context" })] as never });
});

test("evidence: a pasted address is looked up, fills what is empty and leaves what was written", async ({
  page,
  signIn,
}) => {
  const origin = `http://${process.env.CLAIMDESK_E2E_SOURCE_SITE}`;
  const site = createServer((asked, response) => {
    if (asked.url !== "/tide") return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>Tide tables | Port Office</title><meta property="og:site_name" content="Port Office">
      <meta name="author" content="Nils Berg"><meta property="article:published_time" content="2026-03-02T08:00:00Z"><body>`);
  });
  await new Promise<void>((resolve) => site.listen(Number(new URL(origin).port), "127.0.0.1", resolve));
  try {
    await signIn("firstReviewer");
    const { articleId, claimIds } = await bringIn(page);
    const [claimId = ""] = claimIds;
    await open(page, articleId, claimId);
    const field = panelOf(page).getByRole("combobox", { name: /^Add evidence/ });
    const form = panelOf(page).getByRole("form", { name: "New source" });
    await field.fill(`${origin}/nothing`);
    await page.keyboard.press("Enter");
    await expect(form).toContainText("There is no page under this address");
    await form.getByRole("textbox", { name: "Publisher" }).fill("The Port");
    await form.getByRole("textbox", { name: "Address" }).fill(`${origin}/tide`);
    await expect(form.getByRole("textbox", { name: "Title" })).toHaveValue("Tide tables");
    await expect(form.getByRole("textbox", { name: "Author" })).toHaveValue("Nils Berg");
    await expect(form.getByRole("textbox", { name: "Publisher" })).toHaveValue("The Port");
    await expect(form.getByRole("textbox", { name: "Date" })).toHaveValue("2026-03-02");
    await form.getByRole("button", { name: "Add source" }).click();
    await expect
      .poll(async () => (await read(page, claimId)).evidence.map(({ source }) => source))
      .toMatchObject([{ title: "Tide tables", publisher: "The Port", url: `${origin}/tide` }]);
  } finally {
    site.close();
  }
});

withOthers(
  "evidence: a colleague adds to a claim that somebody else holds, and changes only that",
  async ({ page, signIn, other }) => {
    await signIn("firstReviewer");
    const { articleId, claimIds } = await bringIn(page);
    const [claimId = ""] = claimIds;
    await open(page, articleId, claimId);
    await page.keyboard.press("a");
    await expectSaved(page, claimId, { state: "in_check" });

    const colleague = await other("secondReviewer");
    await open(colleague, articleId, claimId);
    await expect(panelOf(colleague)).toContainText("You can add evidence.");
    await expect(statementOf(colleague)).toHaveCount(0);
    await colleague.keyboard.press("e");
    await colleague.keyboard.type("The harbour office's own ledger");
    await colleague.keyboard.press("Enter");
    await expect(panelOf(colleague).getByRole("textbox", { name: "Title" })).toBeFocused();
    await expect(statementOf(colleague)).toHaveCount(0);
    await colleague.keyboard.press("Enter");
    await panelOf(colleague).getByRole("textbox", { name: "Excerpt" }).fill("Page 4 says so.");
    await expect
      .poll(async () => (await read(page, claimId)).evidence.map(({ excerpt, source }) => [source.title, excerpt]))
      .toEqual([["The harbour office's own ledger", "Page 4 says so."]]);
    await expect(panelOf(page)).toContainText("Tomás Rivas changed this claim");
  },
);

test("every action has its way back by key as well as by toast", async ({ page, signIn }) => {
  await signIn("editor");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  await panelOf(page).getByText("False", { exact: true }).click();
  await expect.poll(async () => (await read(page, claimId)).ratingId).not.toBeNull();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(toast(page, "Undone: Verdict changed")).toBeVisible();
  await expectSaved(page, claimId, { ratingId: null });

  await statementOf(page).fill("Another statement.");
  await statementOf(page).blur();
  await expectSaved(page, claimId, { statement: "Another statement." });
  await page.keyboard.press("ControlOrMeta+z");
  await expectSaved(page, claimId, { statement: quotes[0] as string });

  await panelOf(page).getByRole("button", { name: "Set aside…" }).click();
  await panelOf(page).getByRole("combobox", { name: "Why is it left out?" }).selectOption("duplicate");
  await panelOf(page).getByRole("combobox", { name: "The claim that it doubles" }).fill("no homes");
  await page.getByRole("option", { name: /no homes will be lost/ }).click();
  await panelOf(page).getByRole("button", { name: "Set aside", exact: true }).click();
  await expectSaved(page, claimId, { state: "set_aside", duplicateOfId: claimIds[3] as string });
  await expect(panelOf(page).getByText("Set aside: Duplicate of another claim")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expectSaved(page, claimId, { state: "open" });
  // Undoing is not itself undone.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(panelOf(page).getByRole("button", { name: "Set aside…" })).toBeVisible();

  await panelOf(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Move to trash" }).click();
  await expect(page.getByText("Claim moved to the trash")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expectSaved(page, claimId, { trashedAt: null });
});

test("of messages one behind the other the front one is to be pressed, the others once they are spread out", async ({
  page,
  signIn,
}) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  for (const title of ["First source", "Second source"]) {
    const sourceId = await addSource(page, title);
    const evidence = { id: newId(), sourceId, stance: "gives_context", excerpt: "", locator: "", shows: "" };
    await api(page, "POST", `/claims/${claimId}/evidence`, evidence);
  }
  await open(page, articleId, claimId);
  for (const title of ["First source", "Second source"]) {
    await panelOf(page)
      .getByRole("button", { name: `Edit evidence: ${title}` })
      .click();
    await panelOf(page)
      .getByRole("button", { name: `Remove evidence: ${title}` })
      .click();
  }
  const undo = page.getByRole("region", { name: /Notifications/ }).getByRole("button", { name: "Undo", exact: true });
  await expect(page.getByText("Evidence removed")).toHaveCount(2);
  await expect(undo).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press("Alt+t");
  await expect(undo).toHaveCount(2);
  await undo.last().press("Enter");
  await expectSaved(page, claimId, {
    evidence: [expect.objectContaining({ source: expect.objectContaining({ title: "First source" }) })] as never,
  });
});

withOthers("a query stops the claim until it is answered", async ({ page, signIn, other }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  const claimId = claimIds[0] as string;
  await open(page, articleId, claimId);
  await panelOf(page).getByRole("button", { name: "Take it" }).click();
  await panelOf(page).getByRole("button", { name: "Ask…" }).click();
  await panelOf(page).getByRole("textbox", { name: "What do you need to know?" }).fill("Which plan of 1962 is meant?");
  await panelOf(page).getByRole("button", { name: "Ask", exact: true }).click();
  await expect(panelOf(page).getByText("Needs info")).toBeVisible();
  await expect(panelOf(page).getByText("answer the open query")).toBeVisible();

  const colleague = await other("secondReviewer");
  await open(colleague, articleId, claimId);
  await expect(panelOf(colleague).getByText(`${demoPeople.firstReviewer.name} holds this claim`)).toBeVisible();
  await panelOf(colleague)
    .getByRole("textbox", { name: /Answer to/ })
    .fill("The eastern quay.");
  await panelOf(colleague).getByRole("button", { name: "Answer", exact: true }).click();
  await panelOf(page).getByRole("button", { name: /1 new/ }).click();
  await expect(panelOf(page).getByText("The eastern quay.")).toBeVisible();
  await panelOf(page).getByRole("button", { name: "Go on" }).click();
  await expect(panelOf(page).getByText("In check")).toBeVisible();
});

test("on a phone the panel is whole, and every target large enough", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const { articleId, claimIds } = await bringIn(page);
  // Taller than any phone, so that nothing of the sheet lies behind the bar at its foot.
  await page.setViewportSize({ width: 390, height: 1800 });
  await open(page, articleId, claimIds[0] as string);
  await expectAccessible(page);
  const small = await panelOf(page)
    .locator("button, a, input:not(.sr-only), select, label:has(input)")
    .evaluateAll((elements) =>
      elements
        .map((element) => ({
          name: element.textContent || element.getAttribute("aria-label"),
          box: element.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
    );
  expect(small).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
