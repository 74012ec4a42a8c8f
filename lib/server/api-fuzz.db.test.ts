import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";

vi.mock("next/headers", () => import("@/prisma/fixtures/next-headers"));
// What is asked here is asked more often than anybody may.
vi.mock("./throttle", async (original) => ({ ...(await original<object>()), limitRate: async () => {} }));

import { type Caller, callEndpoint, everyEndpoint, makeCaller } from "@/prisma/fixtures/api";
import {
  makeActor,
  makeArticle,
  makeClaim,
  makeEvidence,
  makeNewsroom,
  makePerson,
  makeSource,
  paragraphs,
} from "@/prisma/fixtures/builder";
import type { Endpoint } from "../domain/endpoints";
import { type ErrorCode, errorStatus } from "../domain/errors";
import { type Database, database } from "./db";
import { newId } from "./ids";
import { createRevisionDraft } from "./revisions";

let db: Database;
let callers: Caller[];
/** Ids of what is really there, so that garbage meets more than "not found". */
const there: Record<string, string> = {};
const thing = (name: string): string => there[name] ?? "";

beforeAll(async () => {
  db = database();
  const { ratings } = await makeNewsroom(db);
  callers = await Promise.all([makeCaller(db, "reviewer"), makeCaller(db, "editor"), makeCaller(db, "admin")]);
  const reviewer = callers[0] as Caller;
  const article = await makeArticle(db, reviewer);
  const claim = await makeClaim(db, reviewer, article, { state: "needs_info" });
  const source = await makeSource(db, reviewer);
  Object.assign(there, {
    articleId: article.id,
    revisionId: article.revisionId,
    claimId: claim.id,
    sourceId: source.id,
    evidenceId: (await makeEvidence(db, reviewer, claim, source)).id,
    queryId: (await db.query.findFirstOrThrow({ select: { id: true } })).id,
    ratingId: ratings[0]?.id,
    personId: (await makePerson(db, "reviewer")).id,
    baseId: article.revisionId,
    ...(await makeDraft()),
  });
});
afterAll(() => database().$disconnect());

/** A new text of an article of its own, so that what is done with it leaves the other as it is. */
async function makeDraft() {
  const reviewer = await makeActor(db, "reviewer");
  const article = await makeArticle(db, reviewer);
  const claim = await makeClaim(db, reviewer, article);
  const document = paragraphs("Another text altogether.");
  const input = { id: newId(), baseId: article.revisionId, document, origin: "paste", originName: null } as const;
  await createRevisionDraft(reviewer, article.id, input);
  const anchor = await db.anchor.findFirstOrThrow({ where: { claimId: claim.id }, select: { id: true } });
  return { draftId: input.id, anchorId: anchor.id };
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      -1,
      0,
      1e308,
      2 ** 31,
      2 ** 53,
      0.1,
      "",
      " ",
      "\u0000",
      "\ud800",
      "x\udc00",
      "'; DROP TABLE claim; --",
    ],
    ...["javascript:alert(1)", "<script>alert(1)</script>", "%", "\\", "🧾".repeat(300), "x".repeat(30_000)],
    ...["2023-02-31", "9999-12-31", "0000-01-01", "2026-11-23T00:00:00Z", "2026-11-23T25:00:00Z", "en", "x-klingon"],
    ...[[], {}, [null], { not: "" }, { set: 1 }, { type: "doc" }, { type: "doc", content: [{ type: "text" }] }],
    ...[{ constructor: {} }, { toString: 1 }, paragraphs("\u0000"), paragraphs("words")],
  ),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
);

/** What a field asks for that is no mere text. */
const sample: Record<string, string> = {
  url: "https://council.example/a",
  canonicalUrl: "https://council.example/b",
  publishedOn: "2026-11",
  language: "en",
  email: "somebody@desk.example",
  cursor: "7",
  symbol: "§",
};

/** An id of something, of nothing, or no id. */
const someId = fc.oneof(
  fc.constantFrom("articleId", "claimId", "sourceId", "evidenceId", "ratingId", "revisionId", "personId").map(thing),
  fc.uuid(),
  fc.constantFrom("", "x", "00000000-0000-0000-0000-000000000000", "\u0000", "..%2F.."),
);

/** Mostly the first, now and then the second: one wrong field among right ones gets further than many. */
const mostly = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: good }, { weight: 1, arbitrary: bad });

