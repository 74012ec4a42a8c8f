import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

vi.mock("next/headers", () => import("@/prisma/fixtures/next-headers"));

import { type Answer, type Caller, callEndpoint, everyEndpoint, makeCaller } from "@/prisma/fixtures/api";
import {
  type MadeArticle,
  makeArticle,
  makeClaim,
  makeEvidence,
  makeNewsroom,
  makeSource,
  paragraphs,
} from "@/prisma/fixtures/builder";
import { endpoints } from "../domain/endpoints";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import { type Database, database, databaseFault } from "./db";
import { newId } from "./ids";
import { answer } from "./route";

let db: Database;
let reviewer: Caller;
let editor: Caller;
let article: MadeArticle;

beforeAll(async () => {
  db = database();
  await makeNewsroom(db);
  [reviewer, editor] = await Promise.all([makeCaller(db, "reviewer"), makeCaller(db, "editor")]);
  article = await makeArticle(db, reviewer);
});
afterAll(() => database().$disconnect());

/** A refusal as RFC 9457 has it, of this code. */
function expectProblem({ status, body, headers }: Answer, expected: number, code: string): void {
  expect({ status, body }).toMatchObject({ status: expected, body: { code, status: expected } });
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(body).toMatchObject({ type: `urn:claimdesk:${code}`, title: expect.stringMatching(/\w/) });
}
const fieldsOf = ({ body }: Answer) => (body as { fields?: { path: string }[] }).fields?.map(({ path }) => path);

const someSource = () => ({
  ...{ id: newId(), title: "Minutes", author: null, publisher: null, publishedOn: null, url: null, kind: "other" },
});
const create = (call: Parameters<typeof callEndpoint>[1]) =>
  callEndpoint(endpoints.createSource, { as: reviewer, body: someSource(), ...call });

describe("whoever asks", () => {
  test("must be signed in, at every endpoint that is not open", async () => {
    for (const [, endpoint] of everyEndpoint.filter(([, { open }]) => !open)) {
      const params = Object.fromEntries(Object.keys(endpoint.params.shape).map((name) => [name, newId()]));
      expectProblem(await callEndpoint(endpoint, { params, version: 1 }), 401, "unauthenticated");
    }
  });

  test("is nobody with a cookie that was made up, changed, or of a session that ended", async () => {
    const ended = await makeCaller(db, "reviewer");
    await db.session.deleteMany({ where: { userId: ended.id } });
    const disabled = await makeCaller(db, "reviewer");
    await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    const forged = { ...reviewer, cookie: `${reviewer.cookie.slice(0, -2)}xx` };
    for (const as of [ended, disabled, forged, { ...reviewer, cookie: "claimdesk-session=x" }])
      expectProblem(await callEndpoint(endpoints.listSources, { as }), 401, "unauthenticated");
  });
});

describe("a page of another site", () => {
  const own = "http://localhost:3000";
  const refused = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", origin: own },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "not an address" },
    { origin: "http://localhost:3001" },
    { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
    { "sec-fetch-site": "none", origin: "https://evil.example" },
  ];
  const allowed = [
    {},
    { origin: own },
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "same-origin", origin: own },
  ];

  for (const headers of refused)
    test(`does not write: ${JSON.stringify(headers)}`, async () => {
      expectProblem(await create({ headers }), 403, "forbidden");
    });
  for (const headers of allowed)
    test(`is not meant by ${JSON.stringify(headers)}`, async () => {
      expect((await create({ headers })).status).toBe(200);
    });

  test("may not write at any endpoint, signed in or not", async () => {
    for (const [, endpoint] of everyEndpoint.filter(([, { method }]) => method !== "GET"))
      for (const as of [editor, null])
        expectProblem(
          await callEndpoint(endpoint, { as, headers: { origin: "https://evil.example" } }),
          403,
          "forbidden",
        );
  });

  test("may lead here: reading is not writing", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await callEndpoint(endpoints.listSources, { as: reviewer, headers })).status).toBe(200);
  });
});

