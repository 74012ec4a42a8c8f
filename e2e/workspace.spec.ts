/** The workspace: a text that can be read and marked but not changed, claims level with it, and others at work in it. */
import type { Browser, Page } from "@playwright/test";
import { v7 as newId } from "uuid";
import type { ClaimView } from "../lib/domain/claim";
import { expect, expectAccessible, test, watch } from "./support/desk";
import { placeOf, select } from "./support/select-words";

const paragraphs = [
  "The council voted 7 to 2 on Tuesday to approve the harbour plan. Nobody left before midnight.",
  "Officials put the cost at 214 million, a third less than the estimate of 2023. Mr. Lind said so twice.",
  "Ferry traffic has doubled in ten years. 👩‍🚒 No homes will be lost.",
  "التكلفة تبلغ مئتي مليون. هذا تقدير أول.",
];

/** Brings in an article of these paragraphs, made with the API as the person of the page. */
async function bringIn(page: Page, texts = paragraphs): Promise<string> {
  const id = newId();
  const response = await page.request.post("/api/v1/articles", {
    headers: { Origin: new URL(page.url()).origin },
    data: {
      ...{ id, headline: `Harbour plan ${id.slice(-6)}`, byline: null, outlet: "The Test Wire", publishedOn: null },
      ...{ canonicalUrl: null, language: "en", origin: "paste", originName: null, allowDuplicate: true },
      document: {
        type: "doc",
        content: texts.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] })),
      },
    },
  });
  expect(response.ok(), await response.text()).toBe(true);
  return id;
}

const text = (page: Page) => page.getByRole("textbox", { name: /^The article/ });
const marks = (page: Page) => text(page).locator(".claim-mark");
const bar = (page: Page) => page.getByRole("toolbar", { name: "The selected words" });
const panel = (page: Page) => page.getByRole("region", { name: "Claim", exact: true });
/** The words of each highlight, put together again where ProseMirror has cut it. */
const marked = (page: Page) =>
  marks(page).evaluateAll((elements) => {
    const words = new Map<string, string>();
    for (const element of elements) {
      const id = element.getAttribute("data-claim") ?? "";
      words.set(id, (words.get(id) ?? "") + element.textContent);
    }
    return [...words.values()].sort();
  });

async function openWorkspace(page: Page, articleId: string, query = ""): Promise<void> {
  await page.goto(`/articles/${articleId}${query}`);
  await expect(text(page)).toBeVisible();
}

async function mark(page: Page, words: string): Promise<void> {
  const before = (await marked(page)).length;
  await select(page, words);
  await page.keyboard.press("h");
  await expect.poll(async () => (await marked(page)).length).toBe(before + 1);
}

/** Calls the API as whoever is signed in on a page. */
async function send<T>(page: Page, method: string, path: string, data?: unknown, version?: number): Promise<T> {
  const response = await page.request.fetch(`/api/v1${path}`, {
    method,
    ...(data !== undefined && { data }),
    headers: {
      Origin: new URL(page.url()).origin,
      ...(data !== undefined && { "Content-Type": "application/json" }),
      ...(version !== undefined && { "If-Match": `"${version}"` }),
    },
  });
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
  return response.json();
}

/** Marks words of the first paragraph with the API. */
async function markBeside(page: Page, articleId: string, words: string, start: number): Promise<ClaimView> {
  const { revision } = await send<{ revision: { id: string } }>(page, "GET", `/articles/${articleId}`);
  const anchors = [{ id: newId(), start, end: start + words.length, exact: words }];
  return send(page, "POST", `/articles/${articleId}/claims`, { id: newId(), revisionId: revision.id, anchors });
}

/** A paragraph of words that can be marked one by one. */
const wordByWord = Array.from({ length: 40 }, (_, index) => `w${String(index).padStart(2, "0")}`).join(" ");
async function markWords(page: Page, articleId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await markBeside(page, articleId, wordByWord.slice(index * 4, index * 4 + 3), index * 4);
}

/** Somebody else in a browser of their own, signed in. */
async function colleagueOf(
  browser: Browser,
  signIn: (person: "editor" | "admin", page: Page) => Promise<void>,
  as: "editor" | "admin" = "editor",
) {
  const context = await browser.newContext({ baseURL: process.env.CLAIMDESK_E2E_URL ?? "" });
  const page = await context.newPage();
  await signIn(as, page);
  return page;
}

