import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type MadeArticle, makeActor, makeArticle, makeClaim, makeNewsroom } from "@/prisma/fixtures/builder";
import type { Actor } from "../domain/people";
import { sharingView } from "../domain/publication";
import { database } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import { createPublication } from "./publications";
import { shareToken } from "./share-token";
import { countRead, createShareLink, getSharing, openShareLink, revokeShareLink, saveReads } from "./shares";

const db = database();
let editor: Actor;
let admin: Actor;
let reviewer: Actor;
let article: MadeArticle;

beforeAll(async () => {
  await makeNewsroom(db);
  editor = await makeActor(db, "editor");
  admin = await makeActor(db, "admin");
  reviewer = await makeActor(db, "reviewer");
});
beforeEach(async () => {
  article = await makeArticle(db, reviewer);
  await makeClaim(db, reviewer, article, { state: "approved", editor });
});

const publish = () => createPublication(editor, article.id, { id: newId(), note: null });

async function share(input: { id?: string; label?: string; expiresAt?: string } = {}) {
  const id = input.id ?? newId();
  const sharing = await createShareLink(editor, article.id, {
    id,
    label: input.label ?? null,
    expiresAt: input.expiresAt ?? null,
  });
  const link = sharing.links.find((each) => each.id === id);
  if (!link) throw new Error("The link is not among those of the article.");
  return { id, link, sharing, token: link.url.split("/").at(-1) ?? "" };
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe("createShareLink", () => {
  test("makes an address that opens the newest publication, and can be copied again", async () => {
    await publish();
    const { link, token, sharing } = await share({ label: "For the lawyers" });
    expect(sharingView.parse(sharing)).toEqual(sharing);
    expect(link).toMatchObject({ label: "For the lawyers", reads: 0, lastReadAt: null, revokedAt: null });
    expect(link.url).toBe(`${environment().CLAIMDESK_URL}/f/${token}`);
    const first = await openShareLink(token);
    expect(first).toMatchObject({ state: "open", shareLinkId: link.id });
    await publish();
    const second = await openShareLink(token);
    expect(second).toMatchObject({ state: "open" });
    expect(second).not.toEqual(first);
    expect((await getSharing(editor, article.id)).links[0]?.url).toBe(link.url);
  });

  test("a retry with the same id gives the same link; another article's id is refused", async () => {
    await publish();
    const { id, link } = await share();
    expect((await share({ id })).link.url).toBe(link.url);
    const other = await makeArticle(db, reviewer);
    await expect(createShareLink(editor, other.id, { id, label: null, expiresAt: null })).rejects.toMatchObject({
      code: "duplicate",
    });
    expect(await db.shareLink.count({ where: { articleId: article.id } })).toBe(1);
  });

  test("needs a publication, an article that is there and not in the trash, and an end that is still to come", async () => {
    await expect(share()).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Publish it first"),
    });
    await publish();
    await expect(share({ expiresAt: inHours(-1) })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "expiresAt" }] },
    });
    await db.article.update({ where: { id: article.id }, data: { trashedAt: new Date() } });
    await expect(share()).rejects.toMatchObject({ code: "invalid" });
    const input = { id: newId(), label: null, expiresAt: null };
    await expect(createShareLink(editor, newId(), input)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is for editors and admins; a reviewer may neither make, see nor revoke one", async () => {
    await publish();
    const { id } = await share();
    const input = { id: newId(), label: null, expiresAt: null };
    await expect(createShareLink(reviewer, article.id, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(getSharing(reviewer, article.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(revokeShareLink(reviewer, id)).rejects.toMatchObject({ code: "forbidden" });
    expect((await createShareLink(admin, article.id, input)).abilities).toEqual({ share: true, publish: false });
    expect((await getSharing(editor, article.id)).abilities).toEqual({ share: true, publish: true });
  });

  test("writes down who made and revoked it, never its token", async () => {
    await publish();
    const { id, token } = await share({ label: "Legal" });
    await revokeShareLink(admin, id);
    const lines = await db.auditEvent.findMany({ where: { articleId: article.id }, orderBy: { id: "asc" } });
    expect(lines.map((line) => [line.action, line.actorId])).toEqual([
      ["publication.created", editor.id],
      ["share_link.created", editor.id],
      ["share_link.revoked", admin.id],
    ]);
    expect(JSON.stringify(lines.map((line) => line.data))).not.toContain(token);
  });
});

describe("openShareLink", () => {
  test("a revoked link is closed at once and for good", async () => {
    await publish();
    const { id, token } = await share();
    const revoked = await revokeShareLink(admin, id);
    expect(await openShareLink(token)).toEqual({ state: "closed" });
    const at = revoked.links[0]?.revokedAt;
    expect(at).not.toBeNull();
    expect((await revokeShareLink(editor, id)).links[0]?.revokedAt).toBe(at);
    await expect(revokeShareLink(editor, newId())).rejects.toMatchObject({ code: "not_found" });
  });

  test("a link is closed from the moment it expires, and while its article is in the trash", async () => {
    await publish();
    const { id, token } = await share({ expiresAt: inHours(1) });
    expect(await openShareLink(token)).toMatchObject({ state: "open" });
    await db.shareLink.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await openShareLink(token)).toEqual({ state: "closed" });
    const lasting = await share();
    await db.article.update({ where: { id: article.id }, data: { trashedAt: new Date() } });
    expect(await openShareLink(lasting.token)).toEqual({ state: "closed" });
    await db.article.update({ where: { id: article.id }, data: { trashedAt: null } });
    expect(await openShareLink(lasting.token)).toMatchObject({ state: "open" });
  });

  test("what is not exactly a token of ours is unknown: of no link, of another link, of another secret, broken", async () => {
    await publish();
    const { id, token } = await share();
    const other = await share();
    const grafted = Buffer.from(token, "base64url");
    Buffer.from(other.token, "base64url").copy(grafted, 16, 16);
    const { nonce } = await db.shareLink.findUniqueOrThrow({ where: { id } });
    const wrong = [
      grafted.toString("base64url"),
      shareToken("some other secret of at least 32 characters", { id, nonce }),
      shareToken(environment().CLAIMDESK_SECRET, { id: newId(), nonce }),
      token.slice(1),
      `${token}A`,
      token.toUpperCase(),
      id,
      nonce,
      "",
      "../../etc/passwd",
      "\u0000",
      '{"not":""}',
    ];
    for (const each of wrong) expect(await openShareLink(each), each).toEqual({ state: "unknown" });
    expect(await openShareLink(token)).toMatchObject({ state: "open", shareLinkId: id });
  });

  test("a copy of the database holds nothing that opens a link", async () => {
    await publish();
    const { token } = await share({ label: "Stolen?" });
    const tables = await db.$queryRaw<{ rows: string }[]>`
      SELECT query_to_xml(format('SELECT row_to_json(t)::text AS row FROM %I t', table_name), true, true, '')::text AS rows
      FROM information_schema.tables WHERE table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(10);
    const words = new Set(tables.flatMap(({ rows }) => rows.match(/[\w-]{20,}/g) ?? []));
    expect(words.size).toBeGreaterThan(5);
    const mac = Buffer.from(token, "base64url").subarray(16);
    for (const word of words) {
      expect(await openShareLink(word)).toEqual({ state: "unknown" });
      expect([token, mac.toString("base64url"), mac.toString("hex")]).not.toContain(word);
    }
  });
});

describe("reads", () => {
  test("are counted later and together, so that no reader waits for the count", async () => {
    await publish();
    const { id } = await share();
    const write = vi.spyOn(db.shareLink, "updateMany");
    for (let read = 0; read < 5; read++) countRead(id);
    expect(write).not.toHaveBeenCalled();
    await saveReads();
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
    const [link] = (await getSharing(editor, article.id)).links;
    expect(link?.reads).toBe(5);
    expect(Date.now() - Date.parse(link?.lastReadAt ?? "")).toBeLessThan(10_000);
  });

  test("that could not be written down are kept for the next time", async () => {
    await publish();
    const { id } = await share();
    countRead(id);
    const write = vi.spyOn(db.shareLink, "updateMany").mockRejectedValueOnce(new Error("away"));
    await expect(saveReads()).rejects.toThrow("away");
    write.mockRestore();
    countRead(id);
    await saveReads();
    expect((await getSharing(editor, article.id)).links[0]?.reads).toBe(2);
  });
});
