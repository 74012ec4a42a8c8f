/** `npm run bench -- NAME…`: the measures of `bench/`, one after the other; without a name, all of them. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { projectDirectory } from "./project";
import { Fault, runCommand, say } from "./terminal";

await runCommand(async () => {
  const directory = path.join(projectDirectory, "bench");
  const files = await readdir(directory);
  const known = files.filter((file) => file.endsWith(".ts")).map((file) => path.basename(file, ".ts"));
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown) throw new Fault(`There is no measure "${unknown}": ${known.join(", ")}`);
  for (const name of asked.length > 0 ? asked : known) {
    say(`\n${name}`);
    await import(pathToFileURL(path.join(directory, `${name}.ts`)).href);
  }
});