const statement = (page: Page) => panel(page).getByRole("textbox", { name: "Claim", exact: true });
const saved = (page: Page) => expect(page.getByText(/^Saved \d/).first()).toBeVisible();

test.describe("the text", () => {
  test("can be read before any script, and without one", async ({ page, signIn, browser, context }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
    const still = await plain.newPage();
    await still.goto(new URL(`/articles/${id}`, page.url()).href);
    for (const words of paragraphs) await expect(still.getByText(words)).toBeVisible();
    await plain.close();
  });

  test("takes no typing, pasting, dropping, cutting or input method, and keeps no key to itself", async ({
    page,
    signIn,
  }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    const before = await text(page).textContent();
    await text(page).getByText("The council voted").click();
    for (const key of [
      "x",
      "Enter",
      "Backspace",
      "Delete",
      "Control+b",
      "Control+x",
      "Control+v",
      "Control+z",
      "Space",
    ])
      await page.keyboard.press(key);
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "漢字", selectionStart: 2, selectionEnd: 2 });
    await session.send("Input.insertText", { text: "漢字" });
    await text(page).evaluate((root) => {
      const data = new DataTransfer();
      data.setData("text/plain", "dropped");
      root.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      root.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      document.execCommand("insertText", false, "commanded");
    });
    await expect.poll(() => text(page).textContent()).toBe(before);
    await page.keyboard.press("Tab");
    await expect(text(page)).not.toBeFocused();
  });

  test("is selected in by keyboard alone, and the claim marked and opened by it", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await text(page).focus();
    await page.keyboard.press("Control+Home");
    for (let letters = 0; letters < "The council".length; letters += 1) await page.keyboard.press("Shift+ArrowRight");
    await expect(bar(page)).toBeVisible();
    await page.keyboard.press("h");
    expect(await marked(page)).toEqual(["The council"]);
    await expect(panel(page)).toContainText("The council");
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    await expect(text(page)).toBeFocused();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(panel(page)).toBeVisible();
    await saved(page);
    await page.reload();
    await expect.poll(() => marked(page)).toEqual(["The council"]);
  });

  test("is kept by the browser, as a revision never changes", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const answer = page.waitForResponse(/\/api\/v1\/revisions\//);
    await openWorkspace(page, await bringIn(page));
    expect((await answer).headers()["cache-control"]).toBe("private, max-age=31536000, immutable");
  });

  test("stays readable when its editor cannot be had, and says so", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    let isBroken = true;
    await page.route(/\/api\/v1\/revisions\//, (route) => (isBroken ? route.abort() : route.continue()));
    await page.goto(`/articles/${id}`);
    await expect(page.getByRole("alert").filter({ hasText: "no claims can be marked in it just now" })).toBeVisible();
    await expect(page.getByText(paragraphs[0] ?? "")).toBeVisible();
    isBroken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(text(page)).toBeVisible();
  });
});

