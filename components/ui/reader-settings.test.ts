import { expect, test } from "vitest";
import { readReader, writeReader } from "./reader-settings";

test("what was written reads back", () => {
  const reader = { locale: "pt-BR", zone: "America/Sao_Paulo" };
  expect(readReader(writeReader(reader), "en")).toEqual(reader);
});

test.each([undefined, "", "%", "en", "en Nowhere/Land", "x_y UTC", "%00 %00", "<script> UTC"])(
  "%j is no reader: the interface's language and UTC",
  (value) => {
    expect(readReader(value, "en")).toEqual({ locale: "en", zone: "UTC" });
  },
);