describe("a body", () => {
  test("is JSON, said to be JSON", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
      expectProblem(await create({ headers: { "content-type": type } }), 415, "unsupported");
    expect((await create({ headers: { "content-type": "Application/JSON; charset=utf-8" } })).status).toBe(200);
  });

  test("that is broken, empty, or not UTF-8 is refused", async () => {
    const json = JSON.stringify(someSource());
    const bytes = [
      "",
      "{",
      json.slice(0, -1),
      `${json},`,
      "undefined",
      new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
      new Uint8Array([...Buffer.from('{"title":"'), 0xc3, 0x28, ...Buffer.from('"}')]),
      new Uint8Array([...Buffer.from('{"title":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    ];
    for (const body of bytes) expectProblem(await create({ bytes: body }), 400, "invalid");
  });

  test("of another shape is refused with each field named", async () => {
    for (const body of [null, [], "text", 1, true]) expectProblem(await create({ body }), 400, "invalid");
    const wrong = await create({
      body: { ...someSource(), title: 7, kind: "gossip", url: "javascript:alert(1)", id: "1" },
    });
    expectProblem(wrong, 400, "invalid");
    expect(fieldsOf(wrong)?.sort()).toEqual(["id", "kind", "title", "url"]);
    const unknown = await create({ body: { ...someSource(), createdById: reviewer.id, __proto__: 1 } });
    expectProblem(unknown, 400, "invalid");
    const { title: _, ...without } = someSource();
    expect(fieldsOf(await create({ body: without }))).toEqual(["title"]);
    const anchors = [{ id: newId(), start: 0, end: -1, exact: "x" }];
    const deep = await callEndpoint(endpoints.createClaim, {
      as: reviewer,
      params: { articleId: article.id },
      body: { id: newId(), revisionId: article.revisionId, anchors },
    });
    expect(fieldsOf(deep)).toContain("anchors.0.end");
  });

  test("with NUL or half of a surrogate pair is refused, and the field named", async () => {
    for (const text of ["a\u0000b", "\ud83d", "\udc00 x"]) {
      expect(fieldsOf(await create({ body: { ...someSource(), title: text } }))).toEqual(["title"]);
      expect(fieldsOf(await create({ body: { ...someSource(), publisher: text } }))).toEqual(["publisher"]);
    }
    const claim = await makeClaim(db, reviewer, article, { state: "in_check" });
    const patch = (body: unknown) =>
      callEndpoint(endpoints.updateClaim, { as: reviewer, params: { claimId: claim.id }, version: 1, body });
    const link = (href: string) => ({
      type: "doc",
      content: [
        { type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "link", attrs: { href } }] }] },
      ],
    });
    for (const body of [
      { statement: "a\u0000b" },
      { rationale: paragraphs("a\u0000b") },
      { rationale: paragraphs("\ud83d") },
      { rationale: link("https://a.example/\u0000") },
      { rationale: link("https://a.example/\ud83d") },
    ])
      expectProblem(await patch(body), 400, "invalid");
  });

  test("longer than its field takes is refused, and one longer than a request takes is not read to its end", async () => {
    expect(fieldsOf(await create({ body: { ...someSource(), title: "x".repeat(2_000) } }))).toEqual(["title"]);
    expectProblem(await create({ body: { ...someSource(), title: "x".repeat(limits.jsonBytes) } }), 413, "too_large");
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    expectProblem(await create({ bytes: endless }), 413, "too_large");
    expect(sent).toBeLessThan(limits.jsonBytes * 3);
    expectProblem(await create({ headers: { "content-length": "99999999" } }), 413, "too_large");
  });

  test("nested without end is refused", async () => {
    const bytes = `{"statement":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const claim = await makeClaim(db, reviewer, article);
    const params = { claimId: claim.id };
    expectProblem(
      await callEndpoint(endpoints.updateClaim, { as: reviewer, params, version: 1, bytes }),
      400,
      "invalid",
    );
    let rationale: object = { type: "paragraph" };
    for (let depth = 0; depth < 2_000; depth++) rationale = { type: "bulletList", content: [rationale] };
    const body = { rationale: { type: "doc", content: [rationale] } };
    expectProblem(
      await callEndpoint(endpoints.updateClaim, { as: reviewer, params, version: 1, body }),
      400,
      "invalid",
    );
  });
});

describe("a change", () => {
  test("names the version that it was made on", async () => {
    for (const [, endpoint] of everyEndpoint.filter(([, { precondition }]) => precondition === true)) {
      const params = Object.fromEntries(Object.keys(endpoint.params.shape).map((name) => [name, newId()]));
      for (const headers of [
        {},
        { "if-match": "*" },
        { "if-match": '"x"' },
        { "if-match": 'W/"1"' },
        { "if-match": "-1" },
      ])
        expectProblem(
          await callEndpoint(endpoint, { as: editor, params, body: {}, headers }),
          428,
          "precondition_required",
        );
    }
  });

  test("that can be undone may name it, and is held to it then", async () => {
    const optional = everyEndpoint.filter(([, { precondition }]) => precondition === "optional");
    expect(optional.map(([name]) => name).sort()).toEqual(["removeEvidence", "trashArticle", "trashClaim"]);
    const claim = await makeClaim(db, editor, article);
    const trash = (headers: Record<string, string>) =>
      callEndpoint(endpoints.trashClaim, { as: editor, params: { claimId: claim.id }, headers });
    expectProblem(await trash({ "if-match": "*" }), 428, "precondition_required");
    expectProblem(await trash({ "if-match": '"7"' }), 412, "conflict");
    expect((await trash({})).status).toBe(200);
  });

  test("made on an older one is answered with 412 and the record as it now is", async () => {
    const claim = await makeClaim(db, reviewer, article);
    const patch = (statement: string) =>
      callEndpoint(endpoints.updateClaim, {
        ...{ as: reviewer, params: { claimId: claim.id }, version: 1 },
        body: { statement },
      });
    const first = await patch("First");
    expect(first).toMatchObject({ status: 200, body: { version: 2, statement: "First" } });
    const second = await patch("Second");
    expectProblem(second, 412, "conflict");
    expect(second.body).toMatchObject({ current: first.body });
  });

  test("that one may not make is 403, of what is not there 404, of an id that is none 400", async () => {
    const claim = await makeClaim(db, editor, article, { state: "in_check" });
    const patch = (claimId: string) =>
      callEndpoint(endpoints.updateClaim, { as: reviewer, params: { claimId }, version: 1, body: { claimant: "x" } });
    expectProblem(await patch(claim.id), 403, "forbidden");
    expectProblem(await patch(newId()), 404, "not_found");
    for (const id of ["1", "x", `${claim.id}'`, `${claim.id}%00`, "../claims"]) {
      const refused = await patch(id);
      expectProblem(refused, 400, "invalid");
      expect(fieldsOf(refused)).toEqual(["claimId"]);
    }
  });
});

