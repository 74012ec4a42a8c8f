import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { type Endpoint, endpoints } from "../domain/endpoints";
import { describeApi } from "./openapi";

type Operation = {
  operationId: string;
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, unknown>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, unknown> };
};
const api = describeApi("claimdesk-session") as Document;

test("the description is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(api))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  const broken = structuredClone(api) as { paths: unknown };
  broken.paths = { "/claims": { get: { responses: "none" } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("every reference leads somewhere, and nothing described is left without use", () => {
  const text = JSON.stringify(api);
  const references = new Set(
    [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(([, kind, id]) => `${kind}/${id}`),
  );
  expect([...text.matchAll(/"\$ref"/g)]).toHaveLength(
    [...text.matchAll(/"\$ref":"#\/components\/(?:schemas|responses)\/\w+"/g)].length,
  );
  const there = (["schemas", "responses"] as const).flatMap((kind) =>
    Object.keys(api.components[kind]).map((id) => `${kind}/${id}`),
  );
  expect([...references].filter((reference) => !there.includes(reference))).toEqual([]);
  // The event stream's messages are named in words.
  expect(there.filter((id) => !references.has(id))).toEqual(["schemas/LiveEvent", "schemas/Presence"]);
});

describe("every endpoint of the table", () => {
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints))
    test(`${name} is described`, () => {
      const operation = api.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
      expect(operation?.operationId).toBe(name);
      const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const described = operation?.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
      expect(described).toEqual(inPath);
      const ifMatch = operation?.parameters.find((parameter) => parameter.name === "If-Match");
      expect(ifMatch?.required).toBe(endpoint.precondition && endpoint.precondition === true);
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(["200", "429", "503"]));
    });
});

/** The routes that are not JSON in and out, and so not in the table. */
const apart = ["GET /articles/{articleId}/changes.docx", "GET /events", "GET /openapi.json"];

test("every endpoint of the table has its route, and every route is in the table", () => {
  const routes = import.meta.glob<Record<string, unknown>>("../../app/api/v1/**/route.ts", { eager: true });
  const served = Object.entries(routes).flatMap(([file, handlers]) => {
    const path = file.replace(/^.*\/app\/api\/v1|\/route\.ts$/g, "").replace(/\[(\w+)\]/g, "{$1}");
    return Object.keys(handlers)
      .filter((name) => /^[A-Z]+$/.test(name))
      .map((method) => `${method} ${path}`);
  });
  const tabled = Object.values<Endpoint>(endpoints).map(({ method, path }) => `${method} ${path}`);
  expect(served.sort()).toEqual([...tabled, ...apart].sort());
});
