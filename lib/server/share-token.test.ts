import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTokenOf, linkIdOf, shareToken } from "./share-token";

const secret = "a secret that only the tests know, and nothing else";
const link = { id: "019aa000-0000-7000-8000-000000000001", nonce: "n0nce" };
const token = shareToken(secret, link);

describe("a share token", () => {
  test("names its link, is that link's, and is the same each time it is made", () => {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(linkIdOf(token)).toBe(link.id);
    expect(isTokenOf(secret, link, token)).toBe(true);
    expect(shareToken(secret, link)).toBe(token);
  });

  test("opens nothing under another secret, with another nonce, or for another link", () => {
    const other = { ...link, id: "019aa000-0000-7000-8000-000000000002" };
    expect(isTokenOf(`${secret}!`, link, token)).toBe(false);
    expect(isTokenOf(secret, { ...link, nonce: "other" }, token)).toBe(false);
    expect(isTokenOf(secret, other, token)).toBe(false);
    // The MAC of one link behind the id of another.
    const grafted = Buffer.from(token, "base64url");
    Buffer.from(shareToken(secret, other), "base64url").copy(grafted, 0, 0, 16);
    expect(linkIdOf(grafted.toString("base64url"))).toBe(other.id);
    expect(isTokenOf(secret, other, grafted.toString("base64url"))).toBe(false);
  });

  test("with any one bit changed is not a token of the link", () => {
    fc.assert(
      fc.property(fc.nat(32 * 8 - 1), (bit) => {
        const bytes = Buffer.from(token, "base64url");
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isTokenOf(secret, link, bytes.toString("base64url"))).toBe(false);
      }),
    );
  });

  test("has one spelling: what base64url would also read as the same bytes is refused", () => {
    const last = token.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twin = token.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1];
    expect(Buffer.from(twin, "base64url")).toEqual(Buffer.from(token, "base64url"));
    for (const spelling of [twin, `${token}=`, ` ${token}`, token.replaceAll("-", "+")]) {
      if (spelling === token) continue;
      expect(linkIdOf(spelling)).toBeNull();
      expect(isTokenOf(secret, link, spelling)).toBe(false);
    }
  });

  test("whatever stands in an address, asking what it names is harmless", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.base64String({ minLength: 43, maxLength: 44 })), (any) => {
        expect(isTokenOf(secret, link, any)).toBe(any === token);
        const id = linkIdOf(any);
        expect(id === null || /^[0-9a-f-]{36}$/.test(id)).toBe(true);
      }),
    );
  });
});
