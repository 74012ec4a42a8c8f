/**
 * `npm run article:import -- [options] FILE…`: brings in articles from files, through the same pipeline, limits and rules as the
 * screen. Prints one line for each file. Exit codes: 0 every file is in the newsroom (now, or already was), 1 at least one file was
 * refused (the others are in), 2 called wrongly, 3 the database or the person cannot be had.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { type ArticleDraft, articleCreate } from "../lib/domain/article";
import { AppError } from "../lib/domain/errors";
import { limits } from "../lib/domain/limits";
import type { Actor } from "../lib/domain/people";
import { openDatabase } from "./database";
import { findActor } from "./find-actor";
import { readSettings } from "./prepare";
import { loadSettings } from "./project";
import { readAddress } from "./serve";
import { explain, Fault, say } from "./terminal";

const exit = { done: 0, refused: 1, usage: 2, unavailable: 3 };

const usage = `npm run article:import -- [options] FILE…

Brings in articles from .txt, .md, .html and .docx files.

  --as E-MAIL            in whose name; needed when there is more than one account
  --dry-run              say what would come in, and keep nothing
  --allow-duplicate      bring in an article that is already here a second time
  --headline, --byline, --outlet, --date YYYY-MM-DD, --url, --language
                         what is known better than the file knows it; for one file

Exit codes: 0 every file is in the newsroom, 1 at least one was refused, 2 called wrongly,
3 the database or the person cannot be had.`;

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
const options = {
  as: text,
  "dry-run": flag,
  "allow-duplicate": flag,
  headline: text,
  byline: text,
  outlet: text,
  date: text,
  url: text,
  language: text,
  help: { ...flag, short: "h" },
} as const;

type Given = ReturnType<typeof parse>;

/** @throws Fault when called wrongly. */
function parse() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { headline, byline, outlet, date: publishedOn, url: canonicalUrl, language } = values;
  const known = { headline, byline, outlet, publishedOn, canonicalUrl, language };
  const isKnown = Object.values(known).some((value) => value !== undefined);
  if (positionals.length === 0 && !values.help) throw new Fault("Name at least one file; --help says more");
  if (isKnown && positionals.length > 1) throw new Fault("A headline or other metadata can be given for one file only");
  // npm changes to the project's directory; names are meant from where the command was typed.
  const files = positionals.map((name) => path.resolve(process.env.INIT_CWD ?? ".", name));
  return { ...values, files, known };
}

/** @returns The line that tells what became of the file. @throws AppError, Fault when it was refused. */
async function importFile(file: string, actor: Actor, given: Given, origin: string): Promise<string> {
  const { createArticle, previewFile } = await import("../lib/server/intake");
  const { newId } = await import("../lib/server/ids");
  const { size } = await stat(file).catch(() => {
    throw new Fault("There is no such file");
  });
  if (size > limits.uploadBytes) throw new Fault(`A file may have at most ${limits.uploadBytes / 1024 / 1024} MB`);
  const draft = await previewFile(actor, path.basename(file), await readFile(file));
  const input = articleCreate.safeParse({ ...articleOf(draft, given), id: newId() });
  if (!input.success) throw new Fault(input.error.issues.map(reason).join("; "));
  const what = `${input.data.headline} (${draft.characters.toLocaleString("en")} characters)`;
  if (given["dry-run"]) {
    const { outlet, publishedOn, byline, canonicalUrl, language } = input.data;
    const found = Object.entries({ byline, outlet, publishedOn, canonicalUrl, language }).filter(([, value]) => value);
    return [
      what,
      ...found.map(([name, value]) => `  ${name}: ${value}`),
      ...draft.notes.map((note) => `  ${note}`),
    ].join("\n");
  }
  try {
    const { id } = await createArticle(actor, input.data);
    return `brought in: ${what} ${origin}/articles/${id}`;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "duplicate") throw error;
    const [first] = error.details.current as ArticleDraft["duplicates"];
    return `already here: ${first?.headline} ${origin}/articles/${first?.id}`;
  }
}

function articleOf(draft: ArticleDraft, given: Given) {
  const known = Object.fromEntries(Object.entries(given.known).filter(([, value]) => value !== undefined));
  return {
    ...draft.metadata,
    headline: draft.metadata.headline ?? "",
    language: draft.metadata.language ?? "en",
    ...known,
    document: draft.document,
    origin: draft.origin,
    originName: draft.originName,
    ...(given["allow-duplicate"] && { allowDuplicate: true }),
  };
}

function reason({ path: [field], message }: { path: PropertyKey[]; message: string }): string {
  if (field === "headline") return "No headline was found: give one with --headline";
  return `${String(field)}: ${message}`;
}

async function run(given: Given): Promise<number> {
  loadSettings();
  const { settings, url } = await readSettings(readAddress(undefined).port);
  const database = await openDatabase();
  // The use cases read their settings from the environment.
  Object.assign(process.env, settings, { DATABASE_URL: database.url });
  let refused = 0;
  try {
    const actor = await findActor(given.as);
    for (const file of given.files) {
      try {
        process.stdout.write(`${file}: ${await importFile(file, actor, given, url)}\n`);
      } catch (error) {
        const expected = error instanceof AppError ? error.message : explain(error);
        if (expected === null) throw error;
        say(`${file}: refused: ${expected}`);
        refused++;
      }
    }
  } finally {
    await (await import("../lib/server/db")).database().$disconnect();
    await database.close();
  }
  return refused > 0 ? exit.refused : exit.done;
}

let given: Given | undefined;
try {
  given = parse();
  if (given.help) process.stdout.write(`${usage}\n`);
  else process.exitCode = await run(given);
} catch (error) {
  say(explain(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  process.exitCode = given ? exit.unavailable : exit.usage;
}
