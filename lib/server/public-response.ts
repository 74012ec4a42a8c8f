/**
 * What a share link answers: the finished page of its newest publication, or one of the same as data. No session, no framework
 * script, nothing from the tables of the desk; one query a reading, which asks whether the link still opens. Never says more
 * about a link that does not than that it does not.
 */
import "server-only";
import { promisify } from "node:util";
import { gunzip as gunzipWithCallback, gzipSync } from "node:zlib";
import { AppError } from "../domain/errors";
import type { Snapshot } from "../domain/publication";
import { id } from "../domain/text";
import { annotations } from "../export/annotations";
import { claimReviews } from "../export/claim-review";
import { claimsCsv } from "../export/claims-csv";
import { policyOf, refusalPage } from "../export/public-page";
import { countsOfPicture, sharePicture } from "../export/share-picture";
import { databaseFault } from "./db";
import { KeptBytes } from "./kept-bytes";
import { previewPublication, readPage, readPublication } from "./publications";
import { getActor } from "./session";
import { countRead, openShareLink, shareUrl } from "./shares";

const gunzip = promisify(gunzipWithCallback);

/** Nobody may keep it unasked, index it, frame it, or learn its address from a link that leads out of it. */
const guards = {
  "Cache-Control": "private, no-cache",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  Vary: "Accept-Encoding",
};
const page = { ...guards, "Content-Type": "text/html; charset=utf-8" };

type DataFile = { type: string; of: (snapshot: Snapshot, page: string) => string };
/** The same as the page, for programs; by the name of the file. */
const files: Record<string, DataFile> = {
  "claims.json": { type: "application/ld+json", of: (snapshot, url) => JSON.stringify(claimReviews(snapshot, url)) },
  "annotations.json": {
    type: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    of: (snapshot, url) => JSON.stringify(annotations(snapshot, url)),
  },
  "claims.csv": { type: "text/csv; charset=utf-8", of: claimsCsv },
};

/** GET and HEAD of `/f/{token}`. */
export async function answerWithPage(request: Request, token: string): Promise<Response> {
  const zipped = acceptsGzip(request.headers.get("accept-encoding"));
  return politely(zipped, async () => {
    const link = await openShareLink(token);
    if (link.state !== "open") return refuse(link.state, zipped);
    // A page that is the same behind every link cannot name its own address: it asks for its files beside itself.
    const file = fileAskedFor(request.url);
    if (file) return new Response(null, { status: 307, headers: { ...guards, Location: `/f/${token}/${file}` } });

    if (request.method === "GET" && isReader(request.headers)) countRead(link.shareLinkId);
    const tag = zipped ? `"${link.publicationId}"` : `W/"${link.publicationId}"`;
    if (isAmong(link.publicationId, request.headers.get("if-none-match")))
      return new Response(null, { status: 304, headers: { ...guards, ETag: tag } });

    const { gzip, policy } = await finishedPage(link.publicationId);
    return send(zipped ? gzip : new Uint8Array(await gunzip(gzip)), policy, zipped, { headers: { ETag: tag } });
  });
}

function send(body: Uint8Array<ArrayBuffer>, policy: string, zipped: boolean, { status = 200, headers = {} } = {}) {
  return new Response(body, {
    status,
    headers: {
      ...page,
      "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
      ...(zipped && { "Content-Encoding": "gzip" }),
      ...headers,
    },
  });
}

/** GET of `/f/{token}/{file}`: the publication as data. */
export async function answerWithFile(token: string, name: string): Promise<Response> {
  return politely(false, async () => {
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    const link = await openShareLink(token);
    if (!file || link.state !== "open") return refuse(link.state === "closed" ? "closed" : "unknown", false);
    const body = await finishedFile(name, file, link.publicationId, token);
    const headers = {
      ...guards,
      "Content-Type": file.type,
      "Content-Disposition": `inline; filename="${name}"`,
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    };
    return new Response(body, { headers });
  });
}

