import { once } from "node:events";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { addressGroup, clientAddress, distrustForwarded } from "./client-address";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:DB8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["2001:db8:1:2:3::", "2001:db8:1:2::/64"],
])("%s counts as %s", (address, group) => expect(addressGroup(address)).toBe(group));

test.each([
  ["198.51.100.9, 203.0.113.7", "203.0.113.7"],
  ["203.0.113.7", "203.0.113.7"],
  ["<script>", "unknown"],
  ["", "unknown"],
])("X-Forwarded-For %j means %s", (header, address) => {
  expect(clientAddress(new Headers({ "x-forwarded-for": header }))).toBe(address);
});

test("what a request says about where it comes from is taken away before anybody reads it", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://unused");
  vi.stubEnv("CLAIMDESK_SECRET", "x".repeat(40));
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  distrustForwarded();
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const headers = {
    "X-Forwarded-For": "1.2.3.4",
    "X-Forwarded-Host": "evil.example",
    Forwarded: "for=1.2.3.4",
    "X-Kept": "1",
  };
  // Whoever runs a proxy without saying so is told, once.
  await once(get({ port, host: "127.0.0.1", headers }), "response");
  const [response] = await once(get({ port, host: "127.0.0.1", headers }), "response");
  const seen = JSON.parse(await new Response(response).text());
  server.close();
  expect(Object.keys(seen).filter((name) => /forwarded/.test(name))).toEqual([]);
  expect(seen["x-kept"]).toBe("1");
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("CLAIMDESK_TRUST_PROXY=1"));
});
