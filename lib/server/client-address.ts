/**
 * From which address a request comes, as far as it can be believed. Next.js writes the socket's address into
 * X-Forwarded-For unless the request brought that header along, so `distrustForwarded` takes away what the request brought.
 */
import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { environment } from "./env";

const hearsay = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "forwarded",
  "x-real-ip",
];

let warned = false;

/** Called once, when the server starts: without a trusted proxy in front, nobody says for himself where he comes from. */
export function distrustForwarded(): void {
  subscribe("http.server.request.start", (message) => {
    if (environment().CLAIMDESK_TRUST_PROXY) return;
    const { request } = message as { request: IncomingMessage };
    if (request.headers["x-forwarded-for"] !== undefined && !warned) {
      warned = true;
      console.warn(
        "A request came with X-Forwarded-For, which is not believed. If a proxy of yours sets it, set CLAIMDESK_TRUST_PROXY=1: " +
          "until then everybody who comes through it counts as one address.",
      );
    }
    for (const name of hearsay) delete request.headers[name];
  });
}

/** The address of whoever sent the request. The last one in the list is the one that the nearest proxy saw. */
export function clientAddress(headers: Headers): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(last) ? last : "unknown";
}

/** What is counted together: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber gets. */
export function addressGroup(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIP(plain) !== 6) return plain;
  const [head = "", tail] = (plain.split("%")[0] ?? "").toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
