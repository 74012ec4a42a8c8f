/** People made for one test: the demo's are shared by all journeys, so whoever changes a person makes one first. */
import { type Browser, expect, type Page } from "@playwright/test";
import type { Role } from "../../lib/domain/people";

/** Signs in somebody who is not of the demo; where that leads is for the test to say. */
export async function signInWith(page: Page, email: string, password: string, next = "/articles"): Promise<void> {
  await page.goto(`/sign-in?${new URLSearchParams({ next })}`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** A page of a browser of its own. */
export async function newPage(browser: Browser, baseURL: string | undefined): Promise<Page> {
  return (await browser.newContext({ ...(baseURL && { baseURL }) })).newPage();
}

/** Opens a menu and picks from it. Before the scripts have come the button does nothing yet. */
export async function pick(page: Page, menu: string, item: string): Promise<void> {
  const choice = page.getByRole("menuitem", { name: item });
  await expect(async () => {
    await page.getByRole("button", { name: menu }).click();
    await expect(choice).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await choice.click();
}

export type Member = { name: string; email: string; password: string };

let made = 0;

/** Invites somebody through the interface and accepts in a browser of their own: their page, signed in. */
export async function addMember(admin: Page, browser: Browser, role: Role): Promise<Member & { page: Page }> {
  const name = `Member ${process.pid}-${Date.now()}-${made++}`;
  const member = {
    name,
    email: `${name.replaceAll(" ", "-").toLowerCase()}@desk.example`,
    password: "nine patient herons",
  };
  const link = await makeInvitation(admin, role);
  const page = await newPage(browser, new URL(link).origin);
  await page.goto(link);
  await page.getByLabel("Your name").fill(member.name);
  await page.getByLabel("E-mail address").fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page).toHaveURL("/articles");
  return { ...member, page };
}

export async function openInvite(admin: Page): Promise<void> {
  await expect(async () => {
    await admin.getByRole("button", { name: "Invite somebody" }).click();
    await expect(admin.getByRole("dialog")).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

/** From the people screen: the link that is shown once. */
export async function makeInvitation(admin: Page, role: Role): Promise<string> {
  await admin.goto("/people");
  await openInvite(admin);
  await admin.getByRole("radio", { name: new RegExp(`^${role}`, "i") }).check();
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = await admin.getByRole("textbox", { name: "Link" }).inputValue();
  await admin.getByRole("button", { name: "Done" }).click();
  return link;
}
