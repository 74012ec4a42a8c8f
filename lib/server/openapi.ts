/**
 * The OpenAPI 3.1 description of /api/v1, made from the table of endpoints and their zod schemas: what is described is what is
 * checked. OpenAPI 3.1 takes JSON Schema 2020-12 as it is, which is what zod writes, so nothing stands between the two.
 */
import "server-only";
import { z } from "zod";
import { version } from "@/package.json";
import * as article from "../domain/article";
import * as claim from "../domain/claim";
import { type Endpoint, endpoints } from "../domain/endpoints";
import { type ErrorCode, errorStatus } from "../domain/errors";
import * as evidence from "../domain/evidence";
import * as people from "../domain/people";
import * as publication from "../domain/publication";
import { richText } from "../domain/rich-text";
import * as source from "../domain/source";
import * as verdict from "../domain/verdict";

type Json = { [key: string]: unknown };

/** What leaves the server under a name of its own; everything else is written where it stands. */
const named = z.registry<{ id: string }>();
const views = {
  Article: article.articleView,
  ArticleDraft: article.articleDraft,
  ArticleListItem: article.articleListItem,
  AuditLine: article.auditLine,
  Claim: claim.claimView,
  ClaimSummary: claim.claimSummary,
  Evidence: evidence.evidenceView,
  Invitation: people.invitationView,
  LiveEvent: article.liveEvent,
  PersonRef: people.personRef,
  Person: people.personView,
  Presence: article.presence,
  Query: claim.queryView,
  Rating: verdict.ratingView,
  Revision: article.revisionView,
  RichText: richText,
  Sharing: publication.sharingView,
  Source: source.sourceView,
} as const;
for (const [id, schema] of Object.entries(views)) named.add(schema, { id });

const richTextSchema = {
  description: "A document as Tiptap writes it: nodes with `type`, `attrs`, `content`, `marks` and `text`.",
  type: "object",
  properties: { type: { const: "doc" }, content: { type: "array", items: { type: "object" } } },
  required: ["type"],
};

/** JSON Schema of a zod schema, its named parts moved to `components`. */
function schemaOf(schema: z.ZodType, io: "input" | "output", components: Json): unknown {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    metadata: named,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === richText) Object.assign(jsonSchema, richTextSchema);
      // The format says it in one word.
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  }) as Json;
  for (const [id, part] of Object.entries(($defs ?? {}) as Json)) components[id] = withoutId(moved(part));
  const id = named.get(schema)?.id;
  if (!id) return moved(json);
  components[id] ??= withoutId(moved(json));
  return { $ref: `#/components/schemas/${id}` };
}

const withoutId = ({ id: _, ...schema }: Json): Json => schema;

/** The same schema with its references to where OpenAPI keeps them. */
function moved(value: unknown): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

const problemWords: Record<ErrorCode, string> = {
  invalid: "Something in the request is not right; `fields` says what.",
  unauthenticated: "There is no session, or it has ended.",
  forbidden: "The person's role does not allow this, or the request came from another site.",
  not_found: "It is not here.",
  duplicate: "It is already there; `current` is what is there, where the caller may see it.",
  conflict: "It was changed since the version that the change was made on; `current` is the record as it now is.",
  too_large: "More was sent than is taken.",
  unsupported: "The body is not of the content type that is taken.",
  precondition_required: "`If-Match` does not name a version.",
  rate_limited: "Too many requests; `Retry-After` says when to try again.",
  unavailable: "The server or its database cannot be reached; `Retry-After` says when to try again.",
};

/** The refusals that an endpoint can answer with. */
function refusalsOf(endpoint: Endpoint): ErrorCode[] {
  const inputs = [endpoint.body, endpoint.query, Object.keys(endpoint.params.shape)[0]];
  const codes: [ErrorCode, boolean][] = [
    ["invalid", inputs.some(Boolean)],
    ["unauthenticated", !endpoint.open],
    ["forbidden", true],
    ["not_found", Object.keys(endpoint.params.shape).length > 0],
    ["duplicate", endpoint.method === "POST" || endpoint.precondition === true],
    ["conflict", endpoint.precondition === true || endpoint.method !== "GET"],
    ["too_large", endpoint.body !== undefined],
    ["unsupported", endpoint.body !== undefined],
    ["precondition_required", endpoint.precondition === true],
    ["rate_limited", true],
    ["unavailable", true],
  ];
  return codes.filter(([, possible]) => possible).map(([code]) => code);
}

