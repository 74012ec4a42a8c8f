/**
 * The SQL between a migrated database and `schema.prisma`: what the next migration has to say. Prisma's schema engine as
 * WebAssembly from npm, which is no documented interface (docs/decisions/0001), so nothing outside this file may know of it,
 * and nothing that runs in production may import it.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlQuery } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool, type QueryArrayConfig, type QueryArrayResult } from "pg";

/** PostgreSQL's internal one-byte type. Its catalogue is full of it, the adapter refuses it, the engine wants a character. */
const internalChar = 18;
const text = 25;

class CatalogueAdapterFactory extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const query = pool.query.bind(pool) as (config: QueryArrayConfig) => Promise<QueryArrayResult>;
    const readRaw = adapter.queryRaw.bind(adapter);
    let characters: boolean[] = [];

    return Object.assign(adapter, {
      // The engine asks one thing after the other, so the last answer of the pool is the one at hand.
      async queryRaw(question: SqlQuery) {
        const result = await readRaw(question);
        const columnTypes = result.columnTypes.map((type, i) => (characters[i] ? ColumnTypeEnum.Character : type));
        return { ...result, columnTypes };
      },
      client: Object.assign(pool, {
        async query(config: QueryArrayConfig) {
          const result = await query(config);
          characters = result.fields.map((field) => field.dataTypeID === internalChar);
          for (const field of result.fields) if (field.dataTypeID === internalChar) field.dataTypeID = text;
          return result;
        },
      }),
    });
  }
}

async function loadEngine(): Promise<typeof engine.SchemaEngine> {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine.SchemaEngine;
}

/** The SQL that takes a database to `schema.prisma`; null when it is there. */
export async function diffSchema(databaseUrl: string): Promise<string | null> {
  const file = path.join(import.meta.dirname, "schema.prisma");
  const content = await readFile(file, "utf8");
  const files = [{ path: file, content }];
  const pool = new Pool({ connectionString: databaseUrl });
  try {
    const SchemaEngine = await loadEngine();
    const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapterFactory(pool));
    const schemaEngine = await SchemaEngine.new({ datamodels: [[file, content]] }, () => {}, adapter);
    const { exitCode, stdout } = await schemaEngine.diff({
      from: { tag: "schemaDatasource", files, configDir: import.meta.dirname },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 2 ? stdout : null;
  } finally {
    await pool.end();
  }
}
