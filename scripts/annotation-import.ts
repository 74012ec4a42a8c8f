/**
 * `npm run annotations:import -- --article ID|URL FILE`: brings in annotations of other programs as claims, by the same rules as the
 * screen. Only those whose words stand in one place come in; the others are listed. Exit codes: 0 all that the file holds are claims
 * (now, or already were), 1 some could not be placed, 2 called wrongly or no such file, article or annotations, 3 no database or person.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { type FoundAnnotation, findAnnotations, jsonOf } from "../lib/domain/annotation-import";
import { AppError } from "../lib/domain/errors";
import { limits } from "../lib/domain/limits";
import { id as articleId, urlKey } from "../lib/domain/text";
import { openDatabase } from "./database";
import { findActor } from "./find-actor";
import { readSettings } from "./prepare";
import { loadSettings } from "./project";
import { readAddress } from "./serve";
import { explain, Fault, say } from "./terminal";

const exit = { done: 0, unplaced: 1, usage: 2, unavailable: 3 };

const usage = `npm run annotations:import -- --article ID|URL [options] FILE

Brings in annotations from a JSON file: an export of Hypothesis, or W3C annotations.

  --article ID|URL       of which article they are; its id, its address here, or where it was published
  --as E-MAIL            in whose name; needed when there is more than one account
  --dry-run              say what would come in, and keep nothing
  --elsewhere            also those that were made on a page with another address

Exit codes: 0 all are claims now, 1 some could not be placed, 2 called wrongly, or no such
file, article or annotations, 3 the database or the person cannot be had.`;

const flag = { type: "boolean", default: false } as const;
const options = {
  article: { type: "string" },
  as: { type: "string" },
  "dry-run": flag,
  elsewhere: flag,
  help: { ...flag, short: "h" },
} as const;

type Given = ReturnType<typeof parse>;

/** @throws Fault when called wrongly. */
function parse() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = "", ...others] = positionals;
  if (!values.help && (name === "" || others.length > 0)) throw new Fault("Name one file; --help says more");
  if (!values.help && !values.article) throw new Fault("Say with --article of which article they are");
  // npm changes to the project's directory; names are meant from where the command was typed.
  return { ...values, article: values.article ?? "", file: path.resolve(process.env.INIT_CWD ?? ".", name) };
}

/** What it cannot go on without. */
class Unusable extends Error {}

async function findArticle(named: string) {
  const { database } = await import("../lib/server/db");
  const last =
    articleId.safeParse(named.replace(/[/?#].*$/, "")).data ??
    articleId.safeParse(named.match(/\/articles\/([^/?#]+)/)?.[1]).data;
  const key = urlKey(named);
  if (!last && !key) throw new Unusable(`There is no article "${named}"`);
  const articles = await database().article.findMany({
    where: { trashedAt: null, ...(last ? { id: last } : { urlKey: key }) },
    select: { id: true, headline: true },
    take: 2,
  });
  const [article, another] = articles;
  if (!article) throw new Unusable(`There is no article "${named}"`);
  if (another) throw new Unusable(`More than one article has the address ${named}: name its id`);
  return article;
}

async function readBytes(file: string): Promise<Uint8Array> {
  const { size } = await stat(file).catch(() => {
    throw new Unusable(`There is no file ${file}`);
  });
  if (size > limits.uploadBytes) throw new Unusable(`A file may have at most ${limits.uploadBytes / 1024 / 1024} MB`);
  return readFile(file);
}

const reasons = {
  altered: "words have changed",
  ambiguous: "several places",
  lost: "not found",
  note: "no quote",
  placed: "",
} as const satisfies Record<FoundAnnotation["state"], string>;

const short = (words: string) => (words.length > 70 ? `${words.slice(0, 69)}…` : words).replace(/\s+/gu, " ");

async function run(given: Given): Promise<number> {
  loadSettings();
  const { settings, url } = await readSettings(readAddress(undefined).port);
  const db = await openDatabase();
  // The use cases read their settings from the environment.
  Object.assign(process.env, settings, { DATABASE_URL: db.url });
  try {
    const actor = await findActor(given.as);
    const { importAnnotations, listAnnotations } = await import("../lib/server/annotation-import");
    const { getArticle } = await import("../lib/server/articles");
    const { newId } = await import("../lib/server/ids");
    const { id, headline } = await findArticle(given.article);
    const { revision, canonicalUrl } = await getArticle(actor, id);
    const known = new Set((await listAnnotations(actor, id)).keys);
    const text = await textOf(revision.id);
    const found = findAnnotations(jsonOf(await readBytes(given.file)), { text, canonicalUrl, known });
    const fresh = found.filter(({ isKnown, isElsewhere }) => !isKnown && (given.elsewhere || !isElsewhere));
    const placed = fresh.filter(({ state }) => state === "placed");
    const left = fresh.filter(({ state }) => state !== "placed");
    const claims = placed.flatMap(({ key, place, comments, tags }) =>
      place
        ? [
            {
              id: newId(),
              key,
              comments,
              tags,
              anchor: { id: newId(), ...place, exact: text.slice(place.start, place.end) },
            },
          ]
        : [],
    );
    const came =
      given["dry-run"] || claims.length === 0
        ? claims.length
        : (await importAnnotations(actor, id, { revisionId: revision.id, claims })).claimIds.length;
    const already = found.filter(({ isKnown }) => isKnown).length;
    const elsewhere = found.length - fresh.length - already;
    process.stdout.write(`${headline} ${url}/articles/${id}\n`);
    process.stdout.write(`${given["dry-run"] ? "would be claims" : "now claims"}: ${came}\n`);
    if (already > 0) process.stdout.write(`claims already: ${already}\n`);
    if (elsewhere > 0) process.stdout.write(`of another page: ${elsewhere}\n`);
    if (left.length > 0) process.stdout.write(`left out: ${left.length}\n`);
    for (const { state, quote, comments } of left)
      process.stdout.write(`  ${reasons[state]}: ${short(quote ?? comments[0]?.text ?? "")}\n`);
    return left.length > 0 ? exit.unplaced : exit.done;
  } catch (error) {
    if (!(error instanceof Unusable) && !(error instanceof AppError)) throw error;
    say(error.message);
    return exit.usage;
  } finally {
    await (await import("../lib/server/db")).database().$disconnect();
    await db.close();
  }
}

async function textOf(revisionId: string): Promise<string> {
  const { database } = await import("../lib/server/db");
  return (await database().revision.findUniqueOrThrow({ where: { id: revisionId }, select: { text: true } })).text;
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
