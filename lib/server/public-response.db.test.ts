import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import type { NextConfig } from "next";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";
import type { Actor } from "../domain/people";
import { database } from "./db";
import { newId } from "./ids";
import { acceptsGzip, answerWithFile, answerWithPage, answerWithPicture } from "./public-response";
import { createPublication } from "./publications";
import { createShareLink, getSharing, revokeShareLink, saveReads } from "./shares";

const db = database();
let editor: Actor;
let article: MadeArticle;
let link: string;
let token: string;

beforeAll(async () => {
  await makeNewsroom(db);
  editor = await makeActor(db, "editor");
  const reviewer = await makeActor(db, "reviewer");
  article = await makeArticle(db, reviewer);
  await makeClaim(db, reviewer, article, { state: "approved", editor, quote: "twelve votes to nine" });
  await createPublication(editor, article.id, { id: newId(), note: null });
  ({ link, token } = await share());
});

async function share() {
  const id = newId();
  const { links } = await createShareLink(editor, article.id, { id, label: null, expiresAt: null });
  return {
    link: id,
    token:
      links
        .find((each) => each.id === id)
        ?.url.split("/")
        .at(-1) ?? "",
  };
}

const browser = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0",
  "accept-encoding": "gzip, deflate, br",
};

function get(path = "", headers: Record<string, string> = browser, method = "GET", of = token) {
  return answerWithPage(new Request(`http://desk.example/f/${of}${path}`, { method, headers }), of);
}
const getFile = (name: string, of = token) => answerWithFile(of, name);

async function readsOf(id = link): Promise<number> {
  await saveReads();
  return (await getSharing(editor, article.id)).links.find((each) => each.id === id)?.reads ?? -1;
}

describe("the page behind a link", () => {
  test("is sent as it was stored, with a policy that admits its own style and script and nothing else", async () => {
    const response = await get();
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-encoding")).toBe("gzip");
    const html = gunzipSync(bytes).toString();
    expect(html).toContain("twelve votes to nine");
    const hash = (tag: string) => {
      const content = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? "";
      return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
    };
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(Object.fromEntries(policy.split("; ").map((each) => each.split(/ (.*)/)))).toEqual({
      "default-src": "'none'",
      "style-src": hash("style"),
      "script-src": hash("script"),
      "img-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
    });
  });

  test("is not indexed, not kept unasked, and tells no other site its address", async () => {
    const { headers } = await get();
    expect(headers.get("x-robots-tag")).toBe("noindex, nofollow, noarchive");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("vary")).toBe("Accept-Encoding");
    expect(headers.get("set-cookie")).toBeNull();
  });

  test("is unpacked for whoever does not take gzip, under a tag of its own", async () => {
    for (const encoding of [undefined, "identity", "br", "x-gzip", "gzip;q=0", "deflate, gzip;q=0.0", "gzip ;q=0.5"]) {
      const response = await get("", { "user-agent": "x", ...(encoding && { "accept-encoding": encoding }) });
      expect(response.headers.get("content-encoding")).toBeNull();
      expect(await response.text()).toMatch(/^<!doctype html>/);
    }
    const tags = [(await get()).headers.get("etag"), (await get("", {})).headers.get("etag")];
    expect(new Set(tags).size).toBe(2);
  });

  test("is packed for exactly the requests on which next.config.js says so", async () => {
    const address = new URL("../../next.config.js", import.meta.url).href;
    const { default: config } = (await import(address)) as { default: NextConfig };
    const rules = (await config.headers?.()) ?? [];
    const rule = rules.find(({ headers }) => headers.some(({ key }) => key === "Content-Encoding"));
    expect(rule?.source).toBe("/f/:token");
    const [condition] = rule?.has ?? [];
    const token = fc.constantFrom(
      "gzip",
      "br",
      "deflate",
      "x-gzip",
      "gzip;q=0",
      "gzip;q=1",
      "*",
      "",
      " ",
      "gzip2",
      "GZIP",
    );
    const glue = fc.constantFrom(",", ", ", " , ", ";", " ");
    fc.assert(
      fc.property(fc.array(fc.tuple(token, glue)), (parts) => {
        const header = parts.flat().join("");
        // As Next.js matches it: anchored at both ends.
        const named = new RegExp(`^${condition?.value}$`).test(header);
        expect(acceptsGzip(header)).toBe(named);
      }),
    );
    expect(acceptsGzip("gzip, deflate, br, zstd")).toBe(true);
    expect(acceptsGzip(null)).toBe(false);
  });

  test("is not sent again to whoever has it, and is to whoever has an older one", async () => {
    const tag = (await get()).headers.get("etag") ?? "";
    const again = await get("", { ...browser, "if-none-match": `"other", ${tag}` });
    expect(again.status).toBe(304);
    expect(again.headers.get("etag")).toBe(tag);
    expect(again.headers.get("referrer-policy")).toBe("no-referrer");
    await createPublication(editor, article.id, { id: newId(), note: "Again." });
    const newer = await get("", { ...browser, "if-none-match": tag });
    expect(newer.status).toBe(200);
    expect(gunzipSync(Buffer.from(await newer.arrayBuffer())).toString()).toContain("Again.");
  });

  test("counts readers: not HEAD, not prefetching, not programs that make previews", async () => {
    const before = await readsOf();
    await get();
    await get("", { ...browser, "if-none-match": (await get()).headers.get("etag") ?? "" });
    await get("", browser, "HEAD");
    await get("", { ...browser, "sec-purpose": "prefetch;prerender" });
    for (const agent of [
      "Slackbot-LinkExpanding 1.0",
      "facebookexternalhit/1.1",
      "Mozilla/5.0 (compatible; Googlebot/2.1)",
    ])
      await get("", { ...browser, "user-agent": agent });
    expect(await readsOf()).toBe(before + 3);
  });

  test("leads to its files from an address that it does not know", async () => {
    const response = await get("?file=claims.csv");
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe(`/f/${token}/claims.csv`);
    expect((await get("?file=../../secret")).status).toBe(200);
    expect((await get("?utm_source=mail")).status).toBe(200);
  });

  test("reads the finished page once, and asks each time whether the link still opens", async () => {
    const pages = vi.spyOn(db.publication, "findUnique");
    await get();
    await get();
    expect(pages).not.toHaveBeenCalled();
    const own = await share();
    const tag = (await get("", browser, "GET", own.token)).headers.get("etag") ?? "";
    expect(pages).not.toHaveBeenCalled();
    pages.mockRestore();
    await revokeShareLink(editor, own.link);
    expect((await get("", { ...browser, "if-none-match": tag }, "GET", own.token)).status).toBe(410);
  });
});

