import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "./db";
import { countAttempt, countMail, countOwnPassword, deviceToken, limitRate, slowedBy } from "./throttle";

vi.mock("node:timers/promises", () => ({ setTimeout: vi.fn(async () => {}) }));

const from = (address: string) => new Headers({ "x-forwarded-for": address });
const email = "amara@desk.example";
const attempt = (address: string, device?: string, account = email) =>
  countAttempt({ email: account, headers: from(address), device });
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => "counted",
    (error: { code: string }) => error.code,
  );

/** Whether a try was let through at once or had to wait. */
async function paceOf(work: Promise<unknown>): Promise<"at once" | "slow"> {
  const before = vi.mocked(wait).mock.calls.length;
  await work;
  return vi.mocked(wait).mock.calls.length > before ? "slow" : "at once";
}

beforeEach(async () => {
  await database().throttle.deleteMany();
  vi.mocked(wait).mockClear();
});

describe("tries at a password", () => {
  test("on an account are slowed down for an address that fails too often, and for that address alone", async () => {
    for (let i = 0; i < 8; i++) expect(await paceOf(attempt("203.0.113.7"))).toBe("at once");
    expect(await paceOf(attempt("203.0.113.7"))).toBe("slow");
    expect(await paceOf(attempt("203.0.113.8"))).toBe("at once");
    expect(await paceOf(attempt("203.0.113.7", undefined, "jonas@desk.example"))).toBe("at once");
  });

  test("by others never shut a person out, though all share one address", async () => {
    for (let i = 0; i < 100; i++) await attempt("10.0.0.1");
    await expect(attempt("10.0.0.1")).resolves.toBeTypeOf("function");
  });

  test("many at once count as many", async () => {
    await Promise.all(Array.from({ length: 20 }, () => attempt("203.0.113.7")));
    expect(wait).toHaveBeenCalledTimes(12);
  });

  test("an IPv6 subscriber is one address", async () => {
    for (let i = 0; i < 8; i++) await attempt(`2001:db8:1:2::${i + 1}`);
    expect(await paceOf(attempt("2001:db8:1:2:ffff::9"))).toBe("slow");
    expect(await paceOf(attempt("2001:db8:1:3::1"))).toBe("at once");
  });

  test("an attack from everywhere slows strangers down, refuses nobody, and does not touch a browser that is known", async () => {
    const device = deviceToken(email);
    for (let i = 0; i < 200; i++) await attempt(`198.51.100.${i}`);
    vi.mocked(wait).mockClear();
    expect(await outcomeOf(attempt("192.0.2.1"))).toBe("counted");
    expect(wait).toHaveBeenCalledExactlyOnceWith(slowedBy);
    vi.mocked(wait).mockClear();
    expect(await outcomeOf(attempt("192.0.2.2", device))).toBe("counted");
    expect(wait).not.toHaveBeenCalled();
  });

  test("a known browser gets in behind the same address as an attacker", async () => {
    const device = deviceToken(email);
    for (let i = 0; i < 9; i++) await attempt("203.0.113.7");
    expect(await paceOf(attempt("203.0.113.7"))).toBe("slow");
    expect(await paceOf(attempt("203.0.113.7", device))).toBe("at once");
  });

  test("a known browser has a limit of its own, is known for one account, and cannot be forged", async () => {
    const device = deviceToken(email);
    for (let i = 0; i < 20; i++) await attempt("203.0.113.7", device);
    expect(await outcomeOf(attempt("203.0.113.9", device))).toBe("rate_limited");
    for (const forged of ["", ".", "a.b", `${device}x`, deviceToken("jonas@desk.example")]) {
      for (let i = 0; i < 8; i++) await attempt("203.0.113.20", forged);
      expect(await paceOf(attempt("203.0.113.20", forged))).toBe("slow");
    }
  });

  test("a right password takes its own count back", async () => {
    for (let i = 0; i < 50; i++) await (await attempt("203.0.113.7"))();
    expect(wait).not.toHaveBeenCalled();
    expect(await outcomeOf(attempt("203.0.113.7"))).toBe("counted");
  });

  test("the table holds neither an e-mail address nor an address of a machine", async () => {
    await attempt("203.0.113.7");
    const rows = await database().throttle.findMany();
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows.map((row) => row.key))).not.toMatch(/203\.0|amara/);
  });
});

test("one's own password is asked for ten times, then not for a while", async () => {
  const actor = { id: "019aa000-0000-7000-8000-0000000000aa", name: "A", role: "admin", sessionId: "s" } as const;
  for (let i = 0; i < 10; i++) await countOwnPassword(actor);
  expect(await outcomeOf(countOwnPassword(actor))).toBe("rate_limited");
});

test("a few mails go to one address, then none, and who asks is not told", async () => {
  const sent = [];
  for (let i = 0; i < 6; i++) sent.push(await countMail(email, from(`203.0.113.${i}`)));
  expect(sent).toEqual([true, true, true, true, false, false]);
  for (let i = 0; i < 20; i++) await countMail(`someone${i}@desk.example`, from("198.51.100.1"));
  expect(await outcomeOf(countMail("another@desk.example", from("198.51.100.1")))).toBe("rate_limited");
});

test("requests are limited by address, and by person where there is one", async () => {
  const request = new Request("http://localhost:3000/api/v1/articles", { headers: from("203.0.113.99") });
  const person = { id: "019aa000-0000-7000-8000-0000000000ab", name: "A", role: "admin", sessionId: "s" } as const;
  for (let i = 0; i < 300; i++) await limitRate(request, null);
  expect(await outcomeOf(limitRate(request, null))).toBe("rate_limited");
  expect(await outcomeOf(limitRate(request, person))).toBe("counted");
});

test("while the database is away tries are counted in memory", async () => {
  const away = vi.spyOn(database(), "$queryRawUnsafe").mockRejectedValue(new Error("ECONNREFUSED"));
  try {
    for (let i = 0; i < 8; i++) expect(await paceOf(attempt("192.0.2.77"))).toBe("at once");
    expect(await paceOf(attempt("192.0.2.77"))).toBe("slow");
  } finally {
    away.mockRestore();
  }
});
