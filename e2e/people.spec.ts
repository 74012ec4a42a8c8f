import { demoPassword, demoPeople } from "../prisma/demo/people";
import { expect, expectAccessible, test } from "./support/desk";
import { addMember, makeInvitation, newPage, openInvite, pick, signInWith } from "./support/people";

const reviewer = demoPeople.firstReviewer;

test("sign-in works without scripts; a wrong password keeps the address and says so", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto("/account");
  await expect(page).toHaveURL("/sign-in?next=%2Faccount");
  await page.getByLabel("E-mail address").fill(reviewer.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/do not belong together/)).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(reviewer.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/account");
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
});

test("a demo offers its people, and sign-out ends the session for good", async ({ page, context }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: `Sign in as ${demoPeople.secondReviewer.name}` }).click();
  await expect(page).toHaveURL("/articles");
  const cookies = await context.cookies();
  await pick(page, `${demoPeople.secondReviewer.name}, account`, "Sign out");
  await expect(page).toHaveURL("/sign-in");
  await context.addCookies(cookies);
  await page.goto("/articles");
  await expect(page).toHaveURL(/^[^?]*\/sign-in\?/);
});

test("after sign-in nobody is led to another site", async ({ page, baseURL }) => {
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    await page.context().clearCookies();
    await signInWith(page, reviewer.email, demoPassword, next);
    await expect(page).toHaveURL(`${baseURL}/articles`);
  }
});

