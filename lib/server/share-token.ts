/**
 * The token of a share link: the link's id and a MAC of it under a key that only the server has. The database holds id and
 * nonce, which open nothing without the secret; with it the same token can be made again, so a link can be copied at any time.
 */
import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { parse, stringify, validate } from "uuid";

const idBytes = 16;
/** 128 bits: more guesses than anybody can send. */
const macBytes = 16;
const tokenLength = Math.ceil(((idBytes + macBytes) * 4) / 3);

type Link = { id: string; nonce: string };

/** 43 characters of base64url. */
export function shareToken(secret: string, link: Link): string {
  return Buffer.concat([parse(link.id), mac(secret, link)]).toString("base64url");
}

/** The id that a token names, which proves nothing yet; null for what cannot be a token. */
export function linkIdOf(token: string): string | null {
  const bytes = bytesOf(token);
  const id = bytes && stringifyOrNull(bytes.subarray(0, idBytes));
  return id && validate(id) ? id : null;
}

/** Whether the token is this link's. Takes as long for a near miss as for any other. */
export function isTokenOf(secret: string, link: Link, token: string): boolean {
  const bytes = bytesOf(token);
  return bytes !== null && timingSafeEqual(bytes, Buffer.concat([parse(link.id), mac(secret, link)]));
}

/** Base64url leaves two bits over: only the spelling that we make is taken. */
function bytesOf(token: string): Buffer | null {
  if (token.length !== tokenLength) return null;
  const bytes = Buffer.from(token, "base64url");
  return bytes.length === idBytes + macBytes && bytes.toString("base64url") === token ? bytes : null;
}

function stringifyOrNull(bytes: Uint8Array): string | null {
  try {
    return stringify(bytes);
  } catch {
    return null;
  }
}

const keys = new Map<string, Buffer>();

/** A key for nothing but share links, so that what the secret signs elsewhere is no token here. */
function keyOf(secret: string): Buffer {
  let key = keys.get(secret);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", secret, "", "claimdesk share link", 32));
    keys.set(secret, key);
  }
  return key;
}

const mac = (secret: string, { id, nonce }: Link): Buffer =>
  createHmac("sha256", keyOf(secret)).update(`share\n${id}\n${nonce}`).digest().subarray(0, macBytes);