function responses(refusals: ErrorCode[]): Json {
  const entries = refusals.map((code) => [errorStatus[code], { $ref: `#/components/responses/${code}` }]);
  return Object.fromEntries(entries);
}

function parameters(location: "path" | "query", schema: z.ZodObject, components: Json): Json[] {
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: location,
    required: location === "path" || !part.safeParse(undefined).success,
    schema: schemaOf(part as z.ZodType, "input", components),
  }));
}

const ifMatch = (wanted: true | "optional") => ({
  name: "If-Match",
  in: "header",
  required: wanted === true,
  description: "The version that the change was made on, as the last answer gave it.",
  schema: { type: "string", pattern: '^"?\\d{1,9}"?$' },
  example: '"3"',
});

function operation(name: string, endpoint: Endpoint, components: Json): Json {
  const { body, response, params, query } = endpoint;
  const content =
    body === "bytes"
      ? { "application/octet-stream": {} }
      : body && { "application/json": { schema: schemaOf(body, "input", components) } };
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [endpoint.path.split("/")[1]],
    parameters: [
      ...parameters("path", params, components),
      ...(query ? parameters("query", query, components) : []),
      ...(endpoint.precondition ? [ifMatch(endpoint.precondition)] : []),
    ],
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      200: {
        description: "Done",
        content: { "application/json": { schema: schemaOf(response, "output", components) } },
      },
      ...responses(refusalsOf(endpoint)),
    },
    ...(endpoint.open && { security: [] }),
  };
}

/** The stream of live events is the one answer that is not JSON, so it is not in the table. */
function eventStream(components: Json): Json {
  for (const schema of [article.liveEvent, article.presence]) schemaOf(schema, "output", components);
  return {
    operationId: "streamEvents",
    summary: "What happens in an article, as server-sent events",
    description:
      "Begins with `stream` (the id for `setPresence`), then `change` (LiveEvent, its number as `id`) and `presence` " +
      "(Presence). Whoever comes back with `Last-Event-ID` is sent what happened since. A comment comes every 15 seconds.",
    tags: ["events"],
    parameters: [
      ...parameters("query", article.liveQuery, components),
      { name: "Last-Event-ID", in: "header", required: false, schema: { type: "string" } },
    ],
    responses: {
      200: { description: "The stream", content: { "text/event-stream": { schema: { type: "string" } } } },
      ...responses(["invalid", "unauthenticated", "not_found", "rate_limited", "unavailable"]),
    },
  };
}

function problemResponse(code: ErrorCode): Json {
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code: { const: code } } }] };
  return { description: problemWords[code], content: { "application/problem+json": { schema } } };
}

const problem = {
  description: "RFC 9457. `title` is written for the person.",
  type: "object",
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: Object.keys(errorStatus) },
    fields: {
      type: "array",
      items: {
        type: "object",
        properties: { path: { type: "string" }, message: { type: "string" } },
        required: ["path", "message"],
      },
    },
    current: { description: "The record as it now is." },
    retryAfter: { type: "number", description: "Seconds." },
  },
  required: ["type", "title", "status", "code"],
};

/** The whole description. `cookieName` is the session's, which depends on how the server is reached. */
export function describeApi(cookieName: string): Json {
  const schemas: Json = { Problem: problem };
  const paths: Record<string, Json> = { "/events": { get: eventStream(schemas) } };
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const described = operation(name, endpoint, schemas);
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: described };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Claimdesk",
      version,
      description:
        "The one door for every write. Ids are made by the caller (UUID version 7), so that a request sent again changes " +
        "nothing. A change to what a record says names the version that it was made on; what only moves a record, and can be " +
        "undone, may name it.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ session: [] }],
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(
        (Object.keys(errorStatus) as ErrorCode[]).map((code) => [code, problemResponse(code)]),
      ),
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookieName } },
    },
  };
}
