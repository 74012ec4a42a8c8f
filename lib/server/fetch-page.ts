/**
 * Fetches a page that somebody named, from the server's own network, and cannot be used against that network: http and https
 * only, public addresses only, the address that was checked is the one connected to, every redirect is checked as the first
 * address was. No cookies, no credentials. Never fetches for anybody who is not signed in: its use case sees to that.
 */
import "server-only";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import ipaddr from "ipaddr.js";
import { Agent, type Dispatcher, request } from "undici";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";
import { webAddress } from "../domain/text";
import { environment } from "./env";

export type FetchedPage = {
  /** Where it was in the end, after redirects, without a fragment. */
  address: string;
  contentType: string | null;
  bytes: Uint8Array;
};

type Address = { address: string; family: number };

export type FetchOptions = {
  /** `host:port` pairs that may be fetched although they are not public. */
  allowed?: ReadonlySet<string>;
  /** Name -> addresses. */
  resolve?: (hostname: string) => Promise<Address[]>;
  /** Milliseconds for everything, redirects included. */
  milliseconds?: number;
};

/** Where web pages are served; anything else is somebody's database or mail. */
const webPorts = ["80", "443", "8080", "8443"];
/** Public by its number, and yet the inside of a cloud (Azure's platform channel). */
const insideOfClouds = ["168.63.129.16"];
const ipv6Unicast = ipaddr.parseCIDR("2000::/3");
const readableTypes = /^(text\/(html|plain|markdown)|application\/xhtml\+xml)$/;
const redirects = [301, 302, 303, 307, 308];

const refuse = (message: string, cause?: unknown) =>
  new AppError("invalid", message, { fields: [{ path: "url", message }] }, { cause });

/**
 * @throws AppError `invalid` for an address that may not be fetched or that answers with an error, `unsupported` for another type
 * than text, `too_large` above `limits.pageBytes`, `unavailable` when the site does not answer.
 */
export async function fetchPage(url: string, options: FetchOptions = {}): Promise<FetchedPage> {
  const { allowed = allowedHosts(), resolve = resolveName, milliseconds = limits.fetchMilliseconds } = options;
  const signal = AbortSignal.timeout(milliseconds);
  let next = url;
  try {
    for (let hop = 0; hop <= limits.fetchRedirects; hop++) {
      const target = checkAddress(next, allowed, hop > 0);
      const agent = agentFor(await checkedAddresses(target, allowed, resolve, signal));
      try {
        const response = await request(target, { dispatcher: agent, headers: requestHeaders, signal });
        // Whoever reads the body hears of what befalls it; a body that nobody reads must not end the process.
        response.body.on("error", () => {});
        if (redirects.includes(response.statusCode)) {
          next = redirectTarget(response.headers.location, target);
          continue;
        }
        return await readPage(target, response);
      } finally {
        // Not close(): whatever the other side still sends is not waited for.
        void agent.destroy();
      }
    }
  } catch (error) {
    throw explain(error, signal, milliseconds);
  }
  throw refuse(
    `This address redirects more than ${limits.fetchRedirects} times. Open it in a browser and use the address that it ends at.`,
  );
}

const requestHeaders = {
  "user-agent": "Mozilla/5.0 (compatible; Claimdesk; article import)",
  accept: "text/html, application/xhtml+xml, text/plain;q=0.8",
  "accept-encoding": "gzip, deflate, br",
};

/** The parsed address, if its scheme and port may be fetched at all. */
function checkAddress(address: string, allowed: ReadonlySet<string>, redirected: boolean): URL {
  const url = webAddress(address);
  if (!url)
    throw refuse(
      redirected
        ? "This address leads to one that is not http or https."
        : "Only http and https addresses can be fetched, and none with a password in it.",
    );
  url.hash = "";
  if (!isAllowed(url, allowed) && !webPorts.includes(portOf(url)))
    throw refuse(`Port ${portOf(url)} is not one that web pages are served on.`);
  return url;
}

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443" : "80");
const isAllowed = (url: URL, allowed: ReadonlySet<string>) => allowed.has(`${url.hostname}:${portOf(url)}`);

function allowedHosts(): ReadonlySet<string> {
  return new Set(
    (environment().CLAIMDESK_FETCH_ALLOW ?? "")
      .split(",")
      .map((host) => host.trim())
      .filter(Boolean),
  );
}

