import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { webAddress } from "@/lib/domain/text";
import { addressIn, dateIn, readCitation } from "./citation";

describe("an address in what was pasted", () => {
  it.each([
    ["https://city.example/review", "https://city.example/review"],
    ["see https://city.example/review.", "https://city.example/review"],
    ["(https://city.example/a?b=1&c=2),", "https://city.example/a?b=1&c=2"],
    ["doi:10.1000/182.", "https://doi.org/10.1000/182"],
    ["javascript:alert(1)", null],
    ["ftp://city.example/x", null],
    ["http://user:secret@city.example/", null],
    ["no address", null],
  ])("%s", (text, expected) => {
    expect(addressIn(text)).toBe(expected);
  });

  it("is never one that may not be kept", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = addressIn(`https://${text}`);
        expect(found === null || webAddress(found) !== null).toBe(true);
      }),
    );
  });
});

describe("a date in what was pasted", () => {
  it.each([
    ["published 2023-05-14 at noon", "2023-05-14"],
    ["3 May 2023", "2023-05-03"],
    ["May 3, 2023", "2023-05-03"],
    ["May 3rd, 2023", "2023-05-03"],
    ["May 2023", "2023-05"],
    ["Miller (2019a)", "2019"],
    ["in 2019", ""],
    ["2023-13-40", ""],
    ["99 May 2023", "2023-05"],
  ])("%s", (text, expected) => {
    expect(dateIn(text)).toBe(expected);
  });
});

describe("a citation", () => {
  it("with a title in quotation marks names its author and its publisher", () => {
    expect(
      readCitation("City budget office (2023). “Harbour cost review.” City Press, 3 May 2023. https://city.example/r"),
    ).toEqual({
      ...{ title: "Harbour cost review", author: "City budget office", publisher: "City Press" },
      ...{ publishedOn: "2023-05-03", url: "https://city.example/r", kind: "other" },
    });
  });

  it("of which only the title is known is a title", () => {
    expect(readCitation("  Minutes of the harbour board  ")).toMatchObject({
      title: "Minutes of the harbour board",
      author: "",
      publisher: "",
      url: "",
    });
  });

  it("that is an address alone asks for its title", () => {
    expect(readCitation("https://city.example/r")).toMatchObject({ title: "", url: "https://city.example/r" });
  });

  it("takes a bare year before the title for no author", () => {
    expect(readCitation("(2021) “Ferries in numbers”, Port authority")).toMatchObject({
      title: "Ferries in numbers",
      author: "",
      publisher: "Port authority",
      publishedOn: "2021",
    });
  });

  it("holds nothing that was not pasted", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const folded = text.replace(/\s+/g, " ");
        for (const part of ["title", "author", "publisher"] as const) {
          const words = readCitation(text)[part].split(" ").filter(Boolean);
          for (const word of words) expect(folded).toContain(word);
        }
      }),
    );
  });
});