test("signed out, every screen leads to sign-in and every call is refused", async ({ page, request }) => {
  for (const path of ["/articles", "/people", "/settings", "/account", "/activity", "/sources"]) {
    await page.goto(path);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  for (const path of ["people", "invitations", "newsroom", "ratings", "articles"]) {
    expect((await request.get(`/api/v1/${path}`)).status(), path).toBe(401);
  }
  expect((await request.get("/set-up")).status()).toBe(404);
});

test("an invitation makes one account, with the role it was made for", async ({ page, signIn, browser, baseURL }) => {
  await signIn("admin");
  const link = await makeInvitation(page, "editor");
  const guest = await newPage(browser, baseURL);
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: /^Join / })).toBeVisible();
  await guest.getByLabel("Your name").fill("Ada Lind");
  const email = `ada-${Date.now()}@desk.example`;
  await guest.getByLabel("E-mail address").fill(email);
  await guest.getByLabel("Password", { exact: true }).fill("adalind2026!");
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest.getByText(/little more than your name/)).toBeVisible();
  await expect(guest.getByLabel("E-mail address")).toHaveValue(email);
  await guest.getByLabel("Password", { exact: true }).fill("nine patient herons");
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest).toHaveURL("/articles");
  await guest.goto("/account");
  await expect(guest.getByText(`${email} · Editor`)).toBeVisible();
  const again = await guest.goto(link);
  expect(again?.status()).toBe(404);
  await expect(guest.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("what an admin changes holds at the person's next request", async ({ page, signIn, browser }) => {
  await signIn("admin");
  const member = await addMember(page, browser, "reviewer");
  await member.page.goto("/people");
  await expect(member.page.getByRole("heading", { name: "This is for admins" })).toBeVisible();

  await page.goto("/people");
  await page.getByLabel(`Role of ${member.name}`).selectOption("admin");
  await expect(page.getByText(`${member.name} is now an admin.`)).toBeVisible();
  await member.page.reload();
  await expect(member.page.getByRole("heading", { name: "People", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel(`Role of ${member.name}`)).toHaveValue("reviewer");
  await member.page.reload();
  await expect(member.page.getByRole("heading", { name: "This is for admins" })).toBeVisible();

  await pick(page, `Actions for ${member.name}`, "Disable…");
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByText(`${member.name} is disabled and signed out.`)).toBeVisible();
  expect((await member.page.request.get("/api/v1/articles")).status()).toBe(401);
  await member.page.goto("/articles");
  await expect(member.page.getByText(/Your session has ended/)).toBeVisible();
  await signInWith(member.page, member.email, member.password);
  await expect(member.page.getByText(/do not belong together/)).toBeVisible();
});

test("a forgotten password is replaced by a link from an admin", async ({ page, signIn, browser, baseURL }) => {
  await signIn("admin");
  const member = await addMember(page, browser, "reviewer");
  await page.goto("/people");
  await pick(page, `Actions for ${member.name}`, "Link for a new password…");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const elsewhere = await newPage(browser, baseURL);
  await elsewhere.goto(link);
  await elsewhere.getByRole("textbox", { name: "New password" }).fill("eleven calm otters");
  await elsewhere.getByRole("button", { name: "Set the password" }).click();
  await expect(elsewhere).toHaveURL("/articles");
  await member.page.goto("/articles");
  await expect(member.page).toHaveURL(/sign-in/);
});

test("changing one's password ends the other sessions and keeps this one", async ({
  page,
  signIn,
  browser,
  baseURL,
}) => {
  await signIn("admin");
  const member = await addMember(page, browser, "reviewer");
  const other = await newPage(browser, baseURL);
  await signInWith(other, member.email, member.password);
  await expect(other).toHaveURL("/articles");

  await member.page.goto("/account");
  await member.page.getByRole("textbox", { name: "Present password" }).fill(member.password);
  await member.page.getByRole("textbox", { name: "New password" }).fill("password2026!");
  await member.page.getByRole("button", { name: "Change the password" }).click();
  await expect(member.page.getByText(/one of the passwords that are tried first/)).toBeVisible();
  await member.page.getByRole("textbox", { name: "New password" }).fill("eleven calm otters");
  await member.page.getByRole("button", { name: "Change the password" }).click();
  await expect(member.page.getByText("Your password is changed.")).toBeVisible();

  await other.goto("/articles");
  await expect(other).toHaveURL(/sign-in/);
  await member.page.reload();
  await expect(member.page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await signInWith(other, member.email, "eleven calm otters");
  await expect(other).toHaveURL("/articles");
});

test("whoever fails too often waits, whatever the request says about where it comes from", async ({
  playwright,
  baseURL,
}) => {
  const email = `nobody-${Date.now()}@desk.example`;
  const took: number[] = [];
  for (let i = 1; i <= 9; i++) {
    const stranger = await playwright.request.newContext({
      ...(baseURL && { baseURL }),
      extraHTTPHeaders: { "X-Forwarded-For": `203.0.113.${i}` },
    });
    const form = { email, password: `guess number ${i}` };
    const begun = Date.now();
    const response = await stranger.post("/api/auth/callback/credentials", { form, maxRedirects: 0 });
    took.push(Date.now() - begun);
    // Slow, and never refused: who shares an address with a stranger must get in.
    expect(response.headers().location).toBe("/sign-in?error=CredentialsSignin");
    await stranger.dispose();
  }
  expect(took[8]).toBeGreaterThanOrEqual(3_000);
  expect(Math.min(...took.slice(0, 8))).toBeLessThan(3_000);
});

test("the scale: a rating is added with a preview, and retired", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/settings");
  const label = `Satire ${Date.now()}`;
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    await page.getByRole("button", { name: "Add a rating" }).click();
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await dialog.getByLabel("Label").fill(label);
  await dialog.getByLabel("Symbol").fill("☺");
  await dialog.getByLabel("Definition").fill("Meant as a joke and told as one.");
  await dialog.getByRole("radio", { name: "Amber" }).check();
  await expect(dialog.getByText("Preview").locator("..")).toContainText(`☺${label}`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("list").getByText(label)).toBeVisible();
  await page.getByRole("button", { name: `Retire ${label}` }).click();
  await expect(page.getByText(`${label} can no longer be given.`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: `Bring ${label} back` })).toBeVisible();
});

test("two admins who change the settings at once: the second is told what the first did", async ({
  page,
  signIn,
  browser,
  baseURL,
}) => {
  await signIn("admin");
  await page.goto("/settings");
  const other = await newPage(browser, baseURL);
  await signIn("admin", other);
  await other.goto("/settings");
  const name = await page.getByLabel("Name of the newsroom").inputValue();
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("The settings are saved.")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Somebody changed the settings in the meantime.")).toBeVisible();
  await expect(page.getByText(`It is now called ${name}`)).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The settings are saved.")).toBeVisible();
});

test("a role that may not manage is refused by the server, not only by the screen", async ({ page, signIn }) => {
  await signIn("editor");
  await page.goto("/settings");
  await expect(page.getByRole("heading", { name: "This is for admins" })).toBeVisible();
  const headers = { "If-Match": '"1"' };
  const answers = await Promise.all([
    page.request.get("/api/v1/people"),
    page.request.get("/api/v1/invitations"),
    page.request.patch("/api/v1/newsroom", { data: { fourEyes: false }, headers }),
    page.request.patch(`/api/v1/people/${demoPeople.editor.id}`, { data: { role: "admin" }, headers }),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 403]);
});

test("each page carries a policy with a nonce of its own", async ({ page, signIn }) => {
  const nonces = new Set<string>();
  await signIn("admin");
  for (const path of ["/articles", "/people", "/settings", "/account"]) {
    const policy = (await page.goto(path))?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("'strict-dynamic'");
    expect(policy).toContain("frame-ancestors 'none'");
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "");
  }
  expect(nonces.size).toBe(4);
});

test("people, settings, account and invitation hold the rules of accessibility", async ({ page, signIn }) => {
  await signIn("admin");
  const link = await makeInvitation(page, "reviewer");
  await expectAccessible(page);
  await openInvite(page);
  await expectAccessible(page);
  for (const path of ["/settings", "/account", link, `${link}x`]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await page.goto("/settings");
  await expect(async () => {
    await page.getByRole("button", { name: "Edit Verified" }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expectAccessible(page);
});
