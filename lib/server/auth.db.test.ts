import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyTables } from "../../scripts/empty-tables";
import type { Role } from "../domain/people";
import { answerAuth, samePath } from "./auth";
import { database } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import { createInvitation } from "./invitations";
import { ensureNewsroom } from "./newsroom";
import { hashPassword } from "./passwords";
import { findActor, sessionIdIn } from "./session";

const site = "http://localhost:3000";
const password = "seven quiet dogs";

/** A browser as far as cookies go: it keeps what it is given and sends it back. */
class Browser {
  readonly cookies = new Map<string, string>();

  async open(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const url = new URL(path, site);
    const request = new NextRequest(url, {
      method: form ? "POST" : "GET",
      headers: {
        host: url.host,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(form && {
          "content-type": "application/x-www-form-urlencoded",
          origin: site,
          "sec-fetch-site": "same-origin",
        }),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    const nextauth = url.pathname.split("/").slice(3);
    const response = await answerAuth(request, { params: Promise.resolve({ nextauth }) });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = "", rest = ""] = /^([^=]+)=([^;]*)(.*)$/.exec(cookie) ?? [];
      if (/Max-Age=0|1970/.test(rest)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  signIn(email: string, secret: string, callbackUrl = "/"): Promise<Response> {
    return this.open("/api/auth/callback/credentials", { email, password: secret, callbackUrl });
  }

  async actor() {
    const get = (name: string) => {
      const value = this.cookies.get(name);
      return value === undefined ? undefined : { value: decodeURIComponent(value) };
    };
    const sessionId = await sessionIdIn({ get });
    return sessionId === null ? null : findActor(database(), sessionId);
  }
}

const leadsTo = (response: Response) => response.headers.get("Location");

async function addPerson(email: string, role: Role = "reviewer") {
  const id = newId();
  await database().user.create({
    data: { id, email, name: "Amara Okafor", role, passwordHash: await hashPassword(password) },
  });
  return { id, name: "Amara Okafor", role, sessionId: "" };
}

beforeEach(async () => {
  await emptyTables();
  await ensureNewsroom(database(), { name: "The Herald" });
});

describe("by password", () => {
  test("the right one starts a session and leads to where the person was going", async () => {
    const { id } = await addPerson("amara@desk.example");
    const browser = new Browser();
    expect(leadsTo(await browser.signIn("  Amara@Desk.example ", password, "/articles?state=open"))).toBe(
      "/articles?state=open",
    );
    expect(await browser.actor()).toMatchObject({ id, role: "reviewer", name: "Amara Okafor" });
  });

  test("the cookie says nothing about the person, and the database does not hold what is in it", async () => {
    await addPerson("amara@desk.example");
    const browser = new Browser();
    const response = await browser.signIn("amara@desk.example", password);
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith("claimdesk-session=")) ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const [row] = await database().session.findMany();
    const sessionId = await sessionIdIn({ get: () => ({ value: browser.cookies.get("claimdesk-session") ?? "" }) });
    expect(sessionId).toMatch(/^[\w-]{43}$/);
    expect(row?.id).not.toContain(sessionId);
  });

  test.each([
    ["a wrong password", "amara@desk.example", "seven quiet cats"],
    ["an unknown address", "nobody@desk.example", password],
    ["no address", "", password],
    ["something that is no address", "amara\u0000", password],
    ["a very long password", "amara@desk.example", "x".repeat(12_000)],
  ])("%s gets the same refusal", async (_, email, secret) => {
    await addPerson("amara@desk.example");
    const browser = new Browser();
    expect(leadsTo(await browser.signIn(email, secret, "/people"))).toBe(
      "/sign-in?error=CredentialsSignin&next=%2Fpeople",
    );
    expect(await browser.actor()).toBeNull();
    expect(await database().session.count()).toBe(0);
  });

  test("an address cut in the middle of a character is an address like another", async () => {
    const response = await new Browser().signIn(`${"a".repeat(253)}😀@desk.example`, password);
    expect(leadsTo(response)).toBe("/sign-in?error=CredentialsSignin");
    expect(response.headers.getSetCookie().join()).toContain(`claimdesk-typed=${"a".repeat(253)}`);
  });

  test("after a refusal the address is kept for the page, the password is not", async () => {
    const response = await new Browser().signIn("amara@desk.example", "secret words here");
    const cookies = response.headers.getSetCookie();
    expect(cookies.find((one) => one.startsWith("claimdesk-typed="))).toMatch(
      /^claimdesk-typed=amara%40desk\.example; Path=\/sign-in; Max-Age=300; HttpOnly/,
    );
    expect(`${cookies} ${leadsTo(response)}`).not.toMatch(/secret/);
  });

  test("a disabled person is refused, and loses the session at the next request", async () => {
    const { id } = await addPerson("amara@desk.example");
    const browser = new Browser();
    await browser.signIn("amara@desk.example", password);
    expect(await browser.actor()).not.toBeNull();
    await database().user.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await browser.actor()).toBeNull();
    expect(leadsTo(await new Browser().signIn("amara@desk.example", password))).toBe(
      "/sign-in?error=CredentialsSignin",
    );
  });

  test("a changed role holds at the next request", async () => {
    const { id } = await addPerson("amara@desk.example");
    const browser = new Browser();
    await browser.signIn("amara@desk.example", password);
    await database().user.update({ where: { id }, data: { role: "editor" } });
    expect(await browser.actor()).toMatchObject({ role: "editor" });
  });

  test("a stranger's many tries shut nobody out, at the same address or in a browser that signed in before", async () => {
    await addPerson("amara@desk.example");
    const [known, stranger] = [new Browser(), new Browser()];
    await known.signIn("amara@desk.example", password);
    for (let i = 0; i < 8; i++) await stranger.signIn("amara@desk.example", `guess number ${i}`);
    expect(leadsTo(await known.signIn("amara@desk.example", password))).toBe("/");
    expect(leadsTo(await new Browser().signIn("amara@desk.example", password))).toBe("/");
  });

  test("too many tries in a browser that is known say so", async () => {
    await addPerson("amara@desk.example");
    const browser = new Browser();
    await browser.signIn("amara@desk.example", password);
    for (let i = 0; i < 20; i++) await browser.signIn("amara@desk.example", `guess number ${i}`);
    expect(leadsTo(await browser.signIn("amara@desk.example", password))).toBe("/sign-in?error=RateLimited");
  });

  test("signing in again ends the browser's earlier session, signing out this one", async () => {
    await addPerson("amara@desk.example");
    const browser = new Browser();
    await browser.signIn("amara@desk.example", password);
    await browser.signIn("amara@desk.example", password);
    expect(await database().session.count()).toBe(1);
    const stolen = new Map(browser.cookies);
    expect(leadsTo(await browser.open("/api/auth/signout", { callbackUrl: "/sign-in" }))).toBe("/sign-in");
    expect(await browser.actor()).toBeNull();
    for (const [name, value] of stolen) browser.cookies.set(name, value);
    expect(await browser.actor()).toBeNull();
  });

  test("a session that is too old is over", async () => {
    await addPerson("amara@desk.example");
    const browser = new Browser();
    await browser.signIn("amara@desk.example", password);
    await database().session.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await browser.actor()).toBeNull();
  });

  test("a cookie of another server's secret, or no cookie at all, is nobody", async () => {
    const browser = new Browser();
    browser.cookies.set("claimdesk-session", "eyJhbGciOiJkaXIifQ..AAAA.BBBB.CCCC");
    expect(await browser.actor()).toBeNull();
    browser.cookies.set("claimdesk-session", randomUUID());
    expect(await browser.actor()).toBeNull();
  });

  test("the record says who signed in, and no address", async () => {
    const { id } = await addPerson("amara@desk.example");
    await new Browser().signIn("amara@desk.example", password);
    const [event] = await database().auditEvent.findMany();
    expect(event).toMatchObject({ action: "person.signed_in", actorId: id, data: { by: "credentials" } });
    expect(JSON.stringify(event?.data)).not.toContain("@");
  });

  test("while the database is away the page says that, not that the password is wrong", async () => {
    const away = vi
      .spyOn(database().user, "findUnique")
      .mockRejectedValueOnce(new Error("connect ECONNREFUSED 127.0.0.1:5432"));
    expect(leadsTo(await new Browser().signIn("amara@desk.example", password))).toBe("/sign-in?error=Unavailable");
    away.mockRestore();
  });
});

test("of a bug nothing but a word leaves the server", async () => {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
  const broken = vi.spyOn(database().user, "findUnique").mockRejectedValueOnce(new Error("secret column is missing"));
  expect(leadsTo(await new Browser().signIn("amara@desk.example", password))).toBe("/sign-in?error=Failed");
  expect(String(quiet.mock.calls)).toContain("secret column");
  broken.mockRestore();
  quiet.mockRestore();
});

describe("what is not answered", () => {
  test.each([
    ["GET", "/api/auth/session"],
    ["GET", "/api/auth/providers"],
    ["GET", "/api/auth/csrf"],
    ["GET", "/api/auth/signout"],
    ["GET", "/api/auth/callback/credentials?email=a&password=b"],
    ["GET", "/api/auth/callback/email?token=abc"],
    ["POST", "/api/auth/_log"],
    ["POST", "/api/auth/session"],
    ["POST", "/api/auth/signin/github"],
    ["POST", "/api/auth/callback/nothing"],
  ])("%s %s", async (method, path) => {
    expect((await new Browser().open(path, method === "POST" ? {} : undefined)).status).toBe(404);
  });

  test.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another site, as the browser says", { "sec-fetch-site": "cross-site" }],
    ["a neighbour under the same domain", { "sec-fetch-site": "same-site" }],
    ["an origin that is none", { origin: "null" }],
  ])("a form from %s", async (_, headers) => {
    await addPerson("amara@desk.example");
    const browser = new Browser();
    const form = { email: "amara@desk.example", password };
    expect((await browser.open("/api/auth/callback/credentials", form, headers)).status).toBe(403);
    expect(await browser.actor()).toBeNull();
  });

