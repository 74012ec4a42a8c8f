import { describe, expect, test } from "vitest";
import { plainText } from "../domain/rich-text";
import type { ImportJob } from "../import/import-answer";
import { runImport } from "./import-thread";

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "read",
    (error) => `${error.name} ${error.code}: ${error.message}`,
  );

/** Outside of Next.js a thread compiles its code first, and the machine may have other work: only the tests of the limit mind how long. */
const patient = 120_000;
const read = <J extends ImportJob>(job: J) => runImport(job, patient);

describe("an import in its thread", { timeout: patient }, () => {
  test("answers as it would without one", async () => {
    const { draft, sha256 } = await read({
      want: "article",
      input: { from: "paste", text: "River rises\n\nThe river rose in the night." },
    });
    expect(draft.metadata.headline).toBe("River rises");
    expect(plainText(draft.document)).toBe("The river rose in the night.");
    expect(sha256).toHaveLength(64);
  });

  test("takes bytes", async () => {
    const { draft } = await read({
      want: "article",
      input: { from: "file", name: "a.txt", bytes: Buffer.from("Bytes.") },
    });
    expect(plainText(draft.document)).toBe("Bytes.");
  });

  test("tells what a page says of itself, also when there is no article in it", async () => {
    const html = `<!doctype html><title>Register of ships | Port Office</title>
      <meta property="og:site_name" content="Port Office"><meta name="author" content="N. Berg">
      <meta property="article:published_time" content="2026-03-02T08:00:00Z"><body></body>`;
    const page = { address: "https://port.example/register", contentType: "text/html", bytes: Buffer.from(html) };
    expect(await read({ want: "metadata", input: page })).toMatchObject({
      ...{ headline: "Register of ships", byline: "N. Berg", outlet: "Port Office", publishedOn: "2026-03-02" },
    });
    const plain = { ...page, contentType: "text/plain", bytes: Buffer.from("Only words.") };
    expect(await read({ want: "metadata", input: plain })).toMatchObject({ headline: null, outlet: null });
  });

  test("refuses in the words of the import", async () => {
    expect(
      await refusal(read({ want: "article", input: { from: "file", name: "a.pdf", bytes: Buffer.from("%PDF-1.7") } })),
    ).toMatch(/^AppError unsupported: This is a PDF/);
  });

  test("is ended when it takes too long", async () => {
    expect(await refusal(runImport({ want: "article", input: { from: "paste", text: "a" } }, 1))).toMatch(
      /^AppError too_large: This takes more than 0.001 seconds/,
    );
  });

  test("runs two at a time, and the rest in turn", async () => {
    const drafts = await Promise.all(
      Array.from({ length: 5 }, (_, i) => read({ want: "article", input: { from: "paste", text: `Text ${i}.` } })),
    );
    expect(drafts.map(({ draft }) => plainText(draft.document))).toEqual([0, 1, 2, 3, 4].map((i) => `Text ${i}.`));
  });

  test("is refused when too many wait already", async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, () => refusal(runImport({ want: "article", input: { from: "paste", text: "a" } }, 1))),
    );
    expect(all.filter((outcome) => outcome.startsWith("AppError unavailable"))).toHaveLength(8);
    expect(await refusal(read({ want: "article", input: { from: "paste", text: "Afterwards." } }))).toBe("read");
  });
});
