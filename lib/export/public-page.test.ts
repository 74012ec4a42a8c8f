import { readFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { makeSnapshot } from "@/prisma/fixtures/snapshot";
import { type Snapshot, snapshot } from "../domain/publication";
import type { RichText } from "../domain/rich-text";
import { pageScript } from "./page-script";
import { plainStyle } from "./page-style";
import { findingOf, policyOf, publicPage, refusalPage } from "./public-page";

const page = (fields: Parameters<typeof makeSnapshot>[0] = {}) => publicPage(makeSnapshot(fields));
const parse = (html: string) => parseHTML(html).document;
const words = (html: string, selector: string) => parse(html).querySelector(selector)?.textContent?.trim();

test("the snapshot that these tests draw is one that a publication would hold", () => {
  expect(snapshot.parse(makeSnapshot())).toEqual(makeSnapshot());
});

describe("the public page", () => {
  test("opens with the finding: who, when, which version, of what, and the counts in a sentence", () => {
    const html = page();
    expect(words(html, ".tag")).toBe("Fact-check by The Desk · 15 March 2026, 13:02 UTC · version 2");
    expect(words(html, "h1")).toBe("Harbour plan will cost less than the city said, council told");
    expect(words(html, ".by")).toBe("The Daily Harbour, 12 March 2026, by R. Lindqvist · Read the original");
    expect(words(html, ".finding")).toBe(
      "Of the 6 claims checked here, 2 were rated Verified, 1 Needs context, 1 Disputed, 1 False and 1 Unverifiable. 3 more are still being checked and not shown.",
    );
    expect(parse(html).querySelector('meta[name="description"]')?.getAttribute("content")).toBe(
      words(html, ".finding"),
    );
    expect(parse(html).querySelector('meta[property="og:title"]')?.getAttribute("content")).toContain("Harbour plan");
  });

  test("has a picture for chats, of this installation, made of the counts by family of verdict", () => {
    const image = (html: string) => parse(html).querySelector('meta[property="og:image"]')?.getAttribute("content");
    expect(image(publicPage(makeSnapshot(), { origin: "https://desk.example" }))).toBe(
      "https://desk.example/f/picture/2-1-1-1-1.png",
    );
    expect(image(page())).toBeUndefined();
  });

  test("the finding is said rightly whatever the counts", () => {
    const of = (ratings: number[], unfinished = 0) =>
      findingOf(
        makeSnapshot({ unfinished, plans: ratings.map((rating) => ({ quotes: ["The council voted"], rating })) }),
      );
    expect(of([3])).toBe("The one claim checked here was rated False.");
    expect(of([0, 0])).toBe("All 2 claims checked here were rated Verified.");
    expect(of([1, 4, 4])).toBe("Of the 3 claims checked here, 1 was rated Needs context and 2 Unverifiable.");
    expect(of([0], 1)).toBe(
      "The one claim checked here was rated Verified. One more is still being checked and not shown.",
    );
    expect(of([])).toBe("No claim of this article has been checked yet.");
  });

  test("a claim says what was claimed and by whom, the verdict, why, on what evidence, and who answers for it", () => {
    const entry = parse(page()).querySelector("#c3");
    expect(entry?.querySelector(".v")?.textContent).toBe("! Disputed Claim 3");
    expect(entry?.querySelector("h3")?.textContent).toContain("a third less");
    expect(entry?.querySelector(".c")?.textContent).toBe("Said by City officials");
    expect(entry?.querySelector("div strong")?.textContent).toBe("9 %");
    const [first, second] = entry?.querySelectorAll("li") ?? [];
    expect(first?.textContent).toBe(
      "Refutes: Harbour cost review, City budget office, May 2023, p. 14. The total of 318 million includes 83 million for dredging and disposal.",
    );
    expect(first?.querySelector("a")?.getAttribute("rel")).toBe("nofollow noopener noreferrer");
    expect(second?.querySelector("a")).toBeNull();
    expect(entry?.querySelector(".w")?.textContent).toBe(
      "Checked by Ana Moreno, approved by Jonas Okafor, 14 March 2026, 08:12 UTC Back to the text",
    );
  });

  test("every mark leads to a claim that is there, and every claim back to a mark that is there; no id stands twice", () => {
    const document = parse(page());
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    const inside = [...document.querySelectorAll('a[href^="#"]')].map(
      (link) => link.getAttribute("href")?.slice(1) ?? "",
    );
    expect(inside.length).toBeGreaterThan(20);
    for (const id of inside) expect(ids).toContain(id);
    for (const { number } of makeSnapshot().claims) {
      expect(document.querySelector(`#text a[href="#c${number}"]`)).not.toBeNull();
      expect(document.querySelector(`#c${number} .w a`)?.getAttribute("href")).toMatch(/^#m\d+$/);
    }
  });

  test("the article is in its own language and direction, the words around it in ours", () => {
    const document = parse(
      page({ article: { ...makeSnapshot().article, headline: "خطة الميناء", language: "ar-EG" } }),
    );
    for (const selector of ["h1", "#text"]) {
      expect(document.querySelector(selector)?.getAttribute("lang")).toBe("ar-EG");
      expect(document.querySelector(selector)?.getAttribute("dir")).toBe("rtl");
    }
    expect(document.documentElement.getAttribute("lang")).toBe("en");
    expect(document.querySelector("#method")?.closest("[dir]")).toBeNull();
  });

  test("its versions stand at the foot with what changed, the newest first", () => {
    const lines = [...parse(page()).querySelectorAll("#versions p")].map((line) => line.textContent);
    expect(lines).toEqual([
      "Version 2 (this one) · 15 March 2026, 13:02 UTCThe verdict on the cost was made more exact.",
      "Version 1 · 14 March 2026, 09:30 UTCFirst publication.",
    ]);
  });

  test("says how it was checked: with a second pair of eyes or without, and that a demo is one", () => {
    expect(words(page(), "#method")).toContain("somebody other than the person who wrote its verdict");
    expect(words(page({ fourEyes: false }), "#method")).toContain("A second pair of eyes was not required");
    expect(parse(page()).querySelector(".demo")).toBeNull();
    expect(words(page({ demo: true }), ".demo")).toContain("they are not findings");
  });

  test("a person who checked and approved alone is not named twice", () => {
    const plans = [{ quotes: ["The council voted"], checkedBy: "Ana Moreno", approvedBy: "Ana Moreno", alone: true }];
    expect(words(page({ plans }), "#c1 .w")).toMatch(/^Checked and approved by Ana Moreno, 14 March/);
  });

  test("two people of one name are two people", () => {
    const plans = [{ quotes: ["The council voted"], checkedBy: "Ana Moreno", approvedBy: "Ana Moreno", alone: false }];
    expect(words(page({ plans }), "#c1 .w")).toMatch(/^Checked by Ana Moreno, approved by Ana Moreno, 14 March/);
  });

  test("asks for nothing from another host, and holds at most 5 kB of script", () => {
    const html = page();
    const document = parse(html);
    expect(Buffer.byteLength(pageScript)).toBeLessThanOrEqual(5_000);
    expect(document.querySelectorAll("script").length).toBe(1);
    expect(document.querySelector("script")?.textContent).toBe(pageScript);
    expect(document.querySelectorAll("[src],iframe,object,embed,form,base").length).toBe(0);
    expect([...document.querySelectorAll("link")].map((link) => link.getAttribute("href"))).toEqual([
      "?file=claims.json",
      "/icon.svg",
    ]);
    expect(document.querySelector("style")?.textContent).not.toMatch(/url\(|@import/);
  });
});

describe("hostile words", () => {
  const hostile = [
    `"><script>alert(1)</script>`,
    `</style></title></script><img src=x onerror=alert(1)>`,
    `' onmouseover='alert(1)`,
    `javascript:alert(1)`,
    `{{constructor}}\${alert(1)}`,
    `\u0022\u003e\u202e]]>--><!--`,
  ];
  const rationale = (href: string, words: string): RichText => ({
    type: "doc",
    content: [
      { type: "paragraph", content: [{ type: "text", text: words, marks: [{ type: "link", attrs: { href } }] }] },
    ],
  });
  const poisoned = (poison: string): Snapshot => {
    const harmless = makeSnapshot();
    const source = {
      ...{ title: poison, author: poison, publisher: poison, url: poison },
      ...{ publishedOn: "2023", kind: "other" as const },
    };
    return {
      ...harmless,
      newsroom: poison,
      note: poison,
      demo: true,
      article: { ...harmless.article, headline: poison, byline: poison, outlet: poison, canonicalUrl: poison },
      ratings: harmless.ratings.map((rating) => ({ ...rating, label: poison, definition: poison, symbol: poison })),
      versions: [{ number: 1, publishedAt: harmless.publishedAt, note: poison }],
      claims: harmless.claims.map((claim) => ({
        ...claim,
        ...{ statement: poison, claimant: poison, confidence: poison, checkedBy: poison, approvedBy: poison },
        rationale: rationale(poison, poison),
        evidence: [{ stance: "refutes", excerpt: poison, locator: poison, shows: poison, source }],
      })),
    };
  };

  test.each(hostile)("%s stays words, in every field", (poison) => {
    const html = publicPage(poisoned(poison));
    const document = parse(html);
    const harmless = parse(publicPage(makeSnapshot({ demo: true })));
    const elements = (of: typeof document, selector: string) => of.querySelectorAll(selector).length;
    expect(elements(document, "script")).toBe(1);
    expect(elements(document, "style")).toBe(elements(harmless, "style"));
    expect(elements(document, "img,svg,iframe,object,embed,form,input,base")).toBe(0);
    expect(document.querySelector("h1")?.textContent).toBe(poison);
    expect(document.querySelector("script")?.textContent).toBe(pageScript);
    for (const element of document.querySelectorAll("*")) {
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^style$|^src/);
      const href = element.getAttribute("href");
      if (href !== null) expect(href).toMatch(/^(#|\?file=|\/icon\.svg$|https:\/\/residents\.example\/)/);
    }
    expect(policyOf(html)).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; /);
  });
});

describe("the page in place of a closed link", () => {
  test("is polite, and has no script", () => {
    for (const reason of ["closed", "unknown", "unavailable", "broken"] as const) {
      const html = refusalPage(reason);
      expect(parse(html).querySelector("h1")?.textContent).not.toBe("");
      expect(parse(html).querySelector("script")).toBeNull();
      expect(policyOf(html)).not.toContain("script-src");
    }
  });
});

describe("its colours", () => {
  const look = readFileSync(new URL("../../app/look.css", import.meta.url), "utf8");
  const tokens = (theme: 0 | 1) => {
    const block = plainStyle.match(/:root\{[^}]*\}/g)?.[theme] ?? "";
    return new Map([...block.matchAll(/--([\w-]+):(#\w+)/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
  };

  test("are those of the desk, in both themes", () => {
    const desk = new Map(
      [...look.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name, ...pair]) => [name, pair]),
    );
    for (const theme of [0, 1] as const) {
      expect(tokens(theme).size).toBe(17);
      for (const [name, value] of tokens(theme)) expect([name, value]).toEqual([name, desk.get(name)?.[theme]]);
    }
  });

  test("let text be read on every tint, however high the pile: at least 4.5 to 1", () => {
    for (const theme of [0, 1] as const) {
      const of = (name: string) => rgb(tokens(theme).get(name) ?? "");
      for (const family of ["verified", "context", "disputed", "false", "unverifiable"]) {
        const [tint, ink] = [of(`${family}-bg`), of(family)];
        expect(contrast(ink, tint), `${family} as a badge`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(ink, of("paper")), `${family} on paper`).toBeGreaterThanOrEqual(4.5);
        for (const share of [0, 0.16, 0.28])
          expect(contrast(of("ink"), mix(ink, tint, share)), `text on ${family}, ${share}`).toBeGreaterThanOrEqual(4.5);
      }
      for (const ground of ["paper", "sheet"])
        for (const ink of ["ink", "ink-2", "accent"]) expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

type Color = readonly [number, number, number];
const rgb = (hex: string): Color =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Color;
const mix = (a: Color, b: Color, share: number): Color =>
  a.map((channel, index) => channel * share + (b[index] ?? 0) * (1 - share)) as unknown as Color;

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: Color, b: Color): number {
  const luminance = (color: Color) =>
    color
      .map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
      .reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
