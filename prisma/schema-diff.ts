/**
 * The SQL between a migrated database and `schema.prisma`: what the next migration has to say. Prisma's schema engine as
 * WebAssembly from npm, which is no documented interface (docs/decisions/0001), so nothing outside this file may know of it,
 * and nothing that runs in production may import it.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

const { SchemaEngine } = engineModule;

async function startEngine(databaseUrl: string) {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    "./schema_engine_bg.js": { ...engineModule },
  });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  return SchemaEngine.new({ datamodels: await readSchema() }, () => {}, adapter);
}

async function readSchema(): Promise<[string, string][]> {
  const file = path.join(import.meta.dirname, "schema.prisma");
  return [[file, await readFile(file, "utf8")]];
}

/** The SQL that takes the database to `schema.prisma`; null when it is there. */
export async function diffSchema(databaseUrl: string): Promise<string | null> {
  const engine = await startEngine(databaseUrl);
  const files = (await readSchema()).map(([file, content]) => ({ path: file, content }));
  const { exitCode, stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: import.meta.dirname },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 2 ? stdout : null;
}
