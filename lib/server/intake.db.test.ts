import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeActor, makeNewsroom } from "@/prisma/fixtures/builder";
import { emptyTables } from "../../scripts/empty-tables";
import { type ArticleCreate, articleCreate } from "../domain/article";
import { limits } from "../domain/limits";
import { type Actor, roles } from "../domain/people";
import type { RichText, RichTextNode } from "../domain/rich-text";
import { getRevision, setArticleTrashed } from "./articles";
import { database } from "./db";
import { newId } from "./ids";
import { createArticle, previewFile, previewPage, previewPaste } from "./intake";

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error) => error,
  );

const p = (...content: RichTextNode[]): RichTextNode => ({ type: "paragraph", content });
const doc = (...content: RichTextNode[]): RichText => ({ type: "doc", content });
const text = (text: string): RichTextNode => ({ type: "text", text });

const articleOf = (part: Partial<ArticleCreate> = {}): ArticleCreate =>
  articleCreate.parse({
    id: newId(),
    headline: "River rises",
    byline: "Ada Moreno",
    outlet: "Valley Post",
    publishedOn: "2025-11-28",
    canonicalUrl: "https://www.valley.example/news/river/?utm_source=x",
    language: "en",
    document: doc(
      { type: "heading", attrs: { level: 2 }, content: [text("The night")] },
      p(text("The river rose in the night – by 2 m.")),
    ),
    origin: "paste",
    originName: null,
    ...part,
  });

/** A site that the settings let through; they are read at the first use of the database. */
const site = createServer((_, response) => {
  response.writeHead(200, { "content-type": "text/html" });
  response.end('<!doctype html><meta charset="utf-8"><title>River rises</title><p>The river rose in the night.</p>');
});
const siteUrl = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  process.env.CLAIMDESK_FETCH_ALLOW = new URL(siteUrl()).host;
});
afterAll(async () => {
  site.close();
  await database().$disconnect();
});

let reviewer: Actor;
beforeEach(async () => {
  await emptyTables();
  await makeNewsroom(database());
  reviewer = await makeActor(database(), "reviewer");
});

describe("an article", () => {
  test.each(roles)("is brought in by a %s, with its first revision and a line in the record", async (role) => {
    const actor = await makeActor(database(), role);
    const input = articleOf();
    const view = await createArticle(actor, input);
    expect(view).toMatchObject({
      id: input.id,
      headline: "River rises",
      publishedOn: "2025-11-28",
      version: 1,
      createdBy: { id: actor.id },
    });
    const revision = await getRevision(actor, view.revision.id);
    const written = "The night\n\nThe river rose in the night – by 2 m.";
    expect(revision).toMatchObject({
      number: 1,
      text: written,
      sha256: createHash("sha256").update(written, "utf8").digest("hex"),
    });
    expect(view.revision.characters).toBe(written.length);
    expect(revision.document.content).toEqual(input.document.content);
    const events = await database().auditEvent.findMany();
    expect(events).toMatchObject([{ action: "article.created", actorId: actor.id, articleId: input.id }]);
    expect(view.lastEvent).toBe(Number(events[0]?.id));
  });

  test("sent again by the same person is the one that was made", async () => {
    const input = articleOf();
    const first = await createArticle(reviewer, input);
    expect(await createArticle(reviewer, { ...input, allowDuplicate: true })).toEqual(first);
    // Another content under the same id is no retry: what was corrected after a lost answer is not dropped unseen.
    for (const other of [{ headline: "Other" }, { document: doc(p(text("Another text."))) }, { byline: null }])
      expect(await refusal(createArticle(reviewer, { ...input, ...other }))).toMatchObject({
        code: "conflict",
        details: { current: first },
      });
    expect(await database().revision.count()).toBe(1);
    expect(await database().auditEvent.count()).toBe(1);
  });

  test("sent twice at once is made once", async () => {
    const input = articleOf();
    const [one, other] = await Promise.all([createArticle(reviewer, input), createArticle(reviewer, input)]);
    expect(one).toEqual(other);
    expect(await database().article.count()).toBe(1);
  });

  test("with somebody else's id is refused and tells nothing of theirs", async () => {
    const input = articleOf();
    await createArticle(reviewer, input);
    const error = await refusal(createArticle(await makeActor(database(), "editor"), { ...input, headline: "Mine" }));
    expect(error).toMatchObject({ code: "invalid" });
    expect(JSON.stringify(error)).not.toContain("River");
  });

  test("is never half made", async () => {
    await expect(createArticle({ ...reviewer, id: newId() }, articleOf())).rejects.toThrow();
    expect(await database().article.count()).toBe(0);
  });
});

