/** An article in: by paste, by file and by address; wrong ones refused in words; nothing lost on the way. */
import { createServer, request, type Server } from "node:http";
import type { Page } from "@playwright/test";
import { limits } from "../lib/domain/limits";
import { sampleDocx, wordParagraph } from "../lib/import/sample-docx";
import { expect, expectAccessible, test } from "./support/desk";

let made = 0;
/** A text that no other test brings in. */
const story = () =>
  `The river rose by ${process.pid}.${++made} metres in the night, and the bridge was closed in the morning. Nobody was hurt, the mayor said.`;

const heading = (page: Page) => page.getByRole("heading", { name: "Check what was found" });
const article = (page: Page) => page.getByRole("textbox", { name: "Text of the article" });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
/** Next.js keeps an alert of its own on every page. */
const alert = (page: Page) => page.locator("main").getByRole("alert");
const saveButton = (page: Page) => page.getByRole("button", { name: "Save and open" });

async function paste(page: Page, text: string): Promise<void> {
  await field(page, "The article").fill(text);
  await page.getByRole("button", { name: "Read the text" }).click();
  await expect(heading(page)).toBeVisible();
}

async function save(page: Page): Promise<string> {
  await saveButton(page).click();
  await expect(page).toHaveURL(/\/articles\/[0-9a-f-]{36}/);
  return page.url();
}

test.beforeEach(async ({ page, signIn }) => {
  await signIn("firstReviewer");
  await page.goto("/articles/new");
  await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
});

