import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { claimPort, readAddress } from "./serve";

afterEach(() => vi.unstubAllEnvs());

describe("the port", () => {
  test("that is taken is told in one line that says what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    await expect(claimPort({ port, host: "127.0.0.1" })).rejects.toThrow(
      `Port ${port} is taken, perhaps by another Claimdesk (http://localhost:${port}): stop it, or choose one with PORT=${port + 1}`,
    );
    other.close();
    await once(other, "close");
    expect(await claimPort({ port, host: "127.0.0.1" })).toBe(port);
  });

  test("comes from the flag, else the settings, else is 3000, on this machine only", () => {
    vi.stubEnv("HOST", "");
    vi.stubEnv("PORT", "");
    expect(readAddress(undefined)).toEqual({ port: 3000, host: "127.0.0.1" });
    vi.stubEnv("PORT", "4000");
    vi.stubEnv("HOST", "0.0.0.0");
    expect(readAddress(undefined)).toEqual({ port: 4000, host: "0.0.0.0" });
    expect(readAddress("5000").port).toBe(5000);
  });

  test.each(["http", "70000", "-1", "3000.5"])("%s is refused", (port) => {
    expect(() => readAddress(port)).toThrow("PORT is not a number from 0 to 65535");
  });
});
