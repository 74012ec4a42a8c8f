/** Prisma's client in `prisma/generated`, made anew when the schema or Prisma itself has changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { withLockFile } from "./lock-file";
import { projectDirectory } from "./project";
import { Fault } from "./terminal";

export async function generatePrismaClient(): Promise<void> {
  const schema = path.join(projectDirectory, "prisma/schema.prisma");
  const generated = path.join(projectDirectory, "prisma/generated");
  const stampFile = path.join(generated, "made-from");
  const { version } = createRequire(import.meta.url)("prisma/package.json") as { version: string };
  const stamp = createHash("sha256")
    .update(version)
    .update(await readFile(schema))
    .digest("hex");
  const isFresh = async () => existsSync(stampFile) && (await readFile(stampFile, "utf8")) === stamp;
  if (await isFresh()) return;
  await withLockFile(`${generated}.lock`, async () => {
    if (await isFresh()) return;
    const prisma = path.join(projectDirectory, "node_modules/prisma/build/index.js");
    const result = spawnSync(process.execPath, [prisma, "generate", "--no-hints", `--schema=${schema}`], {
      cwd: projectDirectory,
      encoding: "utf8",
      // Generating needs no schema engine, and any program in its place keeps Prisma from downloading one.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    });
    if (result.status !== 0) throw new Fault(`Prisma's client could not be made:\n${result.stderr || result.stdout}`);
    await writeFile(stampFile, stamp);
  });
}
