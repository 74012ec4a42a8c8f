/**
 * What every journey begins with: a browser in which a request to another host, an uncaught error or a breach of the content policy
 * fails the test; people of the demo newsroom to sign in as; and the accessibility rules held against a screen.
 */
import AxeBuilder from "@axe-core/playwright";
import { test as base, type Cookie, expect, type Page } from "@playwright/test";
import { demoPassword, demoPeople } from "../../prisma/demo/people";

export { expect };

export type Person = keyof typeof demoPeople;

type Fixtures = {
  /** Faults that the browser has met so far; empty at the end of a good test. */
  faults: string[];
  /** Signs in and waits for the desk: once in each worker by the form, as a person would, then by what that left in the browser. */
  signIn(person: Person, page?: Page): Promise<void>;
};

type WorkerFixtures = {
  /** The cookies of those who have signed in. A test takes them out and puts them back, so that no two pages of it share a session. */
  sessions: Map<Person, Cookie[]>;
};

/** Notes in `faults` what no page of ours may do. */
export function watch(page: Page, faults: string[]): void {
  const own = new URL(process.env.CLAIMDESK_E2E_URL ?? "").host;
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== own) faults.push(`asked another host: ${request.url()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && /content security policy|hydrat/i.test(text)) faults.push(text);
  });
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern
  faults: async ({}, use) => {
    const faults: string[] = [];
    await use(faults);
    expect(faults).toEqual([]);
  },
  page: async ({ page, faults }, use) => {
    watch(page, faults);
    await use(page);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  sessions: [async ({}, use) => use(new Map()), { scope: "worker" }],
  signIn: async ({ page, sessions }, use) => {
    const taken = new Map<Person, Cookie[]>();
    await use(async (person, on = page) => {
      const kept = sessions.get(person);
      sessions.delete(person);
      if (kept) {
        taken.set(person, kept);
        await on.context().addCookies(kept);
        await on.goto("/articles");
        // It may have been ended since.
        if (!new URL(on.url()).pathname.startsWith("/sign-in")) return;
        await on.context().clearCookies();
      }
      await on.goto("/sign-in");
      await on.getByLabel("E-mail address").fill(demoPeople[person].email);
      await on.getByLabel("Password", { exact: true }).fill(demoPassword);
      await on.getByRole("button", { name: "Sign in", exact: true }).click();
      await on.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
      taken.set(person, await on.context().cookies());
    });
    for (const [person, cookies] of taken) sessions.set(person, cookies);
  },
});

/** The rules that look at colours: all that another theme can change. */
const rulesOfColor = ["color-contrast", "link-in-text-block"];

/** WCAG 2.2 A and AA as far as a program can tell, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // A menu that is open stands in no landmark, as the ARIA guide has it; the rule knows that of dialogs alone.
    const menuIsOpen = (await page.locator("[role=menu], [role=listbox]").count()) > 0;
    // Nothing is shown in a frame of another host, so that one page is enough to put the findings together.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === "light"
      ? axe
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
          .disableRules(menuIsOpen ? ["region"] : [])
      : axe.withRules(rulesOfColor)
    ).analyze();
    const found = violations.map(
      ({ id, help, nodes }) =>
        `${colorScheme}: ${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );
    expect(found).toEqual([]);
  }
}