describe("its text", () => {
  test("is stored as it is sent, with emoji, combining characters and right-to-left words", async () => {
    const written = "e\u0301 \u{1f469}\u200d\u{1f4bb} \u05e9\u05dc\u05d5\u05dd \u200f.";
    const { revision } = await createArticle(reviewer, articleOf({ document: doc(p(text(written))) }));
    expect((await getRevision(reviewer, revision.id)).text).toBe(written);
    expect(revision.characters).toBe([...written].length);
  });

  test("may not change once it is stored: the database refuses it", async () => {
    const { revision } = await createArticle(reviewer, articleOf());
    await expect(database().revision.update({ where: { id: revision.id }, data: { text: "x" } })).rejects.toThrow();
    await expect(database().revision.delete({ where: { id: revision.id } })).rejects.toThrow();
  });

  test("loses attributes that say nothing, and what they might carry", async () => {
    const hostile = { href: "https://a.example/", class: "x\u0000", target: "_top", onclick: "alert(1)" };
    const document = doc({
      type: "paragraph",
      attrs: { style: "position:fixed", id: "\ud800" },
      content: [{ ...text("a"), marks: [{ type: "link", attrs: hostile }] }],
    });
    const { revision } = await createArticle(reviewer, articleOf({ document }));
    const stored = JSON.stringify((await getRevision(reviewer, revision.id)).document);
    expect(stored).toContain("https://a.example/");
    expect(stored).not.toMatch(/_top|onclick|position|u0000|"x/);
  });

  test.each([
    ["a node that the schema does not have", doc({ type: "script", content: [text("x")] })],
    ["a mark that it does not have", doc(p({ ...text("x"), marks: [{ type: "code" }] }))],
    ["text outside of a paragraph", doc(text("x"))],
    ["a link to a script", doc(p({ ...text("x"), marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }] }))],
    [
      "a link with NUL in it",
      doc(p({ ...text("x"), marks: [{ type: "link", attrs: { href: "https://a.example/\u0000" } }] })),
    ],
    [
      "a link to what is no text",
      doc(p({ ...text("x"), marks: [{ type: "link", attrs: { href: { toString: 1 } } }] })),
    ],
    ["no text", doc(p(), p(text(" ")))],
    ["no blocks", doc()],
  ])("is refused with %s", async (_, document) => {
    expect(await refusal(createArticle(reviewer, articleOf({ document })))).toMatchObject({ code: "invalid" });
    expect(await database().article.count()).toBe(0);
  });

  test("has as many characters as an article may have, and not one more", async () => {
    const long = (characters: number) =>
      articleOf({ canonicalUrl: null, document: doc(p(text("a".repeat(characters)))) });
    const view = await createArticle(reviewer, long(limits.articleCharacters));
    expect(view.revision.characters).toBe(limits.articleCharacters);
    expect(await refusal(createArticle(reviewer, long(limits.articleCharacters + 1)))).toMatchObject({
      code: "too_large",
    });
  });
});