test.describe("marking", () => {
  test("tidies the edges, grows to the sentence, and may overlap, nest, cross paragraphs or be one character", async ({
    page,
    signIn,
  }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await mark(page, " harbour plan. Nobody ");
    expect(await marked(page)).toEqual(["harbour plan. Nobody"]);

    await select(page, "Lind said");
    await page.keyboard.press("g");
    await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe("Mr. Lind said so twice.");
    await page.keyboard.press("h");
    await mark(page, "Lind");
    await mark(page, "said so twice.");
    await mark(page, "midnight.Officials put");
    await mark(page, "7");
    expect(await marked(page)).toEqual(
      [
        ...["7", "Lind", "Mr. Lind said so twice.", "harbour plan. Nobody", "midnight.Officials put", "said so twice."],
      ].sort(),
    );
    await saved(page);
    await page.reload();
    await expect.poll(async () => (await marked(page)).length).toBe(6);
    await expect(page.getByText("0 of 6 approved")).toBeVisible();
  });

  test("takes emoji whole and works in right-to-left text", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await mark(page, "👩‍🚒");
    await select(page, "تقدير");
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await expect.poll(() => marked(page)).toEqual(["هذا تقدير أول.", "👩‍🚒"].sort());
    await saved(page);
    const { claims } = await (await page.request.get(`/api/v1/articles/${id}/claims`)).json();
    expect(claims.map((claim: { statement: string }) => claim.statement)).toEqual(["👩‍🚒", "هذا تقدير أول."]);
  });

  test("of everything, and of nothing but blanks", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page, ["One.", "Two  three."]));
    await text(page).focus();
    await page.keyboard.press("Control+a");
    await expect(bar(page)).toBeVisible();
    await page.keyboard.press("h");
    await expect.poll(() => marked(page)).toEqual(["One.Two  three."]);
    await page.keyboard.press("h");
    await expect(page.getByText("Select the words of the claim first.").first()).toBeVisible();
    expect(await marked(page)).toHaveLength(1);
  });

  test("is undone by Ctrl Z, in the text and on the server", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await mark(page, "doubled");
    await saved(page);
    await page.keyboard.press("Control+z");
    await expect(marks(page)).toHaveCount(0);
    await expect
      .poll(async () => (await (await page.request.get(`/api/v1/articles/${id}/claims`)).json()).claims)
      .toEqual([]);
  });

  test("without a connection is kept, said, and sent when there is one", async ({ page, signIn, context }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await context.setOffline(true);
    await mark(page, "doubled");
    await expect(page.getByText(/^Offline/).first()).toBeVisible();
    await context.setOffline(false);
    await saved(page);
    const { claims } = await (await page.request.get(`/api/v1/articles/${id}/claims`)).json();
    expect(claims).toHaveLength(1);
  });

  test("that could not be sent is there again after a reload, and sent once it can be", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    let isDown = true;
    await page.route(/\/api\/v1\/articles\/[^/]+\/claims$/, (route) =>
      isDown && route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await mark(page, "doubled");
    await page.reload();
    await expect.poll(() => marked(page)).toEqual(["doubled"]);
    isDown = false;
    await expect
      .poll(async () => (await (await page.request.get(`/api/v1/articles/${id}/claims`)).json()).claims.length)
      .toBe(1);
    expect(await marked(page)).toEqual(["doubled"]);
  });
});

test.describe("claims beside the text", () => {
  test("stand level with it, open in place, and are walked by keys in both directions", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    for (const words of ["harbour plan", "214 million", "No homes"]) await mark(page, words);
    await page.keyboard.press("Escape");
    await text(page).focus();
    await page.keyboard.press("Control+Home");

    const card = page
      .getByRole("list", { name: "Claims beside the text" })
      .getByRole("button", { name: "214 million" });
    const [beside, words] = [await card.boundingBox(), await placeOf(page, "214 million")];
    expect(Math.abs((beside?.y ?? 1e9) - words.from.y)).toBeLessThan(160);

    for (const statement of ["harbour plan", "214 million", "No homes"]) {
      await page.keyboard.press("j");
      await expect(panel(page)).toContainText(statement);
    }
    await page.keyboard.press("k");
    await expect(panel(page)).toContainText("214 million");
    const { claims } = await send<{ claims: ClaimView[] }>(page, "GET", `/articles/${id}/claims`);
    await expect(page).toHaveURL(new RegExp(`claim=${claims[1]?.id}`));
    const active = text(page).locator(".claim-mark.is-active");
    await expect.poll(async () => (await active.allTextContents()).join("")).toBe("214 million");

    const link = page.url();
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/claim=/);
    await page.goto(link);
    await expect(panel(page)).toContainText("214 million");
  });

  test("of a pile are each reached by a click", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await mark(page, "Officials put the cost at 214 million");
    await mark(page, "the cost");
    await page.keyboard.press("Escape");
    const { middle } = await placeOf(page, "the cost");
    await page.mouse.click(middle.x, middle.y);
    const menu = page.getByRole("menu", { name: "2 claims stand here" });
    await expect(menu.getByRole("menuitem")).toHaveCount(2);
    await menu.getByRole("menuitem", { name: /Officials put/ }).click();
    await expect(panel(page)).toContainText("Officials put the cost");
  });

  test("are filtered in the address, listed with their number, and found by words", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    for (const words of ["harbour plan", "214 million", "No homes"]) await mark(page, words);
    await page.keyboard.press("a");
    await saved(page);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitemradio", { name: "In check (1)" }).click();
    await expect(page).toHaveURL(/state=in_check/);
    await expect(page.getByText("1 of 3 claims shown")).toBeVisible();
    await expect.poll(() => marked(page)).toEqual(["No homes"]);

    await openWorkspace(page, id, "?state=open");
    await expect.poll(() => marked(page)).toEqual(["214 million", "harbour plan"]);
    await page.getByRole("button", { name: /^All \d/ }).click();
    await page.keyboard.press("l");
    const list = page.getByRole("list", { name: "3 claims in the order of the text" });
    await expect(list.getByRole("listitem")).toHaveCount(3);
    await list.getByRole("button").first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(list.getByRole("button", { name: /214 million/ })).toBeFocused();
    await page.keyboard.press("/");
    await page.keyboard.type("homes");
    await expect(page.getByRole("list", { name: "1 claim in the order of the text" })).toContainText("No homes");
    await page.keyboard.press("Escape");
    await expect(list.getByRole("listitem")).toHaveCount(3);
  });

  test("are reached from the command palette, and its keys from the help", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await mark(page, "doubled in ten years");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("ten years");
    await page.keyboard.press("Enter");
    await expect(panel(page)).toContainText("doubled in ten years");

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keys and settings" });
    await help.getByRole("checkbox", { name: /Single-letter keys/ }).uncheck();
    await page.keyboard.press("Escape");
    await expect(help).toHaveCount(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await expect(panel(page)).toHaveCount(0);
  });

  test("are told to screen readers at start and end, unless that is switched off", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await mark(page, "doubled");
    await page.keyboard.press("1");
    const said = () =>
      text(page).evaluate((root) =>
        [
          [".claim-start", "::before"],
          [".claim-end", "::after"],
        ].map(([part = "", place]) => {
          const element = root.querySelector(part);
          return element && getComputedStyle(element, place).content;
        }),
      );
    const words = ["claim, Verified, Open:", "end of claim"].map((part) => expect.stringContaining(part));
    await expect.poll(said).toEqual(words);
    await expect(text(page).locator(".claim-end").first()).toHaveAttribute("data-symbol", "✓");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("checkbox", { name: /Say where claims begin/ }).uncheck();
    await page.keyboard.press("Escape");
    await expect.poll(said).toEqual(["none", "none"]);
  });
});