test("a wire text is pasted, corrected and kept, and is noticed when it comes again", async ({ page }) => {
  const text = story();
  const wire = ` date 2025-11-28 ${text}\n\nA second paragraph ends it.\n\nThe New York Times`;
  await paste(page, wire);
  await expect(heading(page)).toBeFocused();
  await expect(field(page, "Outlet")).toHaveValue("The New York Times");
  await expect(field(page, "Published on")).toHaveValue("2025-11-28");
  await expect(article(page).getByRole("paragraph")).toHaveText([text, "A second paragraph ends it."]);

  await saveButton(page).click();
  await expect(page.getByText("An article needs a headline.")).toBeVisible();
  await expect(field(page, "Headline")).toBeFocused();
  await field(page, "Headline").fill("River rises");
  await article(page).getByRole("paragraph").last().click();
  await page.keyboard.press("End");
  await page.keyboard.type(" So it was.");
  const address = await save(page);
  await expect(page.getByText("A second paragraph ends it. So it was.").first()).toBeVisible();

  await page.goto("/articles/new");
  await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
  await expect(field(page, "The article")).toHaveValue("");
  await paste(page, `River rises\n\n${text}\n\nA second paragraph ends it. So it was.`);
  await expect(page.getByRole("heading", { name: "This article is already here" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open it: River rises" })).toHaveAttribute(
    "href",
    new URL(address).pathname,
  );
  await saveButton(page).click();
  await expect(alert(page)).toContainText("This article is already here.");
  await page.getByRole("checkbox", { name: "Bring in a second one all the same" }).check();
  expect(await save(page)).not.toBe(address);
});

test("a rich paste keeps its structure and nothing that could run", async ({ page }) => {
  const text = story();
  const html = `<h1 onclick="window.hurt=1">River rises</h1><p>By Ada Moreno</p><p>${text} <a href="javascript:window.hurt=1">here</a> <a href="https://valley.example/">there</a><img src="x" onerror="window.hurt=1"><script>window.hurt=1</script></p><ul><li>One<li>Two</ul>`;
  await field(page, "The article").focus();
  await page.evaluate((html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "plain side");
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, html);
  await expect(page.getByText("Headings, lists and links of what you pasted come along.")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(heading(page)).toBeVisible();
  await expect(field(page, "Headline")).toHaveValue("River rises");
  await expect(field(page, "Byline")).toHaveValue("Ada Moreno");
  await expect(article(page).getByRole("listitem")).toHaveText(["One", "Two"]);
  await expect(article(page).getByRole("link")).toHaveText(["there"]);
  expect(await article(page).locator("img, script, [onclick]").count()).toBe(0);
  expect(await page.evaluate(() => "hurt" in window)).toBe(false);
});

test.describe("a file", () => {
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });

  test("of each kind comes in", async ({ page }) => {
    const files = {
      "river.txt": Buffer.from(`River rises\n\n${story()}`),
      "river.md": Buffer.from(`# River rises\n\n${story()}`),
      "river.html": Buffer.from(`<h1>River rises</h1><p>${story()}</p>`),
      "river.docx": await sampleDocx(wordParagraph("River rises", "Heading1") + wordParagraph(story())),
      "utf-16.txt": Buffer.from(`\ufeffRiver rises\n\n${story()}`, "utf16le"),
    };
    for (const [name, bytes] of Object.entries(files)) {
      await choose(page, name, bytes);
      await expect(heading(page)).toBeVisible();
      await expect(page.getByText(`From ${name}`)).toBeVisible();
      await expect(field(page, "Headline")).toHaveValue("River rises");
      await page.getByRole("button", { name: "Start over" }).click();
    }
  });

  test("can be dropped anywhere on the page", async ({ page }) => {
    const dropped = await page.evaluateHandle((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "river.txt"));
      return dataTransfer;
    }, `River rises\n\n${story()}`);
    await page.dispatchEvent("h1", "dragover", { dataTransfer: dropped });
    await expect(page.getByText("Drop the file to read it")).toBeVisible();
    await page.dispatchEvent("h1", "drop", { dataTransfer: dropped });
    await expect(heading(page)).toBeVisible();
    await expect(field(page, "Headline")).toHaveValue("River rises");
  });

  test("that is wrong is refused in words, and what was typed stays", async ({ page }) => {
    await field(page, "The article").fill("Typed before.");
    const wrong: [string, Buffer, string][] = [
      ["empty.txt", Buffer.alloc(0), "empty.txt is empty."],
      ["photo.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "This is a picture."],
      [
        "cut.docx",
        (await sampleDocx(wordParagraph("A."))).subarray(0, 400),
        "This Word document is damaged or cut off.",
      ],
      ["deep.html", Buffer.from("<div>".repeat(10_000)), "nested more than 256 deep"],
      ["large.txt", Buffer.alloc(limits.uploadBytes + 1, "a"), "large.txt has 26 MB; a file may have 25 MB."],
    ];
    for (const [name, bytes, words] of wrong) {
      await choose(page, name, bytes);
      await expect(alert(page)).toContainText(words);
      await expect(field(page, "The article")).toHaveValue("Typed before.");
    }
  });

  test("of 100 MB is refused before it is sent", async ({ page, baseURL }) => {
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const { status, sent } = await new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
      const upload = request(`${baseURL}/api/v1/intake/file?name=large.txt`, {
        method: "POST",
        headers: { cookie: cookies, "content-type": "application/octet-stream", "content-length": 100 * 1024 * 1024 },
      });
      let sent = 0;
      const timer = setInterval(() => {
        sent += 64 * 1024;
        upload.write(Buffer.alloc(64 * 1024));
      }, 50);
      upload.on("response", (response) => {
        clearInterval(timer);
        resolve({ status: response.statusCode, sent });
        upload.destroy();
      });
      upload.on("error", (error) => {
        clearInterval(timer);
        reject(error);
      });
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });
});

