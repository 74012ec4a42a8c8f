import { verify } from "@node-rs/argon2";
import { describe, expect, test, vi } from "vitest";
import { AppError } from "../domain/errors";
import { hashPassword, inTurn, refuseGuessable, verifyPassword } from "./passwords";

// What it does, and how often, can be seen; it does all of it.
vi.mock("@node-rs/argon2", { spy: true });

test("a password is kept as argon2id at the cost that was decided on", async () => {
  const kept = await hashPassword("an honest long phrase");
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(kept, "an honest long phrase")).toBe(true);
  expect(await verifyPassword(kept, "an honest long phrasf")).toBe(false);
});

test("the same password in another Unicode form is the same password", async () => {
  const kept = await hashPassword("Ångström über alles"); // composed
  expect(await verifyPassword(kept, "Ångström über alles".normalize("NFD"))).toBe(true);
});

test("without an account the answer is no, after the same work", async () => {
  const verified = vi.mocked(verify);
  const kept = await hashPassword("some password");
  const workOn = async (against: string | null) => {
    verified.mockClear();
    expect(await verifyPassword(against, "wrong password")).toBe(false);
    return verified.mock.calls.map(([hashed, password]) => [String(hashed).split("$").slice(0, 4), password]);
  };
  const known = await workOn(kept);
  expect(known).toEqual([[["", "argon2id", "v=19", "m=19456,t=2,p=1"], "wrong password"]]);
  expect(await workOn(null)).toEqual(known);
});

describe("taking turns", () => {
  test("two at a time, the rest in order, and too many are told to come again", async () => {
    const releases: (() => void)[] = [];
    const started: number[] = [];
    const jobs = Array.from({ length: 42 }, (_, i) =>
      inTurn(() => {
        started.push(i);
        return new Promise<number>((resolve) => releases.push(() => resolve(i)));
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    await expect(inTurn(async () => 43)).rejects.toMatchObject({ code: "unavailable", details: { retryAfter: 5 } });
    for (let done = 0; done < 42; done++) {
      releases[done]?.();
      await jobs[done];
      await new Promise((resolve) => setImmediate(resolve));
      expect(started.length).toBe(Math.min(done + 3, 42));
    }
    expect(started).toEqual(Array.from({ length: 42 }, (_, i) => i));
    expect(await inTurn(async () => "free again")).toBe("free again");
  });

  test("work that fails gives its place back", async () => {
    for (let i = 0; i < 5; i++) {
      await expect(inTurn(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    }
    expect(await inTurn(async () => 1)).toBe(1);
  });
});

describe("a new password", () => {
  const own = ["Amara Okafor", "amara.okafor@herald.example", "The Morning Herald"];
  const refusal = (password: string) => {
    try {
      refuseGuessable(password, own, "password");
      return null;
    } catch (error) {
      return error instanceof AppError ? error.details.fields?.[0]?.path : error;
    }
  };

  test.each([
    ["a common one", "1qaz2wsx3edc"],
    ["a common one in capitals", "QWERTY123456"],
    ["a common one with a year and a sign", "password2026!"],
    ["one unit repeated", "abcabcabcabc"],
    ["a word repeated", "deskdeskdesk!"],
    ["few characters", "aaaaaaaabbbb1"],
    ["the alphabet", "abcdefghijklm"],
    ["the digits", "123456789012"],
    ["the digits downwards", "987654321098"],
    ["one's own name", "amaraokafor1"],
    ["one's own address", "amara.okafor@herald.example"],
    ["the newsroom's name", "morningherald26"],
    ["the product's name", "claimdesk2026"],
  ])("%s is refused", (_, password) => expect(refusal(password)).toBe("password"));

  test.each([
    "correct horse battery staple",
    "checked line by line",
    "Amara walks seven dogs to the river",
    "zq7-Lr2v-9KpX",
    "наши семь собак у реки",
    "一匹の犬と七本の川の長い話",
  ])("%s is taken", (password) => expect(refusal(password)).toBeNull());
});