test.describe("keys", () => {
  test("typed as a word are never commands, though the field is lost under the hands", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    for (const words of ["harbour plan", "214 million"]) await mark(page, words);
    await statement(page).click();
    await page.keyboard.type("One ");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.type("jack l1");
    await expect(statement(page)).toHaveValue(/One/);
    await expect(page.getByRole("list", { name: "Claims beside the text" })).toBeVisible();
    await expect(panel(page).getByRole("radio", { name: /Verified/ })).not.toBeChecked();
    await text(page).focus();
    await page.keyboard.press("k");
    await expect(statement(page)).toHaveValue("harbour plan");
  });

  test("leave the search field its focus while a claim is still being read", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await markBeside(page, id, "The council", 0);
    await page.route(/\/api\/v1\/claims\/[^/]+$/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    await openWorkspace(page, id);
    await expect.poll(() => marked(page)).toEqual(["The council"]);
    await page.keyboard.press("j");
    await page.keyboard.press("/");
    await page.keyboard.type("coun");
    await expect(statement(page)).toBeVisible();
    await page.keyboard.type("cil");
    await expect(page.getByRole("searchbox", { name: "Search claims and sources" })).toHaveValue("council");
  });

  test("act on keyboards without Latin letters, and with Caps Lock", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await mark(page, "doubled");
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    const press = (given: { key: string; code: string; ctrlKey?: boolean }) =>
      text(page).evaluate(
        (root, init) => root.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init })),
        given,
      );
    await press({ key: "о", code: "KeyJ" });
    await expect(panel(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await press({ key: "J", code: "KeyJ" });
    await expect(panel(page)).toBeVisible();
    await press({ key: "л", code: "KeyK", ctrlKey: true });
    await expect(page.getByRole("combobox", { name: "Commands" })).toBeVisible();
  });

  test("close what they are in: the panel, whatever was selected before, back to the text", async ({
    page,
    signIn,
  }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await mark(page, "doubled");
    await page.keyboard.press("Escape");
    await select(page, "Officials");
    await page
      .getByRole("list", { name: "Claims beside the text" })
      .getByRole("button", { name: /doubled/ })
      .click();
    await expect(panel(page)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    await expect(text(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(panel(page)).toBeFocused();
  });
});

test("links of the article open beside it, by a click with Ctrl and at the caret", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  const id = newId();
  const href = new URL("/api/health", page.url()).href;
  const link = { type: "text", text: "the plan", marks: [{ type: "link", attrs: { href } }] };
  await send(page, "POST", "/articles", {
    ...{ id, headline: `Linked ${id.slice(-6)}`, byline: null, outlet: null, publishedOn: null, canonicalUrl: null },
    ...{ language: "en", origin: "paste", originName: null, allowDuplicate: true },
    document: {
      type: "doc",
      content: [{ type: "paragraph", content: [link, { type: "text", text: " was approved on Tuesday." }] }],
    },
  });
  await openWorkspace(page, id);
  for (const follow of [
    () =>
      text(page)
        .getByText("the plan")
        .click({ modifiers: ["Control"] }),
    async () => {
      await text(page).focus();
      await page.keyboard.press("Control+Home");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Control+Enter");
    },
  ]) {
    const opened = page.context().waitForEvent("page");
    await follow();
    await expect(await opened).toHaveURL(href);
    expect(await (await opened).evaluate(() => window.opener)).toBeNull();
    await (await opened).close();
  }
  await expect(bar(page)).toHaveCount(0);
});