  test("a body without end", async () => {
    const response = await new Browser().signIn("amara@desk.example", "x".repeat(20_000));
    expect(response.status).toBe(413);
  });
});

test.each([
  ["/people", "/people"],
  ["/articles?state=open#a", "/articles?state=open#a"],
  [`${site}/people`, "/people"],
  ["https://evil.example/people", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["\\\\evil.example", "/"],
  [`${site}//evil.example`, "/"],
  ["javascript:alert(1)", "/"],
  ["http://localhost:3000@evil.example/", "/"],
  ["http://[", "/"],
  ["", "/"],
])("after sign-in %j leads to %s", (address, path) => expect(samePath(address, site)).toBe(path));

describe("by OpenID Connect", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  let provider: Server;
  let issuer: string;
  let person: Record<string, unknown>;
  const nonces = new Map<string, string>();

  beforeAll(async () => {
    provider = createServer((request, response) => {
      const url = new URL(request.url ?? "/", issuer);
      const json = (body: unknown) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
      if (url.pathname === "/.well-known/openid-configuration") {
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          userinfo_endpoint: `${issuer}/me`,
          id_token_signing_alg_values_supported: ["RS256"],
        });
      }
      if (url.pathname === "/keys")
        return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] });
      if (url.pathname === "/me") return json(person);
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const form = new URLSearchParams(body);
        const now = Math.floor(Date.now() / 1000);
        const nonce = nonces.get(form.get("code") ?? "");
        const claims = { iss: issuer, aud: "the-desk", sub: person.sub, iat: now, exp: now + 300, nonce };
        const signed = `${encode({ alg: "RS256", kid: "one", typ: "JWT" })}.${encode(claims)}`;
        const signature = createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url");
        json({ access_token: "an-access-token", token_type: "Bearer", id_token: `${signed}.${signature}` });
      });
    });
    provider.listen(0, "127.0.0.1");
    await once(provider, "listening");
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    Object.assign(environment(), { OIDC_ISSUER: issuer, OIDC_ID: "the-desk", OIDC_SECRET: "the desk's secret" });
  });

  afterAll(() => {
    provider.close();
    Object.assign(environment(), { OIDC_ISSUER: undefined });
  });

  /** The whole way: the form, the provider, and back. */
  async function signInOutside(browser: Browser, tamper = (query: URLSearchParams) => query) {
    const page = await browser.open("/api/auth/signin/oidc", { callbackUrl: "/sources" });
    expect(page.headers.get("Location")).toBeNull();
    const [, href = ""] = /<a href="([^"]+)"/.exec(await page.text()) ?? [];
    const away = new URL(href.replaceAll("&amp;", "&"));
    expect(away.origin).toBe(issuer);
    expect(away.searchParams.get("code_challenge_method")).toBe("S256");
    expect(away.searchParams.get("redirect_uri")).toBe(`${site}/api/auth/callback/oidc`);
    const code = randomUUID();
    nonces.set(code, away.searchParams.get("nonce") ?? "");
    const back = tamper(new URLSearchParams({ code, state: away.searchParams.get("state") ?? "" }));
    return browser.open(`/api/auth/callback/oidc?${back}`);
  }

  test("a person of the newsroom is found by the verified address, then by the link, whatever the address says later", async () => {
    const { id } = await addPerson("amara@desk.example");
    person = { sub: "oidc-1", name: "A. Okafor", email: "Amara@Desk.example", email_verified: true };
    const browser = new Browser();
    expect(leadsTo(await signInOutside(browser))).toBe("/sources");
    expect(await browser.actor()).toMatchObject({ id, name: "Amara Okafor" });
    person = { sub: "oidc-1", email: "other@desk.example", email_verified: false };
    const later = new Browser();
    await signInOutside(later);
    expect(await later.actor()).toMatchObject({ id });
    expect(await database().externalAccount.count()).toBe(1);
  });

  test.each([
    ["an address that nobody here has", { sub: "2", email: "nobody@desk.example", email_verified: true }],
    ["an address that is not verified", { sub: "3", email: "amara@desk.example", email_verified: false }],
    ["an address of which nothing is said", { sub: "4", email: "amara@desk.example" }],
    ["no address", { sub: "5" }],
  ])("%s is refused, and nobody is made", async (_, profile) => {
    await addPerson("amara@desk.example");
    person = profile;
    const browser = new Browser();
    expect(leadsTo(await signInOutside(browser))).toMatch(/^\/sign-in\?error=AccessDenied/);
    expect(await browser.actor()).toBeNull();
    expect(await database().user.count()).toBe(1);
    expect(await database().externalAccount.count()).toBe(0);
  });

  test("a disabled person is refused, by address and by link", async () => {
    const { id } = await addPerson("amara@desk.example");
    person = { sub: "6", email: "amara@desk.example", email_verified: true };
    await signInOutside(new Browser());
    await database().user.update({ where: { id }, data: { disabledAt: new Date() } });
    const browser = new Browser();
    expect(leadsTo(await signInOutside(browser))).toMatch(/error=AccessDenied/);
    await database().externalAccount.deleteMany();
    expect(leadsTo(await signInOutside(browser))).toMatch(/error=AccessDenied/);
    expect(await browser.actor()).toBeNull();
  });

  test("whoever was invited under the address gets the account, once", async () => {
    const admin = await addPerson("admin@desk.example", "admin");
    await createInvitation(admin, { id: newId(), role: "editor", email: "leila@desk.example" });
    person = { sub: "7", name: "Leila Haddad", email: "leila@desk.example", email_verified: true };
    const browser = new Browser();
    await signInOutside(browser);
    expect(await browser.actor()).toMatchObject({ name: "Leila Haddad", role: "editor" });
    expect(await database().invitation.count({ where: { usedAt: null } })).toBe(0);
  });

  test("a state that is not this browser's is refused", async () => {
    await addPerson("amara@desk.example");
    person = { sub: "8", email: "amara@desk.example", email_verified: true };
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    const browser = new Browser();
    const response = await signInOutside(browser, (query) => {
      query.set("state", "somebody else's");
      return query;
    });
    expect(leadsTo(response)).toMatch(/^\/sign-in\?error=OAuthCallback/);
    expect(await browser.actor()).toBeNull();
    expect(quiet).toHaveBeenCalled();
    quiet.mockRestore();
  });
});