/** Every address behind the name, each checked: one private address among public ones refuses them all. */
async function checkedAddresses(
  url: URL,
  allowed: ReadonlySet<string>,
  resolve: NonNullable<FetchOptions["resolve"]>,
  signal: AbortSignal,
): Promise<Address[]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const addresses = family ? [{ address: hostname, family }] : await orAborted(resolve(hostname), signal);
  if (addresses.length === 0) throw refuse("No site was found under this address. Check its spelling.");
  if (!isAllowed(url, allowed) && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw refuse("This address belongs to a private network and is not fetched. Paste the text instead.");
  }
  return addresses;
}

const resolveName = (hostname: string) => lookup(hostname, { all: true });

/** A name server that does not answer must not outlast the time limit. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/**
 * True for an address that anybody on the internet may reach. Everything with a special meaning is refused: private, loopback,
 * link-local (cloud metadata), multicast, carrier-grade NAT, and every IPv6 form that carries an IPv4 address inside (mapped,
 * 6to4, Teredo, NAT64), because what it leads to depends on the network.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast" || insideOfClouds.includes(parsed.toString())) return false;
  return parsed.kind() === "ipv4" || parsed.match(ipv6Unicast);
}

/** Connects to the checked addresses and to no other: the name is not asked again, so a second answer cannot differ. */
function agentFor(addresses: Address[]): Agent {
  const pinned: LookupFunction = (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };
  return new Agent({
    connect: { lookup: pinned, timeout: limits.fetchMilliseconds, autoSelectFamily: true },
    pipelining: 0,
  });
}

function redirectTarget(location: string | string[] | undefined, from: URL): string {
  try {
    return new URL(String(location), from).href;
  } catch (cause) {
    throw refuse("This address leads to one that cannot be read.", cause);
  }
}

async function readPage(url: URL, response: Dispatcher.ResponseData): Promise<FetchedPage> {
  const { statusCode, headers, body } = response;
  const contentType = headers["content-type"] ? String(headers["content-type"]) : null;
  if (statusCode < 200 || statusCode > 299) throw refuse(statusMessage(statusCode));
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type && !readableTypes.test(type)) {
    throw new AppError(
      "unsupported",
      `This address leads to a file (${type}) and not to a web page. Download it and bring in the file.`,
    );
  }
  if (Number(headers["content-length"] ?? 0) > limits.pageBytes) throw tooLarge();
  return { address: url.href, contentType, bytes: await readBody(body, String(headers["content-encoding"] ?? "")) };
}

function statusMessage(status: number): string {
  if (status === 404 || status === 410) return `There is no page under this address (the site answers ${status}).`;
  if ([401, 402, 403, 429, 451].includes(status))
    return `The site does not let programs read this page (it answers ${status}). Paste the text instead.`;
  return `The site answers with an error (${status}). Try later, or paste the text.`;
}

const tooLarge = () =>
  new AppError("too_large", `This page has more than ${limits.pageBytes / 1024 / 1024} MB. Paste the text instead.`);

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body unpacked. Bytes are counted as they come and again as they unpack; a header may lie, and a small body may be a bomb. */
async function readBody(body: Readable, encoding: string): Promise<Uint8Array> {
  const coding = encoding.trim().toLowerCase();
  const counted = Readable.from(limited(body));
  if (coding === "" || coding === "identity") return collect(counted);
  const decoder = decoders[coding]?.();
  if (!decoder)
    throw new AppError("unsupported", "The site packs this page in a way that cannot be read. Paste the text instead.");
  // Whoever reads the end of it hears of an error anywhere in it.
  return collect(pipeline(counted, decoder, () => {}));
}

async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limits.pageBytes) throw tooLarge();
    yield chunk;
  }
}

async function collect(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of limited(stream)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whatever the network does, in words for the person. */
function explain(error: unknown, signal: AbortSignal, milliseconds: number): unknown {
  if (error instanceof AppError) return error;
  if (signal.aborted)
    return new AppError(
      "unavailable",
      `The site did not send the page within ${milliseconds / 1000} seconds. Try later, or paste the text.`,
      {},
      { cause: error },
    );
  const code = codeOf(error);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_NODATA")
    return refuse("No site was found under this address. Check its spelling.", error);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/.test(code))
    return refuse(
      "The site's certificate is not valid, so what it sends cannot be trusted. Paste the text instead.",
      error,
    );
  if (
    code.startsWith("Z_") ||
    code.startsWith("ERR__ERROR_") ||
    code === "ERR_BROTLI_DECODER_ERROR" ||
    code.startsWith("ERR_BROTLI")
  ) {
    return refuse("What the site sent is damaged. Try again, or paste the text.", error);
  }
  return new AppError(
    "unavailable",
    "The site could not be reached. Try later, or paste the text.",
    {},
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? "") : "";
}