describe("a link that opens nothing", () => {
  test("says so with the right status, and tells nothing of the article", async () => {
    const own = await share();
    await revokeShareLink(editor, own.link);
    const unknown = `${token.slice(0, -4)}AAAA`;
    for (const [of, status] of [
      [own.token, 410],
      [unknown, 404],
      ["nonsense", 404],
    ] as const) {
      for (const response of [
        await get("", browser, "GET", of),
        await get("?file=claims.csv", browser, "GET", of),
        await getFile("claims.json", of),
        await getFile("claims.csv", of),
      ]) {
        expect(response.status).toBe(status);
        const bytes = Buffer.from(await response.arrayBuffer());
        const body = (response.headers.get("content-encoding") === "gzip" ? gunzipSync(bytes) : bytes).toString();
        expect(body).toMatch(/^<!doctype html>.*This link/s);
        for (const word of ["Council", "The Desk", "budget", article.id]) expect(body).not.toContain(word);
        expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(response.headers.get("x-robots-tag")).toContain("noindex");
        expect(response.headers.get("cache-control")).toBe("no-store");
      }
    }
    expect(await readsOf(own.link)).toBe(0);
  });

  test("while the database is away, it asks to try again and shows nothing that was kept", async () => {
    await get();
    const away = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
    const query = vi.spyOn(db, "$queryRaw").mockRejectedValue(away);
    const response = await get();
    query.mockRestore();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).not.toContain("Council");
  });

  test("a fault of ours is logged, and told in plain words without its cause", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const query = vi.spyOn(db, "$queryRaw").mockRejectedValue(new Error("column of secrets"));
    const response = await get();
    query.mockRestore();
    expect(response.status).toBe(500);
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).not.toContain("secrets");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

describe("the picture for chats", () => {
  test("is a PNG that may be kept; any other name is unknown", async () => {
    const picture = answerWithPicture("14-3-2-1-2.png");
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(picture.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.from(await picture.arrayBuffer()).toString("latin1", 1, 4)).toBe("PNG");
    expect(answerWithPicture("1-2.png").status).toBe(404);
    const [, address] = /og:image content="([^"]+)"/.exec(await (await get("", {})).text()) ?? [];
    expect(new URL(address ?? "").pathname).toBe("/f/picture/1-0-0-0-0.png");
  });
});

describe("the files of a publication", () => {
  test("are ClaimReview, annotations and a table of the same claims", async () => {
    const reviews = await getFile("claims.json");
    expect(reviews.headers.get("content-type")).toBe("application/ld+json");
    expect(await reviews.json()).toMatchObject({
      "@context": "https://schema.org",
      "@graph": [{ "@type": "ClaimReview", claimReviewed: "twelve votes to nine", reviewRating: { ratingValue: 5 } }],
    });
    expect(await (await getFile("annotations.json")).json()).toMatchObject({
      type: "AnnotationPage",
      items: [{ target: [{ selector: [{ exact: "twelve votes to nine" }, { type: "TextPositionSelector" }] }] }],
    });
    const table = await getFile("claims.csv");
    expect(table.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(await table.text()).toMatch(/^number,statement,.*\r\n1,twelve votes to nine,.*\r\n$/s);
    for (const name of ["claims.json", "annotations.json", "claims.csv"]) {
      const { headers } = await getFile(name);
      expect(headers.get("x-robots-tag")).toContain("noindex");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  test("are these three: any other name is unknown", async () => {
    for (const name of ["claims.xml", "constructor", "__proto__", "..", "claims.json/"])
      expect((await getFile(name)).status).toBe(404);
  });
});