test.describe("an address", () => {
  // The site that pages are fetched from stands once.
  test.describe.configure({ mode: "default" });
  let site: Server;
  const origin = () => `http://${process.env.CLAIMDESK_E2E_SITE}`;

  test.beforeAll(async () => {
    const { port } = new URL(origin());
    site = createServer((asked, response) => {
      if (asked.url === "/inside") return response.writeHead(302, { location: "http://169.254.169.254/" }).end();
      if (asked.url !== "/river") return response.writeHead(404).end();
      const paragraphs = Array.from(
        { length: 6 },
        (_, i) => `<p>Paragraph ${i} tells, in a sentence with a comma, what happened in the valley that day.</p>`,
      );
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(
        `<!doctype html><html lang="en"><head><title>River rises</title><meta property="og:site_name" content="Valley Post"><meta name="author" content="Ada Moreno"><meta property="article:published_time" content="2025-11-28T10:00Z"></head><body><nav>Home News Sport</nav><main><article><h1>River rises</h1>${paragraphs.join("")}</article></main><footer>Imprint</footer></body></html>`,
      );
    });
    await new Promise<void>((resolve) => site.listen(Number(port), "127.0.0.1", resolve));
  });
  test.afterAll(() => site.close());

  async function fetchPage(page: Page, address: string): Promise<void> {
    await field(page, "A web address").fill(address);
    await page.getByRole("button", { name: "Fetch the page" }).click();
  }

  test("is fetched, read and shown with what it says of itself", async ({ page }) => {
    await fetchPage(page, `${origin()}/river`);
    await expect(heading(page)).toBeVisible();
    for (const [name, value] of Object.entries({
      Headline: "River rises",
      Byline: "Ada Moreno",
      Outlet: "Valley Post",
      "Published on": "2025-11-28",
      "Address of the article": `${origin()}/river`,
    })) {
      await expect(field(page, name)).toHaveValue(value);
    }
    await expect(article(page).getByRole("paragraph")).toHaveCount(6);
    await expect(article(page)).not.toContainText("Imprint");
  });

  test("that may not be fetched is refused in words, and stays to be corrected", async ({ page }) => {
    await fetchPage(page, "valley.example/river");
    await expect(page.getByText("That is not a web address.")).toBeVisible();
    for (const [address, words] of [
      ["http://127.0.0.1/", "belongs to a private network"],
      ["http://[::1]/", "belongs to a private network"],
      ["http://2130706433/", "belongs to a private network"],
      ["https://valley.example:5432/", "Port 5432 is not one"],
      [`${origin()}/inside`, "belongs to a private network"],
      [`${origin()}/nothing`, "There is no page under this address"],
    ] as const) {
      await fetchPage(page, address);
      await expect(alert(page)).toContainText(words);
      await expect(field(page, "A web address")).toHaveValue(address);
    }
  });
});

