import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../domain/limits";
import { type FetchOptions, fetchPage, isPublicAddress } from "./fetch-page";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A site on this machine, let through as `127.0.0.1:port` alone; says how often it was asked. */
async function site(listener: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/`, allowed: new Set([`127.0.0.1:${port}`]), asked: () => asked };
}

const html =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  };
const nobody: FetchOptions = { allowed: new Set() };
const refusal = (url: string, options: FetchOptions = nobody) =>
  fetchPage(url, options).then(
    () => "fetched",
    (error) => `${error.code}: ${error.message}`,
  );
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("a page", () => {
  test("comes with its type and its address", async () => {
    const { url, allowed } = await site(html("<p>a"));
    const page = await fetchPage(`${url}b?c=d#e`, { allowed });
    expect({ ...page, bytes: text(page.bytes) }).toEqual({
      address: `${url}b?c=d`,
      contentType: "text/html; charset=utf-8",
      bytes: "<p>a",
    });
  });

  test("comes unpacked", async () => {
    for (const [coding, packed] of [
      ["gzip", gzipSync("<p>a")],
      ["br", brotliCompressSync("<p>a")],
    ] as const) {
      const { url, allowed } = await site(html(packed, { "content-encoding": coding }));
      expect(text((await fetchPage(url, { allowed })).bytes)).toBe("<p>a");
    }
  });

  test("is asked for without cookies or credentials, even when an earlier answer set some", async () => {
    const seen: (string | undefined)[] = [];
    const { url, allowed } = await site((request, response) => {
      seen.push(request.headers.cookie, request.headers.authorization, request.headers.referer);
      if (request.url === "/") response.writeHead(302, { location: "/next", "set-cookie": "a=b" }).end();
      else html("x")(request, response);
    });
    expect((await fetchPage(url, { allowed })).address).toBe(`${url}next`);
    expect(seen).toEqual(Array(6).fill(undefined));
  });
});

describe("an address is refused", () => {
  test.each([
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://example.org/",
    "http://user:secret@example.org/",
    "javascript:alert(1)",
    "http:///",
    "not an address",
  ])("that is not plain http or https: %s", async (url) => {
    expect(await refusal(url)).toMatch(/^invalid: Only http and https/);
  });

  test.each(["22", "25", "5432", "6379", "11211", "65535"])("on port %s", async (port) => {
    expect(await refusal(`http://example.org:${port}/`)).toBe(
      `invalid: Port ${port} is not one that web pages are served on.`,
    );
  });

  test.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
  ])("inside a network: %s", async (url) => {
    expect(await refusal(url)).toMatch(/^invalid: .*private network/);
  });

  test("whose name leads inside a network, or may", async () => {
    const resolve =
      (...addresses: string[]) =>
      async () =>
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    expect(await refusal("http://inside.example/", { ...nobody, resolve: resolve("10.0.0.1") })).toMatch(
      /private network/,
    );
    expect(
      await refusal("http://inside.example/", { ...nobody, resolve: resolve("93.184.215.14", "127.0.0.1") }),
    ).toMatch(/private network/);
    expect(await refusal("http://inside.example/", { ...nobody, resolve: resolve("2606:4700::1", "::1") })).toMatch(
      /private network/,
    );
    expect(await refusal("http://nowhere.example/", { ...nobody, resolve: resolve() })).toMatch(/No site was found/);
  });

  test("that is let through on one port, on every other", async () => {
    const { url, allowed, port } = await site(html("x"));
    expect(await refusal(`http://127.0.0.1:${port + 1}/`, { allowed })).toMatch(/^invalid: Port/);
    expect(await refusal(`http://localhost:${port}/`, { allowed })).toMatch(/^invalid: Port/);
    expect(await refusal("http://127.0.0.1/", { allowed })).toMatch(/private network/);
    expect(await refusal(url, { allowed })).toBe("fetched");
  });
});

test("the name is asked once, and the address that was checked is the one connected to", async () => {
  const { port, asked } = await site(html("the one that was checked"));
  const trap = await site(html("trap"));
  let questions = 0;
  const resolve = async () => {
    questions++;
    return [{ address: questions === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }];
  };
  // Let through by name, so that a first answer of 127.0.0.1 passes; a second question would be answered otherwise.
  const page = await fetchPage(`http://rebinding.example:${port}/`, {
    allowed: new Set([`rebinding.example:${port}`]),
    resolve,
  });
  expect(text(page.bytes)).toBe("the one that was checked");
  expect([questions, asked(), trap.asked()]).toEqual([1, 1, 0]);
});

describe("a redirect", () => {
  const redirect =
    (location: string): RequestListener =>
    (_, response) => {
      response.writeHead(302, { location }).end();
    };

  test.each(["http://169.254.169.254/", "http://10.0.0.1/", "http://[::1]:8080/", "//192.168.0.1/"])(
    "to %s is refused",
    async (location) => {
      const { url, allowed } = await site(redirect(location));
      expect(await refusal(url, { allowed })).toMatch(/private network/);
    },
  );

  test("to another scheme is refused", async () => {
    for (const location of ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/"]) {
      const { url, allowed } = await site(redirect(location));
      expect(await refusal(url, { allowed })).toMatch(/^invalid: This address leads to one that is not http or https/);
    }
  });

  test("to another port of the same machine is refused and nobody there is asked", async () => {
    const inside = await site(html("secret"));
    const { url, allowed } = await site(redirect(inside.url));
    expect(await refusal(url, { allowed })).toMatch(/^invalid: /);
    expect(inside.asked()).toBe(0);
  });

  test("is followed five times and no more", async () => {
    const { url, allowed, asked } = await site((request, response) => {
      const hop = Number(request.url?.slice(1));
      if (hop === 5) html("there")(request, response);
      else response.writeHead(301, { location: `/${hop + 1}` }).end();
    });
    expect(text((await fetchPage(`${url}0`, { allowed })).bytes)).toBe("there");
    const circle = await site(redirect("/"));
    expect(await refusal(circle.url, { allowed: circle.allowed })).toMatch(/redirects more than 5 times/);
    expect([asked(), circle.asked()]).toEqual([6, 6]);
  });

  test("that names no address is refused", async () => {
    const { url, allowed } = await site((_, response) => void response.writeHead(302, { location: "http://[" }).end());
    expect(await refusal(url, { allowed })).toMatch(/^invalid: .*cannot be read/);
  });
});