describe("the same article again", () => {
  test("is noticed by its address, however it is spelt", async () => {
    const first = await createArticle(reviewer, articleOf());
    const again = articleOf({
      canonicalUrl: "http://valley.example/news/river#top",
      document: doc(p(text("Rewritten."))),
    });
    expect(await refusal(createArticle(reviewer, again))).toMatchObject({
      code: "duplicate",
      details: { current: [{ id: first.id, headline: "River rises", because: "url" }] },
    });
  });

  test("is noticed by its text, whatever its formatting", async () => {
    const first = await createArticle(reviewer, articleOf());
    const document = doc(
      p(text("The night")),
      p({ ...text("The river rose in the night – by 2 m."), marks: [{ type: "bold" }] }),
    );
    expect(await refusal(createArticle(reviewer, articleOf({ canonicalUrl: null, document })))).toMatchObject({
      code: "duplicate",
      details: { current: [{ id: first.id, because: "text" }] },
    });
  });

  test("is kept when the person says so, and the record says that they did", async () => {
    await createArticle(reviewer, articleOf());
    await createArticle(reviewer, articleOf({ allowDuplicate: true }));
    expect(await database().article.count()).toBe(2);
    expect((await database().auditEvent.findFirst({ orderBy: { id: "desc" } }))?.data).toMatchObject({
      allowDuplicate: true,
    });
  });

  test("in the trash is not in the way", async () => {
    const first = await createArticle(reviewer, articleOf());
    await setArticleTrashed(reviewer, first.id, true);
    await createArticle(reviewer, articleOf());
  });

  test("brought in by two people at once is brought in by one", async () => {
    const editor = await makeActor(database(), "editor");
    const outcomes = await Promise.all([
      refusal(createArticle(reviewer, articleOf())),
      refusal(createArticle(editor, articleOf())),
    ]);
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome !== "done")).toMatchObject({ code: "duplicate" });
  });
});

test("an article from an address that is longer than a line is kept with all of it", async () => {
  const originName = `https://valley.example/${"x".repeat(limits.url - 23)}`;
  const made = await createArticle(reviewer, articleOf({ origin: "url", originName }));
  const revision = await database().revision.findUniqueOrThrow({ where: { id: made.revision.id } });
  expect(revision.originName).toBe(originName);
});

describe("a preview", () => {
  test("writes nothing, and says what is already here", async () => {
    const first = await createArticle(reviewer, articleOf());
    const same = await previewPaste(reviewer, {
      text: "The night\n\nThe river rose in the night – by 2 m.",
      html: "<p>The night</p><p>The river rose in the night – by 2 m.</p><p>Reuters</p>",
    });
    expect(same.metadata).toMatchObject({ headline: "The night", outlet: "Reuters" });
    const other = await previewFile(
      reviewer,
      "a.md",
      Buffer.from("---\nurl: https://valley.example/news/river\n---\n\nOther."),
    );
    expect([same.duplicates, other.duplicates]).toEqual([
      [],
      [{ id: first.id, headline: "River rises", because: "url" }],
    ]);
    expect(await database().article.count()).toBe(1);
    expect(await database().auditEvent.count()).toBe(1);
  });

  test("of a page fetches it, and only where it may", async () => {
    const draft = await previewPage(reviewer, { url: `${siteUrl()}/news` });
    expect(draft).toMatchObject({
      origin: "url",
      originName: `${siteUrl()}/news`,
      metadata: { headline: "River rises", canonicalUrl: `${siteUrl()}/news` },
    });
    const inside = await refusal(previewPage(reviewer, { url: "http://127.0.0.1/news" }));
    expect(inside).toMatchObject({ code: "invalid", details: { fields: [{ path: "url" }] } });
  });

  test("stored as it stands gives the article that was shown", async () => {
    const draft = await previewPaste(reviewer, {
      text: "River rises\n\nBy Ada Moreno\n\nThe river rose in the night. Nobody was hurt, and the bridge stayed open.",
    });
    const { headline, language } = draft.metadata;
    const view = await createArticle(
      reviewer,
      articleOf({
        ...draft.metadata,
        headline: headline ?? "",
        language: language ?? "en",
        document: draft.document,
        origin: draft.origin,
      }),
    );
    expect(view).toMatchObject({ headline: "River rises", byline: "Ada Moreno", language: "en" });
    expect((await getRevision(reviewer, view.revision.id)).document).toEqual(draft.document);
  });
});