test("words that are too many for a claim are refused before they are marked", async ({ page, signIn }) => {
  await signIn("firstReviewer");
  await openWorkspace(page, await bringIn(page, Array(30).fill("The council voted on it. ".repeat(40).trim())));
  await text(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("h");
  await expect(page.getByText(/a claim may have 20,000/).first()).toBeVisible();
  await expect(marks(page)).toHaveCount(0);
});

test.describe("the trash", () => {
  test("of an article's claims is shown where they are filtered, and gives them back", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await mark(page, "214 million");
    await saved(page);
    const link = page.url();
    await panel(page).getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Move to trash" }).click();
    await expect(marks(page)).toHaveCount(0);
    const trash = page.getByRole("button", { name: "Trash 1" });
    await expect(trash).toBeVisible();
    await page.reload();
    await trash.click();
    await expect(page.getByRole("dialog", { name: "Claims in the trash" })).toContainText("214 million");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Restore “214 million”" }).click();
    await expect(page.getByText("The trash is empty.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect.poll(() => marked(page)).toEqual(["214 million"]);
    await expect(page.getByRole("button", { name: /^Trash/ })).toHaveCount(0);

    const claimId = new URL(link).searchParams.get("claim");
    await send(page, "DELETE", `/claims/${claimId}`);
    await page.goto(link);
    await expect(panel(page)).toContainText("This claim is in the trash.");
    await page.keyboard.press("Escape");
    await expect(text(page)).toBeFocused();
    await page.goto(link);
    await panel(page).getByRole("button", { name: "Restore" }).click();
    await expect.poll(() => marked(page)).toEqual(["214 million"]);
  });
});

test.describe("two people", () => {
  test("after much has changed, the list and the open panel are both as new as it", async ({
    page,
    signIn,
    browser,
  }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page, [wordByWord, ...paragraphs]);
    await openWorkspace(page, id);
    await mark(page, "214 million");
    await saved(page);
    const claimId = new URL(page.url()).searchParams.get("claim") ?? "";
    const editor = await colleagueOf(browser, signIn);
    await page.context().setOffline(true);
    const { version } = await send<ClaimView>(editor, "GET", `/claims/${claimId}`);
    await send(editor, "PATCH", `/claims/${claimId}`, { statement: "Changed meanwhile" }, version);
    await markWords(editor, id, 30);
    await page.context().setOffline(false);
    await expect(page.getByText("0 of 31 approved")).toBeVisible({ timeout: 40_000 });
    await panel(page).getByRole("button", { name: "Jonas Weiler changed this claim" }).click();
    await expect(statement(page)).toHaveValue("Changed meanwhile");
    await editor.context().close();
  });

  test("a list that is read further down stays there when others mark, and a verdict of a new rating has its name", async ({
    page,
    signIn,
    browser,
  }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page, [wordByWord]);
    await markWords(page, id, 30);
    await openWorkspace(page, id);
    await page.keyboard.press("l");
    const list = page.locator("[data-claim-list]");
    await list.getByRole("button").first().click();
    await expect(statement(page)).toBeVisible();
    await list.evaluate((element) => element.scrollTo(0, 900));
    const admin = await colleagueOf(browser, signIn, "admin");
    const label = `Stretched ${newId().slice(-4)}`;
    const rating = {
      id: newId(),
      label,
      definition: "",
      symbol: "~",
      color: "context",
      position: 900,
      claimReviewValue: null,
    };
    const { version } = await send<{ version: number }>(admin, "POST", "/ratings", rating);
    const claim = await markBeside(admin, id, "w39", 39 * 4);
    await send(admin, "PATCH", `/claims/${claim.id}`, { ratingId: rating.id }, claim.version);
    await expect.poll(async () => (await marked(page)).includes("w39")).toBe(true);
    expect(await list.evaluate((element) => element.scrollTop)).toBeGreaterThan(500);
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(list.getByText(label).first()).toBeVisible();
    await send(admin, "PATCH", `/ratings/${rating.id}`, { retired: true }, version);
    await admin.context().close();
  });

  test("see each other and each other's claims, also after a dropped connection", async ({
    page,
    signIn,
    browser,
    faults,
  }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    const other = await browser.newContext();
    const colleague = await other.newPage();
    watch(colleague, faults);
    await signIn("editor", colleague);
    await openWorkspace(colleague, id);
    await expect(
      page.getByRole("list", { name: "Also here" }).getByRole("button", { name: /Jonas Weiler/ }),
    ).toBeVisible();

    await mark(colleague, "214 million");
    await expect.poll(() => marked(page)).toEqual(["214 million"]);

    await page.context().setOffline(true);
    await mark(colleague, "No homes");
    await saved(colleague);
    await page.context().setOffline(false);
    await expect.poll(() => marked(page), { timeout: 40_000 }).toEqual(["214 million", "No homes"]);

    await mark(page, "harbour plan");
    await expect.poll(() => marked(colleague)).toHaveLength(3);
    await page.keyboard.press("Control+z");
    await expect.poll(() => marked(colleague)).toEqual(["214 million", "No homes"]);
    await other.close();
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the bar says who else is here and what is not saved; the sheet answers to a press, and nothing lies over its foot", async ({
    page,
    signIn,
    browser,
  }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    const editor = await colleagueOf(browser, signIn);
    await openWorkspace(editor, id);
    await expect(page.getByRole("list", { name: "Also here" }).getByRole("button")).toHaveAccessibleName(/Jonas/);
    await editor.context().close();

    const selectWords = (paragraph: number) =>
      text(page).evaluate((root, index) => {
        const node = root.querySelectorAll("p")[index]?.firstChild;
        if (node) getSelection()?.setBaseAndExtent(node, 4, node, 11);
      }, paragraph);
    await selectWords(0);
    await bar(page).getByRole("button", { name: "Mark claim" }).tap();
    const sheet = page.getByRole("complementary", { name: "The open claim" });
    const handle = sheet.getByRole("button", { name: "Show more of the claim" });
    // As assistive technology presses: no pointer comes before it.
    await handle.evaluate((element: HTMLElement) => element.click());
    await sheet.getByRole("button", { name: "Show more of the text" }).tap();
    await expect(handle).toBeVisible();

    await selectWords(1);
    await expect(bar(page)).toBeVisible();
    await statement(page).focus();
    await expect(bar(page)).toHaveCount(0);

    await page.context().setOffline(true);
    await page.keyboard.type("More. ");
    await sheet.getByRole("button", { name: "Close the claim" }).tap();
    await expect(page.locator("[data-frame]").getByText(/^Offline/)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.context().setOffline(false);
    await expect(page.locator("[data-frame]").getByText(/^Offline/)).toBeHidden();
  });

  test("words are marked from a bar below, and the claim opens in a sheet", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    // What a long press and its handles leave behind.
    await text(page).evaluate((root) => {
      const node = root.querySelector("p")?.firstChild;
      if (node) getSelection()?.setBaseAndExtent(node, 4, node, 11);
    });
    await bar(page).getByRole("button", { name: "Mark claim" }).tap();
    await expect.poll(() => marked(page)).toEqual(["council"]);
    const sheet = page.getByRole("complementary", { name: "The open claim" });
    await expect(sheet).toContainText("council");
    const box = await sheet.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(844, 0);
    expect(box?.y).toBeGreaterThan(250);
    await sheet.getByRole("button", { name: "Close the claim" }).tap();
    await expect(sheet).toHaveCount(0);
    await page.getByRole("button", { name: "1 claim" }).tap();
    await page
      .getByRole("dialog", { name: "Claims" })
      .getByRole("button", { name: /council/ })
      .tap();
    await expect(sheet).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });

  test("is accessible", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await expectAccessible(page);
  });
});

