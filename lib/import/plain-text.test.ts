import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plainText } from "../domain/rich-text";
import type { ImportedText } from "./draft";
import { readPlainText } from "./plain-text";
import { takeWireLines } from "./wire-lines";

const paragraphs = ({ blocks }: ImportedText) => blocks.map(plainText);
const read = (text: string) => takeWireLines(readPlainText(text));

describe("paragraphs", () => {
  test("are parted by blank lines, whatever ends the lines", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(paragraphs(readPlainText(["One.", "", "Two.", " \t", "", "Three."].join(end)))).toEqual([
        "One.",
        "Two.",
        "Three.",
      ]);
    }
  });

  test("are the lines themselves where no line was wrapped", () => {
    const long = "word ".repeat(60).trim();
    expect(paragraphs(readPlainText(`${long}\n${long}\nShort.`))).toEqual([long, long, "Short."]);
  });

  const wrapped = [
    "The council met on Tuesday evening to settle the budget, and for the first",
    "time in nine years it did so without a single vote against, although three",
    "members had left the room.",
  ];
  const whole = wrapped.join(" ");

  test("lose the line ends of a wrap by hand", () => {
    const text = readPlainText(`${wrapped.join("\n")}\n\n${wrapped.join("\n")}`);
    expect(paragraphs(text)).toEqual([whole, whole]);
    expect(text.notes).toContain("Lines that were wrapped by hand were joined into paragraphs.");
  });

  test("may begin with an indent instead of a blank line", () => {
    expect(
      paragraphs(
        readPlainText(
          wrapped
            .concat([
              "   A second paragraph follows, which says that the mayor was not there when it",
              "was put to the vote.",
            ])
            .join("\n"),
        ),
      ),
    ).toHaveLength(2);
  });

  test("of short lines stay apart: a list is not a sentence", () => {
    const list = ["- bread", "- salt", "- water"];
    expect(paragraphs(readPlainText(`${wrapped.join("\n")}\n\n${list.join("\n")}`)).slice(1)).toEqual(list);
  });

  test("survive one long address among wrapped lines", () => {
    const lines = Array.from({ length: 30 }, () => wrapped.join("\n")).join("\n\n");
    const text = paragraphs(readPlainText(`${lines}\n\nhttps://example.org/${"a".repeat(160)}`));
    expect(text).toHaveLength(31);
    expect(text[0]).toBe(whole);
  });

  test("join a word with a hyphen of its own, and scripts without blanks, without a blank", () => {
    const line = "a".repeat(60);
    expect(paragraphs(readPlainText(`${line} well-\nknown ${line}`))).toEqual([`${line} well-known ${line}`]);
    const kana = "漢字".repeat(25);
    expect(paragraphs(readPlainText(`${kana}\n${kana}`))).toEqual([kana + kana]);
  });

  test("a million characters in one wrapped paragraph are read", () => {
    const line = "some words that fill the line until its wrap at seventy-two characters";
    expect(paragraphs(readPlainText(Array.from({ length: 14_000 }, () => line).join("\n")))).toHaveLength(1);
  });
});

describe("characters", () => {
  test("that cannot be kept or are not read are taken out, and the rest stays as it is", () => {
    const [text] = paragraphs(
      readPlainText(
        "a\u0000b\u00adc\u200bd\ud800e\ufefff\u0007g \u201equoted\u201c 10\u00a0000 \ud83d\udc69\u200d\ud83d\udcbb e\u0301",
      ),
    );
    expect(text).toBe("abcd\ufffdefg \u201equoted\u201c 10\u00a0000 \ud83d\udc69\u200d\ud83d\udcbb e\u0301");
  });

  test("an invisible one is told of", () => {
    expect(readPlainText("in\u00advisible").notes.join()).toContain("1 invisible");
  });
});

const body =
  "The council met on Tuesday evening. It settled the budget without a single vote against, which had not happened in nine years, although three members had left the room before the vote was called.";

