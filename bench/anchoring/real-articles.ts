/** Articles laid beside the repository, where there are any: read while measuring, never part of it. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { projectDirectory } from "../../scripts/project";

export async function articlesAround(): Promise<{ name: string; text: string }[]> {
  const directory = path.join(projectDirectory, "../shared/articles");
  const files = (await readdir(directory).catch(() => [])).filter((file) => file.endsWith(".txt"));
  return Promise.all(
    files.map(async (file, nth) => ({
      name: `real article ${nth + 1}`,
      text: await readFile(path.join(directory, file), "utf8"),
    })),
  );
}