test.describe("the workspace", () => {
  test("is accessible: empty, with an open claim, as a list, with what opens above it", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await expect(page.getByText("No claims yet")).toBeVisible();
    await expectAccessible(page);
    await mark(page, "Officials put the cost at 214 million");
    await mark(page, "the cost");
    await saved(page);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("l");
    await expectAccessible(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Commands" })).toBeVisible();
    await expectAccessible(page);
  });

  test("of an article in the trash can be read, not worked on, and be brought back", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Move to the trash" }).click();
    await expect(page.getByText("This article is in the trash.")).toBeVisible();
    await text(page).focus();
    await page.keyboard.press("Control+a");
    await expect(bar(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Restore" }).click();
    await expect(page.getByText("This article is in the trash.")).toHaveCount(0);
  });

  test("keeps what is typed in its dialogs, and opens no palette over them", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    const form = page.getByRole("dialog", { name: "Details of the article" });
    const open = async () => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem", { name: "Details and due date" }).click();
    };
    await open();
    await form.getByLabel("Byline").fill("R. Lindqvist");
    await page.keyboard.press("Control+k");
    await expect(form.getByLabel("Byline")).toHaveValue("R. Lindqvist");
    await expect(page.getByRole("combobox", { name: "Commands" })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(form).toHaveCount(0);
    await open();
    await expect(form.getByLabel("Byline")).toHaveValue("R. Lindqvist");
    await form.getByRole("button", { name: "Cancel" }).click();
    await open();
    await expect(form.getByLabel("Byline")).toHaveValue("");
  });

  test("can be worked from the palette alone: the claim, its people, the filters, every screen", async ({
    page,
    signIn,
  }) => {
    await signIn("editor");
    await openWorkspace(page, await bringIn(page));
    await mark(page, "doubled");
    await saved(page);
    const run = async (words: string) => {
      await page.keyboard.press("Escape");
      await text(page).focus();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Commands" }).fill(words);
    };
    const tick = page.locator("[data-open-claim]");
    await expect(tick).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("Set aside");
    await page.keyboard.press("Enter");
    const form = panel(page).getByRole("form", { name: "Set aside" });
    await expect(form.getByRole("combobox", { name: "Why is it left out?" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(form).toHaveCount(0);

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("Assign the claim to Leila");
    await page.keyboard.press("Enter");
    await expect(panel(page).getByRole("button", { name: /Leila/ })).toBeVisible();

    await run("Show: In check");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/state=in_check/);
    await expect(tick).toBeHidden();
    await page.getByRole("searchbox").fill("no such words");
    await expect(page.getByText("No claim matches the filter")).toBeVisible();
    await page.getByRole("button", { name: "Show all claims" }).click();
    await expect(page).not.toHaveURL(/state=|q=/);
    await expect(page.getByRole("searchbox")).toHaveValue("");

    await run("Review queue");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/articles\?state=in_review/);
  });

  test("tells whoever only reads that the session has ended, with the way to sign in", async ({ page, signIn }) => {
    test.slow();
    await signIn("firstReviewer");
    const id = await bringIn(page);
    await openWorkspace(page, id);
    await page.context().clearCookies();
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await expect(page.locator("[data-frame]").getByText("Signed out")).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole("link", { name: "Sign in again" })).toHaveAttribute("href", /sign-in\?next=/);

    await signIn("firstReviewer");
    await page.route(/\/claims$/, (route) =>
      route.fulfill({ status: 401, json: { code: "unauthenticated", title: "Sign in to go on." } }),
    );
    await page.goto(`/articles/${id}`);
    await expect(page.getByRole("alert").getByRole("link", { name: "Sign in again" })).toBeVisible();
  });

  test("corrects what stands above the text", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    await openWorkspace(page, await bringIn(page));
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Details and due date" }).click();
    const form = page.getByRole("dialog", { name: "Details of the article" });
    await form.getByLabel("Headline").fill("Harbour plan, corrected");
    await form.getByLabel("Address of the article").fill("javascript:alert(1)");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("Only http and https addresses are allowed")).toBeVisible();
    await form.getByLabel("Address of the article").fill("https://news.example/harbour");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Harbour plan, corrected");
    await expect(page.getByRole("link", { name: /news\.example/ })).toHaveAttribute(
      "href",
      "https://news.example/harbour",
    );
  });

  test("of an article that is not there says so", async ({ page, signIn }) => {
    await signIn("firstReviewer");
    for (const address of [`/articles/${newId()}`, "/articles/nonsense"]) {
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(404);
      await expect(page.getByText("This article is not here")).toBeVisible();
    }
  });
});
