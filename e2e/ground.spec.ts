/** What holds for every answer of the server, whoever asks. */
import { expect, expectAccessible, test } from "./support/desk";

test("says that it is well", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toBe("ok");
});

test("sends the headers that keep a page to itself, and no banner", async ({ request }) => {
  const headers = (await request.get("/sign-in")).headers();
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
  });
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["x-powered-by"]).toBeUndefined();
});

test("the sign-in page lets somebody in, and holds the rules of accessibility", async ({ page, signIn }) => {
  await page.goto("/sign-in");
  await expectAccessible(page);
  await signIn("firstReviewer");
  await expect(page).toHaveURL(/\/articles$/);
});

test("an unknown address is told politely, with the right status", async ({ page }) => {
  const answer = await page.goto("/nowhere-at-all");
  expect(answer?.status()).toBe(404);
  await expectAccessible(page);
});