test("of what is not there, every endpoint says so", async () => {
  const admin = await makeCaller(db, "admin");
  const reads = everyEndpoint.filter(
    ([, { method, params }]) => method === "GET" && Object.keys(params.shape).length > 0,
  );
  for (const [, endpoint] of reads) {
    const params = Object.fromEntries(Object.keys(endpoint.params.shape).map((name) => [name, newId()]));
    const query = { since: newId() };
    expectProblem(await callEndpoint(endpoint, { as: admin, params, query }), 404, "not_found");
  }
});

test("a search parameter that is not right is named", async () => {
  const wrong = await callEndpoint(endpoints.listSources, { as: reviewer, query: { kind: "gossip", q: "\u0000" } });
  expectProblem(wrong, 400, "invalid");
  expect(fieldsOf(wrong)?.sort()).toEqual(["kind", "q"]);
});

test("an answer is kept by no cache", async () => {
  const { headers } = await callEndpoint(endpoints.listSources, { as: reviewer });
  expect(headers.get("cache-control")).toBe("no-store");
});

test("a bug is a reference that the log has as well, and not a word of what went wrong", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const response = await answer(async () => {
    throw new Error("SELECT secret FROM vault");
  });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).not.toContain("vault");
  const { reference } = JSON.parse(text) as { reference: string };
  expect(log.mock.calls[0]?.[0]).toContain(reference);
  log.mockRestore();
});

test("a database that is away is 503 with a time to come back, whatever was asked for", async () => {
  const answers = await withoutDatabase(async () => {
    const claim = { claimId: newId() };
    return Promise.all([
      callEndpoint(endpoints.listSources, { as: reviewer }),
      callEndpoint(endpoints.updateClaim, { as: reviewer, params: claim, version: 1, body: { claimant: "x" } }),
      create({}),
    ]);
  });
  for (const away of answers) {
    expectProblem(away, 503, "unavailable");
    expect(Number(away.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(JSON.stringify(away.body)).not.toMatch(/prisma|ECONN|127\.0\.0\.1/i);
  }
  expect((await create({})).status).toBe(200);
});

test("a connection that is cut in the middle of a write is 503, and the write has not happened or has", async () => {
  const source = someSource();
  const cut = db.$executeRaw`
    SELECT pg_sleep(0.05), pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  const answers = await Promise.all(Array.from({ length: 8 }, () => create({ body: { ...source, id: newId() } })));
  await cut.catch((error) => expect(databaseFault(error)).toBeInstanceOf(AppError));
  for (const { status } of answers) expect([200, 503]).toContain(status);
  expect(await db.source.count({ where: { id: source.id } })).toBe(0);
  const again = await create({ body: source });
  expect(again.status).toBe(200);
});

/** Runs `work` while nothing answers at the database's address. */
async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  const held = globalThis as { claimdeskPrisma?: unknown };
  const before = held.claimdeskPrisma;
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const { PrismaClient } = await import("@/prisma/generated/client");
  held.claimdeskPrisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: "postgres://nobody@127.0.0.1:1/none", connectionTimeoutMillis: 500 }),
  });
  try {
    return await work();
  } finally {
    held.claimdeskPrisma = before;
  }
}

test("evidence goes through the same door", async () => {
  const claim = await makeClaim(db, reviewer, article, { state: "in_check" });
  const source = await makeSource(db, reviewer);
  const evidence = await makeEvidence(db, reviewer, claim, source);
  const call = { as: reviewer, params: { evidenceId: evidence.id } };
  const removed = await callEndpoint(endpoints.removeEvidence, call);
  expect(removed).toMatchObject({ status: 200, body: { evidence: [] } });
  const restored = await callEndpoint(endpoints.restoreEvidence, call);
  expect(restored).toMatchObject({ status: 200, body: { evidence: [{ id: evidence.id, version: 3 }] } });
});