/** The values that a JSON Schema asks for in the field `name`, each now and then something else. */
function valuesFor(schema: z.core.JSONSchema._JSONSchema, name = ""): fc.Arbitrary<unknown> {
  if (typeof schema === "boolean") return nasty;
  const good = ((): fc.Arbitrary<unknown> => {
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => valuesFor(choice, name)));
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.format === "uuid")
      return mostly<string>(name in there ? fc.constant(thing(name)) : fc.uuid({ version: 7 }), someId);
    if (schema.type === "null") return fc.constant(null);
    if (schema.format === "date-time") return fc.constant("2036-11-23T00:00:00Z");
    if (schema.format === "date") return fc.constantFrom("2026-11-23", "0001-01-01");
    if (schema.type === "string") return fc.constantFrom(sample[name] ?? "The mayor");
    if (schema.type === "integer" || schema.type === "number")
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(70, schema.maximum ?? 70) });
    if (schema.type === "boolean") return fc.boolean();
    if (schema.type === "array")
      return fc.array(valuesFor((schema.items as z.core.JSONSchema._JSONSchema) ?? true), { maxLength: 3 });
    if (schema.properties) {
      const fields = Object.entries(schema.properties).map(([field, part]) => [field, valuesFor(part, field)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
    }
    return fc.constant(paragraphs("words"));
  })();
  return mostly(good, nasty);
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

function callOf(endpoint: Endpoint) {
  const { params, query, body } = endpoint;
  const bodies =
    body === "bytes"
      ? fc.record({ bytes: fc.uint8Array({ maxLength: 200 }) })
      : body
        ? fc.oneof(
            { weight: 6, arbitrary: fc.record({ body: valuesFor(schemaOf(body)) }) },
            { weight: 1, arbitrary: fc.record({ body: nasty }) },
            { weight: 1, arbitrary: fc.record({ bytes: fc.uint8Array({ maxLength: 200 }) }) },
          )
        : fc.constant({});
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)).toWellFormed();
  return fc.record({
    as: fc.nat(2),
    params: fc.record(
      Object.fromEntries(Object.keys(params.shape).map((name) => [name, mostly(fc.constant(thing(name)), someId)])),
    ),
    query: fc.record(
      Object.fromEntries(
        Object.entries(query?.shape ?? {}).map(([name, part]) => [
          name,
          valuesFor(schemaOf(part as z.ZodType), name).map(text),
        ]),
      ),
      { requiredKeys: [] },
    ),
    version: fc.nat(3),
    payload: bodies,
  });
}

/** These fetch from the network or spend their time on a password; their own tests are unkind to them. */
const apart = ["previewPage", "changePassword"];
/** Each of these is read by a worker of its own, which takes its time to start. */
const slow = ["previewPaste", "previewFile"];

describe("whatever is sent, an answer is what the table says or a refusal in words, never a fault", () => {
  for (const [name, endpoint] of everyEndpoint.filter(([name]) => !apart.includes(name)))
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(callOf(endpoint), async ({ as, params, query, version, payload }) => {
          const { status, body } = await callEndpoint(endpoint, {
            as: callers[as] ?? null,
            params,
            query: query as Record<string, string>,
            version,
            ...payload,
          });
          if (status === 200) {
            expect(endpoint.response.safeParse(body).error).toBeUndefined();
            return;
          }
          const problem = body as { code: ErrorCode; title: string };
          expect(problem).not.toMatchObject({ code: "bug" });
          expect(errorStatus[problem.code]).toBe(status);
          expect(status).toBeLessThan(500);
          expect(problem.title).toMatch(/^[A-Z][\s\S]*[.!?]$/);
        }),
        { numRuns: slow.includes(name) ? 3 : 20 },
      );
    });

  test("and it has not broken what is there", async () => {
    // The first may have been applied or thrown away.
    Object.assign(there, await makeDraft());
    for (const [name, endpoint] of everyEndpoint.filter(([, { method }]) => method === "GET")) {
      const params = Object.fromEntries(
        Object.keys(endpoint.params.shape).map((param) => [param, there[param] ?? newId()]),
      );
      // A comparison names the other side of it.
      const query = { since: there.revisionId ?? "" };
      const { status } = await callEndpoint(endpoint, { as: callers[2] ?? null, params, query });
      expect({ name, status }).toEqual({ name, status: 200 });
    }
  });
});