describe("the lines around a text", () => {
  test("headline, byline and date before it, outlet after it", () => {
    const { metadata, ...text } = read(
      `Council settles budget\nBy Ada Moreno\n28 November 2025\n\n${body}\n\nReuters\n`,
    );
    expect(metadata).toMatchObject({
      headline: "Council settles budget",
      byline: "Ada Moreno",
      publishedOn: "2025-11-28",
      outlet: "Reuters",
    });
    expect(paragraphs(text as ImportedText)).toEqual([body]);
  });

  test.each([
    ["glued to the first paragraph", ` date 2025-11-28 ${body}`],
    ["on a line of its own", `date 2025-11-28\n\n${body}`],
    ["after the headline", `Council settles budget\n\ndate 2025-11-28\n\n${body}`],
    ["named", `Date: November 28, 2025\n\n${body}`],
    ["with a time", `2025-11-28 14:05 GMT\n\n${body}`],
  ])("a date %s", (_, text) => {
    const found = read(text);
    expect(found.metadata.publishedOn).toBe("2025-11-28");
    expect(paragraphs(found)).toEqual([body]);
  });

  test.each([
    ["an ambiguous date", "03/04/2025"],
    ["a date that does not exist", "date 2025-02-30"],
  ])("%s is not a date", (_, line) => {
    const found = read(`${line}\n\n${body}`);
    expect(found.metadata.publishedOn).toBeNull();
    expect([found.metadata.headline, ...paragraphs(found)].join()).toContain(line);
  });

  test("the word date in a sentence is not one of them", () => {
    expect(paragraphs(read(`Date palms grow here. ${body}`))).toEqual([`Date palms grow here. ${body}`]);
  });

  test.each([
    ["on a line of its own", "\n\nThe New York Times"],
    ["without a line end before it", " The New York Times"],
    ["without even a blank", "The New York Times"],
    ["as a source", "\n\nSource: The New York Times"],
  ])("an outlet %s", (_, end) => {
    const found = read(`${body}${end}`);
    expect(found.metadata.outlet).toBe("The New York Times");
    expect(paragraphs(found)).toEqual([body]);
  });

  test("an outlet that no list knows is told by its words", () => {
    expect(read(`${body}\n\nThe Lower Valley Gazette`).metadata.outlet).toBe("The Lower Valley Gazette");
  });

  test("a last sentence that names a paper stays in the text", () => {
    const sentence = "She said so to The New York Times.";
    const found = read(`${body}\n\n${sentence}`);
    expect(found.metadata.outlet).toBeNull();
    expect(paragraphs(found)).toEqual([body, sentence]);
  });

  test("a short last line that is no outlet stays in the text", () => {
    expect(paragraphs(read(`${body}\n\nEveryone went home`))).toEqual([body, "Everyone went home"]);
  });

  test("an agency in the dateline is the outlet, and the dateline stays", () => {
    const found = read(`KYIV (Reuters) - ${body}`);
    expect(found.metadata.outlet).toBe("Reuters");
    expect(paragraphs(found)[0]).toMatch(/^KYIV \(Reuters\)/);
  });

  test("an article of one word is that word, and no headline", () => {
    const found = read("Nothing");
    expect(paragraphs(found)).toEqual(["Nothing"]);
    expect(found.metadata.headline).toBeNull();
  });

  test("a quote or a sentence at the top is no headline", () => {
    for (const first of ["\u201cWe saw it all\u201d", "It was a cold morning."]) {
      const found = read(`${first}\n\n${body}`);
      expect(found.metadata.headline).toBeNull();
      expect(paragraphs(found)).toEqual([first, body]);
    }
  });
});

const shared = "../shared/articles/2025-11-28-ukraine-peace-push.txt";
test.runIf(existsSync(shared))("a wire text comes in with its date, its outlet and its paragraphs", () => {
  const file = readFileSync(shared, "utf8");
  const found = read(file);
  expect(found.metadata).toMatchObject({ publishedOn: "2025-11-28", outlet: "The New York Times", headline: null });
  const written = file.split("\n\n").slice(0, -1);
  expect(paragraphs(found).slice(1)).toEqual(written.slice(1));
  expect(written[0]).toBe(` date 2025-11-28 ${paragraphs(found)[0]}`);
});