describe("by a link in a mail", () => {
  let sink: SocketServer;
  const mails: string[] = [];

  beforeAll(async () => {
    // Just enough of SMTP to be handed a mail.
    sink = createSocketServer((socket) => {
      let data: string | null = null;
      let pending = "";
      socket.write("220 sink\r\n");
      socket.on("data", (chunk) => {
        pending += chunk;
        const lines = pending.split("\r\n");
        pending = lines.pop() ?? "";
        for (const line of lines) {
          if (data !== null && line === ".") {
            mails.push(data);
            data = null;
            socket.write("250 kept\r\n");
          } else if (data !== null) data += `${line}\n`;
          else if (line === "DATA") {
            data = "";
            socket.write("354 go on\r\n");
          } else if (line === "QUIT") socket.end("221 bye\r\n");
          else socket.write("250 fine\r\n");
        }
      });
    });
    sink.listen(0, "127.0.0.1");
    await once(sink, "listening");
    const { port } = sink.address() as AddressInfo;
    const SMTP_URL = `smtp://127.0.0.1:${port}?ignoreTLS=true`;
    Object.assign(environment(), { SMTP_URL, SMTP_FROM: "Claimdesk <desk@desk.example>" });
  });

  afterAll(() => {
    sink.close();
    Object.assign(environment(), { SMTP_URL: undefined });
  });

  beforeEach(() => void mails.splice(0));

  const ask = (email: string) => new Browser().open("/api/auth/signin/email", { email, callbackUrl: "/sources" });

  async function receive(): Promise<{ mail: string; link: URL }> {
    await expect.poll(() => mails.length).toBeGreaterThan(0);
    const mail = (mails[0] ?? "")
      .replace(/=\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return { mail, link: new URL(/http\S+\/sign-in\/link\S+/.exec(mail)?.[0] ?? "nothing:") };
  }

  const follow = (browser: Browser, link: URL) =>
    browser.open(`/api/auth/callback/email?token=${link.searchParams.get("token")}`, { callbackUrl: "/sources" });

  test("a person of the newsroom gets one and is in with it, once", async () => {
    const { id } = await addPerson("amara@desk.example");
    expect(leadsTo(await ask("Amara@desk.example"))).toBe("/sign-in?sent=1");
    const { mail, link } = await receive();
    expect(mail).toMatch(/^To: amara@desk\.example$/m);
    expect(link.origin).toBe(site);
    const kept = await database().signInToken.findMany();
    expect(kept).toHaveLength(1);
    expect(kept[0]?.tokenHash).not.toContain(link.searchParams.get("token"));
    const browser = new Browser();
    expect(leadsTo(await follow(browser, link))).toBe("/sources");
    expect(await browser.actor()).toMatchObject({ id });
    const second = new Browser();
    expect(leadsTo(await follow(second, link))).toMatch(/error=Verification/);
    expect(await second.actor()).toBeNull();
  });

  test("a stranger is told the same and gets nothing", async () => {
    const { id } = await addPerson("amara@desk.example");
    await database().user.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(leadsTo(await ask("nobody@desk.example"))).toBe("/sign-in?sent=1");
    expect(leadsTo(await ask("amara@desk.example"))).toBe("/sign-in?sent=1");
    expect(await database().signInToken.count()).toBe(0);
    expect(mails).toHaveLength(0);
  });

  test("no more than a few go to one address", async () => {
    await addPerson("amara@desk.example");
    for (let i = 0; i < 6; i++) expect(leadsTo(await ask("amara@desk.example"))).toBe("/sign-in?sent=1");
    expect(await database().signInToken.count()).toBe(4);
    await expect.poll(() => mails.length).toBe(4);
  });

  test("whoever asks for too many is told to wait, and nothing more", async () => {
    for (let i = 0; i < 20; i++) await ask(`someone${i}@desk.example`);
    expect(leadsTo(await ask("another@desk.example"))).toBe("/sign-in?error=RateLimited&next=%2Fsources");
  });

  test("a link that is too old, or whose owner was disabled since, opens nothing", async () => {
    const { id } = await addPerson("amara@desk.example");
    await ask("amara@desk.example");
    const { link } = await receive();
    await database().user.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(leadsTo(await follow(new Browser(), link))).toMatch(/error=AccessDenied/);
    await database().user.update({ where: { id }, data: { disabledAt: null } });
    mails.splice(0);
    await ask("amara@desk.example");
    const later = await receive();
    await database().signInToken.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(leadsTo(await follow(new Browser(), later.link))).toMatch(/error=Verification/);
  });

  test("whoever was invited under the address gets the account", async () => {
    const admin = await addPerson("admin@desk.example", "admin");
    await createInvitation(admin, { id: newId(), role: "reviewer", email: "leila@desk.example" });
    await ask("leila@desk.example");
    const { link } = await receive();
    const browser = new Browser();
    await follow(browser, link);
    expect(await browser.actor()).toMatchObject({ name: "Reviewer", role: "reviewer" });
  });

  test.each(["not an address", "a@b@c", '"x"@desk.example,evil@evil.example'])("%j is no address", async (email) => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(leadsTo(await ask(email))).toMatch(/error=EmailSignin/);
    quiet.mockRestore();
  });
});