test.describe("nothing is lost", () => {
  test("by a reload, at either step", async ({ page }) => {
    const text = story();
    await field(page, "The article").fill(text);
    await page.waitForTimeout(800);
    await page.reload();
    await expect(field(page, "The article")).toHaveValue(text);
    await paste(page, text);
    await field(page, "Headline").fill("Typed and not saved");
    await article(page).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" And corrected.");
    await page.waitForTimeout(800);
    await page.reload();
    await expect(heading(page)).toBeVisible();
    await expect(field(page, "Headline")).toHaveValue("Typed and not saved");
    await expect(article(page)).toContainText("And corrected.");
  });

  test("by going back, or by starting over", async ({ page }) => {
    const text = story();
    await paste(page, text);
    await field(page, "Headline").fill("Typed in the check");
    await page.getByRole("button", { name: "Back to what you gave" }).click();
    await expect(field(page, "The article")).toHaveValue(text);
    await page.getByRole("button", { name: "Return to what was found" }).click();
    await expect(field(page, "Headline")).toHaveValue("Typed in the check");
    await page.getByRole("button", { name: "Start over" }).click();
    await expect(field(page, "The article")).toHaveValue("");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(field(page, "Headline")).toHaveValue("Typed in the check");
  });

  test("by a connection that breaks while it is being saved, and it is kept once", async ({ page }) => {
    await paste(page, `River rises\n\n${story()}`);
    let calls = 0;
    await page.route("**/api/v1/articles", async (route) => {
      // The first answer gets lost after the server has kept the article.
      if (calls++ === 0) await route.fetch();
      await (calls === 1 ? route.abort() : route.continue());
    });
    await saveButton(page).click();
    await expect(alert(page)).toContainText("Everything you entered is still here.");
    await save(page);
  });

  test("by an answer that was lost, when the article has been changed since", async ({ page }) => {
    await paste(page, `River rises\n\n${story()}`);
    let isFirst = true;
    let saved = "";
    await page.route("**/api/v1/articles", async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      saved = route.request().postDataJSON().id;
      await route.fulfill({
        status: 412,
        json: { code: "conflict", title: "It was saved already, with another text." },
      });
    });
    await field(page, "Headline").fill("Corrected since");
    await saveButton(page).click();
    await expect(alert(page)).toContainText("It was saved already, with another text.");
    await expect(alert(page).getByRole("link", { name: "Open what was saved" })).toHaveAttribute(
      "href",
      `/articles/${saved}`,
    );
    await expect(field(page, "Headline")).toHaveValue("Corrected since");
    await alert(page).getByRole("button", { name: "Save this as a new article" }).click();
    await expect(page).toHaveURL(/\/articles\/[0-9a-f-]{36}/);
    expect(page.url()).not.toContain(saved);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Corrected since");
  });

  test("to another tab: each has an article of its own", async ({ page, context }) => {
    const [one, two] = [`River rises\n\n${story()}`, `Bridge closed\n\n${story()}`];
    await field(page, "The article").fill(one);
    await page.waitForTimeout(800);
    const other = await context.newPage();
    await other.goto("/articles/new");
    await expect(other.getByRole("button", { name: "Choose a file" })).toBeEnabled();
    await expect(field(other, "The article")).toHaveValue("");
    await paste(other, two);
    await save(other);
    await page.reload();
    await expect(field(page, "The article")).toHaveValue(one);
    // Left behind by a tab that is gone, it is offered by the next.
    await page.close();
    await other.goto("/articles/new");
    await expect(field(other, "The article")).toHaveValue(one);
  });

  test("by a session that ends", async ({ page, context, signIn }) => {
    const text = story();
    await paste(page, text);
    await field(page, "Headline").fill("Typed before the session ended");
    const cookies = await context.cookies();
    await context.clearCookies();
    await saveButton(page).click();
    await expect(alert(page)).toContainText("Sign in again");
    expect(cookies.length).toBeGreaterThan(0);
    await signIn("firstReviewer");
    await page.goto("/articles/new");
    await expect(field(page, "Headline")).toHaveValue("Typed before the session ended");
    await save(page);
  });

  test("without a word by signing out, and then wholly", async ({ page, signIn }) => {
    await field(page, "The article").fill("Typed and not saved.");
    await page.waitForTimeout(800);
    const signOut = async () => {
      await page.getByRole("button", { name: /, account$/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
    };
    await signOut();
    await expect(page.getByRole("dialog")).toContainText("One text that you typed is kept in this browser");
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await expect(field(page, "The article")).toHaveValue("Typed and not saved.");
    await signOut();
    await page.getByRole("button", { name: "Sign out all the same" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await signIn("firstReviewer");
    await page.goto("/articles/new");
    await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
    await expect(field(page, "The article")).toHaveValue("");
  });

  test("to somebody else on the same computer", async ({ page, context, signIn }) => {
    await field(page, "The article").fill("Mine alone.");
    await page.waitForTimeout(800);
    await context.clearCookies();
    await signIn("secondReviewer");
    await page.goto("/articles/new");
    await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
    await expect(field(page, "The article")).toHaveValue("");
  });
});

test("the limit of an article is told where it bites", async ({ page }) => {
  await field(page, "The article").fill("a".repeat(limits.articleCharacters + 1));
  await expect(page.getByText("This text has 1,000,001 characters; an article may have 1,000,000.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Read the text" })).toBeDisabled();
});

test("both steps can be read by everybody, on a phone too", async ({ page }) => {
  await expectAccessible(page);
  await paste(page, `River rises\n\n${story()}`);
  await expect(article(page)).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const step of ["check", "give"]) {
    expect(await page.evaluate(() => document.documentElement.scrollWidth), step).toBeLessThanOrEqual(390);
    if (step === "check") await page.getByRole("button", { name: "Back to what you gave" }).click();
  }
});