describe("an answer is refused", () => {
  test.each([
    [404, /^invalid: There is no page/],
    [403, /^invalid: The site does not let programs/],
    [500, /^invalid: The site answers with an error \(500\)/],
  ])("with status %s", async (status, message) => {
    const { url, allowed } = await site((_, response) => void response.writeHead(status).end("x"));
    expect(await refusal(url, { allowed })).toMatch(message);
  });

  test.each(["application/pdf", "image/png", "application/json", "application/octet-stream"])(
    "of type %s",
    async (type) => {
      const { url, allowed } = await site(html("x", { "content-type": type }));
      expect(await refusal(url, { allowed })).toMatch(/^unsupported: This address leads to a file/);
    },
  );

  test("that says it is too large, before its body is read", async () => {
    const { url, allowed } = await site((_, response) => {
      response.writeHead(200, { "content-type": "text/html", "content-length": String(limits.pageBytes + 1) });
      response.write("x");
    });
    expect(await refusal(url, { allowed })).toMatch(/^too_large: /);
  });

  test("that is too large and does not say so, when it has become so", async () => {
    let sent = 0;
    const { url, allowed } = await site((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const more = () => {
        while (sent < limits.pageBytes * 10 && response.writable) {
          sent += 64 * 1024;
          if (!response.write(Buffer.alloc(64 * 1024, "a"))) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    expect(await refusal(url, { allowed })).toMatch(/^too_large: /);
    expect(sent).toBeLessThan(limits.pageBytes * 3);
  });

  test("that unpacks to too much", async () => {
    for (const [coding, pack] of [
      ["gzip", gzipSync],
      ["br", brotliCompressSync],
    ] as const) {
      const bomb = pack(Buffer.alloc(limits.pageBytes * 8));
      expect(bomb.length).toBeLessThan(limits.pageBytes / 10);
      const { url, allowed } = await site(html(bomb, { "content-encoding": coding }));
      expect(await refusal(url, { allowed })).toMatch(/^too_large: /);
    }
  });

  test("that is packed wrongly, unknown, or several times over", async () => {
    const wrong = await site(html("no gzip at all", { "content-encoding": "gzip" }));
    expect(await refusal(wrong.url, { allowed: wrong.allowed })).toMatch(/^invalid: .*damaged/);
    for (const coding of ["zstd", "gzip, gzip"]) {
      const { url, allowed } = await site(html("x", { "content-encoding": coding }));
      expect(await refusal(url, { allowed })).toMatch(/^unsupported: /);
    }
  });

  test("that does not come, that drips, or that breaks off", async () => {
    const silent = await site(() => {});
    expect(await refusal(silent.url, { allowed: silent.allowed, milliseconds: 200 })).toMatch(
      /^unavailable: .*within 0.2 seconds/,
    );
    const drip = await site((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const timer = setInterval(() => response.write("a"), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await refusal(drip.url, { allowed: drip.allowed, milliseconds: 300 })).toMatch(/^unavailable: .*within/);
    const broken = await site((_, response) => {
      response.writeHead(200, { "content-type": "text/html", "content-length": "100" });
      response.write("x");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await refusal(broken.url, { allowed: broken.allowed })).toMatch(
      /^unavailable: The site could not be reached/,
    );
  });

  test("by nobody, and by a name server that is silent", async () => {
    const { url, allowed } = await site(html("x"));
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await refusal(url, { allowed })).toMatch(/^unavailable: The site could not be reached/);
    const resolve = () => new Promise<never>(() => {});
    expect(await refusal("http://silent.example/", { ...nobody, resolve, milliseconds: 100 })).toMatch(
      /^unavailable: .*within/,
    );
  });
});

test("only addresses that anybody may reach are public", () => {
  for (const address of ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:800::200e"]) {
    expect(isPublicAddress(address), address).toBe(true);
  }
  for (const address of [
    ...[
      "0.0.0.0",
      "127.255.255.255",
      "10.1.2.3",
      "169.254.169.254",
      "172.31.255.255",
      "192.168.0.1",
      "100.100.100.200",
      "192.0.0.192",
      "198.18.0.1",
      "192.0.2.1",
      "203.0.113.1",
      "224.0.0.251",
      "240.0.0.1",
      "255.255.255.255",
      "168.63.129.16",
    ],
    ...[
      "::",
      "::1",
      "::7f00:1",
      "::ffff:93.184.215.14",
      "64:ff9b::7f00:1",
      "64:ff9b:1::1",
      "2002:7f00:1::",
      "2001::1",
      "fe80::1",
      "fec0::1",
      "fc00::1",
      "fd00:ec2::254",
      "ff02::1",
      "2001:db8::1",
      "100::1",
      "4000::1",
      "5f00::1",
    ],
    "not an address",
  ]) {
    expect(isPublicAddress(address), address).toBe(false);
  }
});