/** GET of `/f/preview/{articleId}`: for whoever may share, the page as it would be now. To anybody else there is nothing. */
export async function answerWithPreview(articleId: string): Promise<Response> {
  return politely(false, async () => {
    const actor = await getActor();
    if (!actor || !id.safeParse(articleId).success) return refuse("unknown", false);
    const preview = await previewPublication(actor, articleId);
    const body = new Uint8Array(Buffer.from(preview));
    return send(body, policyOf(preview) ?? "", false, { headers: { "Cache-Control": "no-store" } });
  });
}

/** GET of `/f/picture/{name}`: what a chat shows beside a link. Made of the counts in its name, it may be kept for ever. */
export function answerWithPicture(name: string): Response {
  const counts = countsOfPicture(name);
  if (!counts) return refuse("unknown", false);
  const headers = { ...guards, "Cache-Control": "public, max-age=31536000, immutable", "Content-Type": "image/png" };
  return new Response(sharePicture(counts), { headers });
}

type Refusal = Parameters<typeof refusalPage>[0];
const statusOf: Record<Refusal, number> = { unknown: 404, closed: 410, unavailable: 503, broken: 500 };

function refuse(reason: Refusal, zipped: boolean, headers: Record<string, string> = {}): Response {
  const html = refusalPage(reason);
  const body = new Uint8Array(zipped ? gzipSync(html) : Buffer.from(html));
  const status = statusOf[reason];
  return send(body, policyOf(html) ?? "", zipped, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

/** Whatever goes wrong, a reader gets a page in plain words. */
async function politely(zipped: boolean, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const error = databaseFault(thrown);
    if (error instanceof AppError && ["not_found", "forbidden"].includes(error.code)) return refuse("unknown", zipped);
    if (error instanceof AppError && error.code === "unavailable")
      return refuse("unavailable", zipped, { "Retry-After": String(error.details.retryAfter ?? 5) });
    console.error("A public page could not be shown.", error);
    return refuse("broken", zipped);
  }
}

function fileAskedFor(url: string): string | null {
  if (!url.includes("?")) return null;
  const name = new URL(url).searchParams.get("file");
  return name !== null && Object.hasOwn(files, name) ? name : null;
}

/**
 * Whether the stored bytes may be sent: gzip is named, and at its full quality, as every browser does. Anybody else gets the page
 * unpacked, and what the framework then makes of it. `next.config.js` says the same.
 */
export const acceptsGzip = (header: string | null): boolean => /^(?:.*[,\s])?gzip\s*(?:,.*)?$/.test(header ?? "");

const isAmong = (publicationId: string, header: string | null): boolean =>
  (header ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === `"${publicationId}"`);

/** Programs that fetch a page to show what a link leads to, and browsers that fetch it in advance, are no readers. */
const notReaders = /bot\b|bot[/_-]|crawl|spider|preview|facebookexternalhit|whatsapp|slack|embedly|curl|wget/i;
function isReader(headers: Headers): boolean {
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? "";
  return !/prefetch/i.test(purpose) && !notReaders.test(headers.get("user-agent") ?? "");
}

type FinishedPage = { gzip: Uint8Array<ArrayBuffer>; policy: string };

/** Of pages and of the same as data, together. A publication never changes. */
const mostBytes = 64 * 1024 * 1024;
const keptPages = new KeptBytes<FinishedPage>(mostBytes / 2, ({ gzip }) => gzip.byteLength);
const keptFiles = new KeptBytes<Uint8Array<ArrayBuffer>>(mostBytes / 2, (bytes) => bytes.byteLength);

const finishedPage = (publicationId: string): Promise<FinishedPage> =>
  keptPages.get(publicationId, async () => {
    const gzip = await readPage(publicationId);
    const policy = policyOf((await gunzip(gzip)).toString("utf8"));
    if (policy === null) throw new Error(`Publication ${publicationId} has a page without a policy.`);
    return { gzip, policy };
  });

/** A file names the address that its reader has, so it is one for each link. */
const finishedFile = (name: string, file: DataFile, publicationId: string, token: string) =>
  keptFiles.get(`${publicationId} ${name} ${token}`, async () => {
    const text = file.of(await readPublication(publicationId), shareUrl(token));
    return new Uint8Array(Buffer.from(text));
  });
